//! Whose diary it is: the patient that a journal belongs to, where it was agreed to or brought from.

use interlude_diary::journal::JournalError;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Clinic, Pairing, Pairings, Patient, Word, keep, take_back};
use crate::files::backup::Bound;
use crate::state::outside::{Outside, Ports};
use crate::state::pulse::Pulse;

impl Pairings {
    /// The pairing as it stands, live or not.
    #[must_use]
    pub fn now(self) -> Option<Pairing> {
        self.pairing.get_untracked()
    }

    /// Whether the clinic erased this diary.
    #[must_use]
    pub fn erased_there(self) -> Signal<bool> {
        Signal::derive(move || {
            self.pairing.read().as_ref().is_some_and(|pairing| pairing.word == Word::Erased)
        })
    }

    /// The clinic says that it erased this diary: nothing is sent any more, and nothing here is touched.
    pub fn erased(self) {
        let Some(mut pairing) = self.pairing.get_untracked() else { return };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        pairing.token = None;
        pairing.word = Word::Erased;
        spawn_local(async move {
            // If it cannot be kept, the clinic says it again.
            drop(keep(&ports, Some(&pairing)).await);
            self.pairing.set(Some(pairing));
            pulse.changed();
        });
    }

    /// The patient that this journal belongs to, where there ever was a yes.
    #[must_use]
    pub fn belongs(self) -> Option<Bound> {
        self.pairing.read_untracked().as_ref().filter(|pairing| pairing.bound).map(|pairing| Bound {
            base: pairing.base.clone(),
            patient: pairing.patient.id.clone(),
            initials: pairing.patient.initials.clone(),
            clinic: pairing.clinic.name.clone(),
            phone: pairing.clinic.phone.clone(),
            own: pairing.own,
        })
    }

    /// Whether a diary of this patient may join the journal here.
    #[must_use]
    pub fn may_belong(self, bound: &Bound) -> bool {
        self.pairing.read_untracked().as_ref().is_none_or(|known| {
            !known.bound || (known.base == bound.base && known.patient.id == bound.patient)
        })
    }

    /// The journal is this patient's from now on, as after a yes that was withdrawn: nothing is sent
    /// before another yes. A journal that belongs to somebody stays as it is.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn belong(self, ports: &Ports, bound: &Bound) -> Result<(), JournalError> {
        let known = self.pairing.get_untracked();
        if known.as_ref().is_some_and(|known| known.bound) {
            return Ok(());
        }
        let same = |known: &Pairing| known.base == bound.base && known.patient.id == bound.patient;
        let pairing = match known.clone().filter(same) {
            // The clinic's offer waits for an answer, and is of the same patient.
            Some(offer) => Pairing { bound: true, ..offer },
            None => Pairing {
                base: bound.base.clone(),
                token: None,
                patient: Patient { id: bound.patient.clone(), initials: bound.initials.clone() },
                clinic: Clinic { name: bound.clinic.clone(), phone: bound.phone.clone(), cards: Vec::new() },
                epoch: String::new(),
                gzip: false,
                own: bound.own,
                word: Word::No,
                bound: true,
            },
        };
        keep(ports, Some(&pairing)).await?;
        if let Some(other) = known.filter(|known| !same(known)) {
            take_back(&other).await;
        }
        self.pairing.set(Some(pairing));
        Ok(())
    }
}
