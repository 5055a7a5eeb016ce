//! Infusion series: which infusions belong together, when a series began and when it was over.

use super::infusion::{Infusion, Outcome, Teller, Told};
use crate::calendar::LocalDay;

/// One course of infusions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// Its number in keys, from 1, by when its first infusion was told: it stays when sessions move,
    /// and when an older series is told later. For screens count by date.
    pub number: u16,
    /// The days sessions were planned for, whatever became of them: by the clinic where it planned any of
    /// them, else by the person.
    pub planned: Vec<LocalDay>,
    /// The days of the sessions that took place, completed or stopped early, in the order told.
    pub sessions: Vec<LocalDay>,
    /// The days of planned sessions that did not take place.
    pub missed: Vec<LocalDay>,
}

/// So many days without a session end a series that is short of its planned sessions. A weekend does
/// not.
pub const SILENCE: i32 = 3;

/// More days than this between two infusions, and they belong to two series. Our choice: a clinician
/// should confirm it.
pub const APART: i32 = 7;

/// Sessions of a series when nobody planned another number.
pub const USUAL_SESSIONS: usize = 5;

/// A series that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// The last session that took place: what follows is counted from it.
    pub last: LocalDay,
    /// The first day on which it is known to be the last.
    pub known: LocalDay,
}

/// Puts infusions together into series, in order of days.
#[must_use]
pub fn courses(infusions: &[Infusion]) -> Vec<Series> {
    let mut infusions: Vec<&Infusion> = infusions.iter().collect();
    infusions.sort_by_key(|one| (one.day, one.told));
    let mut groups: Vec<Vec<&Infusion>> = Vec::new();
    for one in infusions {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| one.day.since(last.day) <= APART) => {
                group.push(one);
            }
            _ => groups.push(vec![one]),
        }
    }
    let first_told = |group: &Vec<&Infusion>| group.iter().map(|one| one.told).min();
    let mut order: Vec<Option<Told>> = groups.iter().map(first_told).collect();
    order.sort_unstable();
    let number = |group: &Vec<&Infusion>| {
        let place = order.iter().position(|told| *told == first_told(group)).unwrap_or_default();
        u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1)
    };
    groups.iter().map(|group| Series::of(number(group), group)).collect()
}

impl Series {
    fn of(number: u16, infusions: &[&Infusion]) -> Self {
        let mut infusions = infusions.to_vec();
        infusions.sort_by_key(|one| one.told);
        let days = |which: fn(&Infusion) -> bool| {
            infusions.iter().filter(|one| which(one)).map(|one| one.day).collect()
        };
        Self {
            number,
            planned: if infusions.iter().any(|one| one.planned == Some(Teller::Clinic)) {
                days(|one| one.planned == Some(Teller::Clinic))
            } else {
                days(|one| one.planned.is_some())
            },
            sessions: days(|one| one.outcome.took_place()),
            missed: days(|one| one.outcome == Outcome::Missed),
        }
    }

    /// The first session on `today`: the actual one, else the planned one. A plan that nothing came of
    /// is void once [`SILENCE`] days went by.
    #[must_use]
    pub fn first(&self, today: LocalDay) -> Option<LocalDay> {
        let planned = || {
            let last = self.planned.iter().max()?;
            let first = self.planned.iter().min().copied();
            first.filter(|_| today.since(*last) <= SILENCE)
        };
        self.began().or_else(planned)
    }

    /// The first session that took place.
    #[must_use]
    pub fn began(&self) -> Option<LocalDay> {
        self.sessions.iter().min().copied()
    }

    /// What is known on `today` of its end: over when all planned sessions took place or were missed,
    /// else after [`SILENCE`] days past the last session and the last plan.
    #[must_use]
    pub fn over(&self, today: LocalDay) -> Option<Over> {
        let last = self.sessions.iter().max().copied()?;
        let told = self.missed.iter().max().copied().map_or(last, |missed| missed.max(last));
        let awaited = if self.planned.is_empty() { USUAL_SESSIONS } else { self.planned.len() };
        if self.sessions.len() + self.missed.len() >= awaited {
            return Some(Over { last, known: told.plus(1) });
        }
        let known = self.planned.iter().copied().fold(told, LocalDay::max).plus(SILENCE + 1);
        (today >= known).then_some(Over { last, known })
    }
}
