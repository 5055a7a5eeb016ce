//! The words of a form, in the language asked for where they are translated.

use std::cell::Cell;

use super::ext;
use crate::json::Node;

/// Picks words of one language.
pub(super) struct Words<'n> {
    language: &'n str,
    found: Cell<bool>,
}

impl<'n> Words<'n> {
    pub(super) const fn new(language: &'n str) -> Self {
        Self { language, found: Cell::new(false) }
    }

    /// Whether any translation was used.
    pub(super) const fn translated(&self) -> bool {
        self.found.get()
    }

    /// The text of a member that is a string: translated, else as it stands. `None` when there is
    /// none or it says nothing.
    pub(super) fn of(&self, owner: &Node<'_>, name: &str) -> Option<String> {
        let plain = owner.str(name);
        let shadow = owner.get(&format!("_{name}"));
        let text = shadow.and_then(|shadow| self.translation(shadow)).or(plain)?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The translation that suits best: the same language tag, else the same language.
    fn translation<'t>(&self, shadow: &'t Node<'_>) -> Option<&'t str> {
        let mut best = None;
        for extension in ext::all(shadow, "translation") {
            let part = |name: &str| extension.list("extension").iter().find(|e| e.str("url") == Some(name));
            let lang = part("lang").and_then(|e| e.str("valueCode").or_else(|| e.str("valueString")));
            let content =
                part("content").and_then(|e| e.str("valueString").or_else(|| e.str("valueMarkdown")));
            let (Some(lang), Some(content)) = (lang, content) else {
                continue;
            };
            if lang.eq_ignore_ascii_case(self.language) {
                best = Some(content);
                break;
            }
            if best.is_none() && self.suits(lang) {
                best = Some(content);
            }
        }
        if best.is_some() {
            self.found.set(true);
        }
        best
    }

    /// The words of a value set's concept: its designation in the language, else its display.
    pub(super) fn of_concept(&self, concept: &Node<'_>) -> Option<String> {
        let designations = concept.list("designation").iter();
        let mut mine = designations.filter(|d| d.str("language").is_some_and(|lang| self.suits(lang)));
        if let Some(text) = mine.find_map(|d| d.str("value")) {
            self.found.set(true);
            return Some(text.to_owned());
        }
        self.of(concept, "display")
    }

    fn suits(&self, lang: &str) -> bool {
        let primary = |tag: &'_ str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        primary(lang) == primary(self.language)
    }
}
