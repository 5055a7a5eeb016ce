//! Which revision of an entry counts, and which of several answers to one occasion.

use std::collections::BTreeSet;

use interlude_diary::calendar::Moment;
use interlude_diary::entry::Receipt;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Light, Seq, Stored};

/// The receipt a light tells of.
#[must_use]
pub const fn receipt(light: &Light) -> Option<&Receipt> {
    match light {
        Light::ClinicHadIt(receipt) | Light::ChangedCopy(receipt) => Some(receipt),
        Light::OnThisPhone { .. } | Light::StaysHere | Light::Sent { .. } | Light::Refused { .. } => None,
    }
}

/// When the server stored it, where a server did.
const fn stored(light: &Light) -> Option<Moment> {
    match light {
        Light::Sent { at } => Some(*at),
        Light::ClinicHadIt(receipt) | Light::ChangedCopy(receipt) => Some(receipt.stored),
        Light::OnThisPhone { .. } | Light::StaysHere | Light::Refused { .. } => None,
    }
}

/// The revision that counts, as the journal's own lines have it: of those that no other revision
/// here replaces, the last in the server's order, then those without a receipt by their place here.
#[must_use]
pub fn current(revisions: &[Stored]) -> Option<&Stored> {
    let replaced: BTreeSet<RevisionId> = revisions.iter().filter_map(|one| one.entry.parent).collect();
    let place = |one: &&Stored| {
        let stored = stored(&one.light);
        (!replaced.contains(&one.entry.revision), stored.is_none(), stored, one.seq)
    };
    revisions.iter().max_by_key(place)
}

/// One of several answers to an occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The entry.
    pub id: EntryId,
    /// When the server stored its first revision.
    pub stored: Option<Moment>,
    /// Place of its first revision here.
    pub seq: Seq,
}

impl Answer {
    /// The answer that these revisions, oldest first, are.
    #[must_use]
    pub fn of(revisions: &[Stored]) -> Option<Self> {
        let first = revisions.first()?;
        Some(Self { id: first.entry.id, stored: stored(&first.light), seq: first.seq })
    }
}

/// The answer that counts: the one the person chose, or the first in the server's order; answers
/// without a receipt come after, by their place here.
#[must_use]
pub fn counting(answers: &[Answer], chosen: Option<EntryId>) -> Option<EntryId> {
    let chosen = answers.iter().find(|answer| Some(answer.id) == chosen);
    let first = || answers.iter().min_by_key(|answer| (answer.stored.is_none(), answer.stored, answer.seq));
    chosen.or_else(first).map(|answer| answer.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(n: u8, stored: Option<&str>) -> Answer {
        let id = format!("01980000-0000-7000-8000-0000000000{n:02}").parse().unwrap();
        Answer { id, stored: stored.map(|at| at.parse().unwrap()), seq: Seq(u64::from(n)) }
    }

    #[test]
    fn the_first_in_the_servers_order_counts_until_one_is_chosen() {
        let (mine, theirs) =
            (answer(1, Some("2026-03-12T09:00:00Z")), answer(2, Some("2026-03-12T08:00:00Z")));
        let both = [mine.clone(), theirs.clone()];
        assert_eq!(counting(&both, None), Some(theirs.id));
        assert_eq!(counting(&both, Some(mine.id)), Some(mine.id));
        assert_eq!(counting(&both, Some(answer(9, None).id)), Some(theirs.id));
    }

    #[test]
    fn a_correction_that_never_went_up_gives_way_to_the_one_that_replaced_it() {
        let mut chance = interlude_testkit::Chance::new(5);
        let first = interlude_testkit::make::daily(&mut chance, "2026-03-12".parse().unwrap());
        let parked = interlude_testkit::make::correction(&mut chance, &first);
        let last = interlude_testkit::make::correction(&mut chance, &parked);
        let stored = |n: u64, entry: &interlude_diary::entry::Entry, light| Stored {
            seq: Seq(n),
            entry: entry.clone(),
            light,
            received: None,
        };
        let at = "2026-03-12T09:00:00Z".parse().unwrap();
        let refused = Light::Refused { status: 422, reason: String::new() };
        let all = [
            stored(1, &first, Light::Sent { at }),
            stored(2, &parked, refused),
            stored(3, &last, Light::Sent { at }),
        ];
        assert_eq!(current(&all).unwrap().seq, Seq(3));
        assert_eq!(current(&all[..2]).unwrap().seq, Seq(2));
        assert!(current(&[]).is_none());
    }

    #[test]
    fn without_a_receipt_it_comes_after() {
        let both = [answer(1, None), answer(2, Some("2026-03-12T08:00:00Z"))];
        assert_eq!(counting(&both, None), Some(both[1].id));
        assert_eq!(counting(&[], None), None);
    }
}
