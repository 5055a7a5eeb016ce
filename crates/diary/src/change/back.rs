//! How long until a scale was back at its earlier level.

use super::mean::Mean;
use super::measure::daily;
use super::readings::Readings;
use super::windows::{Bounds, Span};

/// What became of the level of before, in whole weeks after the last session. A level counts as
/// reached from 10 % below it on; higher counts too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// It was lower, and back in this week, which the week after confirmed.
    Weeks(u16),
    /// It was lower, and not back in so many weeks, up to today or to the next series.
    NotSeen {
        /// The last week with enough answers.
        weeks: u16,
    },
    /// No week with enough answers was lower.
    Stayed,
    /// The time before or every week after has not enough answers.
    NotEnough,
}

pub(super) fn back(readings: &Readings, score: &str, before: Option<Mean>, bounds: &Bounds) -> Back {
    let (Some(before), Some(last)) = (before, bounds.last) else { return Back::NotEnough };
    let end = bounds.next.map_or(bounds.today, |next| bounds.today.min(next.plus(-1)));
    let weeks = u16::try_from(end.since(last) / 7).unwrap_or(0);
    let mean_of = |week: u16| {
        let first = last.plus(i32::from(week) * 7 - 6);
        daily(readings, score, Span { first, last: first.plus(6) }).mean
    };
    let at_level = |mean: Mean| mean.reaches(10, before, 9);
    let (mut lower, mut seen) = (false, 0);
    let mut this = mean_of(1).filter(|_| weeks > 0);
    for week in 1..=weeks {
        let next = if week < weeks { mean_of(week + 1) } else { None };
        if let Some(mean) = this {
            seen = week;
            if !at_level(mean) {
                lower = true;
            } else if lower && next.is_some_and(at_level) {
                return Back::Weeks(week);
            }
        }
        this = next;
    }
    match (seen, lower) {
        (0, _) => Back::NotEnough,
        (weeks, true) => Back::NotSeen { weeks },
        (_, false) => Back::Stayed,
    }
}
