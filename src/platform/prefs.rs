//! Theme and language, in localStorage. Nothing else, and never an answer: localStorage loses its
//! last seconds when an app is killed.

use super::window;

/// What may be kept here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pref {
    /// `light`, `dark`, `contrast`, `calm`; absent follows the system.
    Theme,
    /// A language tag; absent follows the browser.
    Language,
}

impl Pref {
    const fn name(self) -> &'static str {
        match self {
            Self::Theme => "interlude-theme",
            Self::Language => "interlude-language",
        }
    }
}

/// What was chosen, if anything was and it can be read.
#[must_use]
pub fn get(pref: Pref) -> Option<String> {
    storage()?.get_item(pref.name()).ok().flatten()
}

/// Keeps a choice; `None` goes back to the system's. Answers whether it was kept.
pub fn set(pref: Pref, value: Option<&str>) -> bool {
    let Some(storage) = storage() else { return false };
    match value {
        Some(value) => storage.set_item(pref.name(), value).is_ok(),
        None => storage.remove_item(pref.name()).is_ok(),
    }
}

/// The languages the browser asks for, best first.
#[must_use]
pub fn languages() -> Vec<String> {
    let Some(window) = window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// The storage, where the browser gives one. Two plain words: gloo's storage would bring a JSON
/// reader to the first question, and panics where the browser refuses.
fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}
