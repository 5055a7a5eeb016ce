//! A date and time on the wall.

use crate::calendar::{DAY_ENDS_AT_HOUR, LocalDay, Moment};

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
        // Always below a day's 1440.
        Self { day: moment.local_day(), minute: u16::try_from(moment.local_minute()).unwrap_or(0) }
    }

    /// When the diary day `day` begins.
    #[must_use]
    pub const fn start_of(day: LocalDay) -> Self {
        Self { day, minute: DAY_STARTS }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "an hour of the day")]
const DAY_STARTS: u16 = DAY_ENDS_AT_HOUR as u16 * 60;
