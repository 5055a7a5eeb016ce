//! What is open when: days, nights, series.
#![expect(clippy::unwrap_used, reason = "tests: what is not as expected is a failure")]

use interlude_diary::calendar::{LocalDay, Moment, Now};
use interlude_diary::schedule::{
    Series, Wall, Window, early_occasions, find, is_late, open_occasions, open_with, planned,
};
use proptest::prelude::*;

mod infusions;
mod laws;

fn day(text: &str) -> LocalDay {
    text.parse().unwrap()
}

fn now(text: &str) -> Now {
    Now { moment: text.parse().unwrap(), zone: "Europe/Madrid".to_owned() }
}

/// `key` of each window, late ones marked.
fn keys(windows: &[Window]) -> Vec<String> {
    windows.iter().map(|w| format!("{}{}", w.key, if w.late { " late" } else { "" })).collect()
}

/// Five consecutive sessions from Monday 2026-03-09.
fn course(number: u16, first: &str) -> Series {
    let sessions = (0..5).map(|n| day(first).plus(n)).collect();
    Series { number, sessions, ..Series::default() }
}

#[test]
fn today_is_open_and_yesterday_late() {
    let open = open_occasions(&now("2026-03-12T07:42:00+01:00"));
    assert_eq!(
        keys(&open),
        ["0/daily/20524/day", "0/sleep/20524/day", "0/daily/20523/day late", "0/sleep/20523/day late"]
    );
    assert_eq!(open[0].questionnaire, "daily-checkin");
    assert_eq!(open[0].day, day("2026-03-12"));
    assert_eq!(open[0].opens, Wall { day: day("2026-03-12"), minute: 240 });
    assert_eq!(open[0].until, Wall { day: day("2026-03-14"), minute: 240 });
}

#[test]
fn before_four_it_is_still_the_day_before() {
    assert_eq!(keys(&open_occasions(&now("2026-03-13T03:59:59+01:00")))[0], "0/daily/20524/day");
    assert_eq!(keys(&open_occasions(&now("2026-03-13T04:00:00+01:00")))[0], "0/daily/20525/day");
}

#[test]
fn who_has_slept_may_start_the_new_day_between_midnight_and_four() {
    let early = early_occasions(&now("2026-03-13T02:30:00+01:00"));
    assert_eq!(keys(&early), ["0/daily/20525/day", "0/sleep/20525/day"]);
    assert!(early[0].is_open(Wall::of(now("2026-03-13T02:30:00+01:00").moment)));
    assert!(early_occasions(&now("2026-03-13T04:00:00+01:00")).is_empty());
    assert!(early_occasions(&now("2026-03-12T23:59:00+01:00")).is_empty());
}

#[test]
fn a_drafts_occasion_is_found_open_late_and_closed() {
    let key = "0/daily/20524/day".parse().unwrap();
    let at = |text: &str| {
        let now = now(text);
        let window = find(&key, &now, &[]).unwrap();
        (window.is_open(Wall::of(now.moment)), window.late)
    };
    assert_eq!(at("2026-03-12T20:00:00+01:00"), (true, false));
    assert_eq!(at("2026-03-13T20:00:00+01:00"), (true, true));
    assert_eq!(at("2026-03-14T04:00:00+01:00"), (false, true));
    for other in ["0/daily/20524/evening", "1/daily/20524/day", "0/nothing/20524/day"] {
        assert_eq!(find(&other.parse().unwrap(), &now("2026-03-12T20:00:00+01:00"), &[]), None);
    }
}

#[test]
fn an_answer_is_late_by_its_window_and_not_by_the_day_its_form_was_opened() {
    let series = [course(1, "2026-03-09")];
    let late = |key: &str, at: &str| is_late(&key.parse().unwrap(), &now(at), &series);
    // PEG is open from the 14th to the end of the 16th: three days are on time.
    for (at, expected) in [
        ("2026-03-14T09:00:00+01:00", false),
        ("2026-03-16T23:59:00+01:00", false),
        ("2026-03-17T03:59:00+01:00", false),
        ("2026-03-17T04:00:00+01:00", true),
    ] {
        assert_eq!(late("1/peg/1/-", at), expected, "{at}");
    }
    assert!(late("2/peg/1/-", "2026-03-14T09:00:00+01:00"), "no such series any more");
    assert!(!late("0/daily/20524/day", "2026-03-12T20:00:00+01:00"));
    assert!(late("0/daily/20524/day", "2026-03-13T20:00:00+01:00"));
    assert!(!late("0/daily/20525/day", "2026-03-13T02:00:00+01:00"), "the new day, begun before dawn");
}

/// Days from 2026-03-01 on which each occasion of these series is open, as `key: first to last`.
fn spans(series: &[Series], days: i32) -> Vec<String> {
    let mut spans: Vec<(String, LocalDay, LocalDay)> = Vec::new();
    for n in 0..days {
        let today = day("2026-03-01").plus(n);
        let known: Vec<Series> = series
            .iter()
            .map(|s| Series {
                sessions: s.sessions.iter().copied().filter(|d| *d <= today).collect(),
                ..s.clone()
            })
            .collect();
        let noon = Now {
            moment: Moment::new(i64::from(today.number()) * 86_400_000 + 43_200_000, 0),
            zone: "UTC".to_owned(),
        };
        for window in open_with(&noon, &known).into_iter().filter(|w| w.key.series > 0) {
            let key = window.key.to_string();
            assert_eq!(window.day, today);
            match spans.iter_mut().find(|(known, ..)| *known == key) {
                Some((_, _, last)) => *last = today,
                None => spans.push((key, today, today)),
            }
        }
    }
    let short = |day: LocalDay| day.to_string().split_off(5);
    spans
        .into_iter()
        .map(|(key, first, last)| format!("{key}: {} to {}", short(first), short(last)))
        .collect()
}

fn with_plan(series: Series) -> Series {
    Series { planned: series.sessions.clone(), ..series }
}

#[test]
fn a_course_of_five() {
    let series = with_plan(course(1, "2026-03-09"));
    assert_eq!(
        spans(&[series], 60),
        [
            "1/gad-7/0/-: 03-08 to 03-08",
            "1/peg/0/-: 03-08 to 03-08",
            "1/side-effects/1/-: 03-09 to 03-09",
            "1/side-effects/2/-: 03-10 to 03-10",
            "1/side-effects/3/-: 03-11 to 03-11",
            "1/side-effects/4/-: 03-12 to 03-12",
            "1/side-effects/5/-: 03-13 to 03-14",
            "1/gad-7/1/-: 03-14 to 03-17",
            "1/peg/1/-: 03-14 to 03-16",
            "1/pgic/1/-: 03-14 to 03-16",
            "1/peg/2/-: 03-21 to 03-23",
            "1/gad-7/2/-: 03-28 to 03-31",
            "1/peg/3/-: 03-28 to 03-30",
            "1/peg/4/-: 04-04 to 04-06",
            "1/pgic/2/-: 04-09 to 04-22",
            "1/gad-7/3/-: 04-11 to 04-14",
            "1/peg/5/-: 04-11 to 04-13",
            "1/peg/6/-: 04-18 to 04-20",
            "1/gad-7/4/-: 04-25 to 04-28",
            "1/peg/7/-: 04-25 to 04-27",
        ]
    );
}

#[test]
fn months_after() {
    let spans = spans(&[course(1, "2026-03-09")], 250);
    let pgic: Vec<&String> = spans.iter().filter(|s| s.contains("pgic")).collect();
    // The last session is 13 March; 91 days on is 12 June, 182 is 11 September.
    assert_eq!(
        pgic,
        [
            "1/pgic/1/-: 03-14 to 03-16",
            "1/pgic/2/-: 04-09 to 04-22",
            "1/pgic/3/-: 06-09 to 06-22",
            "1/pgic/4/-: 09-08 to 09-21"
        ]
    );
}

#[test]
fn a_repeat_series_asks_for_change_before_it_and_ends_what_went_before() {
    let first = course(1, "2026-03-09");
    let second = with_plan(course(2, "2026-04-13"));
    let spans = spans(&[first, second], 60);
    assert!(spans.contains(&"2/pgic/0/-: 04-12 to 04-12".to_owned()));
    assert!(spans.contains(&"1/pgic/2/-: 04-09 to 04-11".to_owned()), "cut where the next baseline opens");
    assert!(spans.contains(&"1/peg/5/-: 04-11 to 04-11".to_owned()));
    assert!(!spans.iter().any(|s| s.starts_with("1/peg/6/")));
}

#[test]
fn a_baseline_is_open_on_the_day_itself_until_that_infusion_is_told() {
    let plan = |sessions: Vec<LocalDay>| Series {
        number: 1,
        planned: vec![day("2026-03-09")],
        sessions,
        missed: Vec::new(),
    };
    let open = |series: Series| keys(&open_with(&now("2026-03-09T08:00:00+01:00"), &[series]));
    assert!(open(plan(Vec::new())).contains(&"1/peg/0/-".to_owned()));
    assert!(!open(plan(vec![day("2026-03-09")])).contains(&"1/peg/0/-".to_owned()));
}

#[test]
fn nothing_follows_while_a_series_runs() {
    let mut running = course(1, "2026-03-09");
    running.sessions.truncate(3);
    let after = |planned: i32, missed: &[&str], today: &str| {
        let planned = (0..planned).map(|n| day("2026-03-09").plus(n)).collect();
        let missed = missed.iter().map(|text| day(text)).collect();
        let series = Series { planned, missed, ..running.clone() };
        planned_keys(&[series], today).iter().any(|k| k == "1/peg/1/-")
    };
    assert!(!after(0, &[], "2026-03-14"), "a weekend is no end");
    assert!(after(0, &[], "2026-03-15"), "silence");
    assert!(after(3, &[], "2026-03-12"), "all that were planned");
    assert!(!after(4, &[], "2026-03-15"), "one is planned still");
    assert!(after(4, &[], "2026-03-16"), "silence after the last plan");
    assert!(after(4, &["2026-03-12"], "2026-03-12"), "the last was missed");
}

#[test]
fn who_learns_late_that_it_was_the_last_session_still_has_the_first_window_whole() {
    let short =
        Series { sessions: vec![day("2026-03-09"), day("2026-03-10")], number: 1, ..Series::default() };
    let spans = spans(&[short], 30);
    // Over by silence on the 14th; the days after it are given from then on.
    assert!(spans.contains(&"1/peg/1/-: 03-14 to 03-16".to_owned()), "{spans:?}");
    assert!(spans.contains(&"1/gad-7/1/-: 03-14 to 03-17".to_owned()), "{spans:?}");
    assert!(spans.contains(&"1/pgic/1/-: 03-14 to 03-16".to_owned()), "{spans:?}");
    assert!(spans.contains(&"1/peg/2/-: 03-18 to 03-20".to_owned()), "{spans:?}");
}

#[test]
fn a_plan_that_nothing_came_of_takes_no_window_from_the_series_before() {
    let first = course(1, "2026-03-09");
    let given_up = Series { number: 2, planned: vec![day("2026-04-13")], ..Series::default() };
    let series = [first, given_up];
    assert!(!planned_keys(&series, "2026-04-14").contains(&"1/peg/6/-".to_owned()), "cut while it stands");
    let later = planned_keys(&series, "2026-04-20");
    assert!(later.contains(&"1/peg/6/-".to_owned()), "{later:?}");
    assert!(!later.iter().any(|key| key.starts_with("2/")), "{later:?}");
}

fn planned_keys(series: &[Series], today: &str) -> Vec<String> {
    planned(series, day(today)).iter().map(|w| w.key.to_string()).collect()
}

#[test]
fn names_stay_when_sessions_move() {
    let monday = planned_keys(&[course(1, "2026-03-09")], "2026-05-09");
    let later = planned_keys(&[course(1, "2026-03-12")], "2026-05-12");
    assert_eq!(monday, later);
}

#[test]
fn the_end_of_the_calendar_is_an_end() {
    let last = day("2999-12-31");
    let session = last.plus(-3);
    let series = Series { number: 1, planned: vec![session], sessions: vec![session], ..Series::default() };
    assert!(planned(&[series], last).len() < 10);
}

proptest! {
    #[test]
    fn each_day_is_open_for_two_days(unix_min in 0_i64..60_000_000, offset in -720_i16..840) {
        let now = Now { moment: Moment::new(unix_min * 60_000, offset), zone: String::new() };
        let open = open_occasions(&now);
        prop_assert_eq!(open.len(), 4);
        prop_assert!(open.iter().all(|w| w.is_open(Wall::of(now.moment))));
        prop_assert_eq!(open[0].day, now.diary_day());
    }
}
