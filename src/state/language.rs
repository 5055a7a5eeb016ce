//! The language of the screens.

use interlude_diary::calendar::{LocalDay, Moment};
use leptos::prelude::*;

use crate::platform::{clock, document, intl, prefs};
use crate::sync::forms;
use crate::text::{Language, Text};

/// The language that the app begins with: the one chosen, or the browser's.
#[must_use]
pub fn first() -> Language {
    let tags = prefs::get(prefs::Pref::Language).into_iter().chain(prefs::languages());
    tags.filter_map(|tag| Language::of_tag(&tag)).next().unwrap_or_default()
}

/// The language chosen, or the browser's.
#[derive(Clone, Copy)]
pub struct Words {
    language: RwSignal<Language>,
}

impl Words {
    /// Reads the choice and puts itself into the context. Call once, in the composition root.
    #[must_use]
    pub fn provide() -> Self {
        let words = Self { language: RwSignal::new(first()) };
        provide_context(words);
        Effect::new(move |_| document::set_language(words.language.get().tag()));
        words
    }

    /// The words of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The sentences, in the present language. Reading them in a view follows the language.
    #[must_use]
    pub fn text(self) -> Text {
        self.language.get().text()
    }

    /// The language itself; its `tag()` is for dates and numbers.
    #[must_use]
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// Subscribes the caller to a change of language.
    pub fn track(self) {
        self.language.track();
    }

    /// The same for what is done once: the caller does not follow it.
    #[must_use]
    pub fn language_now(self) -> Language {
        self.language.get_untracked()
    }

    /// The tag that dates and numbers are written by: the browser's own region where it reads
    /// this language.
    #[must_use]
    pub fn locale(self) -> String {
        let language = self.language.get();
        let regional = prefs::languages().into_iter().find(|tag| Language::of_tag(tag) == Some(language));
        regional.unwrap_or_else(|| language.tag().to_owned())
    }

    /// `Wednesday 12 March`
    #[must_use]
    pub fn day(self, day: LocalDay) -> String {
        intl::date_day(day, &self.locale())
    }

    /// `12 March 2026` with its weekday.
    #[must_use]
    pub fn date(self, day: LocalDay) -> String {
        intl::date_long(day, &self.locale())
    }

    /// `12 March`.
    #[must_use]
    pub fn date_short(self, day: LocalDay) -> String {
        intl::date_short(day, &self.locale())
    }

    /// `12 Mar`, below a curve.
    #[must_use]
    pub fn date_tick(self, day: LocalDay) -> String {
        intl::date_tick(day, &self.locale())
    }

    /// `12 March 2026`.
    #[must_use]
    pub fn date_year(self, day: LocalDay) -> String {
        intl::date_year(day, &self.locale())
    }

    /// `Mar 2026`.
    #[must_use]
    pub fn month(self, day: LocalDay) -> String {
        intl::month(day, &self.locale())
    }

    /// A number with one decimal at most.
    #[must_use]
    pub fn number(self, value: f64) -> String {
        intl::number(value, 1, &self.locale())
    }

    /// A dose: a number with three decimals at most.
    #[must_use]
    pub fn dose(self, value: f64) -> String {
        intl::number(value, 3, &self.locale())
    }

    /// `07:42`
    #[must_use]
    pub fn time(self, moment: Moment) -> String {
        intl::time(moment, &self.locale())
    }

    /// `today at 07:42`, or `on 11 March`: an instant as the wall clock here shows it.
    #[must_use]
    pub fn when(self, unix_ms: i64) -> String {
        let now = clock::moment();
        let moment = Moment::new(unix_ms, now.offset_min());
        let light = self.text().light();
        if moment.local_day() == now.local_day() {
            (light.at)(&self.time(moment))
        } else {
            (light.on)(&intl::date_short(moment.local_day(), &self.locale()))
        }
    }

    /// The name of a form, by its canonical or its file name.
    #[must_use]
    pub fn form(self, questionnaire: &str) -> String {
        let diary = self.text().diary();
        let name = forms::name(questionnaire);
        let found = diary.forms.iter().find(|(of, _)| *of == name);
        found.map_or(diary.form, |(_, words)| words).to_owned()
    }

    /// Chooses a language and keeps the choice.
    pub fn choose(self, language: Language) {
        prefs::set(prefs::Pref::Language, Some(language.tag()));
        self.language.set(language);
    }
}
