//! A phone's store as an app has it: it fails, and what is written is read back.
//!
//! Between an app and the journal in memory, which is what is on disk. An error means what it means
//! of the real adapter: nothing was half written, but it may be written whole.

use std::cell::{Cell, RefCell};

use interlude_diary::entry::{Body, Digest, Entry};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{
    Holding, Journal as _, JournalError, Kept, Mark, MetaKey, Outgoing, Send, Seq, Stored,
};
use interlude_diary::occasion::Draft;
use interlude_testkit::{Chance, MemoryJournal, block_on};

use crate::mutants::Mutant;

/// The store of one phone.
#[derive(Debug)]
pub struct Disk {
    /// What is on disk.
    journal: MemoryJournal,
    chance: RefCell<Chance>,
    /// Failures of a hundred transactions.
    percent: Cell<u64>,
    /// Transactions that will fail because the connection is dead.
    dead: Cell<u64>,
    /// Failures so far.
    failures: Cell<u64>,
    mutant: Option<Mutant>,
}

/// What befalls a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// Nothing is done.
    Refused(Why),
    /// It is done, and the answer is lost.
    AnswerLost,
    /// It is said to be done, and nothing is.
    Forgotten,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Aborted,
    Full,
    Dead,
}

impl Why {
    fn error(self) -> JournalError {
        match self {
            Self::Aborted => JournalError::Failed { name: "AbortError".to_owned() },
            Self::Full => JournalError::Full,
            Self::Dead => JournalError::Lost,
        }
    }
}

/// Longest stretch of transactions on a dead connection.
const DEAD: u64 = 6;

impl Disk {
    /// A disk that holds `journal` and fails `percent` of a hundred transactions.
    #[must_use]
    pub fn new(journal: MemoryJournal, seed: u64, percent: u64, mutant: Option<Mutant>) -> Self {
        let chance = RefCell::new(Chance::new(seed ^ 0x6469_736b));
        Self {
            journal,
            chance,
            percent: Cell::new(percent),
            dead: Cell::new(0),
            failures: Cell::new(0),
            mutant,
        }
    }

    /// It fails no more.
    pub fn mend(&self) {
        self.percent.set(0);
        self.dead.set(0);
    }

    /// Failures so far.
    #[must_use]
    pub const fn failures(&self) -> u64 {
        self.failures.get()
    }

    fn is(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    fn happens(&self, percent: u64) -> bool {
        self.chance.borrow_mut().one_in_hundred(percent)
    }

    fn fault(&self, writes: bool) -> Fault {
        if self.percent.get() == 0 {
            return Fault::None;
        }
        let fault = if let Some(left) = self.dead.get().checked_sub(1) {
            self.dead.set(left);
            Fault::Refused(Why::Dead)
        } else if self.happens(self.percent.get()) {
            let mut chance = self.chance.borrow_mut();
            match (chance.below(5), writes) {
                (0, _) | (_, false) => {
                    self.dead.set(chance.below(DEAD));
                    Fault::Refused(Why::Dead)
                }
                (1, true) => Fault::Refused(Why::Full),
                (2, true) => Fault::AnswerLost,
                (3, true) => Fault::Forgotten,
                (_, true) => Fault::Refused(Why::Aborted),
            }
        } else {
            Fault::None
        };
        self.failures.set(self.failures.get() + u64::from(fault != Fault::None));
        fault
    }

    /// A transaction that only reads.
    fn read<T>(&self, read: impl FnOnce() -> Result<T, JournalError>) -> Result<T, JournalError> {
        if let Fault::Refused(why) = self.fault(false) { Err(why.error()) } else { read() }
    }

    /// A transaction that writes, and is read back: what was forgotten did not read back.
    fn write<T>(&self, write: impl FnOnce() -> Result<T, JournalError>) -> Result<T, JournalError> {
        match self.fault(true) {
            Fault::None => write(),
            Fault::Refused(why) => Err(why.error()),
            Fault::AnswerLost => write().and(Err(JournalError::Lost)),
            Fault::Forgotten => Err(JournalError::NotReadBack),
        }
    }

    /// [`interlude_diary::journal::Journal::record`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn record(&self, entry: &Entry, send: Send) -> Result<Kept, JournalError> {
        let send = if self.is(Mutant::SendsWhatStays) && send == Send::Never { Send::Now } else { send };
        if self.is(Mutant::HalfRecorded) && self.happens(10) {
            block_on(self.journal.record(entry, send, None))?;
            self.journal.forget_row(entry.revision);
            return Err(JournalError::Lost);
        }
        match self.write(|| block_on(self.journal.record(entry, send, None))) {
            Err(JournalError::NotReadBack) if self.is(Mutant::NoReadBack) => Ok(Kept { seq: Seq(0) }),
            other => other,
        }
    }

    /// [`interlude_diary::journal::Journal::undo`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn undo(&self, revision: RevisionId, draft: &Draft) -> Result<(), JournalError> {
        self.write(|| block_on(self.journal.undo(revision, draft)))
    }

    /// [`interlude_diary::journal::Journal::pending`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn pending(&self, due_by_ms: i64, limit: usize) -> Result<Vec<Outgoing>, JournalError> {
        let mut rows = self.read(|| block_on(self.journal.pending(due_by_ms, limit)))?;
        if self.is(Mutant::NewestFirst) {
            let all = block_on(self.journal.outbox())?;
            for row in &mut rows {
                let family = all.iter().filter(|other| other.entry.id == row.entry.id);
                let newest = family.max_by_key(|other| other.seq).cloned();
                *row = newest.unwrap_or_else(|| row.clone());
            }
        }
        Ok(rows)
    }

    /// [`interlude_diary::journal::Journal::newest`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn newest(&self, ids: &[EntryId]) -> Result<Vec<Outgoing>, JournalError> {
        self.read(|| block_on(self.journal.newest(ids)))
    }

    /// A row is on its way.
    pub fn sent(&self, revision: RevisionId) {
        if self.is(Mutant::RowGoneEarly) {
            self.journal.forget_row(revision);
        }
    }

    /// [`interlude_diary::journal::Journal::holdings_of`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn holdings_of(&self, ids: &[EntryId]) -> Result<Vec<Holding>, JournalError> {
        self.read(|| block_on(self.journal.holdings_of(ids)))
    }

    /// [`interlude_diary::journal::Journal::holdings`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn holdings(&self, after: Option<Seq>, limit: usize) -> Result<Vec<Holding>, JournalError> {
        self.read(|| block_on(self.journal.holdings(after, limit)))
    }

    /// [`interlude_diary::journal::Journal::revisions`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn revisions(&self, id: EntryId) -> Result<Vec<Stored>, JournalError> {
        self.read(|| block_on(self.journal.revisions(id)))
    }

    /// [`interlude_diary::journal::Journal::settle`]; `now_ms` is the phone's time, `digest` that of a
    /// revision that is here.
    ///
    /// # Errors
    /// As a store gives them.
    pub fn settle(
        &self,
        marks: &[Mark],
        memory: &str,
        now_ms: i64,
        digest: impl FnMut(RevisionId) -> Option<Digest>,
    ) -> Result<(), JournalError> {
        let Some(mutant) = self.mutant else {
            return self.write(|| block_on(self.journal.settle(marks, Some(memory))));
        };
        if mutant == Mutant::CursorFirst && self.happens(10) {
            block_on(self.journal.settle(&[], Some(memory)))?;
            return Err(JournalError::Lost);
        }
        let marks = warped(mutant, marks, digest);
        let memory = if mutant == Mutant::OwnCursor { own_cursor(memory, now_ms) } else { memory.to_owned() };
        self.write(|| block_on(self.journal.settle(&marks, Some(&memory))))
    }

    /// [`interlude_diary::journal::Journal::meta`].
    ///
    /// # Errors
    /// As a store gives them.
    pub fn memory(&self) -> Result<Option<String>, JournalError> {
        self.read(|| block_on(self.journal.meta(MetaKey::Sync)))
    }
}

/// Marks as a mutant files them.
fn warped(mutant: Mutant, marks: &[Mark], mut digest: impl FnMut(RevisionId) -> Option<Digest>) -> Vec<Mark> {
    let mut one = |mark: &Mark| match (mutant, mark.clone()) {
        (Mutant::TrustsReceipts, Mark::Changed(receipt)) => Some(Mark::Settled(receipt)),
        (Mutant::KeepsDisproved, Mark::Withdrawn { .. }) => None,
        (Mutant::ForgetsRetraction, Mark::Pulled { entry, .. })
            if matches!(entry.body, Body::Retracted(_)) =>
        {
            None
        }
        (Mutant::NoProof, Mark::Settled(mut receipt)) if receipt.digest.is_none() => {
            receipt.digest = digest(receipt.revision);
            Some(Mark::Settled(receipt))
        }
        (_, mark) => Some(mark),
    };
    marks.iter().filter_map(&mut one).collect()
}

/// The memory with the phone's own time for its cursor.
fn own_cursor(memory: &str, now_ms: i64) -> String {
    let now = interlude_diary::calendar::Moment::new(now_ms, 0);
    let line = |line: &str| {
        if line.starts_with("cursor ") { format!("cursor {now}\n") } else { format!("{line}\n") }
    };
    memory.lines().map(line).collect()
}
