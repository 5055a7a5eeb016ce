//! A version in the way: what it is, and what follows (DESIGN section 6).

use super::step::{Here, Incoming, Ready, mark_of};
use crate::ids::RevisionId;
use crate::journal::{Holding, Mark, Rank, rank, stands_on, superseded};

/// What a conflict comes to. The row stays in the outbox unless a mark takes it out; with the
/// receipts filed, it goes again on top of what is current.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// File these and go on.
    File(Vec<Mark>),
    /// Nothing was learned: not now.
    Later,
}

/// Words kept with a revision that the server cannot take any more because it holds a later one.
pub const SUPERSEDED: &str = "the server already holds a later revision";

/// Decides. `current` is what the server holds of the entry (`None`: nothing, as a read said);
/// `here` is all that this phone holds of it.
#[must_use]
pub fn decide(mine: &Ready, current: Option<&Incoming>, here: &[Here]) -> Resolution {
    let Some(current) = current else {
        return create_again(here);
    };
    if current.entry.revision == mine.row.entry.revision {
        // A reply was lost, and this is what it would have said.
        let changed = current.receipt.digest.is_some_and(|digest| digest != mine.digest);
        let filed = crate::journal::Filed { receipt: current.receipt.clone(), changed };
        return Resolution::File(std::iter::once(mark_of(filed)).chain(current.overtaken()).collect());
    }
    let known = here.iter().find(|known| known.holding.revision == current.entry.revision);
    let mut marks = match known {
        Some(known) => stands(known, current, here),
        None => current.marks(),
    };
    if current.beneath.contains(&mine.row.entry.revision) {
        // What is new here says so among its own marks.
        marks.extend(known.map(|_| Mark::Overtaken { revision: mine.row.entry.revision }));
    } else if comes_too_late(current, mine.row.entry.revision, &standing(here, &marks)) {
        marks.push(Mark::Parked {
            revision: mine.row.entry.revision,
            status: 412,
            reason: SUPERSEDED.to_owned(),
        });
    }
    if marks.is_empty() { Resolution::Later } else { Resolution::File(marks) }
}

/// The server holds nothing of the entry: every receipt of it is disproved, and all of it goes
/// again in order.
fn create_again(here: &[Here]) -> Resolution {
    let receipted = here.iter().filter(|known| known.holding.filed.is_some());
    let marks: Vec<Mark> =
        receipted.map(|known| Mark::Withdrawn { revision: known.holding.revision }).collect();
    if marks.is_empty() { Resolution::Later } else { Resolution::File(marks) }
}

/// Current is one that is here: its receipt is what the server says now, and the receipts of
/// later ones are disproved.
fn stands(known: &Here, current: &Incoming, here: &[Here]) -> Vec<Mark> {
    let filed = known.filed(&current.receipt);
    let mut marks = Vec::new();
    if let Some(old) = &known.holding.filed {
        let place: Rank = rank(known.holding.seq, Some(old));
        let later = here.iter().filter(|other| {
            let holding = &other.holding;
            holding.filed.is_some() && rank(holding.seq, holding.filed.as_ref()) > place
        });
        marks.extend(later.map(|other| Mark::Withdrawn { revision: other.holding.revision }));
    }
    if known.holding.filed.as_ref() != Some(&filed) {
        marks.push(mark_of(filed));
    }
    marks
}

/// What is here of the entry as it is once these marks are filed: what they disprove stands in nobody's
/// way. A page that slept in the middle of a conflict holds what was current before all that came since.
fn standing(here: &[Here], marks: &[Mark]) -> Vec<Holding> {
    let disproved = |revision: RevisionId| {
        marks.iter().any(|mark| matches!(mark, Mark::Withdrawn { revision: gone } if *gone == revision))
    };
    let mut family: Vec<Holding> = here.iter().map(|known| known.holding.clone()).collect();
    for holding in &mut family {
        holding.filed = holding.filed.take().filter(|_| !disproved(holding.revision));
    }
    family
}

/// Whether what is current, or anything that came before it, was made on top of `revision`, as far
/// as this phone can see.
fn comes_too_late(current: &Incoming, revision: RevisionId, family: &[Holding]) -> bool {
    stands_on(current.entry.parent, revision, family) || superseded(revision, family)
}
