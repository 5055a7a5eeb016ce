//! A diary summed up for a clinician: one period on one page, each number with what it is of.
//!
//! Pure, and made of the same rules as the page Trends ([`crate::change`]). What is shown, what is in
//! the table ([`table`]) and what is in the Bundle are one [`Summary`], so that they cannot differ;
//! the same diary and the same days give the same bytes.

mod answered;
mod effects;
mod figures;

pub use answered::Answered;
pub use effects::{Effect, Report, reports_effects};
pub use figures::{COLUMNS, at, back_code, outcome, table, tenths, verdict};

use std::collections::BTreeSet;

use crate::calendar::LocalDay;
use crate::change::curve::{CURVES, Curve, curve};
use crate::change::{Readings, SeriesChange, Span, changes};
use crate::ids::EntryId;
use crate::journal::DayLine;
use crate::own::Summed;
use crate::schedule::{Infusion, Series, courses};

/// What it is made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Lines of the whole diary up to today.
    pub lines: &'a [DayLine],
    /// Entries that do not count among several answers to one occasion.
    pub spare: &'a BTreeSet<EntryId>,
    /// All infusions told.
    pub infusions: &'a [Infusion],
    /// Side effects told, of every entry that [`reports_effects`] and counts.
    pub reports: &'a [Report],
    /// The first day with an answer to the person's own questions, where they are let in.
    pub own: Option<LocalDay>,
    /// The present diary day.
    pub today: LocalDay,
}

/// Which days are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From two weeks before the latest series on; without one, a month.
    Series,
    /// The last 13 weeks.
    Quarter,
    /// Everything.
    All,
}

impl Period {
    /// All of them, in the order shown.
    pub const ALL: [Self; 3] = [Self::Series, Self::Quarter, Self::All];
}

/// Days before a series that its changes look at.
const BEFORE: i32 = 14;
/// Days summed up where there is no series.
const MONTH: i32 = 30;
const QUARTER: i32 = 91;

/// A diary, summed up.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The days.
    pub span: Span,
    /// How many were answered of what was asked.
    pub answered: Vec<Answered>,
    /// The series of these days by date, the latest at least.
    pub series: Vec<Course>,
    /// What is drawn: (score, curve); a score without any answer in these days is left out.
    pub curves: Vec<(&'static str, Curve)>,
    /// Answers to the person's own questions on these days: none, unless the person lets them in.
    pub own: Vec<Summed>,
}

/// One series with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What changed.
    pub change: SeriesChange,
    /// Its infusions, planned, given or missed, by day.
    pub infusions: Vec<Infusion>,
    /// Side effects told since its first infusion.
    pub reports: Vec<Told>,
}

/// Side effects, with the infusion they were told after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The last infusion that took place on its day or before.
    pub session: LocalDay,
    /// Days since then.
    pub after: i32,
    /// What was told.
    pub report: Report,
}

/// Sums up.
#[must_use]
pub fn summary(source: &Source<'_>, period: Period) -> Summary {
    let readings = Readings::of(source.lines, source.spare);
    let series = courses(source.infusions);
    let all = changes(&readings, &series, source.today);
    let span = span(source, period, &readings, &all);
    let latest = all.len().saturating_sub(1);
    let within = |(n, change): (usize, SeriesChange)| {
        (n == latest || change.first >= span.first).then(|| course(source, &series, change))
    };
    let drawn = |score: &&'static str| {
        let curve = curve(&readings, score, &series, source.infusions, span)?;
        (!curve.runs.is_empty() || !curve.late.is_empty()).then_some((*score, curve))
    };
    let series_of_span: Vec<Course> = all.into_iter().enumerate().filter_map(within).collect();
    Summary {
        span,
        answered: answered::answered(source, &readings, &series, span, &series_of_span),
        series: series_of_span,
        curves: CURVES.iter().filter_map(drawn).collect(),
        own: Vec::new(),
    }
}

/// From the period's first day, but not from before there was a diary.
fn span(source: &Source<'_>, period: Period, readings: &Readings, all: &[SeriesChange]) -> Span {
    let today = source.today;
    let told = source.infusions.iter().filter(|one| one.outcome.took_place()).map(|one| one.day);
    let answered = readings.reach().map(|(first, _)| first);
    // Own answers move no day of the rest; they count where there is nothing else.
    let begun = answered.into_iter().chain(told).min().or(source.own).unwrap_or(today);
    let wanted = match period {
        Period::Series => all.last().map_or(today.plus(1 - MONTH), |latest| latest.first.plus(-BEFORE)),
        Period::Quarter => today.plus(1 - QUARTER),
        Period::All => begun,
    };
    Span { first: wanted.max(begun).min(today), last: today }
}

fn course(source: &Source<'_>, series: &[Series], change: SeriesChange) -> Course {
    let own = series.iter().find(|one| one.number == change.number);
    let days: BTreeSet<LocalDay> = own
        .into_iter()
        .flat_map(|one| one.planned.iter().chain(&one.sessions).chain(&one.missed))
        .copied()
        .collect();
    let infusions = source.infusions.iter().filter(|one| days.contains(&one.day)).cloned().collect();
    let of_series: BTreeSet<LocalDay> = own.into_iter().flat_map(|one| &one.sessions).copied().collect();
    let sessions: BTreeSet<LocalDay> =
        source.infusions.iter().filter(|one| one.outcome.took_place()).map(|one| one.day).collect();
    let told = |report: &Report| {
        let session = *sessions.range(..=report.day).next_back()?;
        let after = report.day.since(session);
        of_series.contains(&session).then(|| Told { session, after, report: report.clone() })
    };
    let mut reports: Vec<Told> =
        source.reports.iter().filter(|report| report.day <= source.today).filter_map(told).collect();
    reports.sort_by_key(|one| (one.report.day, one.report.id));
    Course { change, infusions, reports }
}
