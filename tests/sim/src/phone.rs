//! One phone: its journal, its cycle, and what its person does.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Digest, Entry};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::journal::{Journal as _, JournalError, MetaKey, Outgoing, Send};
use interlude_diary::sync::{Cycle, Here, Kick, Memory, Server, Step, Told};
use interlude_fhir::digest::digest;
use interlude_fhir::exchange;
use interlude_testkit::{Chance, MemoryJournal, block_on, make};

use crate::disk::Disk;
use crate::host::Host;
use crate::plan::Plan;

/// Day of the first entry.
pub const FIRST_DAY: i32 = 20_000;
/// Days entries are about: few, so that two phones answer the same occasion.
const DAYS: u64 = 8;

/// After its store failed under a sync, an app waits so long.
const STORE_PAUSE_MS: i64 = 30_000;

/// One phone of a patient.
pub struct Phone {
    /// Which patient's.
    pub person: usize,
    /// What is on disk, which outlives the app.
    pub journal: MemoryJournal,
    /// The store as the app has it.
    pub disk: Disk,
    /// The app's cycle; gone when the app is killed.
    pub cycle: Cycle,
    /// Its token.
    pub token: String,
    /// What it was told the server is.
    server: Server,
    /// Batches side by side.
    lanes: usize,
    device: DeviceId,
    patient: String,
    /// Everything recorded here and not undone, with the day it was recorded for.
    pub recorded: BTreeMap<RevisionId, Entry>,
    /// Of these the store said that they could not be kept, and the person let it be.
    pub unsure: BTreeMap<RevisionId, Entry>,
    /// What the person keeps to this phone.
    pub private: BTreeSet<RevisionId>,
    /// Digests of what is here.
    pub digests: Digests,
    /// How far its clock is ahead of the world's, in milliseconds.
    pub skew_ms: i64,
    /// The cycle of a page that is asleep, in the middle of what it was doing.
    frozen: Option<Cycle>,
    /// Nothing is sent before then on its clock: its store failed.
    pub paused_ms: i64,
    /// A server asked not to be asked before then, by the world's time, and the app has not been killed
    /// since.
    pub hold_ms: i64,
    /// The last it was told were rows: what it fetches now, it looks at before it writes.
    pub looks: bool,
    /// Ids of entries that were on their way.
    sent: BTreeSet<EntryId>,
}

/// Digests of revisions, computed once each: a revision that is here never changes.
#[derive(Debug, Default)]
pub struct Digests(BTreeMap<RevisionId, Digest>);

impl Digests {
    /// Digest of a revision that is here.
    pub fn of(&mut self, entry: &Entry) -> Digest {
        *self.0.entry(entry.revision).or_insert_with(|| digest(entry))
    }
}

impl Phone {
    /// A new phone of a patient that was just paired; `seed` is that of its disk.
    #[must_use]
    pub fn new(
        host: &impl Host,
        person: usize,
        plan: &Plan,
        chance: &mut Chance,
        now_ms: i64,
        seed: u64,
    ) -> Self {
        let lanes = 1 + usize::try_from(chance.below(3)).unwrap_or(0);
        let server = host.server();
        let mut cycle = Cycle::new(server, Memory::default(), lanes);
        cycle.kick(Kick::Compare, now_ms);
        let journal = MemoryJournal::default();
        Self {
            person,
            disk: Disk::new(journal.clone(), seed, plan.disk, plan.mutant),
            journal,
            cycle,
            token: host.token(person),
            server,
            lanes,
            device: DeviceId::new(chance.uuid()),
            patient: host.patient(person).to_owned(),
            recorded: BTreeMap::new(),
            unsure: BTreeMap::new(),
            private: BTreeSet::new(),
            digests: Digests::default(),
            skew_ms: 0,
            frozen: None,
            paused_ms: 0,
            hold_ms: 0,
            looks: false,
            sent: BTreeSet::new(),
        }
    }

    /// Its clock is ahead by so much from now on.
    pub const fn set_wrong(&mut self, by_ms: i64) {
        self.skew_ms = by_ms;
        self.hold_ms = 0;
    }

    /// Whether it waits for its store.
    #[must_use]
    pub const fn is_paused(&self, now_ms: i64) -> bool {
        now_ms < self.paused_ms
    }

    /// Takes note of what came of a step.
    pub fn told(&mut self, said: Told, now: Moment, chance: u64) {
        self.looks = matches!(said, Told::Rows(_));
        self.cycle.told(said, now, chance);
    }

    /// These rows are on their way. Answers the ids of those that were before.
    pub fn sends<'a>(&mut self, rows: impl Iterator<Item = &'a Outgoing>) -> Vec<String> {
        let mut again = Vec::new();
        for row in rows {
            self.disk.sent(row.entry.revision);
            if !self.sent.insert(row.entry.id) {
                again.push(row.entry.id.to_string());
            }
        }
        again
    }

    /// FHIR id of its patient.
    #[must_use]
    pub fn patient(&self) -> &str {
        &self.patient
    }

    /// The app is killed and started again: what is not on disk is gone.
    pub fn kill(&mut self, now_ms: i64) {
        self.cycle = self.begun();
        self.frozen = None;
        (self.paused_ms, self.hold_ms) = (0, 0);
        block_on(self.journal.release()).expect("release");
        self.cycle.kick(Kick::Start, now_ms);
    }

    /// A cycle as it begins: from what is on disk.
    fn begun(&self) -> Cycle {
        let memory = block_on(self.journal.meta(MetaKey::Sync)).expect("meta");
        let memory = memory.map(|text| Memory::from_text(&text)).unwrap_or_default();
        Cycle::new(self.server, memory, self.lanes)
    }

    /// The store failed under a sync: that run is over, and the next begins from what is on disk.
    pub fn stumble(&mut self, now_ms: i64) {
        self.cycle = self.begun();
        self.cycle.kick(Kick::Timer, now_ms);
        self.hold_ms = 0;
        self.paused_ms = now_ms.saturating_add(STORE_PAUSE_MS);
    }

    /// The page is put to sleep and another tab goes on; or one that slept wakes, and goes on with what
    /// it held before all that happened since.
    pub fn turn(&mut self, now_ms: i64) {
        let other = self.frozen.take().unwrap_or_else(|| {
            let mut begun = self.begun();
            begun.kick(Kick::Start, now_ms);
            begun
        });
        self.hold_ms = 0;
        self.frozen = Some(std::mem::replace(&mut self.cycle, other));
    }

    /// The person does something with the diary. Answers whether a revision was made.
    pub fn act(&mut self, chance: &mut Chance, now: Moment) -> bool {
        let send = match chance.below(100) {
            0..70 => Send::Now,
            70..85 => Send::Held,
            85..95 => Send::First,
            _ => Send::Never,
        };
        let known = block_on(self.journal.days(LocalDay::from_number(0), LocalDay::from_number(40_000)));
        let known: Vec<_> =
            known.expect("days").into_iter().filter(|line| line.questionnaire == make::DAILY).collect();
        let mut entry = match chance.below(100) {
            0..4 => make::consent(chance, LocalDay::from_number(FIRST_DAY)),
            4..50 if !known.is_empty() => {
                let Some(line) = chance.pick(&known) else { return false };
                let revisions = block_on(self.journal.revisions(line.id)).expect("revisions");
                let current = revisions.into_iter().find(|one| one.entry.revision == line.revision);
                let current = current.expect("the line's revision is here").entry;
                if chance.one_in_hundred(20) {
                    make::retraction(chance, &current)
                } else {
                    make::correction(chance, &current)
                }
            }
            _ => {
                let n = i32::try_from(chance.below(DAYS)).unwrap_or(0);
                make::daily(chance, LocalDay::from_number(FIRST_DAY + n))
            }
        };
        entry.device = self.device;
        entry.authored = Moment::new(now.unix_ms(), 60);
        // Told that it was not kept, the person tries again, and once more.
        if !(0..3).any(|_| self.disk.record(&entry, send).is_ok()) {
            if send == Send::Never {
                self.private.insert(entry.revision);
            } else {
                self.unsure.insert(entry.revision, entry);
            }
            return true;
        }
        let undone = send == Send::Held && chance.one_in_hundred(30);
        if undone && self.undo(chance, &entry) {
            // Nobody ever hears of it.
        } else if send == Send::Never {
            // Stays here: nobody else ever hears of it, nor of corrections to it.
            self.private.insert(entry.revision);
        } else {
            self.recorded.insert(entry.revision, entry);
        }
        self.cycle.kick(Kick::Recorded, now.unix_ms());
        true
    }

    /// Takes back what is still held. Answers whether it is gone; a store that cannot say leaves it in
    /// doubt.
    fn undo(&mut self, chance: &mut Chance, entry: &Entry) -> bool {
        let mut draft = make::draft(chance, entry.day);
        draft.id = entry.id;
        let gone = self.disk.undo(entry.revision, &draft).is_ok();
        block_on(self.journal.drop_draft(&draft.key)).expect("drop");
        if !gone {
            self.unsure.insert(entry.revision, entry.clone());
        }
        true
    }

    /// Answers the steps that ask the journal; `None` for those that ask the server or rest.
    ///
    /// # Errors
    /// As the store gives them.
    pub fn local(&mut self, step: &Step, now_ms: i64) -> Result<Option<Told>, JournalError> {
        Ok(Some(match step {
            Step::Rows { due_by_ms, limit } => {
                Told::Rows(exchange::ready(self.disk.pending(*due_by_ms, *limit)?, &self.patient))
            }
            Step::Newest(ids) => Told::Rows(exchange::ready(self.disk.newest(ids)?, &self.patient)),
            Step::Holdings(ids) => Told::Holdings(self.disk.holdings_of(ids)?),
            Step::Census { after, limit } => Told::Holdings(self.disk.holdings(*after, *limit)?),
            Step::Here(ids) => {
                let mut here = Vec::new();
                for holding in self.disk.holdings_of(ids)? {
                    let revisions = self.disk.revisions(holding.id)?;
                    let one = revisions.into_iter().find(|one| one.entry.revision == holding.revision);
                    let entry = Box::new(one.expect("held").entry);
                    here.push(Here { holding, digest: self.digests.of(&entry), entry });
                }
                Told::Here(here)
            }
            Step::File { marks, memory } => {
                let own = |revision| self.digests.0.get(&revision).copied();
                self.disk.settle(marks, memory, now_ms, own)?;
                Told::Filed
            }
            Step::Push(_)
            | Step::Observe { .. }
            | Step::List { .. }
            | Step::Fetch { .. }
            | Step::Histories(_)
            | Step::Rest(_) => return Ok(None),
        }))
    }
}
