//! The save light of the whole diary: what may be said of it, from counts alone.

use interlude_diary::journal::Tally;

/// What is true of the diary as a whole. Each word is earned (ARCHITECTURE.md, "The save light").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiaryLight {
    /// Nothing recorded.
    Empty,
    /// No clinic is connected.
    Unpaired {
        /// Revisions here.
        all: u64,
    },
    /// Some were refused.
    Parked {
        /// How many.
        parked: u32,
    },
    /// Some have not been sent.
    Waiting {
        /// How many.
        waiting: u32,
        /// How many have a receipt, and when the newest came.
        receipts: Option<(u64, i64)>,
    },
    /// Every one has a receipt.
    All {
        /// How many.
        all: u64,
        /// When the newest receipt came, Unix milliseconds.
        last_ms: i64,
    },
    /// All that goes has gone; some have a receipt.
    Some {
        /// How many have one.
        receipted: u64,
        /// Of how many.
        all: u64,
        /// When the newest receipt came, Unix milliseconds.
        last_ms: i64,
    },
    /// All that goes has gone, and no receipt can be checked.
    Sent,
}

impl DiaryLight {
    /// The light of these counts.
    #[must_use]
    pub const fn of(tally: &Tally, paired: bool) -> Self {
        let receipts = match tally.last_receipt_ms {
            Some(last_ms) if tally.receipted > 0 => Some((tally.receipted, last_ms)),
            _ => None,
        };
        match receipts {
            _ if tally.revisions == 0 => Self::Empty,
            _ if !paired => Self::Unpaired { all: tally.revisions },
            _ if tally.parked > 0 => Self::Parked { parked: tally.parked },
            receipts if tally.waiting > 0 => Self::Waiting { waiting: tally.waiting, receipts },
            Some((receipted, last_ms)) if receipted >= tally.revisions => {
                Self::All { all: tally.revisions, last_ms }
            }
            Some((receipted, last_ms)) => Self::Some { receipted, all: tally.revisions, last_ms },
            None => Self::Sent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(revisions: u64, waiting: u32, parked: u32, receipted: u64) -> Tally {
        let last_receipt_ms = (receipted > 0).then_some(7);
        Tally { revisions, waiting, parked, receipted, last_receipt_ms, next_due_ms: None }
    }

    #[test]
    fn everything_is_said_only_when_every_revision_has_a_receipt() {
        assert_eq!(DiaryLight::of(&tally(3, 0, 0, 3), true), DiaryLight::All { all: 3, last_ms: 7 });
        assert_eq!(
            DiaryLight::of(&tally(3, 0, 0, 2), true),
            DiaryLight::Some { receipted: 2, all: 3, last_ms: 7 }
        );
        assert_eq!(
            DiaryLight::of(&tally(3, 1, 0, 2), true),
            DiaryLight::Waiting { waiting: 1, receipts: Some((2, 7)) }
        );
        assert_eq!(DiaryLight::of(&tally(3, 0, 0, 0), true), DiaryLight::Sent);
    }

    #[test]
    fn a_refused_entry_is_never_hidden_behind_good_news() {
        assert_eq!(DiaryLight::of(&tally(9, 4, 1, 4), true), DiaryLight::Parked { parked: 1 });
    }

    #[test]
    fn without_a_clinic_nothing_is_said_to_wait() {
        assert_eq!(DiaryLight::of(&tally(2, 2, 0, 0), false), DiaryLight::Unpaired { all: 2 });
        assert_eq!(DiaryLight::of(&tally(0, 0, 0, 0), true), DiaryLight::Empty);
    }
}
