//! The lock screen: a code is given, or it was forgotten.

use std::collections::BTreeSet;

use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{Journal, JournalError};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::porch::Porch;
use crate::journal::IdbJournal;
use crate::journal::lock::{Denied, Seen, Unproved};
use crate::platform::lock::{self, Mode};
use crate::platform::timeout::{self, Timeout};
use crate::platform::{clock, document, passkey};

/// How far the code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// One may be given.
    Ready,
    /// It is being looked at.
    Opening,
    /// It was another.
    Wrong,
    /// Too many were: so many milliseconds to wait.
    Waits(i64),
    /// The passkey did not open it.
    NotByPasskey,
    /// The store failed.
    Failed(JournalError),
}

/// What discarding the locked diary would lose, and what it would not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Entries that the clinic has not proved to hold.
    pub entries: usize,
    /// The days on which they were begun.
    pub days: Vec<LocalDay>,
    /// Forms begun and not finished.
    pub drafts: usize,
    /// Entries that the clinic holds.
    pub held: usize,
}

impl Loss {
    fn of(unproved: &Unproved) -> Self {
        let begun = unproved.entries.iter().flatten().map(|ms| clock::at(*ms).local_day());
        Self {
            entries: unproved.entries.len(),
            days: begun.collect::<BTreeSet<_>>().into_iter().collect(),
            drafts: unproved.drafts,
            held: unproved.held,
        }
    }
}

/// The lock screen's handle.
#[derive(Clone, Copy)]
pub struct Locked {
    journal: StoredValue<IdbJournal, LocalStorage>,
    seen: RwSignal<Option<Result<Seen, JournalError>>>,
    phase: RwSignal<Phase>,
    loss: RwSignal<Option<Loss>>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    opened: Callback<()>,
}

impl Locked {
    /// Before the door of this store. `opened` is called when the code was right.
    #[must_use]
    pub fn before(journal: IdbJournal, opened: Callback<()>) -> Self {
        Self {
            journal: StoredValue::new_local(journal),
            seen: RwSignal::new(None),
            phase: RwSignal::new(Phase::Ready),
            loss: RwSignal::new(None),
            timer: StoredValue::new_local(None),
            opened,
        }
    }

    /// Looks at the door.
    pub fn look(self) {
        let journal = self.journal.get_value();
        spawn_local(async move {
            let seen = journal.seen().await;
            if let Ok(seen) = &seen {
                self.wait(seen.tries.wait_ms(clock::unix_ms()));
            }
            self.seen.try_set(Some(seen));
        });
    }

    /// What the locked diary tells; `None` until it is read.
    #[must_use]
    pub fn seen(self) -> Signal<Option<Result<Seen, JournalError>>> {
        self.seen.into()
    }

    /// What the lock screen needs of the diary.
    #[must_use]
    pub fn porch(self) -> Porch {
        self.seen.with(|seen| {
            let seen = seen.as_ref().and_then(|seen| seen.as_ref().ok());
            Porch::read(seen.and_then(|seen| seen.porch.as_deref()))
        })
    }

    /// How far the code is.
    #[must_use]
    pub fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Tries a code.
    pub fn give(self, code: String) {
        if code.is_empty() || matches!(*self.phase.read_untracked(), Phase::Opening | Phase::Waits(_)) {
            return;
        }
        self.phase.set(Phase::Opening);
        let journal = self.journal.get_value();
        spawn_local(async move {
            // That it is being looked at is on screen before the key is stretched.
            document::painted().await;
            self.told(journal.unlock(&code, clock::unix_ms()).await);
        });
    }

    /// Asks for the passkey.
    pub fn by_passkey(self) {
        let journal = self.journal.get_value();
        spawn_local(async move {
            let secret = match journal.passkey().await {
                Ok(Some(made)) => passkey::ask(&made).await,
                Ok(None) | Err(_) => None,
            };
            let opened = match secret {
                Some(secret) => journal.unlock_by_passkey(&secret).await,
                None => Err(Denied::Wrong),
            };
            match opened {
                Ok(()) => self.opened.run(()),
                Err(_) => {
                    self.phase.try_set(Phase::NotByPasskey);
                }
            }
        });
    }

    fn told(self, outcome: Result<(), Denied>) {
        match outcome {
            Ok(()) => self.opened.run(()),
            Err(Denied::Wrong) => {
                self.phase.try_set(Phase::Wrong);
                self.look();
            }
            Err(Denied::Wait { ms }) => self.wait(ms),
            Err(Denied::Store(error)) => {
                self.phase.try_set(Phase::Failed(error));
            }
        }
    }

    /// No code is taken for so long; what was said of the last one stays when there is no wait.
    fn wait(self, ms: i64) {
        if ms <= 0 {
            return;
        }
        self.phase.try_set(Phase::Waits(ms));
        let over = timeout::after(u32::try_from(ms).unwrap_or(u32::MAX), move || {
            self.phase.try_set(Phase::Ready);
        });
        self.timer.try_set_value(Some(over));
    }

    /// What would be lost; `None` until [`Locked::forgot`] has read it.
    #[must_use]
    pub fn loss(self) -> Signal<Option<Loss>> {
        self.loss.into()
    }

    /// The code was forgotten: reads what there is to lose. Discards nothing.
    pub fn forgot(self) {
        let journal = self.journal.get_value();
        spawn_local(async move {
            match journal.unproved().await {
                Ok(unproved) => self.loss.try_set(Some(Loss::of(&unproved))),
                Err(error) => {
                    self.phase.try_set(Phase::Failed(error));
                    None
                }
            };
        });
    }

    /// Discards the locked diary, on the person's word, and starts anew.
    pub fn discard(self) {
        let journal = self.journal.get_value();
        spawn_local(async move {
            // Another tab that is open may be filing what came down: it would write it anew.
            let held = lock::wait(lock::SYNC, Mode::Exclusive).await;
            let erased = journal.erase().await;
            drop(held);
            match erased {
                // The app itself stays on the phone: there may be no network to bring it again.
                Ok(()) => document::restart(),
                Err(error) => {
                    self.phase.try_set(Phase::Failed(error));
                }
            }
        });
    }
}
