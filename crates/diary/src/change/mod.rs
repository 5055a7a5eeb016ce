//! What has changed since the infusions: means and forms of fixed windows, held against the time
//! before, by the rules of DESIGN section 9.
//!
//! Pure, and exact: means are kept as sums, so that 30 % is 30 % and no order of days moves it. It
//! speaks of change since the infusions, never of an effect. Worsening is named by the same rules as
//! improvement. What was entered late is counted beside and left out of every mean; so is the answer
//! that does not count of two to one occasion.
//!
//! | what | before | points after the last session |
//! |---|---|---|
//! | daily scales | days -7 to -1 before the first session, mean | days 1 to 7; 7 days around 30, 91, 182; mean |
//! | PEG, GAD-7 | the last complete form of the 14 days before | nearest to the middle: days 1 to 7; 30, 91, 182, from 3 before to 10 after |
//! | PGIC | none: the answer is the change | the same |
//!
//! A mean needs [`LEAST`] answers on time. Windows end where the next series begins. Choices of ours
//! that a clinician should confirm: the windows of forms after the first are those in which PGIC is
//! asked, because a form that comes every 14 days may miss seven; a form on the day of the first
//! session is a baseline only where it answered the baseline's own occasion; below a baseline of 2,
//! where no percentage is said, 2 points decide (Farrar 2001).
//!
//! Start at [`Readings::of`] and [`changes`]; [`curve`] is what is drawn.

mod back;
pub mod curve;
mod mean;
mod measure;
pub mod overlay;
mod readings;
mod verdict;
mod windows;

pub use back::Back;
pub use mean::Mean;
pub use measure::{Count, LEAST, Measured};
pub use readings::{Reading, Readings, doubled};
pub use verdict::{Judged, Verdict, judge};
pub use windows::{At, Span, Stage};

use crate::calendar::LocalDay;
use crate::questionnaire::score::{Instrument, instrument};
use crate::schedule::Series;

/// The scores whose change is told, in the order shown.
pub const SCORES: [&str; 9] = [
    "pain-average",
    "pain-worst",
    "sleep-quality",
    "anxiety",
    "pain-worry",
    "function",
    "peg",
    "gad-7",
    "pgic",
];

/// One series with what changed.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesChange {
    /// Its number in keys.
    pub number: u16,
    /// Which it is by date, from 1: what a person calls it.
    pub place: u16,
    /// Its first session.
    pub first: LocalDay,
    /// Its last session, once it is over.
    pub last: Option<LocalDay>,
    /// Sessions that took place.
    pub sessions: u16,
    /// One for each of [`SCORES`].
    pub scores: Vec<Change>,
}

/// One score over one series.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Name of the score.
    pub score: &'static str,
    /// The time before.
    pub before: Measured,
    /// The points after, all four; none while the series runs.
    pub points: Vec<Point>,
    /// When it came back to its earlier level; of daily scales alone.
    pub back: Option<Back>,
}

/// One point of time after a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Which.
    pub at: At,
    /// Its days.
    pub span: Span,
    /// Whether they have come.
    pub stage: Stage,
    /// What was answered in them.
    pub measured: Measured,
    /// Held against the time before.
    pub judged: Judged,
}

/// The present week held against the time before the latest series; of forms the last one since it began.
#[derive(Debug, Clone, PartialEq)]
pub struct Recent {
    /// The last seven days, today among them; of forms the last that came on time.
    pub week: Measured,
    /// The time before.
    pub before: Measured,
    /// Held against it.
    pub judged: Judged,
    /// Place of the series by date.
    pub place: u16,
}

/// What changed, series by series, by date; those that have begun on `today`.
#[must_use]
pub fn changes(readings: &Readings, series: &[Series], today: LocalDay) -> Vec<SeriesChange> {
    let begun = begun(series, today);
    let of = |(place, (one, first)): (u16, &(&Series, LocalDay))| {
        let next = begun.get(usize::from(place)).map(|(_, next)| *next);
        let over = one.over(today).map(|over| over.last);
        let bounds = windows::Bounds { series: one.number, first: *first, last: over, next, today };
        SeriesChange {
            number: one.number,
            place,
            first: *first,
            last: over,
            sessions: u16::try_from(one.sessions.len()).unwrap_or(u16::MAX),
            scores: scored().map(|instrument| change(readings, instrument, &bounds)).collect(),
        }
    };
    (1..).zip(&begun).map(of).collect()
}

/// The last seven days of one score, or the last form, where a series has begun before them.
#[must_use]
pub fn recent(readings: &Readings, score: &str, series: &[Series], today: LocalDay) -> Option<Recent> {
    let begun = begun(series, today);
    let (one, first) = begun.last()?;
    let instrument = instrument(score)?;
    let bounds = windows::Bounds { series: one.number, first: *first, last: None, next: None, today };
    let before = measure::before(readings, instrument, &bounds);
    let week = if is_daily(instrument) {
        let week = Span { first: today.plus(-6).max(*first), last: today };
        measure::daily(readings, instrument.score, week)
    } else {
        measure::last_form(readings, instrument.score, &bounds)
    };
    let judged = judge(instrument, before.mean, week.mean);
    Some(Recent { week, before, judged, place: u16::try_from(begun.len()).unwrap_or(u16::MAX) })
}

fn begun(series: &[Series], today: LocalDay) -> Vec<(&Series, LocalDay)> {
    let began = |one: &'_ Series| one.began().filter(|first| *first <= today);
    let mut begun: Vec<(&Series, LocalDay)> =
        series.iter().filter_map(|one| Some((one, began(one)?))).collect();
    begun.sort_by_key(|(one, first)| (*first, one.number));
    begun
}

fn scored() -> impl Iterator<Item = &'static Instrument> {
    SCORES.iter().filter_map(|score| instrument(score))
}

fn is_daily(instrument: &Instrument) -> bool {
    instrument.form == "daily-checkin"
}

fn change(readings: &Readings, instrument: &'static Instrument, bounds: &windows::Bounds) -> Change {
    let before = measure::before(readings, instrument, bounds);
    let daily = is_daily(instrument);
    let point = |at: At, last: LocalDay| {
        let span = if daily { at.of_days(last) } else { at.of_forms(last) };
        let (span, stage) = bounds.cut(span);
        let measured = measure::point(readings, instrument, span, at.middle(last), stage);
        let judged = judge(instrument, before.mean, measured.mean);
        Point { at, span, stage, measured, judged }
    };
    let points = bounds.last.map(|last| At::ALL.into_iter().map(|at| point(at, last)).collect());
    Change {
        score: instrument.score,
        back: (daily && bounds.last.is_some())
            .then(|| back::back(readings, instrument.score, before.mean, bounds)),
        before,
        points: points.unwrap_or_default(),
    }
}
