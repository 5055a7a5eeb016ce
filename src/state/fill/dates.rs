//! Days and times as this page says and sends them.

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::questionnaire::Value;

use crate::platform::{intl, zone};

/// A date with a time of the wall clock gets the offset that the phone's zone has then: a field
/// cannot know it.
pub(super) fn zoned(value: Value) -> Value {
    let Value::DateTime(text) = &value else { return value };
    let (Some(day), Some(hour), Some(minute), 19) = (
        text.get(..10).and_then(|day| day.parse().ok()),
        text.get(11..13).and_then(|hour| hour.parse::<u16>().ok()),
        text.get(14..16).and_then(|minute| minute.parse::<u16>().ok()),
        text.len(),
    ) else {
        return value;
    };
    let offset = zone::at(day, hour * 60 + minute).offset_min();
    let sign = if offset < 0 { '-' } else { '+' };
    let offset = offset.unsigned_abs();
    Value::DateTime(format!("{text}{sign}{:02}:{:02}", offset / 60, offset % 60))
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
