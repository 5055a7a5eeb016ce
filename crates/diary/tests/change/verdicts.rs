//! Thresholds to the tenth, better and worse alike.

use interlude_diary::change::{Judged, Mean, Verdict, judge};
use interlude_diary::questionnaire::score::instrument;
use proptest::prelude::*;

fn judged(score: &str, before: &[i32], now: &[i32]) -> Judged {
    let mean = |values: &[i32]| Mean::of(values.iter().map(|value| value * 10));
    judge(instrument(score).unwrap(), mean(before), mean(now))
}

const YES: Verdict = Verdict::Yes { substantial: false };

#[test]
fn thirty_per_cent_is_meaningful_and_not_a_bit_less() {
    // 10 to 7 is 30 %. 7, 7, 7, 8 is 27.5 %.
    assert_eq!(
        judged("pain-average", &[10; 4], &[7; 4]),
        Judged { verdict: YES, points: Some(-30), percent: Some(-30) }
    );
    assert_eq!(judged("pain-average", &[10; 4], &[7, 7, 7, 8]).verdict, Verdict::No);
    // 6.75 to 4.75 is 29.6 %: neither said to be 30 nor judged so.
    let close = judged("pain-average", &[7, 7, 7, 6], &[5, 5, 5, 4]);
    assert_eq!((close.verdict, close.percent), (Verdict::No, Some(-29)));
}

#[test]
fn fifty_per_cent_is_substantial() {
    assert_eq!(judged("pain-average", &[8; 4], &[4; 4]).verdict, Verdict::Yes { substantial: true });
    assert_eq!(judged("pain-average", &[8; 4], &[4, 4, 4, 5]).verdict, YES);
    assert_eq!(judged("peg", &[8], &[2]).verdict, YES, "no source calls it so for PEG");
}

#[test]
fn worse_by_the_same_rule() {
    assert_eq!(
        judged("pain-average", &[4; 4], &[6; 4]),
        Judged { verdict: Verdict::Worse, points: Some(20), percent: Some(50) }
    );
    assert_eq!(judged("pain-average", &[5; 4], &[6; 4]).verdict, Verdict::No);
    assert_eq!(judged("gad-7", &[8], &[12]).verdict, Verdict::Worse);
    assert_eq!(judged("gad-7", &[8], &[11]).verdict, Verdict::No);
}

#[test]
fn below_two_no_percentage_is_said_and_points_decide() {
    let low = judged("pain-average", &[1, 2, 2, 2], &[4; 4]);
    assert_eq!((low.verdict, low.percent, low.points), (Verdict::Worse, None, Some(22)));
    assert_eq!(
        judged("pain-average", &[1; 4], &[0; 4]),
        Judged { verdict: Verdict::No, points: Some(-10), percent: None }
    );
    assert_eq!(judged("pain-average", &[2; 4], &[1; 4]).percent, Some(-50), "from two on");
    assert_eq!(judged("pain-average", &[0; 4], &[0; 4]).percent, None);
}

#[test]
fn without_a_published_threshold_there_is_no_verdict() {
    for scale in ["sleep-quality", "anxiety", "pain-worry", "function"] {
        let said = judged(scale, &[8; 4], &[2; 4]);
        assert_eq!((said.verdict, said.percent, said.points), (Verdict::NoRule, None, Some(-60)));
    }
}

#[test]
fn one_missing_side_is_not_enough() {
    assert_eq!(judged("pain-average", &[], &[4; 4]).verdict, Verdict::NotEnough);
    assert_eq!(judged("pain-average", &[4; 4], &[]).verdict, Verdict::NotEnough);
}

proptest! {
    /// The sums decide as a calculator with fractions would.
    #[test]
    fn the_rule_is_the_rule(before in prop::collection::vec(0_i32..=10, 1..8), now in prop::collection::vec(0_i32..=10, 1..8)) {
        let said = judged("pain-average", &before, &now);
        let (b, n) = (before.iter().sum::<i32>(), now.iter().sum::<i32>());
        let (nb, nn) = (i32::try_from(before.len()).unwrap(), i32::try_from(now.len()).unwrap());
        prop_assume!(b >= 2 * nb);
        // Everything over the common denominator: fall / before, in tenths.
        let (fall, of) = (b * nn - n * nb, b * nn);
        let expected = if 10 * fall >= 5 * of { Verdict::Yes { substantial: true } }
            else if 10 * fall >= 3 * of { YES }
            else if -10 * fall >= 3 * of { Verdict::Worse }
            else { Verdict::No };
        prop_assert_eq!(said.verdict, expected);
        prop_assert_eq!(said.percent, Some(-100 * fall / of));
        prop_assert_eq!(said.percent.unwrap() <= -30, matches!(expected, Verdict::Yes { .. }));
    }
}
