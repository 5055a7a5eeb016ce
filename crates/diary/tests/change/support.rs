//! A diary made of lines.

use std::collections::BTreeSet;

use interlude_diary::calendar::LocalDay;
use interlude_diary::change::{At, Change, Point, Readings, SeriesChange, changes};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{DayLine, Seq};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::schedule::Series;
use uuid::Uuid;

/// First session of the series of these tests; the last is four days later.
pub(crate) const FIRST: &str = "2026-03-09";

pub(crate) fn day(text: &str) -> LocalDay {
    text.parse().unwrap()
}

/// `n` days after the first session.
pub(crate) fn on(n: i32) -> LocalDay {
    day(FIRST).plus(n)
}

pub(crate) fn series() -> Series {
    Series { number: 1, sessions: (0..5).map(on).collect(), ..Series::default() }
}

fn line(n: i32, form: &str, occasion: Option<OccasionKey>, values: &[(&str, f64)]) -> DayLine {
    let place = u64::try_from(on(n).number()).unwrap() * 10;
    let id = Uuid::from_u128(u128::from(place));
    DayLine {
        day: on(n),
        id: EntryId::new(id),
        revision: RevisionId::new(id),
        seq: Seq(place),
        questionnaire: format!("https://interlude.health/fhir/Questionnaire/{form}|1"),
        occasion,
        authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
        late: false,
        partial: false,
        retracted: false,
        revisions: 1,
        values: values.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
        declined: Vec::new(),
    }
}

/// A check-in about the day `n` days after the first session, with average pain alone.
pub(crate) fn pain(n: i32, value: i32) -> DayLine {
    line(n, "daily-checkin", Some(OccasionKey::daily(on(n))), &[("pain-average", f64::from(value))])
}

/// A form with its score.
pub(crate) fn form(n: i32, name: &str, value: f64) -> DayLine {
    DayLine {
        id: EntryId::new(Uuid::from_u128(7_000_000 + u128::from(on(n).number().unsigned_abs()))),
        ..line(n, name, None, &[(name, value)])
    }
}

pub(crate) fn late(line: DayLine) -> DayLine {
    DayLine { late: true, ..line }
}

/// Pain on consecutive days from `n` on.
pub(crate) fn week(n: i32, values: &[i32]) -> Vec<DayLine> {
    (n..).zip(values).map(|(n, value)| pain(n, *value)).collect()
}

pub(crate) fn read(lines: &[DayLine]) -> Readings {
    Readings::of(lines, &BTreeSet::new())
}

pub(crate) fn of(lines: &[DayLine], today: i32) -> SeriesChange {
    changes(&read(lines), &[series()], on(today)).remove(0)
}

pub(crate) fn score(change: &SeriesChange, name: &str) -> Change {
    change.scores.iter().find(|one| one.score == name).unwrap().clone()
}

pub(crate) fn at(change: &Change, at: At) -> Point {
    change.points.iter().find(|point| point.at == at).unwrap().clone()
}
