//! What is drawn, by day and by week.

use interlude_diary::change::Span;
use interlude_diary::change::curve::{Curve, MOST_DAYS, Step, curve};
use interlude_diary::journal::DayLine;
use proptest::prelude::*;

use crate::support::*;

fn drawn(lines: &[DayLine], first: i32, last: i32) -> Curve {
    let span = Span { first: on(first), last: on(last) };
    curve(&read(lines), "pain-average", &[series()], &[], span).unwrap()
}

#[test]
fn a_day_without_an_answer_is_a_gap_and_a_late_one_stands_beside() {
    let mut lines = week(0, &[5, 6, 7]);
    lines.push(late(pain(3, 2)));
    lines.extend(week(4, &[4]));
    let curve = drawn(&lines, 0, 10);
    let runs: Vec<Vec<i32>> =
        curve.runs.iter().map(|run| run.iter().map(|dot| dot.mean.shown()).collect()).collect();
    assert_eq!(runs, [vec![50, 60, 70], vec![40]]);
    assert_eq!(curve.late, [(on(3), 20)]);
    assert_eq!((curve.step, curve.range), (Step::Day, (0.0, 10.0)));
}

#[test]
fn the_week_before_is_a_band_with_the_level_of_a_meaningful_change() {
    let curve = drawn(&week(-7, &[7, 7, 6, 7]), -10, 20);
    assert_eq!(curve.bands.len(), 1);
    let band = curve.bands[0];
    assert_eq!((band.span.first, band.span.last, band.mean.shown()), (on(-7), on(-1), 68));
    assert_eq!(band.meaningful, Some(473), "70 % of 6.75, in hundredths");
    assert!(drawn(&week(-7, &[7, 7, 6]), -10, 20).bands.is_empty(), "three answers are no level");
}

#[test]
fn years_are_drawn_by_the_week_with_the_worst_and_the_best_day() {
    // 2026-03-09 is a Monday.
    let lines = [week(0, &[0, 10, 5, 5]), week(14, &[3])].concat();
    let curve = drawn(&lines, -MOST_DAYS, 20);
    assert_eq!(curve.step, Step::Week);
    assert_eq!(curve.runs.len(), 2, "the week between is a gap");
    let dot = curve.runs[0][0];
    assert_eq!((dot.day, dot.mean.shown(), dot.least, dot.greatest), (on(0), 50, 0, 100));
}

#[test]
fn late_answers_stand_beside_the_weeks_and_change_no_mean() {
    let on_time = week(0, &[4, 6]);
    let with_late = [on_time.clone(), vec![late(pain(3, 10)), late(pain(9, 0))]].concat();
    let (without, with) = (drawn(&on_time, -MOST_DAYS, 20), drawn(&with_late, -MOST_DAYS, 20));
    assert_eq!(with.step, Step::Week);
    assert_eq!(with.runs, without.runs);
    assert_eq!(with.late, [(on(3), 100), (on(9), 0)]);
}

#[test]
fn forms_are_joined_unless_one_was_left_out() {
    let lines: Vec<DayLine> =
        [(-1, 6.7), (5, 4.3), (14, 4.0), (26, 5.0)].map(|(n, value)| form(n, "peg", value)).into();
    let drawn = |score: &str, last: i32| {
        let span = Span { first: on(-20), last: on(last) };
        curve(&read(&lines), score, &[series()], &[], span).unwrap()
    };
    let peg = drawn("peg", 30);
    let runs: Vec<Vec<i32>> =
        peg.runs.iter().map(|run| run.iter().map(|dot| dot.mean.shown()).collect()).collect();
    assert_eq!(runs, [vec![67, 43, 40], vec![50]], "12 days between the last two: a week was left out");
    assert_eq!((peg.bands[0].mean.shown(), peg.bands[0].meaningful), (67, Some(469)));
    assert_eq!(drawn("peg", 400).step, Step::Day, "years of them are dots still");
}

#[test]
fn the_line_of_a_score_in_points_lies_so_many_below() {
    let lines = [form(-1, "gad-7", 12.0)];
    let span = Span { first: on(-20), last: on(30) };
    let gad = curve(&read(&lines), "gad-7", &[series()], &[], span).unwrap();
    assert_eq!((gad.bands[0].meaningful, gad.range), (Some(800), (0.0, 21.0)));
    let low = curve(&read(&[form(-1, "gad-7", 3.0)]), "gad-7", &[series()], &[], span).unwrap();
    assert_eq!(low.bands[0].meaningful, None, "there is no room for four points");
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_invented(days in prop::collection::vec((0_i32..=10, 0_u8..4), 1..800)) {
        let lines: Vec<DayLine> = (0..).zip(&days).filter(|(_, (_, kind))| *kind > 0).map(|(n, (value, kind))| {
            if *kind == 1 { late(pain(n, *value)) } else { pain(n, *value) }
        }).collect();
        let curve = drawn(&lines, 0, i32::try_from(days.len()).unwrap() - 1);
        let dots = || curve.runs.iter().flatten();
        let answers: usize = dots().map(|dot| usize::from(dot.mean.answers())).sum();
        prop_assert_eq!(answers, lines.iter().filter(|line| !line.late).count());
        let extremes = |values: &mut dyn Iterator<Item = i32>| values.fold(None, |all: Option<(i32, i32)>, v| {
            Some(all.map_or((v, v), |(least, most)| (least.min(v), most.max(v))))
        });
        let on_time = || days.iter().filter(|(_, kind)| *kind > 1).map(|(value, _)| value * 10);
        let drawn = extremes(&mut dots().flat_map(|dot| [dot.least, dot.greatest]));
        prop_assert_eq!(drawn, extremes(&mut on_time()));
        prop_assert!(dots().all(|dot| (dot.least..=dot.greatest).contains(&dot.mean.shown())));
        // Within a run each step follows the one before; between runs at least one is missing.
        let step = if curve.step == Step::Day { 1 } else { 7 };
        for run in &curve.runs {
            prop_assert!(run.windows(2).all(|two| two[1].day.since(two[0].day) == step));
        }
        for two in curve.runs.windows(2) {
            prop_assert!(two[1][0].day.since(two[0].last().unwrap().day) > step);
        }
    }
}
