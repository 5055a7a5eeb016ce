//! What is open to be answered, and until when: the one table of the schedule.

use crate::calendar::{LocalDay, Moment, Now};
use crate::occasion::OccasionKey;

/// A date and time on the wall, with no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wall {
    /// The civil date.
    pub day: LocalDay,
    /// Minutes since midnight.
    pub minute: u16,
}

impl Wall {
    /// What the clock on the wall shows at `moment`.
    #[must_use]
    pub fn of(moment: Moment) -> Self {
        Self { day: moment.local_day(), minute: u16::try_from(moment.local_minute()).unwrap_or(0) }
    }
}

/// One open occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its name for good.
    pub key: OccasionKey,
    /// Name of the questionnaire, such as `daily-checkin`.
    pub questionnaire: &'static str,
    /// The day it is about.
    pub day: LocalDay,
    /// Its on-time part is over.
    pub late: bool,
    /// It opens at this time on the wall.
    pub opens: Wall,
    /// It is closed from this time on.
    pub until: Wall,
}

/// The occasions open at `now` that need no infusion series: daily check-in and sleep times, today
/// first.
#[must_use]
pub fn open_occasions(_now: &Now) -> Vec<Window> {
    Vec::new()
}
