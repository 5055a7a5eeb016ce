//! Which revision of an entry counts, and which of several answers to one occasion.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::Receipt;
use interlude_diary::ids::EntryId;
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

/// The revision that counts: the last in the server's order, then those without a receipt by their
/// place here.
#[must_use]
pub fn current(revisions: &[Stored]) -> Option<&Stored> {
    revisions.iter().max_by_key(|one| {
        let stored = stored(&one.light);
        (stored.is_none(), stored, one.seq)
    })
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
    fn without_a_receipt_it_comes_after() {
        let both = [answer(1, None), answer(2, Some("2026-03-12T08:00:00Z"))];
        assert_eq!(counting(&both, None), Some(both[1].id));
        assert_eq!(counting(&[], None), None);
    }
}
