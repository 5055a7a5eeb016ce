//! Civil time: days, instants with their offset, and the diary day.
//!
//! No zone data lives here. The caller says what the clock on the wall showed ([`Moment`] carries
//! its offset) and which zone the browser named; a diary day is decided once and never again.

mod day;
mod moment;

pub use day::{LocalDay, NotADay, Weekday};
pub use moment::{Moment, NotAMoment};

use serde::{Deserialize, Serialize};

/// The hour at which a diary day ends, on the clock on the wall. Somebody awake at 03:59 is still
/// living the day before. (DESIGN, "Diary day")
pub const DAY_ENDS_AT_HOUR: i64 = 4;

/// What a clock on the wall and the phone's settings say at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// The instant and its offset from UTC.
    pub moment: Moment,
    /// The IANA zone name the browser gave, such as `Europe/Madrid`.
    pub zone: String,
}

impl Now {
    /// The diary day this instant belongs to: the civil date until 04:00 is the day before's.
    #[must_use]
    pub const fn diary_day(&self) -> LocalDay {
        self.moment.diary_day()
    }
}
