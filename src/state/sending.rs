//! Sending: the outbox, the last attempt, and the driver's bell.

use std::rc::Rc;

use interlude_diary::calendar::Moment;
use interlude_diary::ids::RevisionId;
use interlude_diary::journal::{Journal, JournalError, Mark, MetaKey, Outgoing, Tally};
use interlude_diary::sync::Memory;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::outside::Outside;
use super::pulse::Pulse;
use crate::journal::IdbJournal;
use crate::platform::{clock, download, online};

/// How the last attempt went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// Nothing to say.
    #[default]
    Quiet,
    /// On its way.
    Sending,
    /// No network.
    Offline,
    /// The clinic did not answer, or said later.
    Later,
    /// The clinic does not know this phone any more.
    SignIn,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct SendingView {
    /// Every outbox row, in order written.
    pub rows: Vec<Outgoing>,
    /// Counts.
    pub tally: Tally,
    /// By how many minutes this phone's clock is ahead of the clinic's (behind: negative), where it is so
    /// far off that the person is told.
    pub clock_min: Option<i64>,
}

/// A bell that wakes the driver.
type Bell = Rc<dyn Fn()>;

/// Sending, in the running app.
#[derive(Clone, Copy)]
pub struct Sending {
    phase: RwSignal<Phase>,
    online: RwSignal<bool>,
    bell: StoredValue<Option<Bell>, LocalStorage>,
    /// Whether it was rung before there was one: a tap is never lost.
    rung: StoredValue<bool>,
}

impl Sending {
    /// Puts itself into the context. Call once, in the composition root.
    pub fn provide() {
        let sending = Self {
            phase: RwSignal::new(Phase::Quiet),
            online: RwSignal::new(online::now()),
            bell: StoredValue::new_local(None),
            rung: StoredValue::new(false),
        };
        provide_context(sending);
    }

    /// Follows whether there is a network. Call once, in the composition root.
    pub fn listen(self) {
        self.online.set(online::now());
        for listener in online::on_change(move |there| self.online.set(there)) {
            listener.forget();
        }
    }

    /// Sending, in the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Connects the driver's bell. Only the composition root calls it.
    pub fn connect(self, bell: Bell) {
        self.bell.set_value(Some(bell));
        if self.rung.get_value() {
            self.rung.set_value(false);
            self.wake();
        }
    }

    /// The driver says how it goes. Only the composition root hands it on.
    pub fn report(self, phase: Phase) {
        self.phase.set(phase);
    }

    /// How the last attempt went. Without a network that comes first: a driver at rest would
    /// otherwise look as if all were well.
    #[must_use]
    pub fn phase(self) -> Signal<Phase> {
        Signal::derive(move || match (self.phase.get(), self.online.get()) {
            (Phase::Quiet | Phase::Later | Phase::Offline, false) => Phase::Offline,
            (phase, _) => phase,
        })
    }

    /// Something new waits, or the person asks: the driver looks now.
    pub fn wake(self) {
        match self.bell.get_value() {
            Some(bell) => bell(),
            None => self.rung.set_value(true),
        }
    }

    /// Lets a refused revision go again, on the person's word.
    pub fn try_again(self, revision: RevisionId) {
        let (ports, pulse) = (Outside::get(), Pulse::get());
        spawn_local(async move {
            if ports.journal.settle(&[again(revision)], None).await.is_ok() {
                pulse.changed();
                self.wake();
            }
        });
    }

    /// Saves one row as a file, for the person to hand over by other means. Answers whether the
    /// browser took it.
    #[must_use]
    pub fn save(self, row: &Outgoing) -> bool {
        let name = format!("{}.json", row.entry.id);
        serde_json::to_string_pretty(&row.entry)
            .is_ok_and(|text| download::save(&name, "application/json", text.as_bytes()))
    }
}

/// The page's handle: made when the page opens.
#[derive(Clone, Copy)]
pub struct Outbox {
    view: RwSignal<Option<Result<SendingView, JournalError>>>,
    damaged: RwSignal<usize>,
}

impl Outbox {
    /// Reads now and at every beat of the pulse while the page is open. What is damaged is counted once, and
    /// comes when it is: it takes opening every record, and years that come down beat for every fifty.
    #[must_use]
    pub fn open() -> Self {
        let (view, damaged) = (RwSignal::new(None), RwSignal::new(0));
        let (ports, pulse) = (Outside::get(), Pulse::get());
        let counted = Rc::clone(&ports);
        Effect::new(move |_| {
            pulse.track();
            let ports = ports.clone();
            spawn_local(async move {
                let read = read(&ports.journal).await;
                // The page may be gone by now.
                drop(view.try_set(Some(read)));
            });
        });
        spawn_local(async move {
            // A store that fails is told by what is read beside it.
            if let Ok(count) = counted.journal.damaged().await {
                damaged.try_set(count);
            }
        });
        Self { view, damaged }
    }

    /// Records on this phone that are not what was written.
    #[must_use]
    pub fn damaged(self) -> Signal<usize> {
        self.damaged.into()
    }

    /// What the page shows; `None` until it is read.
    #[must_use]
    pub fn view(self) -> Signal<Option<Result<SendingView, JournalError>>> {
        self.view.into()
    }
}

/// What lets a parked row go again. (Later is for rows that wait.)
const fn again(revision: RevisionId) -> Mark {
    Mark::Withdrawn { revision }
}

async fn read(journal: &IdbJournal) -> Result<SendingView, JournalError> {
    let memory = match journal.meta(MetaKey::Sync).await {
        Ok(text) => text.map(|text| Memory::from_text(&text)).unwrap_or_default(),
        // The list is worth more than a word about the clock.
        Err(JournalError::Damaged { .. }) => Memory::default(),
        Err(other) => return Err(other),
    };
    let clock_min = memory.clock_is_wrong_by().map(|ahead_ms| ahead_ms / 60_000);
    let (rows, tally) = (journal.outbox().await?, journal.tally().await?);
    Ok(SendingView { rows, tally, clock_min })
}

/// When a row is due, as the wall clock here shows it.
#[must_use]
pub fn due(row: &Outgoing) -> Moment {
    Moment::new(row.due_ms, clock::moment().offset_min())
}

#[cfg(test)]
mod tests {
    use interlude_diary::calendar::LocalDay;
    use interlude_diary::journal::Send;
    use interlude_testkit::{Chance, MemoryJournal, block_on, make};

    use super::*;

    #[test]
    fn a_refused_row_goes_again_on_the_persons_word() {
        block_on(async {
            let journal = MemoryJournal::default();
            let entry = make::daily(&mut Chance::new(1), LocalDay::from_number(20_000));
            journal.record(&entry, Send::Now, None).await.unwrap();
            let parked = Mark::Parked { revision: entry.revision, status: 422, reason: "no".to_owned() };
            journal.settle(&[parked], None).await.unwrap();
            assert!(journal.pending(0, 9).await.unwrap().is_empty());
            journal.settle(&[again(entry.revision)], None).await.unwrap();
            assert_eq!(journal.pending(0, 9).await.unwrap().len(), 1);
        });
    }
}
