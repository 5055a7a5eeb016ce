//! What is open to be answered, and until when.
//!
//! Civil arithmetic on the wall clock alone. Days belong to [`daily`], infusion series to
//! [`series`], which is made of what was told of each infusion ([`infusion`]); [`table`] is the
//! schedule of DESIGN section 9. Start at [`open_occasions`] and [`open_with`]; [`find`] says what
//! became of the occasion of a draft.

pub mod daily;
pub mod infusion;
pub mod series;
pub mod table;
mod wall;

pub use daily::{early_occasions, open_occasions};
pub use infusion::{Infusion, Outcome, Teller, infusions, offers_calm};
pub use series::{Over, Series, courses};
pub use table::planned;
pub use wall::Wall;

use crate::calendar::{LocalDay, Now};
use crate::occasion::OccasionKey;

/// One occasion with its window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its name for good.
    pub key: OccasionKey,
    /// Name of the questionnaire, such as `daily-checkin`.
    pub questionnaire: &'static str,
    /// The day it is about; for what is not about a day of its own, the diary day it is opened on.
    pub day: LocalDay,
    /// Its on-time part is over.
    pub late: bool,
    /// It opens at this time on the wall.
    pub opens: Wall,
    /// It is closed from this time on.
    pub until: Wall,
}

impl Window {
    /// Whether it is open at this time on the wall.
    #[must_use]
    pub fn is_open(&self, at: Wall) -> bool {
        self.opens <= at && at < self.until
    }
}

/// Everything open at `now`: today first, then what is late, then what belongs to a series.
#[must_use]
pub fn open_with(now: &Now, series: &[Series]) -> Vec<Window> {
    let mut open = open_occasions(now);
    open.extend(open_of(now, series));
    open
}

/// What of these series is open at `now`, in order of opening. Its cost does not grow with the years
/// that passed since a series.
#[must_use]
pub fn open_of(now: &Now, series: &[Series]) -> Vec<Window> {
    let (at, today) = (Wall::of(now.moment), now.diary_day());
    let theirs = table::around(series, today).into_iter().filter(|window| window.is_open(at));
    theirs.map(|window| Window { day: today, ..window }).collect()
}

/// The window of an occasion, open or not, as it stands at `now`; `None` when the schedule has no
/// such occasion (any more).
#[must_use]
pub fn find(key: &OccasionKey, now: &Now, series: &[Series]) -> Option<Window> {
    daily::find(key, now).or_else(|| {
        let all = planned(series, now.diary_day());
        all.into_iter().find(|window| window.key == *key)
    })
}

/// Whether an answer given `now` comes after the on-time part of its window. It does too where the
/// schedule has no such occasion any more: the infusions it belonged to have moved away.
#[must_use]
pub fn is_late(key: &OccasionKey, now: &Now, series: &[Series]) -> bool {
    find(key, now, series).is_none_or(|window| window.late || Wall::of(now.moment) >= window.until)
}
