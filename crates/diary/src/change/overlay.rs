//! Series laid over each other: week by week from the last session of each.

use super::back::{Back, back};
use super::mean::Mean;
use super::measure::{before, daily};
use super::readings::Readings;
use super::windows::{Bounds, Span};
use super::{begun, is_daily};
use crate::calendar::LocalDay;
use crate::questionnaire::score::instrument;
use crate::schedule::Series;

/// Weeks that are laid over each other: half a year.
pub const WEEKS: i32 = 26;

/// One series of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlaid {
    /// Which it is by date, from 1.
    pub place: u16,
    /// Its first session.
    pub first: LocalDay,
    /// The time before.
    pub before: Option<Mean>,
    /// Weeks with enough answers after the last session, from 1: (week, mean). Weeks without are
    /// absent; so are those from the next series on.
    pub weeks: Vec<(i32, Mean)>,
    /// When it was back at its earlier level.
    pub back: Back,
}

/// Every series that is over on `today`, by date, of a daily scale; none of any other score.
#[must_use]
pub fn overlay(readings: &Readings, score: &str, series: &[Series], today: LocalDay) -> Vec<Overlaid> {
    let Some(instrument) = instrument(score).filter(|instrument| is_daily(instrument)) else {
        return Vec::new();
    };
    let begun = begun(series, today);
    let of = |(place, (one, first)): (u16, &(&Series, LocalDay))| {
        let last = one.over(today)?.last;
        let next = begun.get(usize::from(place)).map(|(_, next)| *next);
        let bounds = Bounds { series: one.number, first: *first, last: Some(last), next, today };
        let before = before(readings, instrument, &bounds).mean;
        let week = |week: i32| {
            let span = Span { first: last.plus(week * 7 - 6), last: last.plus(week * 7) };
            let (cut, _) = bounds.cut(span);
            // A week that the next series cuts is none.
            let whole = cut == span && span.first <= today;
            Some((week, daily(readings, score, span).mean.filter(|_| whole)?))
        };
        let weeks = (1..=WEEKS).filter_map(week).collect();
        let back = back(readings, score, before, &bounds);
        Some(Overlaid { place, first: *first, before, weeks, back })
    };
    (1..).zip(&begun).filter_map(of).collect()
}
