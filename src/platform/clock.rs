//! The clock on the wall.

use interlude_diary::calendar::{Moment, Now};

use super::zone;

/// What the phone's clock and settings say now.
#[must_use]
pub fn now() -> Now {
    Now { moment: zone::moment_of(&js_sys::Date::new_0()), zone: zone::name() }
}

/// The instant alone, with its offset: cheaper, for what needs no zone's name.
#[must_use]
pub fn moment() -> Moment {
    zone::moment_of(&js_sys::Date::new_0())
}

/// Milliseconds since 1970-01-01T00:00Z.
#[must_use]
pub fn unix_ms() -> i64 {
    moment().unix_ms()
}
