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

/// An instant as the wall clock here showed it.
#[must_use]
pub fn at(unix_ms: i64) -> Moment {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this age are far below 2^53")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(unix_ms as f64));
    zone::moment_of(&date)
}

/// Milliseconds since 1970-01-01T00:00Z.
#[must_use]
pub fn unix_ms() -> i64 {
    moment().unix_ms()
}

/// Milliseconds of a clock that nobody can set. It may stand still while the phone sleeps.
#[must_use]
pub fn steady_ms() -> i64 {
    let now = super::window().and_then(|window| super::property(&window, "performance"));
    let now = now.and_then(|clock| super::method(&clock, "now")?.call0(&clock).ok()?.as_f64());
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was opened")]
    now.map_or(0, |ms| ms as i64)
}
