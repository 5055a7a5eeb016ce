//! Infusions as they were told: by the person, or by the clinic, whose word replaces the person's for
//! the same date. Both entries are kept; which of them counts is decided here.

use std::collections::BTreeMap;

use uuid::Uuid;

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

/// Whose word something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Teller {
    /// The person told it.
    Person,
    /// The clinic wrote it down.
    Clinic,
}

/// One infusion.
#[derive(Debug, Clone, PartialEq)]
pub struct Infusion {
    /// When it was first told.
    pub told: Told,
    /// The day it is planned for, or was on.
    pub day: LocalDay,
    /// How it went.
    pub outcome: Outcome,
    /// Whose plan named this day, whatever became of it; the clinic's where both did.
    pub planned: Option<Teller>,
    /// In mg/kg, where known.
    pub dose_mg_per_kg: Option<f64>,
    /// Length in minutes, where known.
    pub minutes: Option<u16>,
    /// Whose word counts.
    pub by: Teller,
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
/// Of what names one date, what took place or was missed counts before a plan. The clinic's word counts
/// before the person's, unless the person corrected theirs after the clinic had written: a correction is
/// not overwritten. Of one teller's the last word counts.
#[must_use]
pub fn infusions<'a>(lines: impl IntoIterator<Item = &'a DayLine>) -> Vec<Infusion> {
    by_day(lines).into_values().filter_map(Words::infusion).collect()
}

/// How many days an answer to the offer of a calmer screen holds.
const CALM_DAYS: i32 = 7;

/// Whether a calmer screen is offered: on the day of a session and the day after.
///
/// Not where the person answered the offer within the week. A session planned for `day` counts, since it may
/// not be told of yet.
#[must_use]
pub fn offers_calm(infusions: &[Infusion], day: LocalDay, answered: Option<LocalDay>) -> bool {
    let near = |one: &Infusion| match one.day {
        of if of == day => one.outcome != Outcome::Missed,
        of => of.plus(1) == day && one.outcome.took_place(),
    };
    answered.is_none_or(|last| !(0..CALM_DAYS).contains(&day.since(last))) && infusions.iter().any(near)
}

/// Whose word counts for the date that an entry tells of, where both say what became of it.
#[must_use]
pub fn counts<'a>(lines: impl IntoIterator<Item = &'a DayLine>, entry: EntryId) -> Option<Teller> {
    let of_entry = |words: &Words| words.facts.iter().flatten().any(|word| word.written.1 == entry);
    let words = by_day(lines).into_values().find(of_entry)?;
    let both = words.facts.iter().all(Option::is_some);
    words.infusion().filter(|_| both).map(|infusion| infusion.by)
}

fn by_day<'a>(lines: impl IntoIterator<Item = &'a DayLine>) -> BTreeMap<LocalDay, Words> {
    let mut by_day: BTreeMap<LocalDay, Words> = BTreeMap::new();
    for word in lines.into_iter().filter(|line| tells(line) && !line.retracted).flat_map(of_line) {
        by_day.entry(word.infusion.day).or_default().take(word);
    }
    by_day
}

/// What one entry says of one date.
struct Word {
    infusion: Infusion,
    /// It was corrected since it was first told.
    corrected: bool,
    /// When this revision was written.
    written: Written,
}

/// Unix milliseconds; of two in the same one the entry decides.
type Written = (i64, EntryId);

/// All that is said of one date.
#[derive(Default)]
struct Words {
    told: Option<Told>,
    plans: [Option<Word>; 2],
    facts: [Option<Word>; 2],
}

impl Words {
    fn take(&mut self, word: Word) {
        let told = word.infusion.told;
        self.told = Some(self.told.map_or(told, |first| first.min(told)));
        let plan = word.infusion.outcome == Outcome::Planned;
        let [person, clinic] = if plan { &mut self.plans } else { &mut self.facts };
        let place = match word.infusion.by {
            Teller::Person => person,
            Teller::Clinic => clinic,
        };
        if place.as_ref().is_none_or(|kept| kept.written < word.written) {
            *place = Some(word);
        }
    }

    fn infusion(self) -> Option<Infusion> {
        let Self { told, plans: [own_plan, plan], facts } = self;
        let planned = match (&own_plan, &plan) {
            (_, Some(_)) => Some(Teller::Clinic),
            (Some(_), None) => Some(Teller::Person),
            (None, None) => None,
        };
        let fact = match facts {
            [Some(own), Some(clinic)] if own.corrected && own.written > clinic.written => Some(own),
            [own, clinic] => clinic.or(own),
        };
        let counts = fact.or(plan).or(own_plan)?.infusion;
        Some(Infusion { told: told?, planned, ..counts })
    }
}

fn of_line(line: &DayLine) -> Vec<Word> {
    let value = |name: &str| line.values.iter().find(|(of, _)| of == name).map(|(_, value)| *value);
    let outcome = match value("session") {
        Some(code) if code >= 3.0 => Outcome::Planned,
        Some(code) if code >= 2.0 => Outcome::Completed,
        Some(code) if code >= 1.0 => Outcome::Stopped,
        Some(_) => Outcome::Missed,
        None => return Vec::new(),
    };
    let first = value("session-day").and_then(whole).map_or(line.day, LocalDay::from_number);
    let days = match value("session-count").and_then(whole) {
        Some(count) if outcome == Outcome::Planned => count.clamp(1, i32::from(MOST_PLANNED)),
        _ => 1,
    };
    let infusion = |n: i32| Infusion {
        told: (made_ms(line.id.uuid(), line), line.id, u16::try_from(n).unwrap_or(0)),
        day: first.plus(n),
        outcome,
        planned: None,
        dose_mg_per_kg: value("session-dose"),
        minutes: value("session-minutes").and_then(whole).and_then(|n| u16::try_from(n).ok()),
        by: if line.questionnaire == "session" { Teller::Clinic } else { Teller::Person },
    };
    let written = (made_ms(line.revision.uuid(), line), line.id);
    (0..days).map(|n| Word { infusion: infusion(n), corrected: line.revisions > 1, written }).collect()
}

/// When an entry began or a revision was written: a `UUIDv7` says so itself. Of other systems' entries
/// only the time they name is known.
fn made_ms(id: Uuid, line: &DayLine) -> i64 {
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
