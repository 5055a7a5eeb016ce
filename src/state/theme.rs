//! Light, dark, high contrast, calm, or as the phone is set.

use leptos::prelude::*;

use crate::platform::{document, prefs};

/// A choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the phone is set.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
    /// The strongest contrast, light or dark as the phone is set.
    Contrast,
    /// Dark, muted, and nothing moves.
    Calm,
}

impl Theme {
    /// Every choice, in the order shown.
    pub const ALL: [Self; 5] = [Self::System, Self::Light, Self::Dark, Self::Contrast, Self::Calm];

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::Contrast => Some("contrast"),
            Self::Calm => Some("calm"),
        }
    }
}

/// The theme chosen.
#[derive(Clone, Copy)]
pub struct Colours {
    theme: RwSignal<Theme>,
}

impl Colours {
    /// Reads the choice and puts itself into the context. Call once, in the composition root.
    pub fn provide() {
        let kept = prefs::get(prefs::Pref::Theme);
        let theme = Theme::ALL.into_iter().find(|theme| theme.name() == kept.as_deref()).unwrap_or_default();
        let colours = Self { theme: RwSignal::new(theme) };
        provide_context(colours);
        Effect::new(move |_| document::set_theme(colours.theme.get().name()));
    }

    /// The colours of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The theme chosen.
    #[must_use]
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Chooses a theme and keeps the choice.
    pub fn choose(self, theme: Theme) {
        prefs::set(prefs::Pref::Theme, theme.name());
        self.theme.set(theme);
    }
}
