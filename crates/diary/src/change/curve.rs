//! What is drawn: dots by day, gaps, late answers beside, the band of before, the infusions.
//!
//! Beyond [`MOST_DAYS`] days a dot is a week, Monday to Sunday: its mean, with the least and the
//! greatest answer of the week beside it. Means alone would make bad days vanish; least and greatest
//! alone would make every year look alike. Nothing is interpolated: a step without an answer on time
//! is a gap, at every width.

use super::mean::Mean;
use super::readings::{Reading, Readings};
use super::windows::Span;
use super::{begun, is_daily, measure, windows};
use crate::calendar::LocalDay;
use crate::questionnaire::score::{Meaningful, instrument};
use crate::schedule::{Infusion, Outcome, Series};

/// The longest stretch drawn day by day: at 320 px a day then has a pixel and a half.
pub const MOST_DAYS: i32 = 190;

/// What one step of the curve stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
}

/// One step that has answers on time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dot {
    /// Its first day.
    pub day: LocalDay,
    /// The mean of its answers on time.
    pub mean: Mean,
    /// The least of them, in tenths.
    pub least: i32,
    /// The greatest of them, in tenths.
    pub greatest: i32,
}

/// The time before a series, as a level over its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Its days.
    pub span: Span,
    /// Its mean.
    pub mean: Mean,
    /// From here down a change is meaningful, in tenths of tenths (hundredths); where a rule says so.
    pub meaningful: Option<i32>,
}

/// Everything drawn of one score.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The days from edge to edge.
    pub span: Span,
    /// What a dot stands for.
    pub step: Step,
    /// Dots that follow each other without a gap, run by run.
    pub runs: Vec<Vec<Dot>>,
    /// Late answers: (day, tenths). By the week they are left to the table.
    pub late: Vec<(LocalDay, i32)>,
    /// The time before each series that reaches into the span.
    pub bands: Vec<Band>,
    /// Infusions within the span.
    pub marks: Vec<(LocalDay, Outcome)>,
    /// Least and greatest value of the scale.
    pub range: (f64, f64),
}

/// The curve of a score over these days; `None` for a score nobody knows.
#[must_use]
pub fn curve(
    readings: &Readings,
    score: &str,
    series: &[Series],
    infusions: &[Infusion],
    span: Span,
) -> Option<Curve> {
    let instrument = instrument(score)?;
    let step = if span.last.since(span.first) >= MOST_DAYS { Step::Week } else { Step::Day };
    let within = readings.within(score, span.first, span.last);
    let mut bands = Vec::new();
    for (one, first) in begun(series, span.last).into_iter().filter(|_| is_daily(instrument)) {
        let bounds = windows::Bounds { series: one.number, first, last: None, next: None, today: span.last };
        let days = bounds.before_of_days();
        let mean = measure::before(readings, instrument, &bounds).mean;
        if let Some(mean) = mean.filter(|_| days.last >= span.first) {
            let meaningful = match instrument.meaningful {
                Some(Meaningful::Percent { at, least, .. }) if mean.to_f64() >= least => {
                    Some(hundredths(mean.to_f64() * (100.0 - at)))
                }
                _ => None,
            };
            bands.push(Band { span: days, mean, meaningful });
        }
    }
    let marks = infusions.iter().filter(|one| span.holds(one.day)).map(|one| (one.day, one.outcome));
    Some(Curve {
        span,
        step,
        runs: runs(within, step),
        late: match step {
            Step::Day => within.iter().filter(|one| one.late).map(|one| (one.day, one.tenths)).collect(),
            Step::Week => Vec::new(),
        },
        bands,
        marks: marks.collect(),
        range: instrument.range,
    })
}

/// Answers on time, step by step, cut at each step without one.
fn runs(readings: &[Reading], step: Step) -> Vec<Vec<Dot>> {
    let mut runs: Vec<Vec<Dot>> = Vec::new();
    let on_time: Vec<&Reading> = readings.iter().filter(|one| !one.late).collect();
    for of_step in on_time.chunk_by(|a, b| step.begin(a.day) == step.begin(b.day)) {
        let Some(dot) = dot(of_step, step) else { continue };
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|before| step.next(before.day) == dot.day) => run.push(dot),
            _ => runs.push(vec![dot]),
        }
    }
    runs
}

fn dot(of_step: &[&Reading], step: Step) -> Option<Dot> {
    let tenths = || of_step.iter().map(|one| one.tenths);
    Some(Dot {
        day: step.begin(of_step.first()?.day),
        mean: Mean::of(tenths())?,
        least: tenths().min()?,
        greatest: tenths().max()?,
    })
}

impl Step {
    /// The first day of the step that a day is in. Day 4 after 1970-01-01 was a Monday.
    #[must_use]
    pub const fn begin(self, day: LocalDay) -> LocalDay {
        match self {
            Self::Day => day,
            Self::Week => day.plus(-(day.number() - 4).rem_euclid(7)),
        }
    }

    const fn next(self, day: LocalDay) -> LocalDay {
        match self {
            Self::Day => day.plus(1),
            Self::Week => day.plus(7),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a level of a scale up to 21")]
fn hundredths(value: f64) -> i32 {
    value.round() as i32
}
