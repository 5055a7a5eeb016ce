//! Civil time: days, instants with their offset, and the diary day.
//!
//! No zone data lives here. The caller says what the clock on the wall showed ([`Moment`] carries
//! its offset) and which zone the browser named; a diary day is decided once and never again.

mod day;
mod moment;

pub use day::{LocalDay, NotADay, Weekday};
pub use moment::{Moment, NotAMoment};

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The hour at which a diary day ends, on the clock on the wall. Somebody awake at 03:59 is still
/// living the day before. (DESIGN, "Diary day")
pub const DAY_ENDS_AT_HOUR: i64 = 4;

/// Writes numbers into the places of a form such as `0000-00-00`, each with the zeros it wants.
///
/// By hand: a date or a time is printed dozens of times for every entry that goes up.
fn print<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    mut form: [u8; N],
    numbers: &[(Range<usize>, i64)],
) -> fmt::Result {
    for (place, number) in numbers {
        let mut left = *number;
        for digit in form.get_mut(place.clone()).into_iter().flatten().rev() {
            *digit = b'0' + u8::try_from(left.rem_euclid(10)).unwrap_or(0);
            left = left.div_euclid(10);
        }
    }
    f.write_str(std::str::from_utf8(&form).map_err(|_ascii| fmt::Error)?)
}

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
