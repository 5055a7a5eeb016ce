//! Of a server that gives no receipts: what it was sent is proved by reading it back, and its
//! scores follow once it is.
//!
//! The receipt with a digest is filed last. Killed before that, the entry is still only *Sent*,
//! the next pull finds it unproved, and its scores are sent again under the same ids: nothing
//! beside the journal has to remember which scores went up.

use std::collections::VecDeque;

use super::compare::is_current;
use super::cycle::{Cycle, Task};
use super::pull::{At, Pull};
use super::step::{Here, Listed, Pushed, Scored, mark_of};
use super::{Fate, Verdict, fate_of};
use crate::calendar::Moment;
use crate::journal::Mark;
use crate::questionnaire::{Response, scores};

/// Entries whose scores go in one batch: below 512 KiB with seven scores each.
const ENTRIES: usize = 32;

/// Scores on their way, each with the mark that is filed when they are there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scores {
    left: VecDeque<(Mark, Scored)>,
    size: usize,
}

impl Scores {
    /// The next batch.
    pub(super) fn batch(&self) -> Vec<Scored> {
        self.left.iter().take(self.size).map(|(_, scored)| scored.clone()).collect()
    }
}

impl Cycle {
    /// `rows` stand in the server's list; `here` is what this phone holds of their entries.
    pub(super) fn proved(
        &mut self,
        mut pull: Pull,
        rows: Vec<Listed>,
        here: &[Here],
        now: Moment,
        chance: u64,
    ) {
        let mut left = VecDeque::new();
        for row in rows {
            let Some(mut receipt) = row.receipt.clone() else { continue };
            let ours = here.iter().filter(|one| one.holding.id == row.id);
            let Some(one) = ours.into_iter().find(|one| is_current(&row, &one.holding)) else { continue };
            receipt.revision = one.holding.revision;
            let filed = one.filed(&receipt);
            // Scores of a copy that was changed would not be that copy's.
            let scored = if filed.changed { None } else { scored(one, here, row.resource) };
            let mark = mark_of(filed);
            match scored.filter(|_| self.server.wants_observations()) {
                Some(scored) => left.push_back((mark, scored)),
                None => self.marks.push(mark),
            }
        }
        if left.is_empty() {
            self.go_on(pull, now, chance);
        } else {
            pull.at = At::Observe(Scores { left, size: ENTRIES });
            self.task = Task::Pull(pull);
        }
    }

    /// What became of the batch of scores that was sent.
    pub(super) fn observed(
        &mut self,
        mut pull: Pull,
        mut scores: Scores,
        answer: Pushed,
        now: Moment,
        chance: u64,
    ) {
        let sent = scores.left.len().min(scores.size);
        let silent = answer.fates.iter().all(|fate| matches!(fate, Fate::TryLater { .. }));
        let refused = matches!(fate_of(answer.status), Verdict::Refused | Verdict::Conflict);
        if answer.fates.len() != sent || (silent && !(refused && sent == 1)) {
            if refused && sent > 1 {
                scores.size = (sent / 2).max(1);
                pull.at = At::Observe(scores);
                self.task = Task::Pull(pull);
            } else {
                self.back_off(answer.after_ms, now, chance);
                self.prove = true;
                self.file(Task::Choose);
            }
            return;
        }
        self.answered();
        let batch: Vec<(Mark, Scored)> = scores.left.drain(..sent).collect();
        for ((mark, _), fate) in batch.into_iter().zip(answer.fates) {
            match fate {
                // A server that takes no scores has the answers all the same.
                Fate::Settled(_) | Fate::Refused { .. } => self.marks.push(mark),
                Fate::TryLater { .. } | Fate::Conflict { .. } => {
                    if let Mark::Settled(receipt) = mark {
                        pull.list_again(receipt.stored);
                    }
                }
                Fate::SignIn => self.signed_out = true,
            }
        }
        if self.signed_out {
            self.file(Task::Choose);
        } else if scores.left.is_empty() {
            self.go_on(pull, now, chance);
        } else {
            pull.at = At::Observe(scores);
            self.file(Task::Pull(pull));
        }
    }
}

/// The entry with its other revisions, where any has a score.
fn scored(one: &Here, here: &[Here], resource: String) -> Option<Scored> {
    let response = one.entry.response()?;
    let id = one.holding.id;
    let others = here.iter().filter(|other| other.holding.id == id && other.holding != one.holding);
    let others = others.filter_map(|other| other.entry.response());
    let others: Vec<Response> = others.filter(|other| !scores(other).is_empty()).cloned().collect();
    let any = !scores(response).is_empty() || !others.is_empty();
    any.then(|| Scored { entry: one.entry.clone(), others, resource })
}
