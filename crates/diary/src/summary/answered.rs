//! How much was answered of what was asked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Course, Source};
use crate::change::{Readings, Span};
use crate::occasion::OccasionKey;
use crate::schedule::{Series, Wall, planned};

/// One form with its counts. What is neither on time nor late was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Name of the form.
    pub form: &'static str,
    /// How often it was asked: days of the check-in; windows of the forms around a series; infusions
    /// whose side effects could be told.
    pub asked: u16,
    /// Answered on time.
    pub on_time: u16,
    /// Answered late.
    pub late: u16,
}

impl Answered {
    /// How often it was asked and not answered.
    #[must_use]
    pub const fn missing(&self) -> u16 {
        self.asked.saturating_sub(self.on_time).saturating_sub(self.late)
    }
}

/// Forms that windows around a series ask for.
const AROUND: [&str; 3] = ["peg", "gad-7", "pgic"];

/// Counts. What still may be answered on time is asked only once it was answered.
pub(super) fn answered(
    source: &Source<'_>,
    readings: &Readings,
    series: &[Series],
    span: Span,
    courses: &[Course],
) -> Vec<Answered> {
    let mut all = vec![check_ins(readings, span)];
    all.extend(around(source, series, span));
    let given: BTreeSet<_> = courses
        .iter()
        .flat_map(|one| one.infusions.iter())
        .filter(|one| one.outcome.took_place() && span.holds(one.day))
        .map(|one| one.day)
        .collect();
    let told: BTreeSet<_> = courses.iter().flat_map(|one| &one.reports).map(|told| told.session).collect();
    let on_time = given.intersection(&told).count();
    all.push(Answered { form: "side-effects", asked: small(given.len()), on_time: small(on_time), late: 0 });
    all
}

fn check_ins(readings: &Readings, span: Span) -> Answered {
    let first = readings.reach().map_or(span.last, |(first, _)| first).max(span.first);
    let [on_time, late] = readings.check_ins(first, span.last);
    // Today can still be answered.
    let [today, _] = readings.check_ins(span.last, span.last);
    let days = span.last.since(first) + i32::from(today > 0);
    Answered { form: "daily-checkin", asked: u16::try_from(days).unwrap_or(0), on_time, late }
}

fn around(source: &Source<'_>, series: &[Series], span: Span) -> Vec<Answered> {
    let mut told: BTreeMap<&OccasionKey, bool> = BTreeMap::new();
    for line in source.lines.iter().filter(|line| !line.retracted && !source.spare.contains(&line.id)) {
        if let Some(key) = &line.occasion {
            told.insert(key, line.late);
        }
    }
    let mut counts = AROUND.map(|form| Answered { form, asked: 0, on_time: 0, late: 0 });
    let now = Wall::start_of(source.today);
    for window in planned(series, source.today).into_iter().filter(|window| span.holds(window.opens.day)) {
        let Some(count) = counts.iter_mut().find(|count| count.form == window.questionnaire) else {
            continue;
        };
        let late = told.get(&window.key).copied();
        count.asked += u16::from(late.is_some() || window.until <= now);
        count.on_time += u16::from(late == Some(false));
        count.late += u16::from(late == Some(true));
    }
    counts.into_iter().filter(|count| count.asked > 0).collect()
}

fn small(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
