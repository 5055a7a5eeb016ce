//! Several answers to one occasion: which of them counts (DESIGN section 6).
//!
//! Two phones may both be asked. The first in the server's order counts, then those without a
//! receipt by their place here; the person may choose another. The others are kept, shown as also
//! answered on another phone, and left out of means.

use std::collections::BTreeSet;

use super::{Seq, Stored};
use crate::calendar::Moment;
use crate::entry::{Body, Entry};
use crate::ids::{EntryId, RevisionId};

/// The revision that counts, of those of one entry with their lights: as [`current`](super::current)
/// has it of those with their receipts.
#[must_use]
pub fn shown(revisions: &[Stored]) -> Option<&Stored> {
    let replaced: BTreeSet<RevisionId> = revisions.iter().filter_map(|one| one.entry.parent).collect();
    let place = |one: &&Stored| {
        let stored = one.light.stored();
        (!replaced.contains(&one.entry.revision), stored.is_none(), stored, one.seq)
    };
    revisions.iter().max_by_key(place)
}

/// How an entry stands among the answers to its occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No other answers it.
    Alone,
    /// It is the one that counts.
    Counts,
    /// Another counts: shown as also answered on another phone, left out of means.
    Spare,
}

/// The answers to one occasion, and what the person chose among them.
#[derive(Debug, Clone, Default)]
pub struct Doubles {
    answers: Vec<Answer>,
    chosen: Option<(Seq, EntryId)>,
}

#[derive(Debug, Clone, Copy)]
struct Answer {
    id: EntryId,
    /// Without a receipt it comes after; then when the server stored it, those of one moment by
    /// their ids, so that every phone says the same; without a receipt by its place here.
    order: (bool, Option<Moment>, Option<Seq>, EntryId),
}

impl Doubles {
    /// Whether others may answer what this revision of an entry answers.
    #[must_use]
    pub const fn concern(entry: &Entry) -> bool {
        entry.occasion.is_some() && matches!(entry.body, Body::Response(_))
    }

    /// Takes in an entry of the occasion by all its revisions here, oldest first. What was taken
    /// back is no answer; of several choices the last made here stands.
    pub fn take(&mut self, revisions: &[Stored]) {
        // The entry's own first revision, wherever it stands: a phone that received later ones before
        // it is to decide the same.
        let begun = revisions.iter().find(|one| one.entry.parent.is_none());
        let (Some(first), Some(shown)) = (begun.or_else(|| revisions.first()), shown(revisions)) else {
            return;
        };
        match &shown.entry.body {
            Body::Response(_) => {
                // When the server first had anything of the entry. It may never have had the first revision:
                // refused at first, and then behind a correction.
                let stored = revisions.iter().filter_map(|one| one.light.stored()).min();
                let id = first.entry.id;
                let place = stored.is_none().then_some(first.seq);
                self.answers.push(Answer { id, order: (stored.is_none(), stored, place, id) });
            }
            Body::Chosen(id) if self.chosen.is_none_or(|(seq, _)| seq < shown.seq) => {
                self.chosen = Some((shown.seq, *id));
            }
            Body::Chosen(_) | Body::Retracted(_) | Body::Consent(_) | Body::Session(_) => {}
        }
    }

    /// The answer that counts. A choice of what is no answer any more is passed over.
    #[must_use]
    pub fn counting(&self) -> Option<EntryId> {
        let chosen = self.chosen.map(|(_, id)| id);
        let chosen = self.answers.iter().find(|answer| Some(answer.id) == chosen);
        chosen.or_else(|| self.answers.iter().min_by_key(|answer| answer.order)).map(|answer| answer.id)
    }

    /// How the entry `id` stands among them.
    #[must_use]
    pub fn standing(&self, id: EntryId) -> Standing {
        if !self.answers.iter().any(|answer| answer.id != id) {
            Standing::Alone
        } else if self.counting() == Some(id) {
            Standing::Counts
        } else {
            Standing::Spare
        }
    }
}

impl Standing {
    /// Whether it belongs in means.
    #[must_use]
    pub const fn in_means(self) -> bool {
        !matches!(self, Self::Spare)
    }
}
