//! A civil date, held as days since 1970-01-01.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{Date, Month};

pub use time::Weekday;

/// The text is not a date of the form `2026-03-12` between the years 1900 and 2999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct NotADay;

/// A civil date with no zone, in the range 1900-01-01 to 2999-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDay(i32);

const UNIX_EPOCH_JULIAN: i32 = 2_440_588;
const FIRST: i32 = -25_567; // 1900-01-01
const LAST: i32 = 376_199; // 2999-12-31

impl LocalDay {
    /// The day `number` days after 1970-01-01, kept within the supported range.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        if number < FIRST {
            Self(FIRST)
        } else if number > LAST {
            Self(LAST)
        } else {
            Self(number)
        }
    }

    /// The date of a calendar.
    ///
    /// # Errors
    /// [`NotADay`] when there is no such date or it is out of range.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Result<Self, NotADay> {
        let month = Month::try_from(month).map_err(|_range| NotADay)?;
        let date = Date::from_calendar_date(year, month, day).map_err(|_range| NotADay)?;
        let number = date.to_julian_day() - UNIX_EPOCH_JULIAN;
        if (FIRST..=LAST).contains(&number) { Ok(Self(number)) } else { Err(NotADay) }
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day `days` later (earlier when negative), kept within the supported range.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self::from_number(self.0.saturating_add(days))
    }

    /// Whole days from `earlier` to this day.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Year, month 1 to 12, day 1 to 31.
    #[must_use]
    pub fn ymd(self) -> (i32, u8, u8) {
        let date = self.date();
        (date.year(), u8::from(date.month()), date.day())
    }

    /// Monday to Sunday.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    fn date(self) -> Date {
        // In range by construction, so the fallback is never taken.
        Date::from_julian_day(self.0 + UNIX_EPOCH_JULIAN).unwrap_or(Date::MIN)
    }
}

impl fmt::Display for LocalDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        super::print(f, *b"0000-00-00", &[(0..4, year.into()), (5..7, month.into()), (8..10, day.into())])
    }
}

impl FromStr for LocalDay {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotADay);
        };
        if (year.len(), month.len(), day.len()) != (4, 2, 2)
            || !text.bytes().all(|b| b == b'-' || b.is_ascii_digit())
        {
            return Err(NotADay);
        }
        let year = year.parse().map_err(|_digits| NotADay)?;
        let month = month.parse().map_err(|_digits| NotADay)?;
        let day = day.parse().map_err(|_digits| NotADay)?;
        Self::from_ymd(year, month, day)
    }
}

impl Serialize for LocalDay {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalDay {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}
