//! Whether a change is meaningful, by the instrument's own rule, for better and for worse.

use std::cmp::Ordering;

use super::mean::Mean;
use crate::questionnaire::score::{Instrument, Meaningful};

/// The word for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Meaningfully better.
    Yes {
        /// By the higher threshold too, where there is one.
        substantial: bool,
    },
    /// Neither meaningfully better nor worse.
    No,
    /// Meaningfully worse, by the same rule.
    Worse,
    /// One of the two has not enough answers.
    NotEnough,
    /// No meaningful change is published for this scale: told without a verdict.
    NoRule,
}

/// A change with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The word.
    pub verdict: Verdict,
    /// From the mean before to this one as both are shown, in tenths of points; more is a higher number.
    pub points: Option<i32>,
    /// The same in percent of the mean before, cut and not rounded, so that 30 % is never said of
    /// less. Only where the instrument's rule is a percentage and the mean before is high enough.
    pub percent: Option<i32>,
}

/// Points, in tenths, that decide below the least baseline of which a percentage is said: Farrar
/// 2001 has about 2 points beside about 30 %. A clinician should confirm it.
const LOW_BASELINE_TENTHS: i64 = 20;

/// Holds a mean against the one before.
#[must_use]
pub fn judge(instrument: &Instrument, before: Option<Mean>, now: Option<Mean>) -> Judged {
    if let Some(Meaningful::Answer { better, worse }) = instrument.meaningful {
        return Judged { verdict: answer(now, better, worse), points: None, percent: None };
    }
    let (Some(before), Some(now)) = (before, now) else {
        return Judged { verdict: Verdict::NotEnough, points: None, percent: None };
    };
    let points = Some(now.shown() - before.shown());
    // How much better, in tenths over a count.
    let (fall, of) = now.below(before);
    let better = if instrument.more_is_worse { fall } else { -fall };
    let by_points = |tenths: i64| three(better.cmp(&(tenths * of)), (-better).cmp(&(tenths * of)));
    let (verdict, percent) = match instrument.meaningful {
        None | Some(Meaningful::Answer { .. }) => (Verdict::NoRule, None),
        Some(Meaningful::Points(points)) => (by_points(tenths(points)), None),
        Some(Meaningful::Percent { least, .. }) if before.cmp_tenths(tenths(least)) == Ordering::Less => {
            (by_points(LOW_BASELINE_TENTHS), None)
        }
        Some(Meaningful::Percent { at, substantial, .. }) => {
            // `better` per cent of the mean before: 100 * better / of, over sum / answers.
            let (sum, answers) = before.parts();
            let (part, whole) = (1000 * better * answers, sum * of);
            let reaches = |percent: f64| part.cmp(&(tenths(percent) * whole));
            let fails = |percent: f64| (-part).cmp(&(tenths(percent) * whole));
            let verdict = three(reaches(at), fails(at));
            let much = substantial.is_some_and(|much| reaches(much) != Ordering::Less);
            let verdict = if much { Verdict::Yes { substantial: true } } else { verdict };
            let rise = if instrument.more_is_worse { -part } else { part };
            (verdict, i32::try_from(rise / (10 * whole)).ok())
        }
    };
    Judged { verdict, points, percent }
}

/// Better from the threshold on, worse from the same, else neither.
const fn three(better: Ordering, worse: Ordering) -> Verdict {
    match (better, worse) {
        (Ordering::Greater | Ordering::Equal, _) => Verdict::Yes { substantial: false },
        (_, Ordering::Greater | Ordering::Equal) => Verdict::Worse,
        (Ordering::Less, Ordering::Less) => Verdict::No,
    }
}

fn answer(now: Option<Mean>, better: f64, worse: f64) -> Verdict {
    let Some(now) = now else { return Verdict::NotEnough };
    if now.cmp_tenths(tenths(better)) != Ordering::Greater {
        Verdict::Yes { substantial: now.cmp_tenths(10) != Ordering::Greater }
    } else if now.cmp_tenths(tenths(worse)) != Ordering::Less {
        Verdict::Worse
    } else {
        Verdict::No
    }
}

/// A threshold in tenths; the table has none finer.
#[expect(clippy::cast_possible_truncation, reason = "thresholds are below 100")]
fn tenths(value: f64) -> i64 {
    (value * 10.0).round() as i64
}
