//! The store on this phone: the browser's promise, installing, a file of everything, erasing.

use interlude_diary::journal::Journal;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::inventory;
use super::outside::Outside;
pub use crate::platform::install::Opened;
pub use crate::platform::persist::Persistence;
use crate::platform::worker::{self, Ready};
use crate::platform::{clock, document, download, install, persist};

/// What the browser offers and promises.
#[derive(Clone, Copy)]
pub struct Storage {
    persistence: RwSignal<Option<Persistence>>,
    asked: RwSignal<bool>,
    offer: RwSignal<bool>,
    ready: RwSignal<bool>,
    update: RwSignal<Update>,
    failed: RwSignal<bool>,
}

/// A newer build of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// None.
    None,
    /// Fetched whole; waits.
    Waits,
    /// Asked for, and a form is open somewhere.
    FormOpen,
}

impl Storage {
    /// Listens for the offer to install, and puts itself into the context. Call once, in the
    /// composition root.
    pub fn provide() {
        let this = Self {
            persistence: RwSignal::new(None),
            asked: RwSignal::new(false),
            offer: RwSignal::new(false),
            ready: RwSignal::new(worker::state() == Ready::Offline),
            update: RwSignal::new(Update::None),
            failed: RwSignal::new(false),
        };
        provide_context(this);
        for listener in install::on_offer(move |offer| this.offer.set(offer)) {
            listener.forget();
        }
    }

    /// Registers the worker. Call once, in the composition root, when the first page is on screen:
    /// what it needs goes over the network before the rest.
    pub fn begin(self) {
        if let Some(listener) = worker::follow_updates() {
            listener.forget();
        }
        spawn_local(worker::register(move || self.ready.set(true), move || self.update.set(Update::Waits)));
    }

    /// The storage of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The browser's promise; `None` until it is known. Reading it asks the browser how it stands.
    #[must_use]
    pub fn persistence(self) -> Signal<Option<Persistence>> {
        if self.persistence.get_untracked().is_none() {
            spawn_local(async move { self.persistence.set(Some(persist::state().await)) });
        }
        self.persistence.into()
    }

    /// Asks the browser for the promise.
    pub fn ask(self) {
        spawn_local(async move {
            self.persistence.set(Some(persist::ask().await));
            self.asked.set(true);
        });
    }

    /// Whether it was asked for on this visit.
    #[must_use]
    pub fn asked(self) -> Signal<bool> {
        self.asked.into()
    }

    /// Whether the app starts with no network.
    #[must_use]
    pub fn ready(self) -> Signal<bool> {
        self.ready.into()
    }

    /// Whether the browser offers to install.
    #[must_use]
    pub fn offer(self) -> Signal<bool> {
        self.offer.into()
    }

    /// How the app was opened.
    #[must_use]
    pub fn opened(self) -> Opened {
        install::opened()
    }

    /// Shows the browser's own prompt.
    pub fn install(self) {
        spawn_local(async move {
            // Yes or no, the prompt is used up.
            let _yes: bool = install::prompt().await;
            self.offer.set(false);
        });
    }

    /// Whether a newer build waits.
    #[must_use]
    pub fn update(self) -> Signal<Update> {
        self.update.into()
    }

    /// Lets the newer build in, unless a form is open in any tab.
    pub fn apply(self) {
        spawn_local(async move {
            if !worker::apply().await {
                self.update.set(Update::FormOpen);
            }
        });
    }

    /// Saves everything as a file.
    pub fn export(self) {
        let ports = Outside::get();
        self.failed.set(false);
        spawn_local(async move {
            let name = format!("interlude-{}.json", clock::moment().local_day());
            let made = inventory::file(&ports.journal).await;
            let saved = made.is_ok_and(|text| download::save(&name, "application/json", text.as_bytes()));
            self.failed.set(!saved);
        });
    }

    /// Erases everything here, then starts anew.
    pub fn erase(self) {
        let ports = Outside::get();
        self.failed.set(false);
        spawn_local(async move {
            match ports.journal.erase().await {
                Ok(()) => document::restart(),
                Err(_left) => self.failed.set(true),
            }
        });
    }

    /// Whether the last of those failed.
    #[must_use]
    pub fn failed(self) -> Signal<bool> {
        self.failed.into()
    }
}
