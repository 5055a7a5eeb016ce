//! What an infusion series asks: one table, windows counted from the sessions that took place.
//!
//! An occasion is named by series, rule and ordinal, never by a date, so that it keeps its name when
//! a session moves. Windows of one questionnaire never overlap: what comes after a series ends
//! where the next one's beginning opens.

use super::{Wall, Window};
use crate::calendar::LocalDay;
use crate::occasion::OccasionKey;

/// One course of infusions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// Its number, from 1.
    pub number: u16,
    /// The day its first session is planned for; counts until there is an actual one.
    pub planned_first: Option<LocalDay>,
    /// How many sessions are planned; 0 when nobody said.
    pub planned_sessions: u16,
    /// The days of the sessions that took place, completed or stopped early.
    pub sessions: Vec<LocalDay>,
    /// Somebody said that no more follow.
    pub ended: bool,
}

/// So many days without a session end a series that nobody ended. A weekend does not.
const SILENCE: i32 = 3;

/// More days than this between two sessions, and they belong to two series. Our choice: a clinician
/// should confirm it.
const APART: i32 = 7;
/// Sessions of a series when nobody planned another number.
const USUAL_SESSIONS: u16 = 5;

/// Puts the days on which a session took place together into series, numbered in order.
#[must_use]
pub fn courses(days: &[LocalDay]) -> Vec<Series> {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    let mut courses: Vec<Series> = Vec::new();
    for day in days {
        match courses.last_mut() {
            Some(course) if course.sessions.last().is_some_and(|last| day.since(*last) <= APART) => {
                course.sessions.push(day);
            }
            _ => courses.push(Series {
                number: u16::try_from(courses.len()).unwrap_or(u16::MAX).saturating_add(1),
                planned_sessions: USUAL_SESSIONS,
                sessions: vec![day],
                ..Series::default()
            }),
        }
    }
    courses
}

impl Series {
    /// The first session: the actual one, else the planned one.
    #[must_use]
    pub fn first(&self) -> Option<LocalDay> {
        self.sessions.iter().min().copied().or(self.planned_first)
    }

    /// The last actual session, once the series is over on `today`; what follows is counted from it.
    #[must_use]
    pub fn last(&self, today: LocalDay) -> Option<LocalDay> {
        let last = self.sessions.iter().max().copied()?;
        let mut days = self.sessions.clone();
        days.sort_unstable();
        days.dedup();
        let all = self.planned_sessions > 0 && days.len() >= usize::from(self.planned_sessions);
        (self.ended || all || today.since(last) > SILENCE).then_some(last)
    }
}

/// When a row's occasions come.
enum When {
    /// Once, the day before the first session; closed when the day of that session ends, since a
    /// baseline taken after an infusion is none. In the first series, or in all.
    Before { first_series: bool },
    /// So many days after the last session, and again every so many days while nothing follows.
    Every { first: i32, step: i32 },
    /// Around these days after the last session: (day, days before it, days open from it).
    On(&'static [(i32, i32, i32)]),
}

/// One row of the table.
struct Row {
    rule: &'static str,
    questionnaire: &'static str,
    when: When,
    days: i32,
}

const TABLE: [Row; 6] = [
    Row { rule: "peg", questionnaire: "peg", when: When::Before { first_series: true }, days: 3 },
    Row { rule: "peg", questionnaire: "peg", when: When::Every { first: 1, step: 7 }, days: 3 },
    Row { rule: "gad-7", questionnaire: "gad-7", when: When::Before { first_series: true }, days: 4 },
    Row { rule: "gad-7", questionnaire: "gad-7", when: When::Every { first: 1, step: 14 }, days: 4 },
    Row { rule: "pgic", questionnaire: "pgic", when: When::Before { first_series: false }, days: 3 },
    Row {
        rule: "pgic",
        questionnaire: "pgic",
        when: When::On(&[(1, 0, 3), (30, 3, 11), (91, 3, 11), (182, 3, 11)]),
        days: 3,
    },
];

/// Days after a session on which its side effects stand among the open forms; they may be told at
/// any time after, unscheduled.
const SIDE_EFFECT_DAYS: i32 = 2;

/// Every window of these series that opens on `today` or before, in order of opening.
#[must_use]
pub fn planned(series: &[Series], today: LocalDay) -> Vec<Window> {
    let mut windows = Vec::new();
    for one in series {
        let after = series.iter().filter(|other| other.number > one.number).filter_map(Series::first).min();
        let next = after.map(|first| first.plus(-1));
        for row in &TABLE {
            row.windows(one, today, next, &mut windows);
        }
        side_effects(one, &mut windows);
    }
    windows.retain(|window| window.opens < window.until && window.opens.day <= today);
    windows.sort_by(|a, b| (a.opens, &a.key).cmp(&(b.opens, &b.key)));
    windows
}

impl Row {
    fn windows(&self, series: &Series, today: LocalDay, next: Option<LocalDay>, to: &mut Vec<Window>) {
        let until = |day: LocalDay| next.map_or(day, |next| day.min(next));
        let mut add = |ordinal: i32, opens: LocalDay, until: LocalDay| {
            to.push(window(series.number, self.rule, self.questionnaire, ordinal, opens, until));
        };
        match (&self.when, series.first(), series.last(today)) {
            (When::Before { first_series }, Some(first), _) if *first_series || series.number > 1 => {
                let opens = first.plus(-1);
                add(0, opens, opens.plus(self.days).min(first.plus(1)));
            }
            (When::Every { first, step }, _, Some(last)) => {
                let mut opens = last.plus(*first);
                for ordinal in 1.. {
                    let next = opens.plus(*step);
                    // The calendar has an end, where adding days no longer leads on.
                    if opens > today || next <= opens {
                        break;
                    }
                    add(ordinal, opens, until(opens.plus(self.days)));
                    opens = next;
                }
            }
            (When::On(days), _, Some(last)) => {
                for (ordinal, (day, before, open)) in (1..).zip(*days) {
                    let day = last.plus(*day);
                    add(ordinal, day.plus(-before), until(day.plus(*open)));
                }
            }
            _ => {}
        }
    }
}

fn side_effects(series: &Series, to: &mut Vec<Window>) {
    let mut days = series.sessions.clone();
    days.sort_unstable();
    days.dedup();
    for (ordinal, day) in (1..).zip(&days) {
        let following = days.iter().find(|other| *other > day).copied();
        let until = day.plus(SIDE_EFFECT_DAYS);
        let until = following.map_or(until, |following| until.min(following));
        to.push(window(series.number, "side-effects", "side-effects", ordinal, *day, until));
    }
}

fn window(
    series: u16,
    rule: &str,
    questionnaire: &'static str,
    ordinal: i32,
    opens: LocalDay,
    until: LocalDay,
) -> Window {
    Window {
        key: OccasionKey { series, rule: rule.to_owned(), ordinal, slot: "-".to_owned() },
        questionnaire,
        day: opens,
        late: false,
        opens: Wall::start_of(opens),
        until: Wall::start_of(until),
    }
}
