//! What the answers to a push come to.

use std::collections::BTreeSet;

use super::ancestry::Ancestry;
use super::conflict::{self, Resolution};
use super::cycle::{Cycle, Task};
use super::look::Look;
use super::step::{By, Here, Incoming, Pushed, Ready, Step, Told, mark_of};
use super::{Fate, Server, Verdict, backoff, fate_of};
use crate::calendar::Moment;
use crate::entry::Receipt;
use crate::ids::RevisionId;
use crate::journal::{Filed, Mark};

/// So many conflicts of one revision in a row, then it waits.
const TRIES: u32 = 5;
/// From so many failures in a row on, batches shrink: one row may be what fails.
const PATIENCE: u32 = 3;

/// Versions in the way, being looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Conflicts(Look);

impl Conflicts {
    /// Rows with what is known to be there of them; the outer `None` is to be read.
    pub(super) const fn new(rows: Vec<(Ready, Option<Option<Incoming>>)>, by: By) -> Self {
        Self(Look::new(rows, by))
    }

    /// Reads what is not known; then asks what is here.
    pub(super) fn step(&self) -> Step {
        self.0.step().unwrap_or_else(|| Step::Here(self.0.ids()))
    }
}

impl Cycle {
    pub(super) fn pushed(
        &mut self,
        batches: Vec<Vec<Ready>>,
        answers: Vec<Pushed>,
        now: Moment,
        chance: u64,
    ) {
        let mut conflicts = Vec::new();
        let mut chance = chance;
        let none = || Pushed { status: 0, after_ms: None, at: None, fates: Vec::new() };
        let longest = answers.iter().filter_map(|answer| answer.after_ms).max();
        let mut answers = answers.into_iter();
        for batch in batches {
            chance = chance.rotate_left(7);
            self.batch(batch, answers.next().unwrap_or_else(none), &mut conflicts, now, chance);
        }
        self.hold(longest, now);
        let by = self.server.names();
        // Asked to wait, it asks nothing more of what is in the way: those rows go again, and meet it again.
        let then = if conflicts.is_empty() || longest.is_some() {
            Task::Choose
        } else {
            Task::Conflicts(Conflicts::new(conflicts, by))
        };
        self.file(then);
    }

    fn batch(
        &mut self,
        batch: Vec<Ready>,
        answer: Pushed,
        conflicts: &mut Vec<(Ready, Option<Option<Incoming>>)>,
        now: Moment,
        chance: u64,
    ) {
        let all_later = answer.fates.iter().all(|fate| matches!(fate, Fate::TryLater { .. }));
        if answer.fates.len() != batch.len() || all_later {
            self.nothing_said(&batch, &answer, now, chance);
            return;
        }
        if answer.fates.iter().all(|fate| matches!(fate, Fate::SignIn)) {
            self.signed_out = true;
            return;
        }
        self.answered();
        if let Some(at) = answer.at {
            self.compare_clocks(at, now);
        }
        self.size = self.size.saturating_mul(2).min(super::batch::ENTRIES);
        let mut other_way = false;
        for (ready, fate) in batch.into_iter().zip(answer.fates) {
            let revision = ready.row.entry.revision;
            match fate {
                Fate::Settled(mut receipt) => {
                    self.memory.note(&receipt);
                    // A server that names another revision holds something else than it was sent.
                    let other = std::mem::replace(&mut receipt.revision, revision) != revision;
                    let changed = other || receipt.digest.is_some_and(|digest| digest != ready.digest);
                    self.marks.push(mark_of(Filed { receipt, changed }));
                    self.tries.remove(&revision);
                    self.prove |= !self.server.gives_receipts();
                }
                Fate::TryLater { after_ms } => self.put_off(&ready, after_ms, now, chance),
                Fate::SignIn => self.signed_out = true,
                Fate::Conflict { current } => {
                    let current = current.map(|current| Some(*current));
                    self.in_the_way(ready, current, conflicts, now, chance);
                }
                Fate::Refused { status, .. } if self.takes_no_such_id(&ready, status) => other_way = true,
                // What it builds on is not there any more.
                Fate::Refused { status: 404 | 410, .. }
                    if self.server != Server::Clinic && ready.row.base.is_some() =>
                {
                    self.in_the_way(ready, Some(None), conflicts, now, chance);
                }
                Fate::Refused { status, reason } => {
                    self.marks.push(Mark::Parked { revision, status, reason });
                }
            }
        }
        if other_way && let Some(create) = self.server.create().next() {
            self.server = Server::Foreign { create };
            self.memory.create = Some(create);
        }
    }

    /// Whether this answer means that new ids are to be made known in another way.
    fn takes_no_such_id(&self, ready: &Ready, status: u16) -> bool {
        self.server != Server::Clinic
            && self.server.create().next().is_some()
            && ready.row.base.is_none()
            && matches!(status, 404 | 405 | 501)
    }

    fn in_the_way(
        &mut self,
        ready: Ready,
        current: Option<Option<Incoming>>,
        conflicts: &mut Vec<(Ready, Option<Option<Incoming>>)>,
        now: Moment,
        chance: u64,
    ) {
        let tries = self.tries.entry(ready.row.entry.revision).or_default();
        *tries += 1;
        if *tries > TRIES {
            self.tries.remove(&ready.row.entry.revision);
            self.put_off(&ready, None, now, chance);
        } else {
            conflicts.push((ready, current));
        }
    }

    /// The answer says nothing of any row.
    fn nothing_said(&mut self, batch: &[Ready], answer: &Pushed, now: Moment, chance: u64) {
        let refused = matches!(fate_of(answer.status), Verdict::Refused | Verdict::Conflict);
        if refused && batch.len() > 1 {
            // One bad row must not stop the others: smaller batches, at once.
            self.size = (batch.len() / 2).max(1);
            return;
        }
        if let [only] = batch
            && answer.status != 0
        {
            self.put_off(only, answer.after_ms, now, chance);
            if refused {
                return;
            }
        }
        self.back_off(answer.after_ms, now, chance);
        let shrink = self.memory.failures.saturating_sub(PATIENCE).min(16);
        self.size = (super::batch::ENTRIES >> shrink).max(1);
    }

    pub(super) fn put_off(&mut self, ready: &Ready, after_ms: Option<i64>, now: Moment, chance: u64) {
        let revision = ready.gate;
        let due_ms = backoff::due_ms(now.unix_ms(), ready.row.attempts.saturating_add(1), after_ms, chance);
        // Never at once: the same rows would be loaded again and again.
        self.marks.push(Mark::Later { revision, due_ms: due_ms.max(now.unix_ms() + 1) });
        self.eager = false;
    }

    pub(super) fn conflict(&mut self, mut conflicts: Conflicts, told: Told, now: Moment, chance: u64) {
        match told {
            Told::Fetched { rows, next } => {
                conflicts.0.fetched(rows, next);
                self.task = Task::Conflicts(conflicts);
            }
            Told::Here(here) => {
                let known: BTreeSet<RevisionId> = here.iter().map(|one| one.holding.revision).collect();
                let mut young = Vec::new();
                for (ready, current) in conflicts.0.into_rows() {
                    match current {
                        // It goes again once what the current one was made of is here.
                        Some(current) if self.lacks_a_parent(&current, &known) => young.push(current),
                        current => self.resolve(&ready, current.as_ref(), &here, now, chance),
                    }
                }
                let then = if young.is_empty() { Task::Choose } else { Task::Ancestry(Ancestry::of(young)) };
                self.file(then);
            }
            Told::Failed(failure) => self.failed(failure, now, chance),
            Told::Rows(_)
            | Told::Pushed(_)
            | Told::Listed(_)
            | Told::Observed(_)
            | Told::Histories(_)
            | Told::Holdings(_)
            | Told::Filed => self.task = Task::Conflicts(conflicts),
        }
    }

    fn resolve(
        &mut self,
        ready: &Ready,
        current: Option<&Incoming>,
        here: &[Here],
        now: Moment,
        chance: u64,
    ) {
        if let Some(current) = current {
            self.memory.note(&current.receipt);
        }
        let id = ready.row.entry.id;
        let here: Vec<Here> = here.iter().filter(|known| known.holding.id == id).cloned().collect();
        match conflict::decide(ready, current, &here) {
            Resolution::File(marks) if self.server.gives_receipts() => self.marks.extend(marks),
            Resolution::File(marks) => {
                self.prove = true;
                self.marks.extend(marks.into_iter().map(elsewhere));
            }
            Resolution::Later => self.put_off(ready, None, now, chance),
        }
    }
}

/// The mark as it is filed of a server that gives no receipts. What is found to be there as it was sent
/// is proved by the next pull, which also sees to its scores: until then it is no more than sent. What it
/// has moved past is nothing that went wrong: only the newest is to be there.
fn elsewhere(mark: Mark) -> Mark {
    match mark {
        Mark::Settled(receipt) => Mark::Settled(Receipt { digest: None, ..receipt }),
        Mark::Parked { revision, .. } => Mark::Overtaken { revision },
        Mark::Later { .. }
        | Mark::Withdrawn { .. }
        | Mark::Overtaken { .. }
        | Mark::Changed(_)
        | Mark::Pulled { .. }
        | Mark::Brought { .. } => mark,
    }
}
