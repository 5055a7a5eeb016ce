//! Dates, times and numbers in the reader's language, by the browser's own Intl.
//!
//! `language` is a BCP 47 tag such as `en` or `es`. A formatter costs far more to make than to
//! use, so each is kept.

use std::cell::RefCell;

use interlude_diary::calendar::{LocalDay, Moment};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// `Thursday, 12 March 2026`.
#[must_use]
pub fn date_long(day: LocalDay, language: &str) -> String {
    date(Shape::DateLong, day, language)
}

/// `Thursday 12 March`: a day of these weeks.
#[must_use]
pub fn date_day(day: LocalDay, language: &str) -> String {
    date(Shape::DateDay, day, language)
}

/// `12 March`: where the year is plain from what stands around it.
#[must_use]
pub fn date_short(day: LocalDay, language: &str) -> String {
    date(Shape::DateShort, day, language)
}

/// `12 Mar`: below a curve, where there is little room.
#[must_use]
pub fn date_tick(day: LocalDay, language: &str) -> String {
    date(Shape::DateTick, day, language)
}

/// `12 March 2026`.
#[must_use]
pub fn date_year(day: LocalDay, language: &str) -> String {
    date(Shape::DateYear, day, language)
}

/// `Mar 2026`.
#[must_use]
pub fn month(day: LocalDay, language: &str) -> String {
    date(Shape::Month, day, language)
}

/// `Thursday`.
#[must_use]
pub fn weekday(day: LocalDay, language: &str) -> String {
    date(Shape::Weekday, day, language)
}

/// `07:42`: what the wall clock showed at that moment, wherever the phone is now.
#[must_use]
pub fn time(moment: Moment, language: &str) -> String {
    // The offset is already in the number, so the formatter must add none: it runs in UTC.
    let wall = moment.unix_ms() + i64::from(moment.offset_min()) * 60_000;
    format(Shape::Time, language, &utc(wall))
}

/// A number with at most `decimals` digits after the sign of the language.
#[must_use]
pub fn number(value: f64, decimals: u8, language: &str) -> String {
    format(Shape::Number(decimals), language, &JsValue::from_f64(value))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    DateLong,
    DateDay,
    DateShort,
    DateTick,
    DateYear,
    Month,
    Weekday,
    Time,
    Number(u8),
}

impl Shape {
    const fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::DateLong => {
                &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")]
            }
            Self::DateDay => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            Self::DateShort => &[("day", "numeric"), ("month", "long")],
            Self::DateTick => &[("day", "numeric"), ("month", "short")],
            Self::DateYear => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
            Self::Month => &[("month", "short"), ("year", "numeric")],
            Self::Weekday => &[("weekday", "long")],
            Self::Time => &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")],
            Self::Number(_) => &[],
        }
    }
}

thread_local! {
    static KEPT: RefCell<Vec<(Shape, String, Function)>> = const { RefCell::new(Vec::new()) };
}

fn date(shape: Shape, day: LocalDay, language: &str) -> String {
    format(shape, language, &utc(i64::from(day.number()) * 86_400_000))
}

#[expect(clippy::cast_precision_loss, reason = "calendar days of ten centuries are far below 2^53 ms")]
fn utc(unix_ms: i64) -> JsValue {
    Date::new(&JsValue::from_f64(unix_ms as f64)).into()
}

fn format(shape: Shape, language: &str, value: &JsValue) -> String {
    let made = KEPT.with_borrow_mut(|kept| {
        let found = kept.iter().find(|(s, l, _)| *s == shape && l == language).map(|(_, _, f)| f.clone());
        found.unwrap_or_else(|| {
            let made = formatter(shape, language);
            kept.push((shape, language.to_owned(), made.clone()));
            made
        })
    });
    made.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn formatter(shape: Shape, language: &str) -> Function {
    let languages = Array::of1(&JsValue::from_str(language));
    let options = Object::new();
    let set = |name: &str, value: JsValue| {
        // Setting a plain property of a plain object cannot fail.
        drop(Reflect::set(&options, &JsValue::from_str(name), &value));
    };
    for (name, value) in shape.options() {
        set(name, JsValue::from_str(value));
    }
    if let Shape::Number(decimals) = shape {
        set("maximumFractionDigits", JsValue::from(decimals));
        Intl::NumberFormat::new(&languages, &options).format()
    } else {
        set("timeZone", JsValue::from_str("UTC"));
        Intl::DateTimeFormat::new(&languages, &options).format()
    }
}
