//! Whom to call: the clinic's number, and the public numbers of the person's country.
//!
//! The numbers are part of the app, so that they are there with no network and before any worker.

use interlude_diary::calendar::LocalDay;
use interlude_diary::flags::{own_number, own_words};
use leptos::prelude::*;
use serde::Deserialize;

use super::language::Words;
use super::pairing::Pairings;
use super::porch::Porch;
use super::settings::Settings;
use crate::components::help_card::{Card, Number};
use crate::sync::pairing::Clinic;
use crate::text::Language;

/// The one dated file of numbers.
const FILE: &str = include_str!("../../public/data/help-numbers.json");

/// Answered in the European Union and in many other countries; shown where no country is chosen.
const WHERE_UNKNOWN: &str = "112";

#[derive(Debug, Clone, Deserialize)]
struct Book {
    checked: LocalDay,
    countries: Vec<Country>,
}

#[derive(Debug, Clone, Deserialize)]
struct Country {
    code: String,
    name: InBoth,
    emergency: Vec<String>,
    #[serde(default)]
    crisis: Vec<Line>,
    reviewed: LocalDay,
}

#[derive(Debug, Clone, Deserialize)]
struct Line {
    /// As dialled.
    number: String,
    /// As read.
    shown: Option<String>,
    /// A text message instead of a call.
    #[serde(default)]
    text: bool,
    name: InBoth,
}

#[derive(Debug, Clone, Deserialize)]
struct InBoth {
    en: String,
    es: String,
}

impl InBoth {
    fn of(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Spanish => &self.es,
        }
    }
}

/// Why the card is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The person asked for help.
    Asked,
    /// These rules hold for what the person answered.
    Flags(Vec<&'static str>),
}

/// Countries with numbers, by name: code and name.
#[must_use]
pub fn countries(language: Language) -> Vec<(String, String)> {
    let book = book();
    let mut countries: Vec<_> =
        book.countries.iter().map(|c| (c.code.clone(), c.name.of(language).to_owned())).collect();
    countries.sort_by(|(_, a), (_, b)| a.cmp(b));
    countries
}

/// The shipped file reads: a test holds it to that.
fn book() -> Book {
    serde_json::from_str(FILE)
        .unwrap_or_else(|_never| Book { checked: LocalDay::from_number(0), countries: Vec::new() })
}

/// Whom to call, in the running app.
#[derive(Clone, Copy)]
pub struct Aid {
    book: StoredValue<Book>,
    country: Signal<Option<String>>,
    clinic: Signal<Option<Clinic>>,
}

impl Aid {
    /// Reads the numbers. Call where a page or a card opens.
    #[must_use]
    pub fn get() -> Self {
        let choices = Settings::get().choices();
        Self {
            book: StoredValue::new(book()),
            country: Signal::derive(move || choices.read().country.clone()),
            clinic: Pairings::get().clinic(),
        }
    }

    /// The same before a locked door, where the diary itself tells nothing.
    #[must_use]
    pub fn outside(porch: &Porch) -> Self {
        Self {
            book: StoredValue::new(book()),
            country: Signal::stored(porch.country.clone()),
            clinic: Signal::stored(porch.clinic.clone()),
        }
    }

    /// When the numbers shown were last checked.
    #[must_use]
    pub fn checked(self) -> LocalDay {
        self.country().map_or_else(|| self.book.read_value().checked, |country| country.reviewed)
    }

    /// The name of the country chosen.
    #[must_use]
    pub fn country_name(self, words: Words) -> Option<String> {
        self.country().map(|country| country.name.of(words.language()).to_owned())
    }

    fn country(self) -> Option<Country> {
        let chosen = self.country.get()?;
        self.book.read_value().countries.iter().find(|country| country.code == chosen).cloned()
    }

    /// The card. Its words follow the language, its numbers the country and the clinic.
    #[must_use]
    pub fn card(self, words: Words, reason: &Reason) -> Card {
        let text = words.text().help();
        let of: &[&str] = match reason {
            Reason::Asked => &[],
            Reason::Flags(rules) => rules,
        };
        let told = self.clinic.get();
        let language = words.language().tag();
        let says = told.as_ref().map_or_else(Vec::new, |told| own_words(&told.cards, of, language));
        let says = says.into_iter().map(text.clinic_says).collect();
        let clinic = told.as_ref().and_then(|told| called(told, of, words));
        let country = self.country();
        let (title, because) = match reason {
            Reason::Asked => (text.now, Vec::new()),
            Reason::Flags(rules) => {
                let title = if clinic.is_some() { text.flag_clinic } else { text.flag_emergency };
                let said = rules.iter().filter_map(|rule| {
                    text.rules.iter().find(|(name, _)| name == rule).map(|(_, said)| (*said).to_owned())
                });
                (title, said.collect())
            }
        };
        let emergency = country
            .as_ref()
            .map_or_else(|| vec![WHERE_UNKNOWN.to_owned()], |country| country.emergency.clone());
        let crisis = country.map(|country| country.crisis).unwrap_or_default();
        Card {
            title: title.to_owned(),
            because,
            says,
            clinic,
            no_clinic: text.no_clinic,
            danger: (text.danger, text.danger_means),
            emergency: emergency
                .iter()
                .map(|n| Number { words: (text.emergency)(n), href: dial("tel", n), note: None })
                .collect(),
            talk: text.talk,
            crisis: crisis.iter().map(|line| crisis_line(line, words)).collect(),
        }
    }
}

/// The clinic's number for these rules.
fn called(told: &Clinic, rules: &[&str], words: Words) -> Option<Number> {
    let phone = own_number(&told.cards, rules, words.language().tag()).or(told.phone.as_deref());
    let phone = phone.filter(|phone| phone.chars().any(|c| c.is_ascii_digit()))?;
    let text = words.text().help();
    let words =
        if told.name.is_empty() { text.call_your_clinic.to_owned() } else { (text.call_clinic)(&told.name) };
    Some(Number { words, href: dial("tel", phone), note: Some(phone.to_owned()) })
}

fn crisis_line(line: &Line, words: Words) -> Number {
    let shown = line.shown.as_ref().unwrap_or(&line.number);
    let named = if line.text { (words.text().help().text_to)(shown) } else { shown.clone() };
    let scheme = if line.text { "sms" } else { "tel" };
    Number {
        words: named,
        href: dial(scheme, &line.number),
        note: Some(line.name.of(words.language()).to_owned()),
    }
}

/// A number as an address: what people write between the digits is not dialled.
fn dial(scheme: &str, number: &str) -> String {
    let dialled = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'));
    format!("{scheme}:{}", dialled.collect::<String>().replace('#', "%23"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use interlude_diary::flags::{Level, RULES};

    #[test]
    fn every_country_has_a_number_that_can_be_dialled() {
        let book: Book = serde_json::from_str(FILE).unwrap();
        assert!(book.countries.len() > 2);
        for country in &book.countries {
            assert!(!country.emergency.is_empty(), "{}", country.code);
            let numbers = country.emergency.iter().chain(country.crisis.iter().map(|line| &line.number));
            for number in numbers {
                assert!(dial("tel", number).len() > "tel:".len() + 1, "{}: {number}", country.code);
            }
        }
    }

    #[test]
    fn spaces_and_brackets_are_not_dialled() {
        assert_eq!(dial("tel", "+34 (91) 555-01.42"), "tel:+34915550142");
        assert_eq!(dial("tel", "*4141"), "tel:*4141");
    }

    #[test]
    fn every_rule_has_its_words_in_every_language() {
        for language in Language::ALL {
            for rule in RULES {
                let said = language.text().help().rules.iter().filter(|(name, _)| *name == rule.name).count();
                assert_eq!(said, 1, "{} {:?} {:?}", rule.name, rule.level, language);
            }
        }
        assert!(RULES.iter().any(|rule| rule.level == Level::CallNow));
    }
}
