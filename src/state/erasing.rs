//! Erasing everything: at the clinic if the person wishes, then here, with nothing left to read.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::outside::{Outside, Ports};
use super::pairing::Pairings;
use super::pulse::Pulse;
use crate::platform::lock::{self, Mode};
use crate::platform::{document, download, wipe};
pub use crate::sync::pairing::{Did, Does, Receipt};
use crate::sync::pairing::{Left, leave};

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// What is to happen is being chosen.
    Choosing,
    /// The last question.
    Sure,
    /// The clinic is asked, and then the phone erased.
    Going,
    /// The clinic did not answer; nothing was erased.
    NoAnswer,
    /// Not all of it went here.
    Failed,
    /// Nothing is left.
    Done(Told),
}

/// What the clinic said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// There was none to ask.
    Nobody,
    /// It answered with a receipt.
    Receipt(Receipt),
    /// It had erased the diary before; its words.
    Before(String),
    /// It had ended this phone's access before.
    Ended,
    /// The person did not want to wait for it.
    NotTold,
}

/// The clinic, as this page asks about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clinic {
    /// None has anything, or none that can be asked.
    None,
    /// It can be asked; its name.
    Asked(String),
    /// One that cannot be asked, and may hold what was sent: a hospital's own server, or a clinic that
    /// this phone left before; its name.
    Elsewhere(String),
}

/// The page's handle: made when the page opens.
#[derive(Clone, Copy)]
pub struct Erasing {
    stage: RwSignal<Stage>,
    choice: RwSignal<Option<Does>>,
    unsent: RwSignal<u32>,
    /// What the clinic said already, where the phone was not wholly erased after it.
    told: StoredValue<Option<Told>>,
}

impl Erasing {
    /// For a page that opens.
    #[must_use]
    pub fn open() -> Self {
        use interlude_diary::journal::Journal as _;
        let (stage, choice, unsent) = (RwSignal::new(Stage::Choosing), RwSignal::new(None), RwSignal::new(0));
        let ports = Outside::get();
        spawn_local(async move {
            if let Ok(tally) = ports.journal.tally().await {
                unsent.try_set(tally.waiting.saturating_add(tally.parked));
            }
        });
        Self { stage, choice, unsent, told: StoredValue::new(None) }
    }

    /// How far it is.
    #[must_use]
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// What the clinic is to do; nothing is chosen beforehand.
    #[must_use]
    pub fn choice(self) -> Signal<Option<Does>> {
        self.choice.into()
    }

    /// How many revisions never went.
    #[must_use]
    pub fn unsent(self) -> Signal<u32> {
        self.unsent.into()
    }

    /// Whom there is to ask.
    #[must_use]
    pub fn clinic(self) -> Clinic {
        match Pairings::get().now() {
            Some(pairing) if pairing.own && pairing.token.is_some() => Clinic::Asked(pairing.clinic.name),
            Some(pairing) if pairing.bound => Clinic::Elsewhere(pairing.clinic.name),
            Some(_) | None => Clinic::None,
        }
    }

    /// Chooses what the clinic is to do.
    pub fn choose(self, does: Does) {
        self.choice.set(Some(does));
    }

    /// Asks the last question.
    pub fn go_on(self) {
        self.stage.set(Stage::Sure);
    }

    /// Leaves everything as it is.
    pub fn go_back(self) {
        self.stage.set(Stage::Choosing);
    }

    /// Erases: the clinic is asked first, and without its answer nothing is erased.
    pub fn erase(self) {
        let (ports, pulse, pairing) = (Outside::get(), Pulse::get(), Pairings::get().now());
        let does = self.choice.get_untracked();
        self.stage.set(Stage::Going);
        spawn_local(async move {
            let token = pairing.filter(|pairing| pairing.own).and_then(|pairing| pairing.token);
            let told = match (token, does) {
                (Some(token), Some(does)) => match leave(&token, does).await {
                    Left::Receipt(receipt) => Told::Receipt(receipt),
                    Left::Erased(words) => Told::Before(words),
                    Left::Ended => Told::Ended,
                    Left::NoAnswer => {
                        self.stage.set(Stage::NoAnswer);
                        return;
                    }
                },
                (Some(_), None) => Told::NotTold,
                (None, _) => Told::Nobody,
            };
            self.wipe(&ports, pulse, told).await;
        });
    }

    /// Erases this phone alone: without the clinic's answer, or after it.
    pub fn only_here(self) {
        let (ports, pulse) = (Outside::get(), Pulse::get());
        let told = self.told.get_value().unwrap_or(Told::NotTold);
        self.stage.set(Stage::Going);
        spawn_local(async move { self.wipe(&ports, pulse, told).await });
    }

    async fn wipe(self, ports: &Ports, pulse: Pulse, told: Told) {
        // No tab may be in the middle of filing what came down: it would write it anew.
        let held = lock::wait(lock::SYNC, Mode::Exclusive).await;
        let databases = ports.journal.end().await.is_ok();
        let rest = wipe::all().await;
        pulse.erased();
        drop(held);
        self.told.set_value(Some(told.clone()));
        self.stage.set(if databases && rest { Stage::Done(told) } else { Stage::Failed });
    }

    /// Starts with an empty diary.
    pub fn start(self) {
        document::restart();
    }

    /// Saves the receipt as a file. Answers whether the browser took it.
    #[must_use]
    pub fn save(self, words: &str) -> bool {
        download::save("interlude-receipt.txt", "text/plain;charset=utf-8", words.as_bytes())
    }
}
