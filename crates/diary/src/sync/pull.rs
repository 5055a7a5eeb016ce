//! A pull: lists, what is unknown of them, and, of a complete one, what was disproved.

use std::collections::{BTreeMap, VecDeque};

use super::Server;
use super::compare::{self, Compared};
use super::cycle::{Cycle, Task};
use super::step::{Kind, Listed, Page, Step, Told};
use crate::calendar::Moment;
use crate::ids::EntryId;
use crate::journal::{Holding, Seq};

/// Resources asked for by id in one request: the address stays below two thousand characters.
const CHUNK: usize = 40;
/// Holdings read at a time.
const CENSUS: usize = 500;
/// Cursors overlap by this much: clocks of servers are read before they commit.
const OVERLAP_MS: i64 = 120_000;

/// Where a pull stands.
#[derive(Debug, Clone, PartialEq)]
enum At {
    List,
    Check(Vec<Listed>),
    Fetch,
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
    newest: Option<Moment>,
    seen: BTreeMap<EntryId, Listed>,
    unknown: VecDeque<String>,
    at: At,
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
            newest: None,
            seen: BTreeMap::new(),
            unknown: VecDeque::new(),
            at: At::List,
        }
    }

    fn kind(&self) -> Kind {
        self.kinds.front().copied().unwrap_or(Kind::Response)
    }

    pub(super) fn step(&self) -> Step {
        match &self.at {
            At::List => Step::List { kind: self.kind(), since: self.since, next: self.next.clone() },
            At::Check(rows) => Step::Holdings(rows.iter().map(|row| row.id).collect()),
            At::Fetch => {
                let resources = self.unknown.iter().take(CHUNK).cloned().collect();
                Step::Fetch { kind: self.kind(), resources }
            }
            At::Census(counted) => {
                let after: Option<Seq> = counted.last().map(|holding| holding.seq);
                Step::Census { after, limit: CENSUS }
            }
        }
    }

    fn listed(&mut self, page: Page) {
        self.began = self.began.or(page.at);
        self.newest = page.rows.iter().filter_map(|row| row.updated).chain(self.newest).max();
        // A server that names the page it gave as the next one has no next one.
        self.next = page.next.filter(|next| self.next.as_ref() != Some(next));
        if self.complete {
            self.seen.extend(page.rows.iter().map(|row| (row.id, row.clone())));
        }
        self.at = At::Check(page.rows);
    }

    /// On to the next page, the next kind or the count; `None` when all is done.
    fn onward(mut self) -> Option<Self> {
        if !self.unknown.is_empty() {
            self.at = At::Fetch;
        } else if self.next.is_some() {
            self.at = At::List;
        } else {
            self.kinds.pop_front();
            self.at = match (self.kinds.is_empty(), self.complete) {
                (false, _) => At::List,
                (true, true) => At::Census(Vec::new()),
                (true, false) => return None,
            };
        }
        Some(self)
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
                if let Some(at) = page.at {
                    self.memory.skew_ms = Some(at.unix_ms() - now.unix_ms());
                }
                pull.listed(page);
                self.task = Task::Pull(pull);
            }
            (At::Check(rows), Told::Holdings(here)) => {
                // A complete pull compares everything at its end, and would only do it twice.
                let Compared { marks, unknown } = compare::lines(&rows, &here);
                if !pull.complete {
                    self.marks.extend(marks);
                }
                pull.unknown.extend(unknown);
                self.go_on(pull, now);
            }
            (At::Fetch, Told::Fetched(incoming)) => {
                for one in &incoming {
                    self.memory.note(&one.receipt);
                    self.marks.extend(one.marks());
                }
                pull.unknown.drain(..pull.unknown.len().min(CHUNK));
                self.go_on(pull, now);
            }
            (At::Census(mut counted), Told::Holdings(here)) => {
                let ended = here.len() < CENSUS;
                counted.extend(here);
                if ended {
                    let seen: Vec<Listed> = std::mem::take(&mut pull.seen).into_values().collect();
                    self.marks.extend(compare::all(&seen, &counted).marks);
                    self.complete(&pull, now);
                } else {
                    pull.at = At::Census(counted);
                    self.task = Task::Pull(pull);
                }
            }
            (_, Told::Failed(failure)) => self.failed(failure, now, chance),
            (at, _) => {
                pull.at = at;
                self.task = Task::Pull(pull);
            }
        }
    }

    fn go_on(&mut self, pull: Pull, now: Moment) {
        match pull.clone().onward() {
            Some(pull) => self.file(Task::Pull(pull)),
            None => self.complete(&pull, now),
        }
    }

    fn complete(&mut self, pull: &Pull, now: Moment) {
        if let Some(began) = pull.began.or(pull.newest) {
            self.memory.cursor = Some(began.plus_ms(-OVERLAP_MS));
        }
        self.memory.pulled_ms = Some(now.unix_ms());
        if pull.complete {
            self.memory.reconciled_ms = Some(now.unix_ms());
            self.memory.owed = false;
            self.push = true; // what was withdrawn goes again
        }
        self.end_pull();
        self.file(Task::Choose);
    }
}
