//! The store on this phone: the browser's promise, installing, a file of everything.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::language::Words;
use super::outside::Outside;
use super::pairing::Pairings;
use crate::files::export;
pub use crate::platform::install::Opened;
pub use crate::platform::persist::Persistence;
use crate::platform::worker::{self, Ready};
use crate::platform::{clock, download, install, persist};

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

/// A file that others can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// A FHIR Bundle of everything.
    Bundle,
    /// A table of all answers.
    Table,
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

    /// Saves everything as a file that others can read.
    pub fn export(self, kind: Export) {
        let ports = Outside::get();
        let patient = Pairings::get().belongs().map(|bound| bound.patient);
        let language = Words::get().language().tag();
        self.failed.set(false);
        spawn_local(async move {
            let journal = &ports.journal;
            let (made, ending, media_type) = match kind {
                Export::Bundle => {
                    (export::bundle(journal, patient.as_deref()).await, "fhir.json", "application/fhir+json")
                }
                Export::Table => (export::table(journal, language).await, "csv", "text/csv;charset=utf-8"),
            };
            let name = format!("interlude-{}.{ending}", clock::moment().local_day());
            let saved = made.is_ok_and(|text| download::save(&name, media_type, text.as_bytes()));
            self.failed.set(!saved);
        });
    }

    /// Whether the last file could not be made.
    #[must_use]
    pub fn failed(self) -> Signal<bool> {
        self.failed.into()
    }
}
