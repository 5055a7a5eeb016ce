//! What came before a revision that came down: read from its history where it is not here.
//!
//! Without it a phone cannot see that what it holds is older than what the server has, and would
//! put it on top; nor which of two doubled answers was first.

use std::collections::{BTreeSet, VecDeque};

use super::cycle::Cycle;
use super::step::{Failure, Incoming, Kind, Step};
use crate::calendar::Moment;
use crate::ids::RevisionId;

/// Histories asked for at once, one request each: a browser opens six connections to one host.
const AT_ONCE: usize = 6;

/// Histories being read, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ancestry {
    /// Kind and name of the resources whose history is not read yet.
    left: VecDeque<(Kind, String)>,
    /// What came of those that are.
    came: Vec<Incoming>,
    /// The revisions themselves, which are here as soon as what came before them is.
    young: Vec<Incoming>,
}

/// Where the reading stands.
pub(super) enum Reading {
    /// There is more to read.
    More(Ancestry),
    /// All of it is among the marks to be filed.
    Done,
    /// The server did not answer; what to do then is decided.
    Failed,
}

impl Ancestry {
    pub(super) fn of(young: Vec<Incoming>) -> Self {
        let left = young.iter().map(|one| (Kind::of(&one.entry), one.resource.clone())).collect();
        Self { left, came: Vec::new(), young }
    }

    pub(super) fn step(&self) -> Step {
        Step::Histories(self.left.iter().take(AT_ONCE).cloned().collect())
    }
}

impl Cycle {
    /// Whether this one's history is to be read first: its parent is not among `here`, nor was it
    /// looked for since the pull began.
    pub(super) fn lacks_a_parent(&mut self, one: &Incoming, here: &BTreeSet<RevisionId>) -> bool {
        one.entry.parent.is_some_and(|parent| !here.contains(&parent) && self.sought.insert(parent))
    }

    /// One answer for each history that was asked for.
    pub(super) fn heard(
        &mut self,
        mut ancestry: Ancestry,
        answers: Vec<Result<Vec<Incoming>, Failure>>,
        now: Moment,
        chance: u64,
    ) -> Reading {
        let asked = ancestry.left.len().min(AT_ONCE);
        let none = Failure { status: 0, after_ms: None };
        let longest = answers.iter().filter_map(|answer| answer.as_ref().err()?.after_ms).max();
        let answers = answers.into_iter().chain(std::iter::repeat(Err(none))).take(asked);
        for answer in answers {
            match answer {
                Ok(rows) => ancestry.came.extend(rows),
                // A server that keeps no history: then this is all there is to know.
                Err(failure) if self.server.may_lack_history(failure.status) => {}
                Err(failure) => {
                    // All of it is still unknown here, and is listed again.
                    self.sought.clear();
                    self.hold(longest, now);
                    self.failed(Failure { after_ms: longest, ..failure }, now, chance);
                    return Reading::Failed;
                }
            }
        }
        self.answered();
        ancestry.left.drain(..asked);
        if !ancestry.left.is_empty() {
            return Reading::More(ancestry);
        }
        let Ancestry { mut came, young, .. } = ancestry;
        came.extend(young);
        came.sort_by_key(|one| one.receipt.stored);
        for one in &came {
            self.memory.note(&one.receipt);
            self.marks.extend(one.marks());
        }
        Reading::Done
    }
}
