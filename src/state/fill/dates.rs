//! Days and times as this page says and sends them.

use interlude_diary::calendar::{LocalDay, Moment};

use crate::platform::{intl, zone};

/// The offset from UTC, in minutes, that the wall clock has at a local date and time
/// (`YYYY-MM-DDThh:mm`): a field cannot know it. 0 for what is none.
#[must_use]
pub fn offset_at(text: &str) -> i16 {
    let day = text.get(..10).and_then(|day| day.parse().ok());
    let part = |at| text.get(at).and_then(|part: &str| part.parse::<u16>().ok());
    match (day, part(11..13), part(14..16)) {
        (Some(day), Some(hour), Some(minute)) => zone::at(day, hour * 60 + minute).offset_min(),
        _ => 0,
    }
}

/// A day by its name: "Tuesday 11 March".
#[must_use]
pub fn named(day: LocalDay, language: &str) -> String {
    intl::date_day(day, language)
}

/// A time of day on the wall.
#[must_use]
pub fn clock(at: Moment, language: &str) -> String {
    intl::time(at, language)
}

/// A day and a time: "3 March, 07:42".
#[must_use]
pub fn dated(at: Moment, language: &str) -> String {
    format!("{}, {}", intl::date_short(at.local_day(), language), intl::time(at, language))
}
