//! Series out of what was told of each infusion.

use interlude_diary::calendar::LocalDay;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{DayLine, Seq};
use interlude_diary::schedule::infusion::counts;
use interlude_diary::schedule::{Infusion, Outcome, Series, Teller, courses, infusions, offers_calm};
use proptest::prelude::*;
use uuid::Uuid;

use super::day;

const TOLD: &str = "https://interlude.health/fhir/Questionnaire/infusion-session|1";
/// 2026-03-01, in milliseconds.
const MARCH: u64 = 1_772_323_200_000;

/// An entry told `n` minutes after the first of March.
fn id(n: u64) -> EntryId {
    let bytes = [u8::try_from(n % 251).unwrap(); 10];
    EntryId::new(uuid::Builder::from_unix_timestamp_millis(MARCH + n * 60_000, &bytes).into_uuid())
}

fn line(n: u64, on: LocalDay, values: &[(&str, f64)]) -> DayLine {
    let mut all = vec![("session-day".to_owned(), f64::from(on.number()))];
    all.extend(values.iter().map(|(name, value)| ((*name).to_owned(), *value)));
    DayLine {
        day: on,
        id: id(n),
        revision: RevisionId::new(Uuid::from_u128(u128::from(n))),
        seq: Seq(n),
        questionnaire: TOLD.to_owned(),
        occasion: None,
        authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
        late: false,
        partial: false,
        retracted: false,
        revisions: 1,
        values: all,
        declined: Vec::new(),
    }
}

fn done(n: u64, on: &str) -> DayLine {
    line(n, day(on), &[("session", 2.0)])
}

fn days(infusions: &[Infusion]) -> Vec<String> {
    infusions.iter().map(|one| format!("{} {:?}", one.day, one.outcome)).collect()
}

#[test]
fn a_plan_of_five_days_becomes_what_was_told_of_each() {
    let plan = line(1, day("2026-03-09"), &[("session", 3.0), ("session-count", 5.0)]);
    let stopped =
        line(2, day("2026-03-10"), &[("session", 1.0), ("session-dose", 0.5), ("session-minutes", 25.0)]);
    let missed = line(3, day("2026-03-11"), &[("session", 0.0)]);
    let all = infusions(&[missed, plan, stopped]);
    assert_eq!(
        days(&all),
        [
            "2026-03-09 Planned",
            "2026-03-10 Stopped",
            "2026-03-11 Missed",
            "2026-03-12 Planned",
            "2026-03-13 Planned"
        ]
    );
    assert_eq!((all[1].dose_mg_per_kg, all[1].minutes), (Some(0.5), Some(25)));
    assert!(all.iter().all(|one| one.planned == Some(Teller::Person)));
    let series = courses(&all);
    assert_eq!(series.len(), 1);
    assert_eq!(series[0].sessions, [day("2026-03-10")]);
    assert_eq!((series[0].planned.len(), series[0].missed.len()), (5, 1));
}

#[test]
fn what_the_clinic_wrote_replaces_what_the_person_told_of_that_date() {
    let mine = line(1, day("2026-03-09"), &[("session", 2.0), ("session-dose", 0.4)]);
    let mut clinics = line(2, day("2026-03-09"), &[("session", 1.0), ("session-dose", 0.5)]);
    "session".clone_into(&mut clinics.questionnaire);
    for lines in [[mine.clone(), clinics.clone()], [clinics, mine]] {
        let all = infusions(&lines);
        assert_eq!(days(&all), ["2026-03-09 Stopped"]);
        assert_eq!((all[0].dose_mg_per_kg, all[0].by, all[0].told.1), (Some(0.5), Teller::Clinic, id(1)));
    }
}

/// The same as the clinic wrote it down.
fn clinics(line: DayLine) -> DayLine {
    DayLine { questionnaire: "session".to_owned(), ..line }
}

/// Its `nth` revision, written `at` minutes after the first of March.
fn corrected(nth: u32, at: u64, line: DayLine) -> DayLine {
    DayLine { revision: RevisionId::new(id(at).uuid()), revisions: nth, ..line }
}

#[test]
fn what_the_person_corrected_since_is_not_overwritten() {
    let stopped = |n| line(n, day("2026-03-09"), &[("session", 1.0)]);
    let written = corrected(1, 10, clinics(done(10, "2026-03-09")));
    for (mine, outcome) in [
        (corrected(1, 30, stopped(30)), "2026-03-09 Completed"), // told later, and not corrected
        (corrected(2, 5, stopped(1)), "2026-03-09 Completed"),   // corrected before the clinic wrote
        (corrected(2, 20, stopped(1)), "2026-03-09 Stopped"),
    ] {
        for lines in [[mine.clone(), written.clone()], [written.clone(), mine.clone()]] {
            assert_eq!(days(&infusions(&lines)), [outcome]);
            let whose = if outcome.ends_with("Stopped") { Teller::Person } else { Teller::Clinic };
            assert_eq!((counts(&lines, mine.id), counts(&lines, written.id)), (Some(whose), Some(whose)));
            assert_eq!(counts(&lines[..1], lines[0].id), None, "nobody else tells of it");
        }
    }
    // The clinic's own correction is a later word again.
    let again = corrected(2, 40, clinics(line(10, day("2026-03-09"), &[("session", 0.0)])));
    assert_eq!(days(&infusions(&[corrected(2, 20, stopped(1)), again])), ["2026-03-09 Missed"]);
    // A plan never counts before what became of it, however late it was written.
    let plan = corrected(3, 50, clinics(line(11, day("2026-03-09"), &[("session", 3.0)])));
    assert_eq!(days(&infusions(&[plan, stopped(1)])), ["2026-03-09 Stopped"]);
}

#[test]
fn the_clinics_plan_of_a_series_takes_the_place_of_the_persons() {
    let mine = line(1, day("2026-03-10"), &[("session", 3.0), ("session-count", 5.0)]);
    let theirs: Vec<DayLine> = (0..4)
        .map(|n| {
            clinics(line(10 + n, day("2026-03-09").plus(i32::try_from(n).unwrap()), &[("session", 3.0)]))
        })
        .collect();
    let mut lines = vec![mine];
    lines.extend(theirs);
    let series = courses(&infusions(&lines));
    assert_eq!(series.len(), 1);
    assert_eq!(series[0].planned.iter().max(), Some(&day("2026-03-12")), "shortened: {series:?}");
    assert_eq!(series[0].first(day("2026-03-08")), Some(day("2026-03-09")));
    // Four took place: it is over, whatever the person had planned.
    for n in 0..4 {
        lines.push(clinics(done(20 + n, &day("2026-03-09").plus(i32::try_from(n).unwrap()).to_string())));
    }
    let over = courses(&infusions(&lines))[0].over(day("2026-03-13")).unwrap();
    assert_eq!((over.last, over.known), (day("2026-03-12"), day("2026-03-13")));
}

#[test]
fn a_session_that_moves_keeps_its_series_and_its_number() {
    let at = |on: &str| clinics(line(10, day(on), &[("session", 3.0)]));
    for on in ["2026-03-09", "2026-03-12", "2026-03-30"] {
        let all = infusions(&[at(on), done(99, "2025-11-03")]);
        let moved = all.iter().find(|one| one.day == day(on)).unwrap();
        assert_eq!((moved.told.1, courses(&all)[1].number), (id(10), 1));
    }
}

#[test]
fn what_was_a_mistake_or_is_planned_no_more_says_nothing_of_its_date() {
    let withdrawn = clinics(line(10, day("2026-03-09"), &[]));
    assert!(infusions(std::slice::from_ref(&withdrawn)).is_empty());
    assert_eq!(days(&infusions(&[withdrawn, done(1, "2026-03-09")])), ["2026-03-09 Completed"]);
}

#[test]
fn what_was_taken_back_is_none() {
    let mut taken = done(1, "2026-03-09");
    taken.retracted = true;
    assert!(infusions(&[taken]).is_empty());
}

#[test]
fn sessions_a_week_apart_are_one_series_and_further_apart_two() {
    let lines = ["2026-03-10", "2026-03-09", "2026-03-17", "2026-03-25"];
    let lines: Vec<DayLine> = (1..).zip(lines).map(|(n, on)| done(n, on)).collect();
    let series = courses(&infusions(&lines));
    let sessions: Vec<(u16, usize)> = series.iter().map(|s| (s.number, s.sessions.len())).collect();
    assert_eq!(sessions, [(1, 3), (2, 1)]);
    assert_eq!(series[0].began(), Some(day("2026-03-09")));
    assert_eq!(series[0].over(day("2026-03-20")), None, "three days of silence are needed");
    assert_eq!(series[0].over(day("2026-03-21")).unwrap().last, day("2026-03-17"));
}

#[test]
fn an_older_series_told_later_takes_no_number_away() {
    let recent = [done(1, "2026-03-09"), done(2, "2026-03-10")];
    let number = |lines: &[DayLine], on: &str| {
        let series = courses(&infusions(lines));
        series.iter().find(|one| one.sessions.contains(&day(on))).unwrap().number
    };
    assert_eq!(number(&recent, "2026-03-09"), 1);
    let mut with_older = recent.to_vec();
    with_older.push(done(3, "2025-06-02"));
    assert_eq!((number(&with_older, "2026-03-09"), number(&with_older, "2025-06-02")), (1, 2));
}

#[test]
fn a_session_told_late_keeps_the_places_of_the_others() {
    let told = |ons: &[&str]| {
        let lines: Vec<DayLine> = (1..).zip(ons).map(|(n, on)| done(n, on)).collect();
        courses(&infusions(&lines))[0].sessions.clone()
    };
    let before = told(&["2026-03-09", "2026-03-11"]);
    assert_eq!(told(&["2026-03-09", "2026-03-11", "2026-03-10"])[..2], before);
}

proptest! {
    #[test]
    fn correcting_a_date_renumbers_no_series(
        gaps in prop::collection::vec(20_i32..200, 1..6), which in 0_usize..6, by in -5_i32..6,
    ) {
        let mut at = day("2026-03-01");
        let mut lines = Vec::new();
        for (n, gap) in (1..).zip(&gaps) {
            at = at.plus(*gap);
            lines.push(line(n, at, &[("session", 2.0)]));
        }
        let numbers = |lines: &[DayLine]| courses(&infusions(lines)).iter().map(|one| one.number).collect::<Vec<_>>();
        let before = numbers(&lines);
        let which = which % lines.len();
        let moved = LocalDay::from_number(lines[which].day.number() + by);
        lines[which].values[0].1 = f64::from(moved.number());
        prop_assert_eq!(numbers(&lines), before);
    }

    #[test]
    fn the_order_of_lines_is_nothing(order in Just((1..9_u64).collect::<Vec<_>>()).prop_shuffle()) {
        let lines = |order: &[u64]| -> Vec<DayLine> {
            order.iter().map(|n| {
                let on = day("2026-03-01").plus(i32::try_from(n % 6).unwrap());
                let outcome = f64::from(u32::try_from(n % 4).unwrap());
                line(*n, on, &[("session", outcome), ("session-count", 2.0)])
            }).collect()
        };
        let sorted: Vec<u64> = (1..9).collect();
        let of = |order: &[u64]| -> (Vec<Infusion>, Vec<Series>) {
            let all = infusions(&lines(order));
            let series = courses(&all);
            (all, series)
        };
        prop_assert_eq!(of(&order), of(&sorted));
        prop_assert!(of(&order).0.iter().any(|one| one.outcome == Outcome::Missed));
    }
}

#[test]
fn a_calmer_screen_is_offered_on_the_day_of_a_session_and_the_day_after() {
    let all = infusions(&[
        done(1, "2026-03-09"),
        line(2, day("2026-03-16"), &[("session", 0.0)]),
        line(3, day("2026-03-20"), &[("session", 3.0), ("session-count", 1.0)]),
    ]);
    let offered = |on: &str, answered: Option<&str>| offers_calm(&all, day(on), answered.map(day));
    assert!(!offered("2026-03-08", None));
    assert!(offered("2026-03-09", None) && offered("2026-03-10", None));
    assert!(!offered("2026-03-11", None));
    assert!(!offered("2026-03-16", None) && !offered("2026-03-17", None), "it did not take place");
    assert!(offered("2026-03-20", None), "planned, and how it went is not told yet");
    assert!(!offered("2026-03-21", None), "nobody told that it took place");
    assert!(!offered("2026-03-09", Some("2026-03-09")) && !offered("2026-03-10", Some("2026-03-09")));
    assert!(offered("2026-03-20", Some("2026-03-10")), "another week, another offer");
}
