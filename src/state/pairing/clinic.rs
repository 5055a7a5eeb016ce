//! What the clinic says of itself: pulled while paired, kept, and shown with no network afterwards.

use std::rc::Rc;

use interlude_diary::journal::{Journal, MetaKey};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Pairing, Pairings};
use crate::state::outside::Ports;
use crate::sync::clinic::Told;
use crate::sync::pairing::Clinic;

impl Pairings {
    /// The clinic to call: that of the pairing that sends, as it last described itself.
    #[must_use]
    pub fn clinic(self) -> Signal<Option<Clinic>> {
        Signal::derive(move || {
            let pairing = self.pairing.get().filter(Pairing::live)?;
            let told = self.told.get().filter(|told| told.is_of(&pairing));
            Some(told.map_or(pairing.clinic, |told| told.clinic))
        })
    }

    /// Whether the clinic of this pairing described itself just now.
    #[must_use]
    pub fn heard_just_now(self, pairing: &Pairing, now_ms: i64) -> bool {
        self.told.read_untracked().as_ref().is_some_and(|told| told.is_of(pairing) && told.is_new(now_ms))
    }

    /// The clinic described itself.
    pub fn heard(self, ports: Rc<Ports>, told: Told) {
        if self.told.read_untracked().as_ref() == Some(&told) {
            return;
        }
        let Ok(text) = serde_json::to_string(&told) else { return };
        spawn_local(async move {
            // Not kept, it is asked for again when the app is next opened. Shown only then: what is on
            // the card today must be there with no network tomorrow.
            drop(ports.journal.set_meta(MetaKey::Clinic, &text).await);
            self.told.try_set(Some(told));
        });
    }
}

/// Reads the journal's `Clinic` value; what cannot be read was never said.
pub(super) fn read(kept: Option<&str>) -> Option<Told> {
    kept.and_then(|text| serde_json::from_str(text).ok())
}
