//! The language of the screens.

use leptos::prelude::*;

use crate::platform::{document, prefs};
use crate::text::{Language, Text};

/// The language chosen, or the browser's.
#[derive(Clone, Copy)]
pub struct Words {
    language: RwSignal<Language>,
}

impl Words {
    /// Reads the choice and puts itself into the context. Call once, in the composition root.
    #[must_use]
    pub fn provide() -> Self {
        let chosen = prefs::get(prefs::Pref::Language);
        let language = chosen
            .iter()
            .chain(prefs::languages().iter())
            .find_map(|tag| Language::of_tag(tag))
            .unwrap_or_default();
        let words = Self { language: RwSignal::new(language) };
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
    pub fn text(self) -> &'static Text {
        self.language.get().text()
    }

    /// The language itself; its `tag()` is for dates and numbers.
    #[must_use]
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// Chooses a language and keeps the choice.
    pub fn choose(self, language: Language) {
        prefs::set(prefs::Pref::Language, Some(language.tag()));
        self.language.set(language);
    }
}
