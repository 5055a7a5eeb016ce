//! What the store is asked for.

use interlude_diary::ids::EntryId;

use super::{Kind, PatientId, Score};

/// `least <= x < below`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// From here.
    pub least: i64,
    /// Up to here, not included.
    pub below: i64,
}

impl Bounds {
    /// Everything.
    pub const ALL: Self = Self { least: i64::MIN, below: i64::MAX };

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), below: self.below.min(other.below) }
    }

    /// Whether `x` is within.
    #[must_use]
    pub const fn holds(self, x: i64) -> bool {
        self.least <= x && x < self.below
    }
}

/// The order of a search's results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By the authored time instead of the stored time.
    pub by_when: bool,
    /// Newest first.
    pub descending: bool,
}

/// As things are now, for `as_of`.
pub const NOW: i64 = i64::MAX;

/// A search for stored texts.
#[derive(Debug, Clone)]
pub struct Query {
    /// Whose.
    pub patient: PatientId,
    /// Of this type.
    pub kind: Kind,
    /// Only these, if any are named.
    pub ids: Option<Vec<EntryId>>,
    /// Only of these questionnaires (`url` or `url|version`), if any are named.
    pub questionnaires: Option<Vec<String>>,
    /// Authored within.
    pub when: Bounds,
    /// Stored within.
    pub stored: Bounds,
    /// Order.
    pub sort: Sort,
    /// As things were when this was the diary's last version; [`NOW`] for as they are.
    pub as_of: i64,
    /// Only what follows this place: the sort's time and the version's number.
    pub after: Option<(i64, i64)>,
    /// At most so many.
    pub limit: usize,
}

/// A search for scores.
#[derive(Debug, Clone)]
pub struct ScoreQuery {
    /// Whose.
    pub patient: PatientId,
    /// Only these Observations, if any are named.
    pub ids: Option<Vec<uuid::Uuid>>,
    /// Only these codes, if any are given.
    pub codes: Option<Vec<Code>>,
    /// Only from these responses, if any are named.
    pub responses: Option<Vec<EntryId>>,
    /// Authored within.
    pub when: Bounds,
    /// Stored within.
    pub stored: Bounds,
    /// Order.
    pub sort: Sort,
    /// In the order of when this was the diary's last version; [`NOW`] for as it is. Scores of
    /// responses that came later are left out; what a score says is said as it is.
    pub as_of: i64,
    /// Only what follows this place: the sort's time, the version's number and the score's name.
    pub after: Option<(i64, i64, String)>,
    /// At most so many.
    pub limit: usize,
}

/// A code asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its system; none means any.
    pub system: Option<String>,
    /// The code.
    pub code: String,
}

impl Code {
    /// Whether `score` has this code, or this name in our own code system.
    #[must_use]
    pub fn names(&self, score: &Score, ours: &str) -> bool {
        let in_system = |system: &str| self.system.as_deref().is_none_or(|asked| asked == system);
        (score.code == self.code && in_system(&score.system)) || (score.name == self.code && in_system(ours))
    }
}
