//! A pull: lists, what is unknown of them, and, of a complete one, what was disproved.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::ancestry::{Ancestry, Reading};
use super::compare::{self, Compared};
use super::cycle::{Cycle, Task};
use super::prove::Scores;
use super::step::{By, Failure, Incoming, Kind, Listed, Page, Step, Told};
use super::{Create, Server};
use crate::calendar::Moment;
use crate::ids::{EntryId, RevisionId};
use crate::journal::{Holding, Seq, stands_on};

/// Resources asked for by id in one request: the address stays below two thousand characters.
const CHUNK: usize = 40;
/// Holdings read at a time.
const CENSUS: usize = 500;
/// Cursors overlap by this much: clocks of servers are read before they commit.
const OVERLAP_MS: i64 = 120_000;

/// Where a pull stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum At {
    List,
    Check(Vec<Listed>),
    /// These were sent and are listed: is it what was sent?
    Prove(Vec<Listed>),
    /// Their scores are on their way.
    Observe(Scores),
    /// What is unknown, this page of it.
    Fetch(Option<String>),
    /// These came, and were made of others: are those here?
    Kin(Vec<Incoming>),
    /// They are not: they are read.
    Ancestry(Box<Ancestry>),
    Census(Vec<Holding>),
}

/// A pull under way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pull {
    complete: bool,
    since: Option<Moment>,
    kinds: VecDeque<Kind>,
    next: Option<String>,
    /// The server's time on the very first page.
    began: Option<Moment>,
    /// The server's epoch on it.
    epoch: Option<String>,
    newest: Option<Moment>,
    seen: BTreeMap<EntryId, Listed>,
    unknown: VecDeque<String>,
    /// The next page of what was asked for of it.
    more: Option<String>,
    /// When the oldest was stored that is still to be seen to: the next list reaches back to it.
    stay: Option<Moment>,
    pub(super) at: At,
}

impl Pull {
    pub(super) fn new(server: Server, complete: bool, cursor: Option<Moment>) -> Self {
        let kinds = if complete { server.reconciles() } else { server.pulls() };
        Self {
            complete,
            since: cursor.filter(|_| !complete),
            kinds: kinds.iter().copied().collect(),
            next: None,
            began: None,
            epoch: None,
            newest: None,
            seen: BTreeMap::new(),
            unknown: VecDeque::new(),
            more: None,
            stay: None,
            at: At::List,
        }
    }

    fn kind(&self) -> Kind {
        self.kinds.front().copied().unwrap_or(Kind::Response)
    }

    pub(super) fn step(&self, create: Create) -> Step {
        match &self.at {
            At::List => Step::List { kind: self.kind(), since: self.since, next: self.next.clone() },
            At::Check(rows) => Step::Holdings(rows.iter().map(|row| row.id).collect()),
            At::Prove(rows) => Step::Here(rows.iter().map(|row| row.id).collect()),
            At::Observe(scores) => Step::Observe { scored: scores.batch(), create },
            At::Fetch(next) => {
                let resources = self.unknown.iter().take(CHUNK).cloned().collect();
                Step::Fetch { kind: self.kind(), resources, by: By::Id, next: next.clone() }
            }
            At::Kin(young) => Step::Holdings(young.iter().map(|one| one.entry.id).collect()),
            At::Ancestry(ancestry) => ancestry.step(),
            At::Census(counted) => {
                let after: Option<Seq> = counted.last().map(|holding| holding.seq);
                Step::Census { after, limit: CENSUS }
            }
        }
    }

    fn listed(&mut self, page: Page) {
        self.began = self.began.or(page.at);
        self.epoch = self.epoch.take().or(page.epoch);
        self.newest = page.rows.iter().filter_map(|row| row.updated).chain(self.newest).max();
        // A server that names the page it gave as the next one has no next one.
        self.next = page.next.filter(|next| self.next.as_ref() != Some(next));
        if self.complete {
            self.seen.extend(page.rows.iter().map(|row| (row.id, row.clone())));
        }
        self.at = At::Check(page.rows);
    }

    /// The next pull lists what was stored then again.
    pub(super) fn list_again(&mut self, stored: Moment) {
        self.stay = self.stay.map_or(Some(stored), |stay| Some(stay.min(stored)));
    }

    /// This kind is not known there.
    fn skip(&mut self) {
        self.next = None;
        self.at = At::List;
    }

    /// On to the next page, the next kind or the count; whether there is anything left to do.
    fn onward(&mut self) -> bool {
        if !self.unknown.is_empty() {
            self.at = At::Fetch(None);
        } else if self.next.is_some() {
            self.at = At::List;
        } else {
            self.kinds.pop_front();
            self.at = match (self.kinds.is_empty(), self.complete) {
                (false, _) => At::List,
                (true, true) => At::Census(Vec::new()),
                (true, false) => return false,
            };
        }
        true
    }
}

impl Cycle {
    pub(super) fn pulled(&mut self, mut pull: Pull, told: Told, now: Moment, chance: u64) {
        match (std::mem::replace(&mut pull.at, At::List), told) {
            (At::List, Told::Listed(page)) => {
                self.answered();
                for receipt in page.rows.iter().filter_map(|row| row.receipt.as_ref()) {
                    self.memory.note(receipt);
                }
                if let Some(epoch) = &page.epoch {
                    self.memory.note_epoch(epoch);
                }
                if let Some(at) = page.at {
                    self.compare_clocks(at, now);
                }
                pull.listed(page);
                self.task = Task::Pull(pull);
            }
            (At::Check(rows), Told::Holdings(here)) => {
                // A complete pull compares everything at its end, and would only do it twice.
                let Compared { marks, unknown, unproved } = compare::lines(&rows, &here);
                if !pull.complete {
                    self.marks.extend(marks);
                }
                pull.unknown.extend(unknown);
                if unproved.is_empty() {
                    self.go_on(pull, now, chance);
                } else {
                    pull.at = At::Prove(unproved);
                    self.task = Task::Pull(pull);
                }
            }
            (At::Prove(rows), Told::Here(here)) => self.proved(pull, rows, &here, now, chance),
            (At::Observe(scores), Told::Observed(answer)) => {
                self.observed(pull, scores, answer, now, chance);
            }
            (At::Fetch(asked), Told::Fetched { rows, next }) => {
                self.came(pull, rows, next.filter(|next| asked.as_ref() != Some(next)), now, chance);
            }
            (At::Kin(young), Told::Holdings(here)) => self.kin(pull, young, &here, now, chance),
            (At::Ancestry(ancestry), Told::Histories(answers)) => {
                self.read(pull, *ancestry, answers, now, chance);
            }
            (At::Census(counted), Told::Holdings(here)) => self.counted(pull, counted, here, now, chance),
            (At::List, Told::Failed(failure)) if self.server.may_lack(pull.kind(), failure.status) => {
                pull.skip();
                self.go_on(pull, now, chance);
            }
            (_, Told::Failed(failure)) => self.failed(failure, now, chance),
            (at, _) => {
                pull.at = at;
                self.task = Task::Pull(pull);
            }
        }
    }

    /// A page of what was unknown.
    fn came(&mut self, mut pull: Pull, rows: Vec<Incoming>, next: Option<String>, now: Moment, chance: u64) {
        let (young, first): (Vec<_>, Vec<_>) = rows.into_iter().partition(|one| one.entry.parent.is_some());
        for one in &first {
            self.memory.note(&one.receipt);
            self.marks.extend(one.marks());
        }
        pull.more = next;
        if young.is_empty() {
            self.fetched(pull, now, chance);
        } else {
            pull.at = At::Kin(young);
            self.task = Task::Pull(pull);
        }
    }

    /// Those that came, and what is here of their entries.
    fn kin(&mut self, mut pull: Pull, mut young: Vec<Incoming>, here: &[Holding], now: Moment, chance: u64) {
        for one in young.iter_mut().filter(|one| self.server.wants_observations() && branches(one, here)) {
            pull.list_again(one.receipt.stored);
            one.receipt.digest = None;
        }
        let here: BTreeSet<RevisionId> = here.iter().map(|one| one.revision).collect();
        let (lacking, whole): (Vec<_>, Vec<_>) =
            young.into_iter().partition(|one| self.lacks_a_parent(one, &here));
        for one in &whole {
            self.memory.note(&one.receipt);
            self.marks.extend(one.marks());
        }
        if lacking.is_empty() {
            self.fetched(pull, now, chance);
        } else {
            pull.at = At::Ancestry(Box::new(Ancestry::of(lacking)));
            self.task = Task::Pull(pull);
        }
    }

    /// Histories of what lacks a parent.
    fn read(
        &mut self,
        mut pull: Pull,
        ancestry: Ancestry,
        answers: Vec<Result<Vec<Incoming>, Failure>>,
        now: Moment,
        chance: u64,
    ) {
        match self.heard(ancestry, answers, now, chance) {
            Reading::More(ancestry) => {
                pull.at = At::Ancestry(Box::new(ancestry));
                self.task = Task::Pull(pull);
            }
            Reading::Done => self.fetched(pull, now, chance),
            Reading::Failed => {}
        }
    }

    /// A page of all that is here, after a complete list.
    fn counted(
        &mut self,
        mut pull: Pull,
        mut counted: Vec<Holding>,
        here: Vec<Holding>,
        now: Moment,
        chance: u64,
    ) {
        let ended = here.len() < CENSUS;
        counted.extend(here);
        if ended {
            let seen: Vec<Listed> = std::mem::take(&mut pull.seen).into_values().collect();
            self.marks.extend(compare::all(&seen, &counted).marks);
            self.complete(&pull, now, chance);
        } else {
            pull.at = At::Census(counted);
            self.task = Task::Pull(pull);
        }
    }

    /// On to the next page of what was unknown, or to what follows.
    fn fetched(&mut self, mut pull: Pull, now: Moment, chance: u64) {
        if pull.more.is_some() {
            pull.at = At::Fetch(pull.more.take());
            self.file(Task::Pull(pull));
        } else {
            pull.unknown.drain(..pull.unknown.len().min(CHUNK));
            self.go_on(pull, now, chance);
        }
    }

    pub(super) fn go_on(&mut self, mut pull: Pull, now: Moment, chance: u64) {
        if pull.onward() {
            self.file(Task::Pull(pull));
        } else {
            self.complete(&pull, now, chance);
        }
    }

    fn complete(&mut self, pull: &Pull, now: Moment, chance: u64) {
        if let Some(began) = pull.began.or(pull.newest) {
            let from = pull.stay.map_or(began, |stay| stay.min(began));
            self.memory.cursor = Some(from.plus_ms(-OVERLAP_MS));
        }
        self.memory.pulled_ms = Some(now.unix_ms());
        if pull.complete {
            self.memory.reconciled_ms = Some(now.unix_ms());
            // Restored in the middle of it: what was listed before that may be gone.
            self.memory.owed = pull.epoch.is_some() && pull.epoch != self.memory.epoch;
            self.push = true; // what was withdrawn goes again
        }
        self.end_pull();
        self.prove_later(pull.stay.is_some(), now, chance);
        self.file(Task::Choose);
    }
}

/// Whether it was put over one that has a receipt here and that whoever made it may not have seen, or over one
/// whose scores this phone has not seen to: then scores of what came before may stand there still, and are for
/// this phone to see to, as if it had sent it itself.
fn branches(one: &Incoming, here: &[Holding]) -> bool {
    let family = || here.iter().filter(|other| other.id == one.entry.id);
    let unseen = |other: &Holding| !stands_on(one.entry.parent, other.revision, family());
    let owes = |other: &Holding| {
        let filed = other.filed.as_ref();
        filed.is_some_and(|filed| filed.receipt.digest.is_none() || unseen(other))
    };
    family().any(|other| other.revision != one.entry.revision && owes(other))
}
