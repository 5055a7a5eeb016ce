//! What the answers to a push come to.

use super::conflict::{self, Resolution};
use super::cycle::{Cycle, Task};
use super::step::{Here, Incoming, Kind, Pushed, Ready, Step, Told, mark_of};
use super::{Fate, Verdict, backoff, fate_of};
use crate::calendar::Moment;
use crate::ids::EntryId;
use crate::journal::{Filed, Mark};

/// So many conflicts of one revision in a row, then it waits.
const TRIES: u32 = 5;
/// From so many failures in a row on, batches shrink: one row may be what fails.
const PATIENCE: u32 = 3;

/// Versions in the way, being looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Conflicts {
    /// Rows, each with what is current there; the outer `None` is not known yet.
    rows: Vec<(Ready, Option<Option<Incoming>>)>,
}

impl Conflicts {
    /// Reads what is not known, one kind at a time; then asks what is here.
    pub(super) fn step(&self) -> Step {
        match self.asks() {
            Some(kind) => {
                let unknown = self.rows.iter().filter(|(ready, known)| known.is_none() && kind == of(ready));
                let resources = unknown.map(|(ready, _)| ready.row.entry.id.to_string()).collect();
                Step::Fetch { kind, resources }
            }
            None => Step::Here(self.rows.iter().map(|(ready, _)| ready.row.entry.id).collect()),
        }
    }

    fn asks(&self) -> Option<Kind> {
        self.rows.iter().find(|(_, known)| known.is_none()).map(|(ready, _)| of(ready))
    }

    fn fetched(&mut self, incoming: &[Incoming]) {
        let Some(kind) = self.asks() else { return };
        for (ready, known) in
            self.rows.iter_mut().filter(|(ready, known)| known.is_none() && kind == of(ready))
        {
            let id: EntryId = ready.row.entry.id;
            *known = Some(incoming.iter().find(|one| one.entry.id == id).cloned());
        }
    }
}

const fn of(ready: &Ready) -> Kind {
    Kind::of(&ready.row.entry)
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
        let none = || Pushed { status: 0, after_ms: None, fates: Vec::new() };
        let mut answers = answers.into_iter();
        for batch in batches {
            chance = chance.rotate_left(7);
            self.batch(batch, answers.next().unwrap_or_else(none), &mut conflicts, now, chance);
        }
        let then =
            if conflicts.is_empty() { Task::Choose } else { Task::Conflicts(Conflicts { rows: conflicts }) };
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
        self.size = self.size.saturating_mul(2).min(super::batch::ENTRIES);
        for (ready, fate) in batch.into_iter().zip(answer.fates) {
            let revision = ready.row.entry.revision;
            match fate {
                Fate::Settled(mut receipt) => {
                    self.memory.note(&receipt);
                    self.memory.skew_ms = Some(receipt.stored.unix_ms() - now.unix_ms());
                    // A server that names another revision holds something else than it was sent.
                    let other = std::mem::replace(&mut receipt.revision, revision) != revision;
                    let changed = other || receipt.digest.is_some_and(|digest| digest != ready.digest);
                    self.marks.push(mark_of(Filed { receipt, changed }));
                    self.tries.remove(&revision);
                }
                Fate::TryLater { after_ms } => self.put_off(&ready, after_ms, now, chance),
                Fate::SignIn => self.signed_out = true,
                Fate::Conflict { current } => {
                    let tries = self.tries.entry(revision).or_default();
                    *tries += 1;
                    if *tries > TRIES {
                        self.tries.remove(&revision);
                        self.put_off(&ready, None, now, chance);
                    } else {
                        let current = current.map(|current| {
                            let (entry, text, receipt) = *current;
                            Some(Incoming { entry: Box::new(entry), text, receipt, digest: None })
                        });
                        conflicts.push((ready, current));
                    }
                }
                Fate::Refused { status, reason } => {
                    self.marks.push(Mark::Parked { revision, status, reason });
                }
            }
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

    fn put_off(&mut self, ready: &Ready, after_ms: Option<i64>, now: Moment, chance: u64) {
        let revision = ready.row.entry.revision;
        let due_ms = backoff::due_ms(now.unix_ms(), ready.row.attempts.saturating_add(1), after_ms, chance);
        // Never at once: the same rows would be loaded again and again.
        self.marks.push(Mark::Later { revision, due_ms: due_ms.max(now.unix_ms() + 1) });
        self.eager = false;
    }

    pub(super) fn conflict(&mut self, mut conflicts: Conflicts, told: Told, now: Moment, chance: u64) {
        match told {
            Told::Fetched(incoming) => {
                conflicts.fetched(&incoming);
                self.task = Task::Conflicts(conflicts);
            }
            Told::Here(here) => {
                for (ready, current) in conflicts.rows {
                    self.resolve(&ready, current.flatten().as_ref(), &here, now, chance);
                }
                self.file(Task::Choose);
            }
            Told::Failed(failure) => self.failed(failure, now, chance),
            Told::Rows(_) | Told::Pushed(_) | Told::Listed(_) | Told::Holdings(_) | Told::Filed => {
                self.task = Task::Conflicts(conflicts);
            }
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
            Resolution::File(marks) => self.marks.extend(marks),
            Resolution::Later => self.put_off(ready, None, now, chance),
        }
    }
}
