//! R4's primitive types.

use interlude_diary::calendar::LocalDay;
use interlude_fhir::json::Node;

/// What a primitive value may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Primitive {
    Text,
    /// `uri`, `url`, `canonical`: no white space.
    Uri,
    Id,
    Code,
    OneOf(&'static [&'static str]),
    Boolean,
    Integer,
    /// From this number on: `unsignedInt`, `positiveInt`.
    Whole(i32),
    Decimal,
    Date,
    DateTime,
    Instant,
    Time,
    Base64,
    /// A string that begins so: `oid`, `uuid`.
    Urn(&'static str),
}

impl Primitive {
    pub(super) fn holds(self, value: &Node<'_>) -> bool {
        let text = |holds: fn(&str) -> bool| value.string().is_some_and(holds);
        match self {
            Self::Text => text(|text| !text.is_empty()),
            Self::Uri => text(|text| !text.is_empty() && !text.contains(char::is_whitespace)),
            Self::Id => text(is_id),
            Self::Code => text(is_code),
            Self::OneOf(codes) => value.string().is_some_and(|text| codes.contains(&text)),
            Self::Boolean => value.boolean().is_some(),
            Self::Integer => value.number().is_some_and(|text| text.parse::<i32>().is_ok()),
            Self::Whole(least) => {
                value.number().and_then(|text| text.parse::<i32>().ok()).is_some_and(|n| n >= least)
            }
            Self::Decimal => value.number().is_some(),
            Self::Date => text(is_date),
            Self::DateTime => text(|text| is_date(text) || is_instant(text)),
            Self::Instant => text(is_instant),
            Self::Time => text(is_time),
            Self::Base64 => text(is_base64),
            Self::Urn(start) => value.string().is_some_and(|text| {
                text.strip_prefix(start).is_some_and(|rest| {
                    !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
                })
            }),
        }
    }
}

fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// Words with single spaces between.
fn is_code(text: &str) -> bool {
    text.split(char::is_whitespace).all(|word| !word.is_empty())
}

fn is_base64(text: &str) -> bool {
    let mut digits = text.bytes().filter(|b| !b.is_ascii_whitespace());
    !text.is_empty() && digits.all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
}

/// So many digits and nothing else.
fn digits(text: &str, many: usize) -> Option<u32> {
    (text.len() == many && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A year, a month or a day.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().and_then(|year| digits(year, 4)).filter(|year| *year > 0);
    let month = parts.next().map(|month| digits(month, 2).filter(|month| (1..=12).contains(month)));
    let day = parts.next().map(|day| digits(day, 2));
    let (Some(year), None) = (year, parts.next()) else { return false };
    match (month, day) {
        (None, None) | (Some(Some(_)), None) => true,
        (Some(Some(month)), Some(Some(day))) => is_day(year, month, day),
        _ => false,
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let (year, month, day) = (i32::try_from(year), u8::try_from(month), u8::try_from(day));
    matches!((year, month, day), (Ok(year), Ok(month), Ok(day)) if LocalDay::from_ymd(year, month, day).is_ok())
}

/// A whole day, a time to the second or better, and a zone.
fn is_instant(text: &str) -> bool {
    let Some((day, rest)) = text.split_once('T') else { return false };
    let Some(at) = rest.find(['Z', '+', '-']) else { return false };
    let (Some(time), Some(zone)) = (rest.get(..at), rest.get(at..)) else { return false };
    let offset = |zone: &str| {
        zone == "14:00"
            || zone.split_once(':').is_some_and(|(hours, minutes)| {
                digits(hours, 2).is_some_and(|h| h < 14) && digits(minutes, 2).is_some_and(|m| m < 60)
            })
    };
    day.len() == 10 && is_date(day) && is_time(time) && (zone == "Z" || zone.get(1..).is_some_and(offset))
}

/// `hh:mm:ss`, with parts of a second or without.
fn is_time(text: &str) -> bool {
    let (clock, parts) = text.split_once('.').map_or((text, None), |(clock, parts)| (clock, Some(parts)));
    let sound = parts.is_none_or(|parts| !parts.is_empty() && parts.bytes().all(|b| b.is_ascii_digit()));
    let mut numbers = clock.split(':').map(|number| digits(number, 2));
    let within = |n: Option<Option<u32>>, most: u32| n.flatten().is_some_and(|n| n <= most);
    sound
        && within(numbers.next(), 23)
        && within(numbers.next(), 59)
        && within(numbers.next(), 60)
        && numbers.next().is_none()
}

#[cfg(test)]
mod tests {
    use interlude_fhir::json::parse;

    use super::*;

    #[test]
    fn primitives_hold_what_they_should() {
        let table: [(Primitive, &[&str], &[&str]); 11] = [
            (Primitive::Text, &["\" a\""], &["\"\"", "7", "true", "[\"a\"]", "{\"a\":1}"]),
            (Primitive::Uri, &["\"urn:x\""], &["\"a b\"", "\"\"", "7"]),
            (Primitive::Id, &["\"a-1.B\""], &["\"a_b\"", "\"\"", "\"a b\""]),
            (Primitive::Code, &["\"a b\""], &["\" a\"", "\"a  b\"", "\"\""]),
            (Primitive::Integer, &["-7", "0"], &["7.5", "1e3", "3000000000", "\"7\""]),
            (Primitive::Whole(1), &["1"], &["0", "-1", "1.0"]),
            (
                Primitive::Date,
                &["\"2026\"", "\"2026-02\"", "\"2024-02-29\""],
                &["\"2026-02-29\"", "\"2026-13\"", "\"26\"", "\"2026-1-1\"", "\"2026-01-01-01\"", "\"0000\""],
            ),
            (
                Primitive::DateTime,
                &["\"2026\"", "\"2026-03-12T07:42:05.120+01:00\"", "\"2026-03-12T07:42:05Z\""],
                &[
                    "\"2026-03-12T07:42\"",
                    "\"2026-03-12T07:42:05\"",
                    "\"2026-03T07:42:05Z\"",
                    "\"2026-03-12T24:00:00Z\"",
                    "\"2026-03-12T07:42:05+14:01\"",
                    "\"2026-03-12T07:42:05é\"",
                ],
            ),
            (
                Primitive::Time,
                &["\"07:42:05\"", "\"23:59:60.5\""],
                &["\"07:42\"", "\"7:42:05\"", "\"07:42:05.\"", "\"07:42:05:01\""],
            ),
            (Primitive::Base64, &["\"aGk=\""], &["\"a!\"", "\"\""]),
            (Primitive::Urn("urn:uuid:"), &["\"urn:uuid:0190\""], &["\"urn:uuid:\"", "\"uuid:0\""]),
        ];
        for (primitive, good, bad) in table {
            for (list, holds) in [(good, true), (bad, false)] {
                for text in list {
                    assert_eq!(primitive.holds(&parse(text).unwrap()), holds, "{primitive:?} {text}");
                }
            }
        }
    }
}
