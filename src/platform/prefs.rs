//! Theme and language, in localStorage. Nothing else, and never an answer: localStorage loses its
//! last seconds when an app is killed.

use gloo_storage::{LocalStorage, Storage};

use super::window;

/// What may be kept here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pref {
    /// `light`, `dark`, `contrast`; absent follows the system.
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
    usable().then(|| LocalStorage::get(pref.name()).ok()).flatten()
}

/// Keeps a choice; `None` goes back to the system's. Answers whether it was kept.
pub fn set(pref: Pref, value: Option<&str>) -> bool {
    if !usable() {
        return false;
    }
    match value {
        Some(value) => LocalStorage::set(pref.name(), value).is_ok(),
        None => {
            LocalStorage::delete(pref.name());
            true
        }
    }
}

/// The languages the browser asks for, best first.
#[must_use]
pub fn languages() -> Vec<String> {
    let Some(window) = window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// gloo's storage panics where the browser refuses localStorage, so it is asked first.
fn usable() -> bool {
    window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
