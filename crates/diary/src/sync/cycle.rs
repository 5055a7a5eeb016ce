//! The state machine.

use std::collections::{BTreeMap, BTreeSet};

use super::ancestry::{Ancestry, Reading};
use super::batch::ENTRIES;
use super::look::Before;
use super::pull::Pull;
use super::push::Conflicts;
use super::step::{Failure, Ready, Rest, Step, Told};
use super::{Memory, Server, Verdict, backoff, fate_of};
use crate::calendar::Moment;
use crate::ids::RevisionId;
use crate::journal::Mark;

/// Pull when the last one is older than this, at a start or when the page is looked at again.
const STALE_MS: i64 = 5 * 60_000;
/// An answer within this time tells how late it is at the server.
const PROMPT_MS: u64 = 60_000;
/// Reconcile when the last one is older than this, with the next pull.
const WEEK_MS: i64 = 7 * 86_400_000;

/// Why a cycle is woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kick {
    /// The app started.
    Start,
    /// Something new may go.
    Recorded,
    /// Online again, or visible again.
    Woken,
    /// A time to wait for has come.
    Timer,
    /// The person asked for it.
    Asked,
    /// Just paired, or the person asked for a full comparison.
    Compare,
}

/// What is under way.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Task {
    /// Nothing: choose.
    Choose,
    /// Rows were asked for.
    Rows,
    /// Of the entries of these rows the newest were asked for.
    Newest(Vec<Ready>),
    /// Batches are out.
    Push(Vec<Vec<Ready>>),
    /// What is there already is looked at, before a batch.
    Before(Before),
    /// Versions in the way are looked at.
    Conflicts(Conflicts),
    /// A pull, at one of its steps.
    Pull(Pull),
    /// What came before that which came down is read.
    Ancestry(Ancestry),
    /// Marks are being filed; then this.
    File(Box<Self>),
}

/// The sync cycle. See the [room's front page](super).
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "wishes, each of which may be there without the others")]
pub struct Cycle {
    pub(super) server: Server,
    pub(super) memory: Memory,
    filed: Memory,
    pub(super) lanes: usize,
    pub(super) task: Task,
    pub(super) marks: Vec<Mark>,
    pub(super) push: bool,
    pull: bool,
    /// What was sent is to be read back, when nothing more is to be sent.
    pub(super) prove: bool,
    /// Not before then, Unix milliseconds, after so many times in a row that some of it was put off.
    prove_ms: i64,
    put_off: u32,
    /// Rows are asked for whatever their due time: something changed outside.
    pub(super) eager: bool,
    /// Kicked since the rows were last asked for.
    pub(super) again: bool,
    /// The server will not list: not asked again before the next kick.
    pub(super) listless: bool,
    /// It is known that no red flag waits.
    pub(super) calm: bool,
    pub(super) signed_out: bool,
    pub(super) size: usize,
    pub(super) tries: BTreeMap<RevisionId, u32>,
    /// Parents that were looked for since the last pull began.
    pub(super) sought: BTreeSet<RevisionId>,
    /// When the last step was handed out.
    asked_ms: i64,
}

impl Cycle {
    /// A cycle that goes on from `memory` and sends up to `lanes` batches side by side.
    #[must_use]
    pub fn new(server: Server, memory: Memory, lanes: usize) -> Self {
        let server = match (server, memory.create) {
            (Server::Foreign { .. }, Some(create)) => Server::Foreign { create },
            _ => server,
        };
        Self {
            server,
            filed: memory.clone(),
            memory,
            lanes: server.lanes(lanes.max(1)),
            task: Task::Choose,
            marks: Vec::new(),
            push: false,
            pull: false,
            prove: false,
            prove_ms: 0,
            put_off: 0,
            eager: false,
            again: false,
            listless: false,
            calm: false,
            signed_out: false,
            size: ENTRIES,
            tries: BTreeMap::new(),
            sought: BTreeSet::new(),
            asked_ms: 0,
        }
    }

    /// Notes how far the server's clock, which said `at`, is from this phone's. An answer that took
    /// long says nothing of it: the page slept meanwhile, or a clock was set.
    pub(super) fn compare_clocks(&mut self, at: Moment, now: Moment) {
        if now.unix_ms().abs_diff(self.asked_ms) <= PROMPT_MS {
            self.memory.skew_ms = Some(at.unix_ms() - now.unix_ms());
        }
    }

    /// What it remembers.
    #[must_use]
    pub const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The server, with what was found out about it since.
    #[must_use]
    pub const fn server(&self) -> Server {
        self.server
    }

    /// Wakes it. May be said at any time, between any two steps.
    pub fn kick(&mut self, kick: Kick, now_ms: i64) {
        self.push = true;
        self.again = true;
        self.calm = false;
        self.listless = false;
        let stale = self.memory.pulled_ms.is_none_or(|at| now_ms.abs_diff(at) > STALE_MS.unsigned_abs());
        match kick {
            Kick::Recorded => {}
            // What it waited for may have been a pull.
            Kick::Timer => self.pull |= stale,
            Kick::Start => {
                self.pull |= stale;
                self.signed_out = false;
            }
            Kick::Woken => {
                self.pull |= stale;
                self.eager = true;
                self.memory.until_ms = 0;
                self.prove_ms = 0;
            }
            Kick::Asked | Kick::Compare => {
                self.pull = true;
                // Owed until it is done, whatever happens to this run.
                self.memory.owed |= kick == Kick::Compare;
                self.pull_anew();
                self.eager = true;
                self.signed_out = false;
                self.memory.until_ms = 0;
            }
        }
    }

    /// A list made before it was asked for is not what was asked for.
    fn pull_anew(&mut self) {
        if matches!(self.task, Task::Pull(_)) {
            self.task = Task::Choose;
        } else if let Task::File(then) = &mut self.task
            && matches!(**then, Task::Pull(_))
        {
            **then = Task::Choose;
        }
    }

    /// What to do next. Asked again before it was told, it says the same.
    #[must_use]
    pub fn next(&mut self, now_ms: i64) -> Step {
        self.asked_ms = now_ms;
        if self.task == Task::Choose {
            self.choose(now_ms);
        }
        self.again &= self.task != Task::Rows;
        match &self.task {
            Task::Choose => {
                let rest = self.rest(now_ms);
                let waits = rest == Rest::Idle && self.proves();
                Step::Rest(if waits { Rest::Wait { until_ms: self.prove_ms } } else { rest })
            }
            Task::Rows => Step::Rows {
                due_by_ms: if self.eager { i64::MAX } else { now_ms },
                // Before a pull only to see whether a red flag waits: those come first.
                limit: if self.calm || !self.pulls() { self.size.saturating_mul(self.lanes) } else { 1 },
            },
            Task::Newest(rows) => Step::Newest(rows.iter().map(|ready| ready.row.entry.id).collect()),
            Task::Push(batches) => {
                let rows = |batch: &Vec<Ready>| batch.iter().map(|ready| ready.row.clone()).collect();
                Step::Push(batches.iter().map(rows).collect())
            }
            Task::Before(before) => before.step().unwrap_or(Step::Rest(Rest::Idle)),
            Task::Conflicts(conflicts) => conflicts.step(),
            Task::Pull(pull) => pull.step(self.server.create()),
            Task::Ancestry(ancestry) => ancestry.step(),
            Task::File(_) => Step::File { marks: self.marks.clone(), memory: self.memory.to_string() },
        }
    }

    /// Takes note of what came of the last step. `now` is this phone's clock, `chance` a random
    /// number. An answer to another question than the one asked is passed over.
    pub fn told(&mut self, told: Told, now: Moment, chance: u64) {
        match (std::mem::replace(&mut self.task, Task::Choose), told) {
            (Task::Rows, Told::Rows(rows)) => self.rows(rows),
            (Task::Newest(oldest), Told::Rows(newest)) => self.send_newest(&oldest, newest),
            (Task::Push(batches), Told::Pushed(answers)) => self.pushed(batches, answers, now, chance),
            (Task::Before(before), told) => self.before(before, told, now, chance),
            (Task::Conflicts(conflicts), told) => self.conflict(conflicts, told, now, chance),
            (Task::Ancestry(ancestry), Told::Histories(answers)) => {
                match self.heard(ancestry, answers, now, chance) {
                    Reading::More(ancestry) => self.task = Task::Ancestry(ancestry),
                    Reading::Done => self.file(Task::Choose),
                    Reading::Failed => {}
                }
            }
            (Task::Pull(pull), told) => self.pulled(pull, told, now, chance),
            (Task::File(then), Told::Filed) => {
                self.marks.clear();
                self.filed = self.memory.clone();
                self.task = *then;
            }
            (task, _) => self.task = task,
        }
    }

    fn rest(&self, now_ms: i64) -> Rest {
        let waits = [self.memory.until_ms, self.memory.firm_ms];
        let until_ms = waits.into_iter().filter(|until| backoff::is_to_come(*until, now_ms)).max();
        if self.signed_out {
            Rest::SignIn
        } else if let Some(until_ms) = until_ms
            && (self.push || self.pulls() || self.proves())
        {
            Rest::Wait { until_ms }
        } else {
            Rest::Idle
        }
    }

    pub(super) const fn pulls(&self) -> bool {
        self.pull || (self.memory.owed && !self.listless)
    }

    fn choose(&mut self, now_ms: i64) {
        if self.rest(now_ms) != Rest::Idle {
            return;
        }
        if self.push && !self.calm {
            self.task = Task::Rows; // a red flag goes before a pull
        } else if self.pulls() {
            let week =
                self.memory.reconciled_ms.is_none_or(|at| now_ms.abs_diff(at) > WEEK_MS.unsigned_abs());
            let complete = self.memory.owed || week;
            self.begin_pull(complete);
        } else if self.push {
            self.task = Task::Rows;
        } else if self.proves() && !backoff::is_to_come(self.prove_ms, now_ms) {
            self.begin_pull(false);
        }
    }

    fn begin_pull(&mut self, complete: bool) {
        self.sought.clear();
        self.task = Task::Pull(Pull::new(self.server, complete, self.memory.cursor));
    }

    const fn proves(&self) -> bool {
        self.prove && !self.listless
    }

    /// The pull is done, or given up until the next kick.
    pub(super) const fn end_pull(&mut self) {
        self.pull = false;
        self.prove = false;
    }

    /// Some of what was to be proved is put off: it is listed again, later each time.
    pub(super) fn prove_later(&mut self, off: bool, now: Moment, chance: u64) {
        self.prove = off;
        self.put_off = if off { self.put_off.saturating_add(1) } else { 0 };
        self.prove_ms = if off { backoff::due_ms(now.unix_ms(), self.put_off, None, chance) } else { 0 };
    }

    /// A failure that is the server's or the network's: everything waits.
    pub(super) fn back_off(&mut self, after_ms: Option<i64>, now: Moment, chance: u64) {
        let now_ms = now.unix_ms();
        self.memory.failures = self.memory.failures.saturating_add(1);
        self.memory.until_ms = backoff::due_ms(now_ms, self.memory.failures, after_ms, chance);
        self.memory.firm_ms =
            after_ms.map_or(0, |after| now_ms.saturating_add(after.clamp(0, backoff::LONGEST_MS)));
        self.eager = false;
    }

    /// Of several answers one asked to be left alone for so long: that holds whatever the others said.
    pub(super) fn hold(&mut self, after_ms: Option<i64>, now: Moment) {
        if let Some(after_ms) = after_ms {
            let until_ms = now.unix_ms().saturating_add(after_ms.clamp(0, backoff::LONGEST_MS));
            self.memory.firm_ms = self.memory.firm_ms.max(until_ms);
        }
    }

    /// The server answers.
    pub(super) const fn answered(&mut self) {
        self.memory.failures = 0;
        self.memory.until_ms = 0;
        self.memory.firm_ms = 0;
    }

    /// A list or a fetch that failed.
    pub(super) fn failed(&mut self, failure: Failure, now: Moment, chance: u64) {
        match fate_of(failure.status) {
            Verdict::SignIn => self.signed_out = true,
            Verdict::TryLater | Verdict::Settled => self.back_off(failure.after_ms, now, chance),
            // It will say the same next time; what waits here is not to suffer from it.
            Verdict::Conflict | Verdict::Refused => {
                self.listless = true;
                self.end_pull();
            }
        }
        self.file(Task::Choose);
    }

    /// Files what there is to file, then goes on with `then`.
    pub(super) fn file(&mut self, then: Task) {
        let nothing = self.marks.is_empty() && self.memory == self.filed;
        self.task = if nothing { then } else { Task::File(Box::new(then)) };
    }
}
