//! The phone's time zone: its name and its rules, as the browser knows them today.

use interlude_diary::calendar::{LocalDay, Moment};
use js_sys::{Array, Date, Intl, Object};

use super::property;

/// What stands for the zone where the browser names none (CLDR's own word for it).
const UNKNOWN: &str = "Etc/Unknown";

/// The IANA name of the zone the phone is set to.
#[must_use]
pub fn name() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    property(&options, "timeZone").and_then(|name| name.as_string()).unwrap_or_else(|| UNKNOWN.to_owned())
}

/// The instant at which the wall clock in the phone's zone shows `minute` minutes after midnight
/// of `day`. In a gap (clocks go forward) the later reading, in a fold the earlier one.
#[must_use]
pub fn at(day: LocalDay, minute: u16) -> Moment {
    let (year, month, date) = day.ymd();
    let built = Date::new_with_year_month_day_hr_min(
        year.unsigned_abs(),
        i32::from(month) - 1,
        i32::from(date),
        i32::from(minute / 60),
        i32::from(minute % 60),
    );
    moment_of(&built)
}

/// A JavaScript date as an instant with the offset the phone's zone has at that instant.
#[expect(clippy::cast_possible_truncation, reason = "a Date holds whole milliseconds below 2^53")]
pub(super) fn moment_of(date: &Date) -> Moment {
    // JavaScript counts minutes west of UTC. A Date without a value gives NaN, which casts to 0.
    let east = -date.get_timezone_offset();
    Moment::new(date.get_time() as i64, east as i16)
}
