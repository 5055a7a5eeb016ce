//! Whether the first page is on screen: what may wait begins then.

use leptos::prelude::*;

/// The first page of the running app.
#[derive(Clone, Copy)]
pub struct Shown {
    shown: RwSignal<bool>,
}

impl Shown {
    /// Puts itself into the context. Call once, in the composition root.
    #[must_use]
    pub fn provide() -> Self {
        let shown = Self { shown: RwSignal::new(false) };
        provide_context(shown);
        shown
    }

    /// The first page of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// A page is on screen.
    pub fn tell(self) {
        if !self.shown.get_untracked() {
            self.shown.set(true);
        }
    }

    /// Whether the page that is being made is the first.
    #[must_use]
    pub fn is_to_come(self) -> bool {
        !self.shown.get_untracked()
    }

    /// Whether one is. Reading it in an effect follows it.
    #[must_use]
    pub fn is(self) -> bool {
        self.shown.get()
    }
}
