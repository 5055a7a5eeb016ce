//! The numbers of the page as a table: one row a figure, for spreadsheets and for statistics.
//!
//! RFC 4180 as the diary's own table ([`crate::csv`]). Columns are described in ARCHITECTURE.md ("The
//! doctor's page").

use std::fmt::Display;

use super::{Answered, Course, Summary, Told};
use crate::change::curve::{Curve, Step};
use crate::change::{At, Back, Change, Count, Mean, Measured, Point, Stage, Verdict};
use crate::csv::line;
use crate::own::Summed;
use crate::schedule::{Infusion, Outcome};

/// The columns, in order.
pub const COLUMNS: [&str; 24] = [
    "what",
    "series",
    "item",
    "at",
    "first",
    "last",
    "value",
    "least",
    "greatest",
    "days",
    "on_time",
    "late",
    "declined",
    "open",
    "points",
    "percent",
    "meaningful",
    "dose_mg_per_kg",
    "minutes",
    "outcome",
    "how",
    "still",
    "times",
    "yes",
];

/// Every figure of a summary, in the order of the page.
#[must_use]
pub fn table(summary: &Summary) -> String {
    let mut text = String::from('\u{feff}');
    line(&mut text, COLUMNS);
    let (first, last) = (summary.span.first, summary.span.last);
    let mut put = |row: Row| line(&mut text, row.0.iter().map(String::as_str));
    put(Row::of("period").set("first", first).set("last", last).set("days", summary.span.days()));
    for one in &summary.answered {
        put(answered(one));
    }
    for course in &summary.series {
        rows(course).into_iter().for_each(&mut put);
    }
    for (score, curve) in &summary.curves {
        dots(score, curve).into_iter().for_each(&mut put);
    }
    summary.own.iter().map(own).for_each(&mut put);
    text
}

/// A row with its cells by name.
struct Row([String; COLUMNS.len()]);

impl Row {
    fn of(what: &str) -> Self {
        Self(std::array::from_fn(|_| String::new())).set("what", what)
    }

    fn set(mut self, column: &str, value: impl Display) -> Self {
        let place = COLUMNS.iter().position(|name| *name == column);
        if let Some(cell) = place.and_then(|place| self.0.get_mut(place)) {
            *cell = value.to_string();
        }
        self
    }

    fn set_if(self, column: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.set(column, value),
            None => self,
        }
    }

    fn count(self, count: &Count) -> Self {
        self.set("days", count.days)
            .set("on_time", count.on_time)
            .set("late", count.late)
            .set("declined", count.declined)
            .set("open", count.open)
    }

    fn measured(self, measured: &Measured) -> Self {
        let value = measured.mean.map(|mean| tenths(mean.shown()));
        self.set_if("value", value).count(&measured.count)
    }
}

fn answered(one: &Answered) -> Row {
    let row = Row::of("answered").set("item", one.form).set("days", one.asked);
    row.set("on_time", one.on_time).set("late", one.late)
}

fn rows(course: &Course) -> Vec<Row> {
    let place = course.change.place;
    let mut rows: Vec<Row> = course.infusions.iter().map(|one| infusion(place, one)).collect();
    for told in &course.reports {
        rows.extend(effects(place, told));
    }
    for change in &course.change.scores {
        if change.score != "pgic" {
            let row = Row::of("before").set("series", place).set("item", change.score);
            rows.push(spanned(row, &change.before).measured(&change.before));
        }
        rows.extend(change.points.iter().map(|one| point(place, change.score, one)));
        rows.extend(back(place, change));
    }
    rows
}

/// Of a form the day it was filled in.
fn spanned(row: Row, measured: &Measured) -> Row {
    row.set_if("first", measured.day).set_if("last", measured.day)
}

fn infusion(place: u16, one: &Infusion) -> Row {
    Row::of("infusion")
        .set("series", place)
        .set("first", one.day)
        .set("outcome", outcome(one.outcome))
        .set_if("dose_mg_per_kg", one.dose_mg_per_kg)
        .set_if("minutes", one.minutes)
}

/// The code of an outcome, in files.
#[must_use]
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Planned => "planned",
        Outcome::Missed => "not-done",
        Outcome::Stopped => "stopped",
        Outcome::Completed => "completed",
    }
}

fn effects(place: u16, told: &Told) -> Vec<Row> {
    let row = |code: &str| {
        let row = Row::of("side-effect").set("series", place).set("item", code);
        row.set("at", told.session).set("first", told.report.day).set("days", told.after)
    };
    if told.report.effects.is_empty() {
        return vec![row("none")];
    }
    let one = |effect: &super::Effect| {
        let still = effect.still.map(|still| if still { "yes" } else { "no" });
        let how = effect.how.as_ref().map(|(code, _)| code);
        row(&effect.code).set_if("how", how).set_if("still", still)
    };
    told.report.effects.iter().map(one).collect()
}

fn point(place: u16, score: &str, point: &Point) -> Row {
    let row = Row::of("after").set("series", place).set("item", score).set("at", at(point.at));
    let (first, last) = match point.measured.day {
        Some(day) => (day, day),
        None => (point.span.first, point.span.last),
    };
    let row = row.set("first", first).set("last", last);
    match point.stage {
        Stage::NotYet => row.set("meaningful", "not-yet"),
        Stage::Overtaken => row.set("meaningful", "next-series"),
        Stage::Running | Stage::Past => row
            .measured(&point.measured)
            .set_if("points", point.judged.points.map(tenths))
            .set_if("percent", point.judged.percent)
            .set("meaningful", verdict(point.judged.verdict)),
    }
}

/// The code of a point of time, in files.
#[must_use]
pub const fn at(at: At) -> &'static str {
    match at {
        At::Week => "week",
        At::Month => "month",
        At::Quarter => "three-months",
        At::Half => "six-months",
    }
}

/// The code of a verdict, in files.
#[must_use]
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes { substantial: true } => "substantial",
        Verdict::Yes { substantial: false } => "yes",
        Verdict::No => "no",
        Verdict::Worse => "worse",
        Verdict::NotEnough => "not-enough",
        Verdict::NoRule => "no-rule",
    }
}

fn back(place: u16, change: &Change) -> Option<Row> {
    let row = Row::of("back").set("series", place).set("item", change.score);
    let (code, weeks) = back_code(change.back?);
    Some(row.set("at", code).set_if("value", weeks))
}

/// The code of what became of the earlier level, with the weeks it is about.
#[must_use]
pub const fn back_code(back: Back) -> (&'static str, Option<u16>) {
    match back {
        Back::Weeks(weeks) => ("back", Some(weeks)),
        Back::NotSeen { weeks } => ("not-yet-seen", Some(weeks)),
        Back::Stayed => ("stayed", None),
        Back::NotEnough => ("not-enough", None),
    }
}

fn dots(score: &str, curve: &Curve) -> Vec<Row> {
    let step = match curve.step {
        Step::Day => "day",
        Step::Week => "week",
    };
    let row = || Row::of("curve").set("item", score);
    let dot = |dot: &crate::change::curve::Dot| {
        row()
            .set("at", step)
            .set("first", dot.day)
            .set("value", tenths(Mean::shown(dot.mean)))
            .set("least", tenths(dot.least))
            .set("greatest", tenths(dot.greatest))
            .set("on_time", dot.mean.answers())
    };
    let late = curve.late.iter();
    let late = late.map(|(day, value)| {
        row().set("at", "day").set("first", day).set("value", tenths(*value)).set("late", 1)
    });
    curve.runs.iter().flatten().map(dot).chain(late).collect()
}

fn own(one: &Summed) -> Row {
    let (least, greatest) = one.scale.unzip();
    Row::of("own")
        .set("item", &one.text)
        .set("times", one.times)
        .set_if("least", least)
        .set_if("greatest", greatest)
        .set_if("yes", one.yes)
}

/// Tenths as a decimal number: `4.2`, `-1`.
#[must_use]
pub fn tenths(tenths: i32) -> String {
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    match (size / 10, size % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}
