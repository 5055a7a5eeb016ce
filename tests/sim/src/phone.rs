//! One phone: its journal, its cycle, and what its person does.

use std::collections::BTreeMap;

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Digest, Entry};
use interlude_diary::ids::{DeviceId, RevisionId};
use interlude_diary::journal::{Journal as _, MetaKey, Send};
use interlude_diary::sync::{Cycle, Here, Kick, Memory, Server, Step, Told};
use interlude_fhir::digest::digest;
use interlude_fhir::exchange;
use interlude_testkit::{Chance, MemoryJournal, block_on, make};

use crate::host::Host;

/// Day of the first entry.
pub const FIRST_DAY: i32 = 20_000;
/// Days entries are about: few, so that two phones answer the same occasion.
const DAYS: u64 = 8;

/// One phone of the patient.
pub struct Phone {
    /// Its store, which outlives the app.
    pub journal: MemoryJournal,
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
    /// Digests of what is here.
    pub digests: Digests,
    /// How far its clock is ahead of the world's, in milliseconds.
    pub skew_ms: i64,
    /// The cycle of a page that is asleep, in the middle of what it was doing.
    frozen: Option<Cycle>,
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
    /// A new phone that was just paired.
    #[must_use]
    pub fn new(host: &impl Host, chance: &mut Chance, now_ms: i64) -> Self {
        let lanes = 1 + usize::try_from(chance.below(3)).unwrap_or(0);
        let server = host.server();
        let mut cycle = Cycle::new(server, Memory::default(), lanes);
        cycle.kick(Kick::Compare, now_ms);
        Self {
            journal: MemoryJournal::default(),
            cycle,
            token: host.token(),
            server,
            lanes,
            device: DeviceId::new(chance.uuid()),
            patient: host.patient().to_owned(),
            recorded: BTreeMap::new(),
            digests: Digests::default(),
            skew_ms: 0,
            frozen: None,
        }
    }

    /// The app is killed and started again: what is not on disk is gone.
    pub fn kill(&mut self, now_ms: i64) {
        self.cycle = self.begun();
        self.frozen = None;
        block_on(self.journal.release()).expect("release");
        self.cycle.kick(Kick::Start, now_ms);
    }

    /// A cycle as it begins: from what is on disk.
    fn begun(&self) -> Cycle {
        let memory = block_on(self.journal.meta(MetaKey::Sync)).expect("meta");
        let memory = memory.map(|text| Memory::from_text(&text)).unwrap_or_default();
        Cycle::new(self.server, memory, self.lanes)
    }

    /// The page is put to sleep and another tab goes on; or one that slept wakes, and goes on with what
    /// it held before all that happened since.
    pub fn turn(&mut self, now_ms: i64) {
        let other = self.frozen.take().unwrap_or_else(|| {
            let mut begun = self.begun();
            begun.kick(Kick::Start, now_ms);
            begun
        });
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
        block_on(self.journal.record(&entry, send, None)).expect("record");
        let undone = send == Send::Held && chance.one_in_hundred(30);
        if undone {
            let mut draft = make::draft(chance, entry.day);
            draft.id = entry.id;
            let done = block_on(self.journal.undo(entry.revision, &draft));
            done.expect("undo while held");
            block_on(self.journal.drop_draft(&draft.key)).expect("drop");
        } else if send == Send::Never {
            // Stays here: nobody else ever hears of it, nor of corrections to it.
        } else {
            self.recorded.insert(entry.revision, entry);
        }
        self.cycle.kick(Kick::Recorded, now.unix_ms());
        true
    }

    /// Answers the steps that ask the journal; `None` for those that ask the server or rest.
    pub fn local(&mut self, step: &Step) -> Option<Told> {
        match step {
            Step::Rows { due_by_ms, limit } => {
                let rows = block_on(self.journal.pending(*due_by_ms, *limit)).expect("pending");
                Some(Told::Rows(exchange::ready(rows, &self.patient)))
            }
            Step::Holdings(ids) => {
                Some(Told::Holdings(block_on(self.journal.holdings_of(ids)).expect("holdings")))
            }
            Step::Census { after, limit } => {
                Some(Told::Holdings(block_on(self.journal.holdings(*after, *limit)).expect("holdings")))
            }
            Step::Here(ids) => {
                let holdings = block_on(self.journal.holdings_of(ids)).expect("holdings");
                let mut here = Vec::new();
                for holding in holdings {
                    let revisions = block_on(self.journal.revisions(holding.id)).expect("revisions");
                    let one = revisions.into_iter().find(|one| one.entry.revision == holding.revision);
                    let entry = Box::new(one.expect("held").entry);
                    here.push(Here { holding, digest: self.digests.of(&entry), entry });
                }
                Some(Told::Here(here))
            }
            Step::File { marks, memory } => {
                block_on(self.journal.settle(marks, Some(memory))).expect("settle");
                Some(Told::Filed)
            }
            Step::Push(_)
            | Step::Observe { .. }
            | Step::List { .. }
            | Step::Fetch { .. }
            | Step::Histories(_)
            | Step::Rest(_) => None,
        }
    }
}
