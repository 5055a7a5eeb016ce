//! What a text field holds, as a value of its question.

use super::check::Problem;
use super::form::{Item, Kind, Unit};
use super::value::{Decimal, Quantity, Value};
use crate::calendar::{LocalDay, Moment};

/// What a text field holds, as a value for this item.
///
/// `offset_min` is the wall clock's offset at the time written, for a date with a time; `unit` the
/// unit chosen, for an amount (the item's first when none was).
///
/// # Errors
/// What is wrong with the text. Bounds and lengths are for [`check`](super::check::check).
pub fn parse(item: &Item, text: &str, offset_min: i16, unit: Option<&Unit>) -> Result<Value, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    match item.kind {
        Kind::Integer => integer(text),
        Kind::Decimal => decimal(text).map(Value::Decimal),
        Kind::Quantity => decimal(text).map(|value| quantity(value, unit.or(item.units.first()))),
        Kind::Date => date(text),
        Kind::Time => time(text),
        Kind::DateTime => date_time(text, offset_min),
        Kind::Url => address(text),
        Kind::String | Kind::Text | Kind::OpenChoice => Ok(Value::Text(text.to_owned())),
        Kind::Boolean | Kind::Choice => Err(Problem::NotAChoice),
        Kind::Group | Kind::Display => Err(Problem::WrongKind),
    }
}

fn integer(text: &str) -> Result<Value, Problem> {
    let text = text.replace('−', "-");
    let digits = text.strip_prefix('+').unwrap_or(&text);
    // "7.0" is what some keypads leave behind; "7.5" is another answer than 7.
    let whole = digits.split_once(['.', ',']).map_or(Some(digits), |(whole, rest)| {
        (!rest.is_empty() && rest.bytes().all(|b| b == b'0')).then_some(whole)
    });
    match whole.map(str::parse) {
        Some(Ok(n)) => Ok(Value::Integer(n)),
        _ if decimal(digits).is_ok() => Err(Problem::NotAWholeNumber),
        _ => Err(Problem::NotANumber),
    }
}

/// Takes a point or a comma, one of them once: with both, nobody knows which one groups digits.
fn decimal(text: &str) -> Result<Decimal, Problem> {
    let text = text.replace('−', "-").replace(',', ".");
    let digits = text.strip_prefix('+').unwrap_or(&text);
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits = digits.strip_suffix('.').unwrap_or(digits);
    let zero = if digits.starts_with('.') { "0" } else { "" };
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = format!("{sign}{zero}{digits}").parse();
    number.ok().filter(|_| plain).ok_or(Problem::NotANumber)
}

fn quantity(value: Decimal, unit: Option<&Unit>) -> Value {
    let unit = unit.cloned();
    Value::Quantity(Quantity {
        value,
        unit: unit.as_ref().map(|unit| unit.display.clone()),
        system: unit.as_ref().and_then(|unit| unit.system.clone()),
        code: unit.and_then(|unit| unit.code),
    })
}

/// Whether the text is a FHIR date: a year, a month or a day between 1900 and 2999.
pub(super) fn is_date(text: &str) -> bool {
    let numeric = text.bytes().all(|b| b == b'-' || b.is_ascii_digit());
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    numeric && whole.parse::<LocalDay>().is_ok()
}

fn date(text: &str) -> Result<Value, Problem> {
    if is_date(text) { Ok(Value::Date(text.to_owned())) } else { Err(Problem::NotADate) }
}

/// A time of day as `hh:mm` or with seconds; kept with seconds.
pub(super) fn time(text: &str) -> Result<Value, Problem> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] if clock == text => (hour, minute, &"00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return Err(Problem::NotATime),
    };
    let within = |part: &str, most: u8, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|n| n <= most)
    };
    let exact = !fraction.is_empty() && fraction.len() <= 9 && fraction.bytes().all(|b| b.is_ascii_digit());
    if !exact || !within(hour, 23, 1..=2) || !within(minute, 59, 2..=2) || !within(second, 59, 2..=2) {
        return Err(Problem::NotATime);
    }
    let rest = if clock == text { String::new() } else { format!(".{fraction}") };
    Ok(Value::Time(format!("{hour:0>2}:{minute}:{second}{rest}")))
}

/// A date alone, or with a time on the wall as a native field writes it (`2026-03-12T07:42`).
fn date_time(text: &str, offset_min: i16) -> Result<Value, Problem> {
    if is_date(text) {
        return Ok(Value::DateTime(text.to_owned()));
    }
    if text.parse::<Moment>().is_ok() {
        return Ok(Value::DateTime(text.to_owned()));
    }
    let (day, clock) = text.split_once(['T', ' ']).ok_or(Problem::NotADateTime)?;
    let Ok(Value::Time(clock)) = time(clock) else { return Err(Problem::NotADateTime) };
    let (sign, offset) = (if offset_min < 0 { '-' } else { '+' }, offset_min.unsigned_abs());
    let text = format!("{day}T{clock}{sign}{:02}:{:02}", offset / 60, offset % 60);
    if text.parse::<Moment>().is_ok() { Ok(Value::DateTime(text)) } else { Err(Problem::NotADateTime) }
}

/// FHIR wants an absolute address without spaces; a scheme is added to what is plainly a host.
fn address(text: &str) -> Result<Value, Problem> {
    let plain = text.len() <= 2000 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let scheme = |scheme: &str| !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
    match text.split_once(':') {
        Some((before, rest)) if plain && scheme(before) && !rest.is_empty() => {
            Ok(Value::Uri(text.to_owned()))
        }
        None if plain && text.contains('.') => Ok(Value::Uri(format!("https://{text}"))),
        _ => Err(Problem::NotAnAddress),
    }
}
