//! Laws, over any diary.

use interlude_diary::change::{At, Change, SCORES, SeriesChange, Span};
use interlude_diary::journal::DayLine;
use proptest::prelude::*;

use crate::support::*;

/// A diary of some days around the series: (day, value, late).
fn any_diary() -> impl Strategy<Value = Vec<DayLine>> {
    let day = (0_i32..=10, any::<bool>(), prop::bool::weighted(0.8));
    prop::collection::vec(day, 230).prop_map(|days| {
        let lines = (-20..).zip(days).filter(|(_, (_, _, there))| *there).map(|(n, (value, is_late, _))| {
            if is_late && value % 3 == 0 { late(pain(n, value)) } else { pain(n, value) }
        });
        lines.collect()
    })
}

fn pain_of(lines: &[DayLine]) -> Change {
    score(&of(lines, 300), "pain-average")
}

/// Before, then the points.
fn spans(change: &Change) -> Vec<Span> {
    let before = Span { first: on(-7), last: on(-1) };
    std::iter::once(before).chain(change.points.iter().map(|point| point.span)).collect()
}

fn measured(change: &Change) -> Vec<interlude_diary::change::Measured> {
    std::iter::once(change.before).chain(change.points.iter().map(|point| point.measured)).collect()
}

proptest! {
    #[test]
    fn an_answer_outside_a_window_changes_nothing_in_it(lines in any_diary(), n in -20_i32..210, value in 0_i32..=10) {
        let before = pain_of(&lines);
        let mut more = lines;
        more.retain(|line| line.day != on(n));
        more.push(pain(n, value));
        let after = pain_of(&more);
        for ((span, was), is) in spans(&before).iter().zip(measured(&before)).zip(measured(&after)) {
            if !span.holds(on(n)) {
                prop_assert_eq!(was, is);
            }
        }
    }

    #[test]
    fn late_answers_change_no_mean(lines in any_diary()) {
        let on_time: Vec<DayLine> = lines.iter().filter(|line| !line.late).cloned().collect();
        let (with, without) = (pain_of(&lines), pain_of(&on_time));
        for (a, b) in measured(&with).iter().zip(measured(&without)) {
            prop_assert_eq!((a.mean, a.count.on_time), (b.mean, b.count.on_time));
        }
        prop_assert_eq!(with.back, without.back);
        prop_assert_eq!(
            with.points.iter().map(|p| p.judged).collect::<Vec<_>>(),
            without.points.iter().map(|p| p.judged).collect::<Vec<_>>()
        );
    }

    #[test]
    fn swapping_two_days_inside_a_window_changes_no_mean(lines in any_diary(), which in 0_usize..5, a in 0_i32..7, b in 0_i32..7) {
        let before = pain_of(&lines);
        let span = spans(&before)[which];
        let (a, b) = (span.first.plus(a), span.first.plus(b));
        let swapped: Vec<DayLine> = lines.into_iter().map(|line| {
            let to = if line.day == a { b } else if line.day == b { a } else { line.day };
            DayLine { day: to, ..line }
        }).collect();
        let after = pain_of(&swapped);
        prop_assert_eq!(measured(&before)[which], measured(&after)[which]);
    }

    #[test]
    fn the_order_of_lines_is_nothing(lines in any_diary(), by in 0_usize..200) {
        let mut turned = lines.clone();
        turned.rotate_left(by % lines.len().max(1));
        prop_assert_eq!(read(&turned), read(&lines));
    }

    #[test]
    fn every_mean_has_enough_answers_and_every_day_is_counted_once(lines in any_diary(), today in 0_i32..300) {
        let all: SeriesChange = of(&lines, today);
        prop_assert_eq!(all.scores.len(), SCORES.len());
        for change in &all.scores {
            for measured in measured(change) {
                let count = measured.count;
                prop_assert!(count.on_time + count.late + count.declined + count.open <= count.days);
                if change.score == "pain-average" {
                    prop_assert_eq!(measured.mean.is_some(), count.on_time >= 4);
                }
            }
        }
        let kinds: Vec<At> = all.scores[0].points.iter().map(|point| point.at).collect();
        prop_assert!(kinds.is_empty() || kinds == At::ALL);
    }
}
