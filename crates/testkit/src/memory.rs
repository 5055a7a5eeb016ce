//! The journal in memory: what IndexedDB does, without a browser.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{
    DayLine, Filed, Holding, Journal, JournalError, Kept, Light, Mark, MetaKey, Outgoing, OutgoingState,
    Revision, Row, Send, Seq, Stored, Tally, base_of, beneath, cut_reason, followed, line, newest_row,
    next_due_ms, next_rows, superseded,
};
use interlude_diary::occasion::{Draft, DraftKey};

/// One revision as kept.
#[derive(Debug, Clone)]
struct Record {
    entry: Entry,
    received: Option<String>,
}

/// All tables.
#[derive(Debug, Clone, Default)]
struct Tables {
    last_seq: u64,
    entries: BTreeMap<Seq, Record>,
    by_revision: BTreeMap<RevisionId, Seq>,
    by_id: BTreeMap<EntryId, Vec<Seq>>,
    outbox: BTreeMap<Seq, Row>,
    receipts: BTreeMap<Seq, Filed>,
    days: BTreeMap<(LocalDay, EntryId), DayLine>,
    drafts: BTreeMap<DraftKey, Draft>,
    meta: BTreeMap<MetaKey, String>,
}

/// A journal in memory. Clones are handles on the same store, as two tabs have them.
#[derive(Debug, Clone, Default)]
pub struct MemoryJournal(Rc<RefCell<Tables>>);

/// Journals by name: opening a name again opens the same store.
#[derive(Debug, Default)]
pub struct Shelf(RefCell<BTreeMap<String, MemoryJournal>>);

impl Shelf {
    /// The journal called `name`, made if it is not there.
    #[must_use]
    pub fn open(&self, name: &str) -> MemoryJournal {
        self.0.borrow_mut().entry(name.to_owned()).or_default().clone()
    }
}

impl MemoryJournal {
    /// Shows every revision with its light, in the order written, until `look` gives an error.
    ///
    /// # Errors
    /// The first that `look` gives.
    pub fn each<E>(&self, mut look: impl FnMut(&Entry, &Light) -> Result<(), E>) -> Result<(), E> {
        let tables = self.0.borrow();
        tables.entries.iter().try_for_each(|(seq, record)| look(&record.entry, &tables.light(*seq)))
    }

    /// Takes a revision's row out of the outbox and files nothing: what no journal may do, for the tests
    /// that must see it.
    pub fn forget_row(&self, revision: RevisionId) {
        let mut tables = self.0.borrow_mut();
        if let Some(seq) = tables.by_revision.get(&revision).copied() {
            tables.outbox.remove(&seq);
        }
    }

    /// A copy that shares nothing: the disk as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self(Rc::new(RefCell::new(self.0.borrow().clone())))
    }
}

impl Tables {
    fn seqs(&self, id: EntryId) -> &[Seq] {
        self.by_id.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Adds a revision and its day's line.
    fn add(&mut self, entry: &Entry, received: Option<String>) -> Seq {
        self.last_seq += 1;
        let seq = Seq(self.last_seq);
        self.by_revision.insert(entry.revision, seq);
        self.by_id.entry(entry.id).or_default().push(seq);
        self.entries.insert(seq, Record { entry: entry.clone(), received });
        seq
    }

    fn remove(&mut self, seq: Seq) {
        if let Some(record) = self.entries.remove(&seq) {
            self.by_revision.remove(&record.entry.revision);
            if let Some(seqs) = self.by_id.get_mut(&record.entry.id) {
                seqs.retain(|other| *other != seq);
            }
            self.days.remove(&(record.entry.day, record.entry.id));
            self.outbox.remove(&seq);
            self.redraw(record.entry.id);
        }
    }

    /// Writes the entry's line anew.
    fn redraw(&mut self, id: EntryId) {
        let revisions: Vec<Revision<'_>> = self
            .seqs(id)
            .iter()
            .filter_map(|seq| {
                let entry = &self.entries.get(seq)?.entry;
                Some(Revision { seq: *seq, entry, filed: self.receipts.get(seq) })
            })
            .collect();
        let line = line(&revisions);
        let stale = interlude_diary::journal::days_of(&revisions);
        for day in stale {
            self.days.remove(&(day, id));
        }
        if let Some(line) = line {
            self.days.insert((line.day, id), line);
        }
    }

    fn light(&self, seq: Seq) -> Light {
        Light::of(self.outbox.get(&seq), self.receipts.get(&seq))
    }

    fn stored(&self, seq: Seq) -> Option<Stored> {
        let record = self.entries.get(&seq)?;
        Some(Stored {
            seq,
            entry: record.entry.clone(),
            light: self.light(seq),
            received: record.received.clone(),
        })
    }

    fn outgoing(&self, row: &Row) -> Option<Outgoing> {
        let entry = self.entries.get(&row.seq)?.entry.clone();
        let family: Vec<Holding> = self.seqs(entry.id).iter().filter_map(|seq| self.holding(*seq)).collect();
        Some(Outgoing {
            seq: row.seq,
            base: base_of(row.revision, &family).cloned(),
            behind: superseded(row.revision, &family),
            followed: followed(row.revision, &family),
            beneath: beneath(row.revision, &family),
            entry,
            send: row.send,
            attempts: row.attempts,
            due_ms: row.due_ms,
            state: row.state.clone(),
        })
    }

    fn holding(&self, seq: Seq) -> Option<Holding> {
        let entry = &self.entries.get(&seq)?.entry;
        let filed = self.receipts.get(&seq).cloned();
        Some(Holding { seq, id: entry.id, revision: entry.revision, parent: entry.parent, filed })
    }

    fn file(&mut self, mark: &Mark) {
        match mark {
            Mark::Settled(receipt) => self.receive(Filed::settled(receipt.clone())),
            Mark::Changed(receipt) => self.receive(Filed::changed(receipt.clone())),
            Mark::Later { revision, due_ms } => {
                if let Some(row) = self.row(*revision).filter(|row| row.waits()) {
                    row.due_ms = *due_ms;
                    row.attempts = row.attempts.saturating_add(1);
                }
            }
            Mark::Parked { revision, status, reason } => {
                if let Some(row) = self.row(*revision) {
                    row.state = OutgoingState::Parked { status: *status, reason: cut_reason(reason) };
                }
            }
            Mark::Withdrawn { revision } => self.withdraw(*revision),
            Mark::Overtaken { revision } => {
                let seq = self.by_revision.get(revision).copied();
                self.outbox.retain(|at, row| Some(*at) != seq || !row.waits());
            }
            Mark::Pulled { entry, text, receipt } => {
                if !self.by_revision.contains_key(&entry.revision) {
                    let seq = self.add(entry, Some(text.clone()));
                    self.receipts.insert(seq, Filed::settled(receipt.clone()));
                    self.redraw(entry.id);
                }
            }
            Mark::Brought { entry, received, filed, stays } => {
                if !self.by_revision.contains_key(&entry.revision) {
                    let seq = self.add(entry, received.clone());
                    let row = Row::brought(seq, entry, filed.as_ref(), *stays);
                    self.outbox.extend(row.map(|row| (seq, row)));
                    self.receipts.extend(filed.clone().map(|filed| (seq, filed)));
                    self.redraw(entry.id);
                }
            }
        }
    }

    fn row(&mut self, revision: RevisionId) -> Option<&mut Row> {
        self.outbox.get_mut(self.by_revision.get(&revision)?)
    }

    fn receive(&mut self, filed: Filed) {
        let Some(&seq) = self.by_revision.get(&filed.receipt.revision) else { return };
        self.outbox.remove(&seq);
        self.receipts.insert(seq, filed);
        if let Some(id) = self.entries.get(&seq).map(|record| record.entry.id) {
            self.redraw(id);
        }
    }

    fn withdraw(&mut self, revision: RevisionId) {
        let Some(&seq) = self.by_revision.get(&revision) else { return };
        let had = self.receipts.remove(&seq).is_some();
        let parked = self.outbox.get(&seq).is_some_and(|row| !row.waits());
        let Some(entry) = self.entries.get(&seq).map(|record| record.entry.clone()) else { return };
        if (had || parked)
            && let Some(row) = Row::again(seq, &entry)
        {
            self.outbox.insert(seq, row);
        }
        self.redraw(entry.id);
    }

    fn tally(&self) -> Tally {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let matching = || self.receipts.values().filter(|filed| filed.matches());
        Tally {
            revisions: self.entries.len() as u64,
            waiting: count(self.outbox.values().filter(|row| row.waits()).count()),
            parked: count(self.outbox.values().filter(|row| !row.waits()).count()),
            next_due_ms: next_due_ms(self.outbox.values()),
            receipted: matching().count() as u64,
            last_receipt_ms: matching().map(|filed| filed.receipt.stored.unix_ms()).max(),
        }
    }
}

impl Journal for MemoryJournal {
    async fn record(
        &self,
        entry: &Entry,
        send: Send,
        draft: Option<&DraftKey>,
    ) -> Result<Kept, JournalError> {
        let mut tables = self.0.borrow_mut();
        if let Some(&seq) = tables.by_revision.get(&entry.revision) {
            return Ok(Kept { seq });
        }
        let seq = tables.add(entry, None);
        if let Some(row) = Row::new(seq, entry, send) {
            tables.outbox.insert(seq, row);
        }
        tables.redraw(entry.id);
        if let Some(key) = draft {
            tables.drafts.remove(key);
        }
        Ok(Kept { seq })
    }

    async fn undo(&self, revision: RevisionId, draft: &Draft) -> Result<(), JournalError> {
        let mut tables = self.0.borrow_mut();
        let Some(&seq) = tables.by_revision.get(&revision) else { return Err(JournalError::TooLate) };
        if !tables.outbox.get(&seq).is_some_and(Row::held) {
            return Err(JournalError::TooLate);
        }
        if let Some(other) = tables.drafts.get(&draft.key) {
            return Err(JournalError::DraftMoved { current: other.version });
        }
        tables.remove(seq);
        tables.drafts.insert(draft.key.clone(), draft.clone());
        Ok(())
    }

    async fn release(&self) -> Result<u32, JournalError> {
        let mut count = 0;
        for row in self.0.borrow_mut().outbox.values_mut().filter(|row| row.held()) {
            row.send = Send::Now;
            count += 1;
        }
        Ok(count)
    }

    async fn save_draft(&self, draft: &Draft) -> Result<u32, JournalError> {
        let mut tables = self.0.borrow_mut();
        let current = tables.drafts.get(&draft.key).map_or(0, |kept| kept.version);
        if current != draft.version {
            return Err(JournalError::DraftMoved { current });
        }
        let mut kept = draft.clone();
        kept.version = current + 1;
        tables.drafts.insert(kept.key.clone(), kept);
        Ok(current + 1)
    }

    async fn draft(&self, key: &DraftKey) -> Result<Option<Draft>, JournalError> {
        Ok(self.0.borrow().drafts.get(key).cloned())
    }

    async fn drafts(&self) -> Result<Vec<Draft>, JournalError> {
        let mut drafts: Vec<Draft> = self.0.borrow().drafts.values().cloned().collect();
        drafts.sort_by_key(|draft| draft.opened);
        Ok(drafts)
    }

    async fn drop_draft(&self, key: &DraftKey) -> Result<(), JournalError> {
        self.0.borrow_mut().drafts.remove(key);
        Ok(())
    }

    async fn days(&self, first: LocalDay, last: LocalDay) -> Result<Vec<DayLine>, JournalError> {
        let tables = self.0.borrow();
        let from = (first, EntryId::new(uuid::Uuid::nil()));
        let days = tables.days.range(from..).take_while(|((day, _), _)| *day <= last);
        let mut lines: Vec<DayLine> = days.map(|(_, line)| line.clone()).collect();
        lines.sort_by_key(|line| (line.day, line.seq));
        Ok(lines)
    }

    async fn revisions(&self, id: EntryId) -> Result<Vec<Stored>, JournalError> {
        let tables = self.0.borrow();
        Ok(tables.seqs(id).iter().filter_map(|seq| tables.stored(*seq)).collect())
    }

    async fn page(&self, after: Option<Seq>, limit: usize) -> Result<Vec<Stored>, JournalError> {
        let tables = self.0.borrow();
        let from = Seq(after.map_or(0, |seq| seq.0.saturating_add(1)));
        Ok(tables.entries.range(from..).take(limit).filter_map(|(seq, _)| tables.stored(*seq)).collect())
    }

    async fn pending(&self, now_ms: i64, limit: usize) -> Result<Vec<Outgoing>, JournalError> {
        let tables = self.0.borrow();
        let rows = next_rows(tables.outbox.values(), now_ms, limit);
        Ok(rows.into_iter().filter_map(|row| tables.outgoing(row)).collect())
    }

    async fn newest(&self, ids: &[EntryId]) -> Result<Vec<Outgoing>, JournalError> {
        let tables = self.0.borrow();
        let rows = |id: &EntryId| tables.seqs(*id).iter().filter_map(|seq| tables.outbox.get(seq));
        Ok(ids.iter().filter_map(|id| tables.outgoing(newest_row(rows(id))?)).collect())
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, JournalError> {
        let tables = self.0.borrow();
        Ok(tables.outbox.values().filter_map(|row| tables.outgoing(row)).collect())
    }

    async fn holdings_of(&self, ids: &[EntryId]) -> Result<Vec<Holding>, JournalError> {
        let tables = self.0.borrow();
        let seqs = ids.iter().flat_map(|id| tables.seqs(*id));
        let mut here: Vec<Holding> = seqs.filter_map(|seq| tables.holding(*seq)).collect();
        here.sort_by_key(|holding| holding.seq);
        here.dedup();
        Ok(here)
    }

    async fn holdings(&self, after: Option<Seq>, limit: usize) -> Result<Vec<Holding>, JournalError> {
        let tables = self.0.borrow();
        let from = Seq(after.map_or(0, |seq| seq.0.saturating_add(1)));
        Ok(tables.entries.range(from..).take(limit).filter_map(|(seq, _)| tables.holding(*seq)).collect())
    }

    async fn tally(&self) -> Result<Tally, JournalError> {
        Ok(self.0.borrow().tally())
    }

    async fn settle(&self, marks: &[Mark], sync: Option<&str>) -> Result<(), JournalError> {
        let mut tables = self.0.borrow_mut();
        for mark in marks {
            tables.file(mark);
        }
        if let Some(text) = sync {
            tables.meta.insert(MetaKey::Sync, text.to_owned());
        }
        Ok(())
    }

    async fn meta(&self, key: MetaKey) -> Result<Option<String>, JournalError> {
        Ok(self.0.borrow().meta.get(&key).cloned())
    }

    async fn set_meta(&self, key: MetaKey, value: &str) -> Result<(), JournalError> {
        self.0.borrow_mut().meta.insert(key, value.to_owned());
        Ok(())
    }

    async fn erase(&self) -> Result<(), JournalError> {
        *self.0.borrow_mut() = Tables::default();
        Ok(())
    }
}
