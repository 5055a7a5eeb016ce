//! What an infusion series asks: one table, windows counted from the sessions that took place.
//!
//! An occasion is named by series, rule and ordinal, never by a date, so that it keeps its name when
//! a session moves. Windows of one questionnaire never overlap: what comes after a series ends
//! where the next one's beginning opens.

use super::series::Over;
use super::{Series, Wall, Window};
use crate::calendar::LocalDay;
use crate::occasion::OccasionKey;

/// When a row's occasions come.
enum When {
    /// Once, the day before the first session; closed when that session has been told, or when its
    /// day ends, since a baseline taken after an infusion is none. In the first series, or in all.
    Before { first_series: bool },
    /// So many days after the last session, and again every so many days while nothing follows.
    Every { first: i32, step: i32 },
    /// Around these days after the last session: (day, days before it, days open from it).
    On(&'static [(i32, i32, i32)]),
}

/// One row of the table: the questionnaire, its anchors with what opens it, and for how many days.
/// The rule's name in keys is the questionnaire's.
struct Row {
    questionnaire: &'static str,
    when: When,
    days: i32,
}

/// Days from the last session at which change is asked for, with the days before and from then on:
/// the day after, then one, three and six months.
pub(crate) const MONTHS: [(i32, i32, i32); 4] = [(1, 0, 3), (30, 3, 11), (91, 3, 11), (182, 3, 11)];

const TABLE: [Row; 6] = [
    Row { questionnaire: "peg", when: When::Before { first_series: true }, days: 3 },
    Row { questionnaire: "peg", when: When::Every { first: 1, step: 7 }, days: 3 },
    Row { questionnaire: "gad-7", when: When::Before { first_series: true }, days: 4 },
    Row { questionnaire: "gad-7", when: When::Every { first: 1, step: 14 }, days: 4 },
    Row { questionnaire: "pgic", when: When::Before { first_series: false }, days: 3 },
    Row { questionnaire: "pgic", when: When::On(&MONTHS), days: 3 },
];

/// The most days between two answers to a form that comes again and again, when none was left out.
pub(crate) fn between(questionnaire: &str) -> Option<i32> {
    TABLE.iter().find_map(|row| match row.when {
        When::Every { step, .. } if row.questionnaire == questionnaire => Some(step + row.days),
        When::Every { .. } | When::Before { .. } | When::On(_) => None,
    })
}

/// Days after a session on which its side effects stand among the open forms; they may be told at
/// any time after, unscheduled.
const SIDE_EFFECT_DAYS: i32 = 2;

/// No window is open for longer than these days, so that none which opened before is open still.
const LONGEST: i32 = 60;

/// Every window of these series that opens on `today` or before, in order of opening.
#[must_use]
pub fn planned(series: &[Series], today: LocalDay) -> Vec<Window> {
    all(series, LocalDay::from_number(i32::MIN), today)
}

/// The same, but of those long closed only some: what may be open on `today` is among them.
pub(super) fn around(series: &[Series], today: LocalDay) -> Vec<Window> {
    all(series, today.plus(-LONGEST), today)
}

/// Windows that open from `from` to `today`.
fn all(series: &[Series], from: LocalDay, today: LocalDay) -> Vec<Window> {
    let mut windows = Vec::new();
    for one in series {
        let Some(first) = one.first(today) else { continue };
        let others = || series.iter().filter_map(|other| other.first(today));
        let plan = Plan {
            number: one.number,
            first,
            told: one.began().is_some(),
            repeat: others().any(|other| other < first),
            over: one.over(today),
            next: others().filter(|other| *other > first).min().map(|next| next.plus(-1)),
            from,
            today,
        };
        for row in &TABLE {
            plan.windows(row, &mut windows);
        }
        side_effects(one, &mut windows);
    }
    windows.retain(|window| window.opens < window.until && (from..=today).contains(&window.opens.day));
    windows.sort_by(|a, b| (a.opens, &a.key).cmp(&(b.opens, &b.key)));
    windows
}

/// What the rows need to know of one series.
struct Plan {
    number: u16,
    first: LocalDay,
    /// The first session took place.
    told: bool,
    /// Another series came before.
    repeat: bool,
    over: Option<Over>,
    /// The day on which the next series' baseline opens.
    next: Option<LocalDay>,
    from: LocalDay,
    today: LocalDay,
}

impl Plan {
    fn windows(&self, row: &Row, to: &mut Vec<Window>) {
        let mut add = |ordinal: i32, opens: LocalDay, until: LocalDay| {
            to.push(window(self.number, row.questionnaire, ordinal, opens, until));
        };
        match (&row.when, self.over) {
            (When::Before { first_series }, _) if *first_series || self.repeat => {
                let opens = self.first.plus(-1);
                let ends = if self.told { self.first } else { self.first.plus(1) };
                add(0, opens, opens.plus(row.days).min(ends));
            }
            (When::Every { first, step }, Some(over)) => {
                let begin = over.last.plus(*first);
                // Those before `from` are closed: they are passed over, not counted through.
                let skipped = (self.from.since(begin) / step).max(0);
                let mut opens = begin.plus(skipped.saturating_mul(*step));
                for ordinal in skipped + 1.. {
                    let next = opens.plus(*step);
                    // The calendar has an end, where adding days no longer leads on.
                    if opens > self.today || next <= opens {
                        break;
                    }
                    add(ordinal, opens, self.until(over, ordinal, opens, row.days).min(next));
                    opens = next;
                }
            }
            (When::On(days), Some(over)) => {
                for (ordinal, (day, before, open)) in (1..).zip(*days) {
                    let opens = over.last.plus(*day - *before);
                    add(ordinal, opens, self.until(over, ordinal, opens, *before + *open));
                }
            }
            _ => {}
        }
    }

    /// The end of a window after the last session. The first stays open for its days from when that
    /// session is known to have been the last: nobody can answer before.
    fn until(&self, over: Over, ordinal: i32, opens: LocalDay, days: i32) -> LocalDay {
        let from = if ordinal == 1 { opens.max(over.known) } else { opens };
        let until = from.plus(days);
        self.next.map_or(until, |next| until.min(next))
    }
}

/// Ordinals are places in the order told, so that a session told late takes none away.
fn side_effects(series: &Series, to: &mut Vec<Window>) {
    for (ordinal, day) in (1..).zip(&series.sessions) {
        let following = series.sessions.iter().filter(|other| *other > day).min().copied();
        let until = day.plus(SIDE_EFFECT_DAYS);
        let until = following.map_or(until, |following| until.min(following));
        to.push(window(series.number, "side-effects", ordinal, *day, until));
    }
}

fn window(series: u16, rule: &'static str, ordinal: i32, opens: LocalDay, until: LocalDay) -> Window {
    Window {
        key: OccasionKey { series, rule: rule.to_owned(), ordinal, slot: "-".to_owned() },
        questionnaire: rule,
        day: opens,
        late: false,
        opens: Wall::start_of(opens),
        until: Wall::start_of(until),
    }
}
