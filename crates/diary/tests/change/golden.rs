//! Golden vectors: a diary, and what is said of it.

use std::collections::BTreeSet;

use interlude_diary::change::overlay::{Overlaid, overlay};
use interlude_diary::change::{At, Back, Count, Readings, Stage, Verdict, changes, doubled, recent};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::DayLine;
use interlude_diary::occasion::OccasionKey;
use interlude_diary::schedule::Series;
use uuid::Uuid;

use crate::support::*;

/// The week before (mean 6.8 of five answers) and the week after (4.2 of five).
fn looks() -> Vec<DayLine> {
    [week(-7, &[7, 7, 6]), week(-3, &[7, 7]), week(5, &[4, 4, 4]), week(9, &[5, 4])].concat()
}

#[test]
fn thirty_eight_per_cent_lower() {
    let change = score(&of(&looks(), 20), "pain-average");
    assert_eq!(change.before.mean.unwrap().shown(), 68);
    assert_eq!(change.before.count, Count { days: 7, on_time: 5, ..Count::default() });
    let week = at(&change, At::Week);
    assert_eq!((week.span.first, week.span.last, week.stage), (on(5), on(11), Stage::Past));
    assert_eq!(week.measured.mean.unwrap().shown(), 42);
    assert_eq!((week.judged.points, week.judged.percent), (Some(-26), Some(-38)));
    assert_eq!(week.judged.verdict, Verdict::Yes { substantial: false });
}

#[test]
fn this_week_is_held_against_the_week_before_the_infusions() {
    let recent = recent(&read(&looks()), "pain-average", &[series()], on(11)).unwrap();
    assert_eq!((recent.week.mean.unwrap().shown(), recent.before.mean.unwrap().shown()), (42, 68));
    assert_eq!((recent.judged.percent, recent.week.count.on_time, recent.week.count.days), (Some(-38), 5, 7));
    assert_eq!(read(&looks()).reach(), Some((on(-7), on(10))));
    let before = interlude_diary::change::recent(&read(&looks()), "pain-average", &[series()], on(-1));
    assert_eq!(before, None, "no series has begun");
}

#[test]
fn of_forms_the_last_is_held_against_the_one_before() {
    let lines = [form(-2, "peg", 6.0), form(5, "peg", 5.0), form(12, "peg", 3.9), late(form(19, "peg", 9.0))];
    let peg = recent(&read(&lines), "peg", &[series()], on(20)).unwrap();
    assert_eq!((peg.week.day, peg.week.mean.unwrap().shown()), (Some(on(12)), 39));
    assert_eq!((peg.before.mean.unwrap().shown(), peg.judged.percent), (60, Some(-35)));
    let none = recent(&read(&lines[..1]), "peg", &[series()], on(20)).unwrap();
    assert_eq!((none.week.mean, none.before.mean.unwrap().shown()), (None, 60));
}

#[test]
fn three_answers_are_not_enough_and_are_counted() {
    let lines = [week(-7, &[7, 7, 6]), week(5, &[4, 4, 4, 4])].concat();
    let change = score(&of(&lines, 20), "pain-average");
    assert_eq!((change.before.mean, change.before.count.on_time), (None, 3));
    let week = at(&change, At::Week);
    assert_eq!((week.judged.verdict, week.judged.points), (Verdict::NotEnough, None));
    assert_eq!(week.measured.mean.unwrap().shown(), 40);
}

#[test]
fn late_declined_and_left_open_are_told_apart() {
    let mut lines = week(-7, &[7, 7, 6, 7]);
    lines.push(late(pain(-3, 1)));
    lines.push(DayLine { values: Vec::new(), declined: vec!["pain-average".to_owned()], ..pain(-2, 0) });
    lines.push(DayLine { values: Vec::new(), ..pain(-1, 0) });
    let change = score(&of(&lines, 20), "pain-average");
    assert_eq!(change.before.count, Count { days: 7, on_time: 4, late: 1, declined: 1, open: 1 });
    assert_eq!(change.before.mean.unwrap().shown(), 68);
}

#[test]
fn points_are_the_week_after_and_seven_days_around_30_91_and_182() {
    let change = score(&of(&[], 400), "pain-average");
    let spans: Vec<_> =
        change.points.iter().map(|p| (p.span.first.since(on(4)), p.span.last.since(on(4)))).collect();
    assert_eq!(spans, [(1, 7), (27, 33), (88, 94), (179, 185)]);
    let stages = |today: i32| {
        score(&of(&[], today), "pain-average").points.iter().map(|p| p.stage).collect::<Vec<_>>()
    };
    assert_eq!(stages(30), [Stage::Past, Stage::NotYet, Stage::NotYet, Stage::NotYet]);
    assert_eq!(stages(31), [Stage::Past, Stage::Running, Stage::NotYet, Stage::NotYet]);
    assert_eq!(stages(400), [Stage::Past; 4]);
}

#[test]
fn the_next_series_ends_the_points_of_this_one() {
    let next = Series { number: 2, sessions: vec![on(36)], ..Series::default() };
    let lines = [week(-7, &[6; 7]), week(31, &[3; 7])].concat();
    let all = changes(&read(&lines), &[series(), next], on(60));
    let pain = score(&all[0], "pain-average");
    let month = at(&pain, At::Month);
    assert_eq!((month.span.last, month.measured.count.on_time, month.stage), (on(35), 5, Stage::Past));
    assert_eq!(at(&pain, At::Quarter).stage, Stage::Overtaken);
    assert_eq!((all[1].place, all[1].number), (2, 2));
}

#[test]
fn before_a_form_is_the_last_of_the_14_days_before() {
    let said = |lines: &[DayLine]| {
        score(&of(lines, 20), "peg").before.mean.map(interlude_diary::change::Mean::shown)
    };
    assert_eq!(said(&[form(-15, "peg", 8.0)]), None);
    assert_eq!(said(&[form(-14, "peg", 8.0)]), Some(80));
    assert_eq!(said(&[form(-14, "peg", 8.0), form(-1, "peg", 6.7)]), Some(67));
    assert_eq!(said(&[form(-14, "peg", 8.0), late(form(-1, "peg", 6.7))]), Some(80));
    // On the day of the first session only what was asked as the baseline is one.
    let meant = DayLine { occasion: Some("1/peg/0/-".parse().unwrap()), ..form(0, "peg", 6.0) };
    assert_eq!(said(&[form(0, "peg", 6.0)]), None);
    assert_eq!(said(&[meant]), Some(60));
}

#[test]
fn a_form_at_a_point_is_the_nearest_one() {
    let lines =
        [form(-1, "gad-7", 12.0), form(31, "gad-7", 9.0), form(35, "gad-7", 8.0), form(43, "gad-7", 3.0)];
    let month = at(&score(&of(&lines, 60), "gad-7"), At::Month);
    assert_eq!((month.span.first, month.span.last), (on(31), on(44)));
    assert_eq!((month.measured.mean.unwrap().shown(), month.measured.day), (80, Some(on(35))));
    assert_eq!((month.judged.verdict, month.judged.points), (Verdict::Yes { substantial: false }, Some(-40)));
    assert_eq!(month.judged.percent, None, "points are the rule");
}

#[test]
fn change_as_the_person_answers_it_needs_no_time_before() {
    let verdict =
        |answer: f64| at(&score(&of(&[form(5, "pgic", answer)], 20), "pgic"), At::Week).judged.verdict;
    assert_eq!(verdict(1.0), Verdict::Yes { substantial: true });
    assert_eq!(verdict(2.0), Verdict::Yes { substantial: false });
    for neither in [3.0, 4.0, 5.0] {
        assert_eq!(verdict(neither), Verdict::No);
    }
    assert_eq!(verdict(6.0), Verdict::Worse);
    assert_eq!(verdict(7.0), Verdict::Worse);
    assert_eq!(at(&score(&of(&[], 20), "pgic"), At::Week).judged.verdict, Verdict::NotEnough);
}

#[test]
fn back_at_the_earlier_level_is_the_first_week_within_a_tenth_that_the_next_confirms() {
    let weeks = |means: &[i32]| {
        let mut lines = week(-7, &[6; 7]);
        for (n, mean) in (0..).zip(means) {
            lines.extend(week(5 + 7 * n, &[*mean; 4]));
        }
        score(&of(&lines, 4 + 7 * i32::try_from(means.len()).unwrap()), "pain-average").back
    };
    assert_eq!(weeks(&[3, 3, 4, 6, 6]), Some(Back::Weeks(4)));
    assert_eq!(weeks(&[3, 3, 6, 4, 6, 6]), Some(Back::Weeks(5)), "one week alone is not back");
    assert_eq!(weeks(&[3, 3, 6]), Some(Back::NotSeen { weeks: 3 }), "nothing confirms it yet");
    assert_eq!(weeks(&[3, 3, 9, 9]), Some(Back::Weeks(3)), "beyond it is back too");
    assert_eq!(weeks(&[3, 4]), Some(Back::NotSeen { weeks: 2 }));
    assert_eq!(weeks(&[6, 6, 7]), Some(Back::Stayed));
    assert_eq!(weeks(&[]), Some(Back::NotEnough));
    assert_eq!(score(&of(&[], 60), "peg").back, None, "of daily scales alone");
}

#[test]
fn a_level_within_a_tenth_is_exactly_that() {
    // Before: 6.0. A week of 5.4 is back, one of 5.25 is not.
    let with = |first: &[i32]| {
        let lines = [week(-7, &[6; 7]), week(5, &[2; 7]), week(12, first), week(19, &[6; 7])].concat();
        score(&of(&lines, 25), "pain-average").back
    };
    assert_eq!(with(&[5, 5, 5, 6, 6]), Some(Back::Weeks(2)));
    assert_eq!(with(&[5, 5, 5, 6]), Some(Back::NotSeen { weeks: 3 }));
}

#[test]
fn of_two_answers_to_one_occasion_the_spare_one_is_in_no_mean() {
    let mut lines = week(-7, &[7; 7]);
    let other = DayLine { id: EntryId::new(Uuid::from_u128(5)), ..pain(-3, 1) };
    lines.push(other.clone());
    assert_eq!(doubled(&lines), [(on(-3), OccasionKey::daily(on(-3)))]);
    for (spare, mean) in [(other.id, 70), (pain(-3, 0).id, 61)] {
        let readings = Readings::of(&lines, &BTreeSet::from([spare]));
        let change = score(&changes(&readings, &[series()], on(20))[0], "pain-average");
        assert_eq!(change.before.mean.unwrap().shown(), mean);
        assert_eq!(change.before.count.on_time, 7);
    }
}

#[test]
fn what_was_taken_back_is_in_no_mean() {
    let mut lines = week(-7, &[7, 7, 7, 7, 1]);
    lines[4].retracted = true;
    let change = score(&of(&lines, 20), "pain-average");
    assert_eq!((change.before.mean.unwrap().shown(), change.before.count.on_time), (70, 4));
}

#[test]
fn series_lie_over_each_other_from_their_last_session() {
    let next = Series { number: 2, sessions: vec![on(40)], ..Series::default() };
    let lines = [
        week(-7, &[6; 7]),
        week(5, &[3; 7]),
        week(12, &[2, 2, 2]),
        week(19, &[4; 7]),
        week(33, &[6; 7]),
        week(41, &[5; 4]),
    ]
    .concat();
    let all = overlay(&read(&lines), "pain-average", &[series(), next], on(60));
    let means =
        |one: &Overlaid| one.weeks.iter().map(|(week, mean)| (*week, mean.shown())).collect::<Vec<_>>();
    assert_eq!(all.len(), 2);
    // Week 2 has three answers; week 5 ends with the next series' baseline, week 6 is cut by it.
    assert_eq!(means(&all[0]), [(1, 30), (3, 40), (5, 60)]);
    assert_eq!((all[0].back, all[0].before.unwrap().shown()), (Back::NotSeen { weeks: 5 }, 60));
    assert_eq!((means(&all[1]), all[1].place), (vec![(1, 50)], 2));
    assert!(overlay(&read(&lines), "peg", &[series()], on(60)).is_empty());
}
