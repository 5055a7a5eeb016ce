//! An instant together with the offset the clock on the wall had.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{DAY_ENDS_AT_HOUR, LocalDay};

/// The text is not an RFC 3339 time with an offset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time of the form YYYY-MM-DDThh:mm:ss.sss+hh:mm")]
pub struct NotAMoment;

/// An instant in milliseconds since 1970-01-01T00:00Z, and the wall clock's offset in minutes.
///
/// Ordered by instant. Printed with milliseconds and a numeric offset, always the same way, so
/// that equal moments have equal text (`2026-03-12T07:42:05.120+01:00`; UTC is `+00:00`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    unix_ms: i64,
    offset_min: i16,
}

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
const FIRST_MS: i64 = -25_567 * DAY_MS;
const LAST_MS: i64 = 376_199 * DAY_MS;
/// Offsets reach from -12:00 to +14:00 today and have reached 15:13 in history (RFC 9557 allows
/// one day); anything beyond this is a broken clock.
const MAX_OFFSET_MIN: i16 = 18 * 60;

impl Moment {
    /// `unix_ms` milliseconds since the epoch as seen at `offset_min` minutes east of UTC; both
    /// are kept within the supported range (years 1900 to 2999, 18 hours either way).
    #[must_use]
    pub const fn new(unix_ms: i64, offset_min: i16) -> Self {
        let unix_ms = if unix_ms < FIRST_MS {
            FIRST_MS
        } else if unix_ms > LAST_MS {
            LAST_MS
        } else {
            unix_ms
        };
        let offset_min = if offset_min < -MAX_OFFSET_MIN {
            -MAX_OFFSET_MIN
        } else if offset_min > MAX_OFFSET_MIN {
            MAX_OFFSET_MIN
        } else {
            offset_min
        };
        Self { unix_ms, offset_min }
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub const fn unix_ms(self) -> i64 {
        self.unix_ms
    }

    /// Minutes east of UTC.
    #[must_use]
    pub const fn offset_min(self) -> i16 {
        self.offset_min
    }

    /// The same offset, `ms` milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self::new(self.unix_ms.saturating_add(ms), self.offset_min)
    }

    const fn local_ms(self) -> i64 {
        self.unix_ms + self.offset_min as i64 * MINUTE_MS
    }

    /// The civil date on the wall.
    #[must_use]
    pub const fn local_day(self) -> LocalDay {
        day_of(self.local_ms())
    }

    /// Minutes since midnight on the wall, 0 to 1439.
    #[must_use]
    pub const fn local_minute(self) -> i64 {
        self.local_ms().rem_euclid(DAY_MS) / MINUTE_MS
    }

    /// The diary day: the civil date, where the hours before 04:00 belong to the day before.
    #[must_use]
    pub const fn diary_day(self) -> LocalDay {
        day_of(self.local_ms() - DAY_ENDS_AT_HOUR * 60 * MINUTE_MS)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "Moment::new bounds it to the years 1900 to 2999")]
const fn day_of(local_ms: i64) -> LocalDay {
    LocalDay::from_number(local_ms.div_euclid(DAY_MS) as i32)
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.local_ms().rem_euclid(DAY_MS);
        let (hour, minute, second) = (ms / 3_600_000, ms / MINUTE_MS % 60, ms / 1000 % 60);
        let (year, month, day) = self.local_day().ymd();
        let offset = i64::from(self.offset_min.unsigned_abs());
        let form = if self.offset_min < 0 {
            *b"0000-00-00T00:00:00.000-00:00"
        } else {
            *b"0000-00-00T00:00:00.000+00:00"
        };
        let numbers = [
            (0..4, year.into()),
            (5..7, month.into()),
            (8..10, day.into()),
            (11..13, hour),
            (14..16, minute),
            (17..19, second),
            (20..23, ms % 1000),
            (24..26, offset / 60),
            (27..29, offset % 60),
        ];
        super::print(f, form, &numbers)
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    /// Reads what [`Display`](fmt::Display) prints, and any RFC 3339 time with seconds: with or
    /// without a fraction (cut to milliseconds) and with `Z` or a numeric offset.
    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        parse(text).ok_or(NotAMoment)
    }
}

fn digits(text: Option<&str>, most: i64) -> Option<i64> {
    let text = text.filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()))?;
    text.parse().ok().filter(|n| *n <= most)
}

fn parse(text: &str) -> Option<Moment> {
    let day: LocalDay = text.get(..10)?.parse().ok()?;
    if !matches!(text.get(10..11)?, "T" | "t") || text.get(13..14)? != ":" || text.get(16..17)? != ":" {
        return None;
    }
    let hour = digits(text.get(11..13), 23)?;
    let minute = digits(text.get(14..16), 59)?;
    let second = digits(text.get(17..19), 60)?.min(59); // a leap second is the second before it
    let rest = text.get(19..)?;
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(after) => after.split_at(after.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)?),
        None => ("000", rest),
    };
    let ms = match fraction.len() {
        1 => digits(Some(fraction), 9)? * 100,
        2 => digits(Some(fraction), 99)? * 10,
        _ => digits(fraction.get(..3), 999)?,
    };
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let sign = match zone.get(..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            if zone.len() != 6 || zone.get(3..4)? != ":" {
                return None;
            }
            sign * (digits(zone.get(1..3), 18)? * 60 + digits(zone.get(4..6), 59)?)
        }
    };
    let local = i64::from(day.number()) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    Some(Moment::new(local - offset * MINUTE_MS, i16::try_from(offset).ok()?))
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}
