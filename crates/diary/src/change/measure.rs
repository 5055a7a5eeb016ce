//! What was answered within a window.

use super::is_daily;
use super::mean::Mean;
use super::readings::{Reading, Readings};
use super::windows::{Bounds, Span, Stage};
use crate::calendar::LocalDay;
use crate::questionnaire::score::{Instrument, Meaningful};

/// A mean of daily answers needs so many on time. A common rule; a clinician should confirm it.
pub const LEAST: u16 = 4;

/// The days of a window by what they hold. The rest have no entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Days of the window.
    pub days: u16,
    /// Answered on time.
    pub on_time: u16,
    /// Answered late.
    pub late: u16,
    /// The person would rather not say.
    pub declined: u16,
    /// A check-in without this answer: untouched, or not asked in the short part.
    pub open: u16,
}

/// A window's mean with what it is a mean of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measured {
    /// The mean of answers on time, when there are enough; of a form its score.
    pub mean: Option<Mean>,
    /// What it is a mean of.
    pub count: Count,
    /// The day of the form.
    pub day: Option<LocalDay>,
}

/// The time before.
pub(super) fn before(readings: &Readings, instrument: &Instrument, bounds: &Bounds) -> Measured {
    if is_daily(instrument) {
        return daily(readings, instrument.score, bounds.before_of_days());
    }
    if matches!(instrument.meaningful, Some(Meaningful::Answer { .. })) {
        return Measured::default();
    }
    let span = bounds.before_of_forms();
    // On the first session's own day only an answer to the baseline's occasion was meant for before.
    let meant = |reading: &&Reading| {
        reading.day < bounds.first
            || reading.occasion.as_ref().is_some_and(|key| {
                (key.series, key.ordinal) == (bounds.series, 0) && key.rule == instrument.score
            })
    };
    let forms = readings.within(instrument.score, span.first, bounds.first);
    form(forms.iter().filter(meant).rfind(|reading| !reading.late), forms, span)
}

/// A point after.
pub(super) fn point(
    readings: &Readings,
    instrument: &Instrument,
    span: Span,
    middle: LocalDay,
    stage: Stage,
) -> Measured {
    if matches!(stage, Stage::NotYet | Stage::Overtaken) {
        return Measured { count: Count { days: span.days(), ..Count::default() }, ..Measured::default() };
    }
    if is_daily(instrument) {
        return daily(readings, instrument.score, span);
    }
    let forms = readings.within(instrument.score, span.first, span.last);
    let on_time = forms.iter().filter(|reading| !reading.late);
    let nearest = on_time.min_by_key(|reading| (reading.day.since(middle).abs(), reading.day));
    form(nearest, forms, span)
}

/// The last form on time since the first session. What was filled in on that day for the time before it is
/// none.
pub(super) fn last_form(readings: &Readings, score: &str, bounds: &Bounds) -> Measured {
    let span = Span { first: bounds.first, last: bounds.today };
    let forms = readings.within(score, span.first, span.last);
    let for_before = |reading: &Reading| {
        reading.occasion.as_ref().is_some_and(|key| (key.series, key.ordinal) == (bounds.series, 0))
    };
    form(forms.iter().rfind(|reading| !reading.late && !for_before(reading)), forms, span)
}

fn form(chosen: Option<&Reading>, all: &[Reading], span: Span) -> Measured {
    let number = |late: bool| all.iter().filter(|reading| reading.late == late).count();
    Measured {
        mean: chosen.and_then(|reading| Mean::of([reading.tenths])),
        count: Count {
            days: span.days(),
            on_time: u16::try_from(number(false)).unwrap_or(u16::MAX),
            late: u16::try_from(number(true)).unwrap_or(u16::MAX),
            ..Count::default()
        },
        day: chosen.map(|reading| reading.day),
    }
}

/// A daily scale over these days.
pub(super) fn daily(readings: &Readings, score: &str, span: Span) -> Measured {
    let within = readings.within(score, span.first, span.last);
    let on_time = within.iter().filter(|reading| !reading.late).map(|reading| reading.tenths);
    let mean = Mean::of(on_time);
    let (declined, open) = readings.without(score, span.first, span.last);
    let late = within.iter().filter(|reading| reading.late).count();
    let count = Count {
        days: span.days(),
        on_time: mean.map_or(0, Mean::answers),
        late: u16::try_from(late).unwrap_or(u16::MAX),
        declined,
        open,
    };
    Measured { mean: mean.filter(|mean| mean.answers() >= LEAST), count, day: None }
}
