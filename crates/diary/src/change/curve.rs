//! What is drawn: dots by day, gaps, late answers beside, the band of before, the infusions.
//!
//! Beyond [`MOST_DAYS`] days a dot is a week, Monday to Sunday: its mean, with the least and the
//! greatest answer of the week beside it. Means alone would make bad days vanish; least and greatest
//! alone would make every year look alike. Nothing is interpolated: a step without an answer on time
//! is a gap, at every width. PEG and GAD-7 come every week or two and ask about the time between: each is a
//! dot, at every width, and there is a gap where one was left out.

use super::mean::Mean;
use super::readings::{Reading, Readings};
use super::windows::Span;
use super::{begun, is_daily, measure, windows};
use crate::calendar::LocalDay;
use crate::questionnaire::score::{Instrument, Meaningful, instrument};
use crate::schedule::table::between;
use crate::schedule::{Infusion, Outcome, Series};

/// The longest stretch drawn day by day: at 320 px a day then has a pixel and a half.
pub const MOST_DAYS: i32 = 190;

/// The scores that have a curve, in the order shown.
pub const CURVES: [&str; 6] = ["pain-average", "sleep-quality", "anxiety", "function", "peg", "gad-7"];

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
    /// Late answers: (day, tenths), at every width.
    pub late: Vec<(LocalDay, i32)>,
    /// The time before each series that reaches into the span; of forms the last one before it.
    pub bands: Vec<Band>,
    /// Infusions within the span.
    pub marks: Vec<(LocalDay, Outcome)>,
    /// Least and greatest value of the scale.
    pub range: (f64, f64),
    /// Its dots are forms, not days or weeks.
    pub forms: bool,
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
    let daily = is_daily(instrument);
    let step = if daily && span.last.since(span.first) >= MOST_DAYS { Step::Week } else { Step::Day };
    let within = readings.within(score, span.first, span.last);
    let marks = infusions.iter().filter(|one| span.holds(one.day)).map(|one| (one.day, one.outcome));
    let between = if daily { None } else { between(instrument.form) };
    Some(Curve {
        span,
        step,
        runs: runs(within, step, between.unwrap_or_else(|| step.days())),
        late: within.iter().filter(|one| one.late).map(|one| (one.day, one.tenths)).collect(),
        bands: bands(readings, instrument, series, span),
        marks: marks.collect(),
        range: instrument.range,
        forms: !daily,
    })
}

fn bands(readings: &Readings, instrument: &Instrument, series: &[Series], span: Span) -> Vec<Band> {
    let mut bands = Vec::new();
    for (one, first) in begun(series, span.last) {
        let bounds = windows::Bounds { series: one.number, first, last: None, next: None, today: span.last };
        let days = if is_daily(instrument) { bounds.before_of_days() } else { bounds.before_of_forms() };
        let mean = measure::before(readings, instrument, &bounds).mean;
        if let Some(mean) = mean.filter(|_| days.last >= span.first) {
            bands.push(Band { span: days, mean, meaningful: meaningful(instrument, mean.to_f64()) });
        }
    }
    bands
}

/// The level from which on a change from this one is meaningful, where there is room for it.
fn meaningful(instrument: &Instrument, level: f64) -> Option<i32> {
    match instrument.meaningful? {
        Meaningful::Percent { at, least, .. } if level >= least => Some(hundredths(level * (100.0 - at))),
        Meaningful::Points(points) if level >= points => Some(hundredths((level - points) * 100.0)),
        Meaningful::Percent { .. } | Meaningful::Points(_) | Meaningful::Answer { .. } => None,
    }
}

/// Answers on time, step by step, cut where more days than `most` lie between two.
fn runs(readings: &[Reading], step: Step, most: i32) -> Vec<Vec<Dot>> {
    let mut runs: Vec<Vec<Dot>> = Vec::new();
    let on_time: Vec<&Reading> = readings.iter().filter(|one| !one.late).collect();
    for of_step in on_time.chunk_by(|a, b| step.begin(a.day) == step.begin(b.day)) {
        let Some(dot) = dot(of_step, step) else { continue };
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|before| dot.day.since(before.day) <= most) => run.push(dot),
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

    const fn days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a level of a scale up to 21")]
fn hundredths(value: f64) -> i32 {
    value.round() as i32
}
