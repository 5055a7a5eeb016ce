//! Infusions as they were told: by the person, or by the clinic, whose word replaces the person's for
//! the same date. Both entries are kept; which of them counts is decided here.

use std::collections::BTreeMap;

use crate::calendar::LocalDay;
use crate::ids::EntryId;
use crate::journal::DayLine;
use crate::questionnaire::score::form_name;

/// What became of one infusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is planned for that day.
    Planned,
    /// It was planned and did not take place.
    Missed,
    /// It was begun and stopped before its end.
    Stopped,
    /// It was given whole.
    Completed,
}

impl Outcome {
    /// Whether ketamine was given: completed or stopped early.
    #[must_use]
    pub const fn took_place(self) -> bool {
        matches!(self, Self::Stopped | Self::Completed)
    }
}

/// When an infusion was first told: milliseconds, then the entry, then its place within that entry.
/// Stays when the date is corrected, so that what is counted in this order keeps its number.
pub type Told = (i64, EntryId, u16);

/// One infusion.
#[derive(Debug, Clone, PartialEq)]
pub struct Infusion {
    /// When it was first told.
    pub told: Told,
    /// The day it is planned for, or was on.
    pub day: LocalDay,
    /// How it went.
    pub outcome: Outcome,
    /// A plan named this day, whatever became of it.
    pub planned: bool,
    /// In mg/kg, where known.
    pub dose_mg_per_kg: Option<f64>,
    /// Length in minutes, where known.
    pub minutes: Option<u16>,
    /// The clinic wrote it down.
    pub by_clinic: bool,
}

/// A plan of more days than this is a slip of the finger.
const MOST_PLANNED: u16 = 30;

/// Whether a line tells of an infusion.
#[must_use]
pub fn tells(line: &DayLine) -> bool {
    line.questionnaire == "session" || form_name(&line.questionnaire) == Some("infusion-session")
}

/// The infusions of these lines, one a day at most, in order of days. What was taken back is none.
///
/// Of several that name one date, what took place or was missed counts before a plan, then what the
/// clinic wrote, then what was written last.
#[must_use]
pub fn infusions<'a>(lines: impl IntoIterator<Item = &'a DayLine>) -> Vec<Infusion> {
    let mut by_day: BTreeMap<LocalDay, (Infusion, Rank)> = BTreeMap::new();
    let told = lines.into_iter().filter(|line| tells(line) && !line.retracted).flat_map(of_line);
    for (infusion, rank) in told {
        match by_day.get_mut(&infusion.day) {
            Some((kept, kept_rank)) => {
                let (first, planned) = (kept.told.min(infusion.told), kept.planned || infusion.planned);
                if rank > *kept_rank {
                    (*kept, *kept_rank) = (infusion, rank);
                }
                (kept.told, kept.planned) = (first, planned);
            }
            None => {
                by_day.insert(infusion.day, (infusion, rank));
            }
        }
    }
    by_day.into_values().map(|(infusion, _)| infusion).collect()
}

/// Not a plan, by the clinic, when it was written.
type Rank = (bool, bool, i64, EntryId);

fn of_line(line: &DayLine) -> Vec<(Infusion, Rank)> {
    let value = |name: &str| line.values.iter().find(|(of, _)| of == name).map(|(_, value)| *value);
    let outcome = match value("session") {
        Some(code) if code >= 3.0 => Outcome::Planned,
        Some(code) if code >= 2.0 => Outcome::Completed,
        Some(code) if code >= 1.0 => Outcome::Stopped,
        Some(_) => Outcome::Missed,
        None => return Vec::new(),
    };
    let first = value("session-day").and_then(whole).map_or(line.day, LocalDay::from_number);
    let by_clinic = line.questionnaire == "session";
    let days = match value("session-count").and_then(whole) {
        Some(count) if outcome == Outcome::Planned => count.clamp(1, i32::from(MOST_PLANNED)),
        _ => 1,
    };
    let one = |n: i32| Infusion {
        told: (told_ms(line), line.id, u16::try_from(n).unwrap_or(0)),
        day: first.plus(n),
        outcome,
        planned: outcome == Outcome::Planned,
        dose_mg_per_kg: value("session-dose"),
        minutes: value("session-minutes").and_then(whole).and_then(|n| u16::try_from(n).ok()),
        by_clinic,
    };
    let rank = (outcome != Outcome::Planned, by_clinic, line.authored.unix_ms(), line.id);
    (0..days).map(|n| (one(n), rank)).collect()
}

/// When the entry began: a `UUIDv7` says so itself, whatever became of the entry since. Of other
/// systems' entries only the time they name is known.
fn told_ms(line: &DayLine) -> i64 {
    let id = line.id.uuid();
    if id.get_version_num() == 7 {
        let (high, low, _, _) = id.as_fields();
        i64::from(high) << 16 | i64::from(low)
    } else {
        line.authored.unix_ms()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "day numbers and counts are small and whole")]
fn whole(value: f64) -> Option<i32> {
    (value.fract() == 0.0 && value.abs() < 1e9).then_some(value as i32)
}
