//! What a clinic says of its own on the cards: words and a number, for one rule or for all.

use serde::{Deserialize, Serialize};

/// Most that one clinic may say, in rows: every rule in several languages.
pub const MOST: usize = 64;
/// Longest words, in characters: a card is read by a person who feels ill.
pub const TEXT_CHARS: usize = 300;
/// Longest number, in characters.
pub const PHONE_CHARS: usize = 40;

/// One row of the clinic's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Name of the rule it is for; none: every card, and the page Help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Language of its words, such as `es`; none: whatever language is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What the clinic says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The number to call instead of the clinic's usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Own {
    /// Whether it says anything, and no more than fits a card.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let fits = |text: &Option<String>, most| {
            text.as_ref().is_none_or(|text| !text.trim().is_empty() && text.chars().count() <= most)
        };
        (self.text.is_some() || self.phone.is_some())
            && fits(&self.text, TEXT_CHARS)
            && fits(&self.phone, PHONE_CHARS)
            && self.phone.as_ref().is_none_or(|phone| phone.chars().any(|c| c.is_ascii_digit()))
    }

    /// How well it fits a card of this rule in this language; `None` when it is for another.
    fn fits(&self, rule: Option<&str>, language: &str) -> Option<(bool, bool)> {
        let of = |own: &Option<String>, asked: Option<&str>| own.is_none() || own.as_deref() == asked;
        (of(&self.rule, rule) && of(&self.language, Some(language)))
            .then_some((self.rule.is_some(), self.language.is_some()))
    }
}

/// What the clinic says of these rules, once each, in their order; of none: what it says on every
/// card. Words for the rule come before words for all, and those in this language before others.
#[must_use]
pub fn own_words<'o>(own: &'o [Own], rules: &[&str], language: &str) -> Vec<&'o str> {
    let mut said = Vec::new();
    for text in each(rules).filter_map(|rule| best(own, rule, language, |one| one.text.as_deref())) {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}

/// The clinic's number for the first of these rules that has one of its own, else for every card.
#[must_use]
pub fn own_number<'o>(own: &'o [Own], rules: &[&str], language: &str) -> Option<&'o str> {
    let number = |one: &'o Own| one.phone.as_deref();
    let its_own =
        |rule: &&str| best(own.iter().filter(|one| one.rule.is_some()), Some(rule), language, number);
    rules.iter().find_map(its_own).or_else(|| best(own, None, language, number))
}

fn each<'r>(rules: &'r [&'r str]) -> impl Iterator<Item = Option<&'r str>> {
    let none = rules.is_empty().then_some(None);
    none.into_iter().chain(rules.iter().map(|rule| Some(*rule)))
}

fn best<'o>(
    own: impl IntoIterator<Item = &'o Own>,
    rule: Option<&str>,
    language: &str,
    part: impl Fn(&'o Own) -> Option<&'o str>,
) -> Option<&'o str> {
    let fitting = own.into_iter().filter_map(|one| Some((one.fits(rule, language)?, part(one)?)));
    fitting.max_by_key(|(fits, _)| *fits).map(|(_, part)| part)
}
