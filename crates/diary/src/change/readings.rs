//! Answers as the rules of change read them, out of the table of days.

use std::collections::{BTreeMap, BTreeSet};

use super::SCORES;
use crate::calendar::LocalDay;
use crate::ids::EntryId;
use crate::journal::DayLine;
use crate::occasion::OccasionKey;
use crate::questionnaire::score::{form_name, instrument_of};

/// One value of one score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The day it is about.
    pub day: LocalDay,
    /// The value in tenths.
    pub tenths: i32,
    /// Entered late: drawn hollow, counted beside, in no mean.
    pub late: bool,
    /// The occasion answered.
    pub occasion: Option<OccasionKey>,
}

/// What a day has besides values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Filled {
    late: bool,
    declined: Vec<String>,
}

/// Everything that the rules of change need of a diary.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Readings {
    scores: BTreeMap<&'static str, Vec<Reading>>,
    check_ins: BTreeMap<LocalDay, Filled>,
}

const CHECK_IN: &str = "daily-checkin";

/// Occasions that more than one entry answers: which of them counts is to be asked of
/// [`Doubles`](crate::journal::Doubles), and the others given to [`Readings::of`] as spare.
#[must_use]
pub fn doubled(lines: &[DayLine]) -> Vec<(LocalDay, OccasionKey)> {
    let mut answers: BTreeMap<(LocalDay, &OccasionKey), u32> = BTreeMap::new();
    for line in lines.iter().filter(|line| counts(line)) {
        if let Some(key) = &line.occasion {
            *answers.entry((line.day, key)).or_default() += 1;
        }
    }
    let several = answers.into_iter().filter(|(_, n)| *n > 1);
    several.map(|((day, key), _)| (day, key.clone())).collect()
}

fn counts(line: &DayLine) -> bool {
    !line.retracted && line.questionnaire != "chosen"
}

impl Readings {
    /// Reads the lines, in any order. `spare` are entries that do not count among several answers to
    /// one occasion.
    ///
    /// Of the check-in one counts a day: one that answers the day's occasion before one that answers
    /// none, then the one written first. What was taken back is none.
    #[must_use]
    pub fn of(lines: &[DayLine], spare: &BTreeSet<EntryId>) -> Self {
        let mut lines: Vec<&DayLine> =
            lines.iter().filter(|line| counts(line) && !spare.contains(&line.id)).collect();
        lines.sort_by_key(|line| (line.day, line.occasion.is_none(), line.seq));
        let mut readings = Self::default();
        for line in lines {
            if form_name(&line.questionnaire) == Some(CHECK_IN) {
                if readings.check_ins.contains_key(&line.day) {
                    continue;
                }
                let filled = Filled { late: line.late, declined: line.declined.clone() };
                readings.check_ins.insert(line.day, filled);
            }
            readings.take(line);
        }
        readings
    }

    fn take(&mut self, line: &DayLine) {
        for instrument in instrument_of(&line.questionnaire) {
            let value = line.values.iter().find(|(name, _)| name == instrument.score);
            let Some((_, value)) = value.filter(|_| SCORES.contains(&instrument.score)) else { continue };
            let reading = Reading {
                day: line.day,
                tenths: tenths(*value),
                late: line.late,
                occasion: line.occasion.clone(),
            };
            self.scores.entry(instrument.score).or_default().push(reading);
        }
    }

    /// All values of a score, by day.
    #[must_use]
    pub fn of_score(&self, score: &str) -> &[Reading] {
        self.scores.get(score).map_or(&[], Vec::as_slice)
    }

    /// The values of a score from `first` to `last`.
    #[must_use]
    pub fn within(&self, score: &str, first: LocalDay, last: LocalDay) -> &[Reading] {
        let all = self.of_score(score);
        let from = all.partition_point(|reading| reading.day < first);
        let to = all.partition_point(|reading| reading.day <= last);
        all.get(from..to).unwrap_or_default()
    }

    /// The first and last day with any value.
    #[must_use]
    pub fn reach(&self) -> Option<(LocalDay, LocalDay)> {
        let ends = self.scores.values().filter_map(|all| Some((all.first()?.day, all.last()?.day)));
        ends.reduce(|(a, b), (first, last)| (a.min(first), b.max(last)))
    }

    /// Days on which the check-in was answered, whole or in part: \[on time, late\].
    #[must_use]
    pub fn check_ins(&self, first: LocalDay, last: LocalDay) -> [u16; 2] {
        let mut counts = [0_u16; 2];
        if first <= last {
            for filled in self.check_ins.range(first..=last).map(|(_, filled)| filled) {
                let [on_time, late] = &mut counts;
                *(if filled.late { late } else { on_time }) += 1;
            }
        }
        counts
    }

    /// Check-ins of these days in which a scale has no value: (declined, left open).
    pub(super) fn without(&self, score: &str, first: LocalDay, last: LocalDay) -> (u16, u16) {
        let given: BTreeSet<LocalDay> = self.within(score, first, last).iter().map(|one| one.day).collect();
        let (mut declined, mut open) = (0, 0);
        if first <= last {
            for (_, filled) in self.check_ins.range(first..=last).filter(|(day, _)| !given.contains(day)) {
                if filled.declined.iter().any(|name| name == score) {
                    declined += 1;
                } else {
                    open += 1;
                }
            }
        }
        (declined, open)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "scores are below 1500")]
fn tenths(value: f64) -> i32 {
    (value * 10.0).round() as i32
}
