//! FHIR's date search: a prefix and a date of some precision.

use interlude_diary::calendar::{LocalDay, Moment};

use crate::problem::Problem;
use crate::store::Bounds;

/// What `[prefix]date` lets through, in Unix milliseconds. A date without a zone is UTC.
///
/// # Errors
/// 400, without repeating the value.
pub fn bounds(name: &str, text: &str) -> Result<Bounds, Problem> {
    read(text).ok_or_else(|| Problem::bad("value", format!("{name}: not a date this server searches by")))
}

fn read(text: &str) -> Option<Bounds> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (prefix, date) = text.split_at(letters);
    let (least, below) = span(date)?;
    Some(match prefix {
        "" | "eq" => Bounds { least, below },
        "ge" => Bounds { least, ..Bounds::ALL },
        "gt" | "sa" => Bounds { least: below, ..Bounds::ALL },
        "le" => Bounds { below, ..Bounds::ALL },
        "lt" | "eb" => Bounds { below: least, ..Bounds::ALL },
        _ => return None,
    })
}

/// The span a date names: a year, a month, a day, a minute, a second or a millisecond.
fn span(text: &str) -> Option<(i64, i64)> {
    const DAY_MS: i64 = 86_400_000;
    let start = |year, month, day| {
        LocalDay::from_ymd(year, month, day).ok().map(|day| i64::from(day.number()) * DAY_MS)
    };
    if let Some((date, time)) = text.split_once(['T', 't']) {
        let zone = time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(zone);
        let wide = match (clock.len(), clock.contains('.')) {
            (5, false) => 60_000,
            (8, false) => 1000,
            (_, true) => 1,
            _ => return None,
        };
        let seconds = if wide == 60_000 { ":00" } else { "" };
        // A plus sign in a query is a space once it is decoded.
        let zone = if zone.is_empty() { "Z".to_owned() } else { zone.replace(' ', "+") };
        let at = format!("{date}T{clock}{seconds}{zone}").parse::<Moment>().ok()?.unix_ms();
        return Some((at, at + wide));
    }
    let parts: Vec<&str> = text.split('-').collect();
    let year: i32 = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
    match parts.as_slice() {
        [_] => Some((start(year, 1, 1)?, start(year + 1, 1, 1)?)),
        [_, month] => {
            let month: u8 = month.parse().ok()?;
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            Some((start(year, month, 1)?, start(next_year, next, 1)?))
        }
        _ => {
            let day = i64::from(text.parse::<LocalDay>().ok()?.number()) * DAY_MS;
            Some((day, day + DAY_MS))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        text.parse::<Moment>().unwrap().unix_ms()
    }

    #[test]
    fn precision_is_the_span() {
        for (text, least, below) in [
            ("2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("eq2026-02-28", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"),
            ("2026-03-12T07:42Z", "2026-03-12T07:42:00Z", "2026-03-12T07:43:00Z"),
            ("2026-03-12T07:42:05+01:00", "2026-03-12T06:42:05Z", "2026-03-12T06:42:06Z"),
            ("2026-03-12T07:42:05 01:00", "2026-03-12T06:42:05Z", "2026-03-12T06:42:06Z"),
            ("2026-03-12T07:42:05.120Z", "2026-03-12T07:42:05.120Z", "2026-03-12T07:42:05.121Z"),
        ] {
            assert_eq!(read(text), Some(Bounds { least: ms(least), below: ms(below) }), "{text}");
        }
    }

    #[test]
    fn prefixes_cut_at_the_span() {
        let day = ms("2026-03-12T00:00:00Z");
        let next = ms("2026-03-13T00:00:00Z");
        assert_eq!(read("ge2026-03-12"), Some(Bounds { least: day, ..Bounds::ALL }));
        assert_eq!(read("gt2026-03-12"), Some(Bounds { least: next, ..Bounds::ALL }));
        assert_eq!(read("le2026-03-12"), Some(Bounds { below: next, ..Bounds::ALL }));
        assert_eq!(read("lt2026-03-12"), Some(Bounds { below: day, ..Bounds::ALL }));
    }

    #[test]
    fn no_date_no_panic() {
        for text in [
            "",
            "ge",
            "xx2026",
            "2026-13",
            "2026-02-30",
            "26",
            "2026-03-12T",
            "2026-03-12T7:42Z",
            "é",
            "ap2026",
            "_count=1920",
            "t07:42",
            "2026-03-12T07é4",
            "2026-03-1éT07:42",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
