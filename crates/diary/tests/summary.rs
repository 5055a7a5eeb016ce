//! A diary summed up: what is counted, and that the table says it.
#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use std::collections::BTreeSet;

use interlude_diary::calendar::LocalDay;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{DayLine, Seq};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::own::Summed;
use interlude_diary::schedule::{Infusion, Outcome, Teller};
use interlude_diary::summary::{
    Answered, COLUMNS, Effect, Period, Report, Source, Summary, summary, table, tenths,
};
use uuid::Uuid;

/// The first of five infusions, a Monday; `on(n)` is n days later.
fn on(n: i32) -> LocalDay {
    "2026-03-09".parse::<LocalDay>().unwrap().plus(n)
}

fn id(n: u128) -> EntryId {
    EntryId::new(Uuid::from_u128(n))
}

fn line(n: i32, form: &str, key: Option<&str>, values: &[(&str, f64)]) -> DayLine {
    let own = Uuid::from_u128(u128::from(on(n).number().unsigned_abs()) * 100 + form.len() as u128);
    DayLine {
        day: on(n),
        id: EntryId::new(own),
        revision: RevisionId::new(own),
        seq: Seq(u64::from(on(n).number().unsigned_abs())),
        questionnaire: format!("https://interlude.health/fhir/Questionnaire/{form}|1"),
        occasion: key.map(|key| key.parse().unwrap()),
        authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
        late: false,
        partial: false,
        retracted: false,
        revisions: 1,
        values: values.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
        declined: Vec::new(),
    }
}

fn pain(n: i32, value: f64) -> DayLine {
    let key = OccasionKey::daily(on(n)).to_string();
    line(n, "daily-checkin", Some(&key), &[("pain-average", value)])
}

fn infusion(n: i32, outcome: Outcome) -> Infusion {
    Infusion {
        told: (0, id(0), u16::try_from(n).unwrap()),
        day: on(n),
        outcome,
        planned: Some(Teller::Clinic),
        dose_mg_per_kg: Some(0.5),
        minutes: Some(40),
        by: Teller::Clinic,
    }
}

fn report(n: i32, effects: &[(&str, &str)]) -> Report {
    let effect = |(code, how): &(&str, &str)| Effect {
        code: (*code).to_owned(),
        words: (*code).to_owned(),
        how: Some(((*how).to_owned(), (*how).to_owned())),
        still: Some(false),
    };
    let id = id(u128::from(on(n).number().unsigned_abs()));
    Report { day: on(n), id, effects: effects.iter().map(effect).collect() }
}

struct Diary {
    lines: Vec<DayLine>,
    infusions: Vec<Infusion>,
    reports: Vec<Report>,
}

impl Diary {
    fn summed(&self, today: i32, period: Period) -> Summary {
        let spare = BTreeSet::new();
        let (lines, infusions, reports) = (&self.lines, &self.infusions, &self.reports);
        summary(&Source { lines, spare: &spare, infusions, reports, own: None, today: on(today) }, period)
    }
}

/// A week at 8, five infusions of which one was missed, then 20 days at 4 with one late and one missing.
fn diary() -> Diary {
    let mut lines: Vec<DayLine> = (-7..0).map(|n| pain(n, 8.0)).collect();
    lines.extend((5..25).filter(|n| *n != 9).map(|n| pain(n, 4.0)));
    for one in &mut lines {
        one.late = one.day == on(7);
    }
    lines.push(line(-1, "peg", Some("1/peg/0/-"), &[("peg", 6.7)]));
    lines.push(line(5, "peg", Some("1/peg/1/-"), &[("peg", 4.3)]));
    let outcome = |n| if n == 2 { Outcome::Missed } else { Outcome::Completed };
    Diary {
        lines,
        infusions: (0..5).map(|n| infusion(n, outcome(n))).collect(),
        reports: vec![report(0, &[("nausea", "mild")]), report(1, &[]), report(6, &[("headache", "severe")])],
    }
}

fn answered(summary: &Summary, form: &str) -> Answered {
    *summary.answered.iter().find(|one| one.form == form).unwrap()
}

#[test]
fn what_was_asked_is_counted_with_what_came_late_and_what_did_not_come() {
    let summed = diary().summed(25, Period::Series);
    assert_eq!((summed.span.first, summed.span.last), (on(-7), on(25)), "there was no diary before");
    let daily = answered(&summed, "daily-checkin");
    assert_eq!(
        (daily.asked, daily.on_time, daily.late, daily.missing()),
        (32, 25, 1, 6),
        "today is still open"
    );
    let peg = answered(&summed, "peg");
    assert_eq!((peg.asked, peg.on_time, peg.missing()), (4, 2, 2), "baseline, then weekly");
    let effects = answered(&summed, "side-effects");
    assert_eq!((effects.asked, effects.on_time), (4, 3), "a missed infusion has none");
}

#[test]
fn today_counts_as_soon_as_it_is_answered() {
    let mut diary = diary();
    diary.lines.push(pain(25, 4.0));
    let daily = answered(&diary.summed(25, Period::Series), "daily-checkin");
    assert_eq!((daily.asked, daily.on_time), (33, 26));
}

#[test]
fn side_effects_stand_with_the_infusion_before_them() {
    let summed = diary().summed(25, Period::Series);
    let told: Vec<(LocalDay, i32, usize)> = summed.series[0]
        .reports
        .iter()
        .map(|one| (one.session, one.after, one.report.effects.len()))
        .collect();
    assert_eq!(told, [(on(0), 0, 1), (on(1), 0, 0), (on(4), 2, 1)]);
}

#[test]
fn the_latest_series_is_there_whatever_the_period() {
    let diary = diary();
    for period in Period::ALL {
        let summed = diary.summed(200, period);
        assert_eq!(summed.series.len(), 1, "{period:?}");
        assert_eq!(summed.series[0].infusions.len(), 5, "{period:?}: the missed one too");
    }
    assert_eq!(diary.summed(200, Period::Quarter).span.days(), 91);
    assert_eq!(diary.summed(200, Period::All).span.first, on(-7));
}

#[test]
fn the_table_says_what_the_summary_says() {
    let text = table(&diary().summed(25, Period::Series));
    let rows: Vec<Vec<&str>> =
        text.trim_start_matches('\u{feff}').lines().map(|row| row.split(',').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
    let cell = |row: &[&str], name: &str| row[COLUMNS.iter().position(|of| *of == name).unwrap()].to_owned();
    let found = |what: &str, item: &str, at: &str| {
        let is = |row: &&Vec<&str>| {
            (cell(row, "what"), cell(row, "item"), cell(row, "at"))
                == (what.to_owned(), item.to_owned(), at.to_owned())
        };
        rows.iter().find(is).cloned().unwrap()
    };
    let week = found("after", "pain-average", "week");
    let said =
        ["value", "days", "on_time", "late", "points", "percent", "meaningful"].map(|name| cell(&week, name));
    assert_eq!(said, ["4", "7", "5", "1", "-4", "-50", "substantial"]);
    assert_eq!(cell(&found("before", "peg", ""), "value"), "6.7");
    assert_eq!(cell(&found("side-effect", "headache", "2026-03-13"), "how"), "severe");
    assert_eq!(cell(&found("after", "pain-average", "three-months"), "meaningful"), "not-yet");
    assert_eq!(text, table(&diary().summed(25, Period::Series)), "the same diary gives the same bytes");
}

#[test]
fn own_questions_are_the_last_rows_and_only_where_they_are_let_in() {
    let mut summed = diary().summed(25, Period::Series);
    assert!(summed.own.is_empty(), "nothing is let in by itself");
    let without = table(&summed);
    let own = |link: &str, text: &str, times, scale, yes| Summed {
        link: link.to_owned(),
        text: text.to_owned(),
        times,
        scale,
        yes,
    };
    summed.own =
        vec![own("a", "Ringing in my ears", 2, Some((3, 7)), None), own("b", "Went out", 4, None, Some(0))];
    let with = table(&summed);
    let rows = with.strip_prefix(&without).unwrap();
    assert_eq!(
        rows,
        "own,,Ringing in my ears,,,,,3,7,,,,,,,,,,,,,,2,\r\nown,,Went out,,,,,,,,,,,,,,,,,,,,4,0\r\n"
    );
    let columns = with.trim_start_matches('\u{feff}').lines().next().unwrap();
    assert!(columns.ends_with(",still,times,yes"), "new columns stand behind the others: {columns}");
}

#[test]
fn nothing_is_summed_up_of_nothing() {
    let empty = Diary { lines: Vec::new(), infusions: Vec::new(), reports: Vec::new() };
    let summed = empty.summed(0, Period::All);
    assert!(summed.series.is_empty() && summed.curves.is_empty());
    assert_eq!((summed.span.first, summed.span.last), (on(0), on(0)));
    assert_eq!(
        answered(&summed, "daily-checkin"),
        Answered { form: "daily-checkin", asked: 0, on_time: 0, late: 0 }
    );
    assert!(table(&summed).lines().count() >= 2);
}

#[test]
fn tenths_are_decimal_numbers() {
    assert_eq!([42, 40, -5, -10, 0, 105].map(tenths), ["4.2", "4", "-0.5", "-1", "0", "10.5"]);
}
