//! Laws of the schedule, over any series.

use std::collections::BTreeMap;

use interlude_diary::calendar::{LocalDay, Moment, Now};
use interlude_diary::schedule::{Series, Wall, Window, find, open_of, open_with, planned};
use proptest::prelude::*;

use super::day;

/// Days walked through.
const DAYS: i32 = 420;

fn begin() -> LocalDay {
    // A leap day lies ahead.
    day("2027-11-20")
}

/// Series with plans that were kept, shifted, shortened or never made.
fn any_series() -> impl Strategy<Value = Vec<Series>> {
    // A sixth session that nobody planned cannot be foreseen: it takes back what the fifth had opened.
    let gaps = prop::collection::vec(1_i32..4, 0..5);
    let one = (9_i32..160, gaps, 0_usize..3, -2_i32..3, any::<bool>());
    prop::collection::vec(one, 1..5).prop_map(|all| {
        let mut at = begin();
        let series = (1..).zip(all).map(|(number, (before, gaps, dropped, shift, plans))| {
            at = at.plus(before);
            let mut sessions = vec![at];
            for gap in gaps {
                at = at.plus(gap);
                sessions.push(at);
            }
            let planned: Vec<LocalDay> = sessions.iter().map(|day| day.plus(shift)).collect();
            sessions.truncate(sessions.len().saturating_sub(dropped).max(1));
            Series { number, planned: if plans { planned } else { Vec::new() }, sessions, missed: Vec::new() }
        });
        series.collect()
    })
}

/// What is known on `today`: plans always, sessions once they took place.
fn known(series: &[Series], today: LocalDay) -> Vec<Series> {
    let had = |days: &[LocalDay]| days.iter().copied().filter(|day| *day <= today).collect();
    let known = |one: &Series| Series { sessions: had(&one.sessions), ..one.clone() };
    series.iter().map(known).filter(|one| !(one.planned.is_empty() && one.sessions.is_empty())).collect()
}

fn at(day: LocalDay, minute: i64, offset: i16) -> Now {
    let ms = (i64::from(day.number()) * 1440 + minute - i64::from(offset)) * 60_000;
    Now { moment: Moment::new(ms, offset), zone: "UTC".to_owned() }
}

/// What was open on which days, as somebody who looks every noon sees it.
fn seen(series: &[Series]) -> BTreeMap<String, Vec<LocalDay>> {
    let mut seen: BTreeMap<String, Vec<LocalDay>> = BTreeMap::new();
    for n in 0..DAYS {
        let today = begin().plus(n);
        for window in open_of(&at(today, 720, 0), &known(series, today)) {
            seen.entry(window.key.to_string()).or_default().push(today);
        }
    }
    seen
}

/// The weekly and fortnightly forms, told anew and without the table: days after the last session on
/// which one begins, as long as nothing follows.
fn due(last: LocalDay, step: i32, end: LocalDay) -> Vec<LocalDay> {
    let every = usize::try_from(step).unwrap();
    (1..DAYS).step_by(every).map(|n| last.plus(n)).take_while(|day| *day < end).collect()
}

proptest! {
    #[test]
    fn each_window_is_one_stretch_of_days_and_none_of_a_questionnaire_meets_another(series in any_series()) {
        let seen = seen(&series);
        let mut by_day: BTreeMap<(String, LocalDay), String> = BTreeMap::new();
        for (key, days) in &seen {
            let span = days.last().unwrap().since(days[0]) + 1;
            prop_assert_eq!(usize::try_from(span).unwrap(), days.len(), "{} comes and goes: {:?}", key, days);
            let rule = key.split('/').nth(1).unwrap().to_owned();
            for day in days {
                let other = by_day.insert((rule.clone(), *day), key.clone());
                prop_assert!(other.is_none(), "{} and {:?} on {}", key, other, day);
            }
        }
    }

    #[test]
    fn none_is_lost(series in any_series()) {
        let seen = seen(&series);
        for (n, one) in series.iter().enumerate() {
            let last = *one.sessions.iter().max().unwrap();
            // The next series ends it the day before its plan, or when its first session takes place.
            let ends = series.get(n + 1).into_iter().flat_map(|next| {
                next.planned.iter().map(|day| day.plus(-1)).chain(next.sessions.iter().copied())
            });
            let end = ends.min().unwrap_or(begin().plus(DAYS));
            // Known by the day after, or after three days without a session and without a plan.
            let whole = if one.planned.is_empty() { 5 } else { one.planned.len() };
            let plan = one.planned.iter().copied().fold(last, LocalDay::max);
            let known = if one.sessions.len() >= whole { last.plus(1) } else { plan.plus(4) };
            for (rule, step, days) in [("peg", 7, 3), ("gad-7", 14, 4)] {
                for (ordinal, opens) in (1..).zip(due(last, step, end)) {
                    let closes = if ordinal == 1 { opens.max(known).plus(days) } else { opens.plus(days) };
                    let closes = closes.min(opens.plus(step)).min(end);
                    let expected: Vec<LocalDay> = (0..DAYS)
                        .map(|n| opens.plus(n))
                        .take_while(|day| *day < closes)
                        .filter(|day| *day >= known && *day < begin().plus(DAYS))
                        .collect();
                    let key = format!("{}/{rule}/{ordinal}/-", one.number);
                    prop_assert_eq!(seen.get(&key).cloned().unwrap_or_default(), expected, "{}", key);
                }
            }
        }
    }

    #[test]
    fn names_are_the_same_when_everything_moves(series in any_series(), days in -400_i32..400) {
        let moved: Vec<Series> = series.iter().map(|one| {
            let all = |of: &[LocalDay]| of.iter().map(|day| day.plus(days)).collect();
            Series { number: one.number, planned: all(&one.planned), sessions: all(&one.sessions), missed: Vec::new() }
        }).collect();
        let names = |windows: Vec<Window>| windows.into_iter().map(|w| w.key).collect::<Vec<_>>();
        let today = begin().plus(DAYS);
        prop_assert_eq!(names(planned(&series, today)), names(planned(&moved, today.plus(days))));
    }

    #[test]
    fn what_is_open_is_found_again_and_is_open_by_the_clock_on_the_wall(
        series in any_series(), n in 0..DAYS, minute in 0_i64..1440, offset in -720_i16..840,
    ) {
        let now = at(begin().plus(n), minute, offset);
        let known = known(&series, now.diary_day());
        let open = open_with(&now, &known);
        let mut on_time: Vec<&str> = open.iter().filter(|w| !w.late).map(|w| w.questionnaire).collect();
        let count = on_time.len();
        on_time.sort_unstable();
        on_time.dedup();
        prop_assert_eq!(on_time.len(), count, "{:?}", open);
        for window in &open {
            prop_assert!(window.opens < window.until && window.is_open(Wall::of(now.moment)));
            prop_assert!(window.day == now.diary_day() || window.late);
            let found = find(&window.key, &now, &known).map(|w| (w.opens, w.until));
            prop_assert_eq!(found, Some((window.opens, window.until)));
        }
        // Wherever the phone is, it is the clock on the wall that opens and closes.
        let elsewhere = at(begin().plus(n), minute, -offset.clamp(-700, 700));
        let keys = |windows: Vec<Window>| windows.into_iter().map(|w| w.key).collect::<Vec<_>>();
        prop_assert_eq!(keys(open), keys(open_with(&elsewhere, &known)));
    }

    #[test]
    fn the_list_of_today_is_the_long_list_cut(series in any_series(), n in 0..DAYS) {
        let now = at(begin().plus(n), 720, 0);
        let at = Wall::of(now.moment);
        let known = known(&series, now.diary_day());
        let long: Vec<_> = planned(&known, now.diary_day()).into_iter().filter(|w| w.is_open(at)).map(|w| w.key).collect();
        let short: Vec<_> = open_of(&now, &known).into_iter().map(|w| w.key).collect();
        prop_assert_eq!(long, short);
    }
}
