//! The arithmetic of a night: minutes between times on the wall, across midnight and clock changes.

use crate::calendar::LocalDay;
use crate::questionnaire::answers::{Answers, Given, Slot};
use crate::questionnaire::response::Response;
use crate::questionnaire::value::Value;

/// A night in minutes; efficiencies in tenths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Night {
    /// From going to bed to getting up (TIB).
    pub time_in_bed: i32,
    /// Until the first sleep, as told (SOL).
    pub latency: i32,
    /// Awake after that, before waking for good, as told (WASO).
    pub awake: i32,
    /// From settling down to waking for good, less latency and time awake (TST).
    pub asleep: i32,
    /// TST over TIB.
    pub efficiency_in_bed: i32,
    /// TST over the time spent trying to sleep: latency, sleep and time awake (Reed and Sacco 2016;
    /// the form does not ask for time spent trying to sleep after waking for good).
    pub efficiency_trying: i32,
}

/// Why the times of a night cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NightProblem {
    /// Bed, settling down, waking and getting up do not follow each other within one day, or half a
    /// day lies between two that belong together.
    #[error("the four times are not in this order within a day")]
    Order,
    /// More minutes awake than there were between settling down and waking.
    #[error("more minutes awake than the night had")]
    TooLongAwake,
    /// A number of minutes below zero or over a day.
    #[error("a number of minutes that no night has")]
    Minutes,
    /// No time in bed or none to sleep in.
    #[error("a night of no length")]
    Empty,
}

const DAY: i32 = 24 * 60;
/// One time written with morning and evening swapped puts at least this much between two neighbours.
const HALF_A_DAY: i32 = DAY / 2;

/// The night of a response to `sleep-times`; `None` until all six answers are there.
///
/// # Errors
/// Inside the option: [`NightProblem`] when the answers contradict each other. Nothing is guessed
/// then; a swapped morning and evening is the commonest error of sleep diaries.
#[must_use]
pub fn night(response: &Response) -> Option<Result<Night, NightProblem>> {
    let (bed, tried) = (clock(response, "bed")?, clock(response, "tried")?);
    let (woke, up) = (clock(response, "woke")?, clock(response, "up")?);
    let (latency, awake) = (minutes(response, "latency")?, minutes(response, "waso")?);
    let forward = minutes(response, "clock-change").unwrap_or(0);
    Some(reckon([bed, tried, woke, up], latency, awake, forward))
}

/// Notes in the answers to `sleep-times` by how much the clocks went forward that night.
///
/// Nobody is asked it. `offset` gives the wall clock's minutes east of UTC at a local day and minute.
/// The person got up on `day`; who went to bed later by the clock than they got up did so the day
/// before.
pub fn note_clock_change(answers: &mut Answers, day: LocalDay, offset: impl Fn(LocalDay, u16) -> i16) {
    let time = |link: &str| match answers.values(&Slot::top(link)) {
        [Value::Time(text)] => wall(text).and_then(|minute| u16::try_from(minute).ok()),
        _ => None,
    };
    let forward = match (time("bed"), time("up")) {
        (Some(bed), Some(up)) => {
            let evening = if bed > up { day.plus(-1) } else { day };
            i32::from(offset(day, up)) - i32::from(offset(evening, bed))
        }
        _ => 0,
    };
    let values = if forward == 0 { Vec::new() } else { vec![Value::Integer(forward)] };
    answers.set(Slot::top("clock-change"), Given::Values(values));
}

/// `forward` is by how much the clocks went forward between going to bed and getting up: the wall
/// then shows that many minutes more than passed (back: negative).
fn reckon(
    [bed, tried, woke, up]: [i32; 4],
    latency: i32,
    awake: i32,
    forward: i32,
) -> Result<Night, NightProblem> {
    if !(0..=DAY).contains(&latency) || !(0..=DAY).contains(&awake) || forward.abs() > 180 {
        return Err(NightProblem::Minutes);
    }
    let on_the_wall = |from: i32, to: i32| (to - from).rem_euclid(DAY);
    let trying = on_the_wall(tried, woke);
    let (before, after) = (on_the_wall(bed, tried), on_the_wall(woke, up));
    if before + trying + after >= DAY || before >= HALF_A_DAY || after >= HALF_A_DAY {
        return Err(NightProblem::Order);
    }
    let time_in_bed = on_the_wall(bed, up) - forward;
    let trying = trying - forward;
    let asleep = trying - latency - awake;
    if time_in_bed <= 0 || trying <= 0 {
        return Err(NightProblem::Empty);
    }
    if asleep < 0 || asleep > time_in_bed {
        return Err(NightProblem::TooLongAwake);
    }
    let tenths = |of: i32| (asleep * 2000 + of) / (of * 2);
    Ok(Night {
        time_in_bed,
        latency,
        awake,
        asleep,
        efficiency_in_bed: tenths(time_in_bed),
        efficiency_trying: tenths(trying),
    })
}

/// Minutes since midnight.
fn clock(response: &Response, link: &str) -> Option<i32> {
    if let Some(Value::Time(text)) = response.value(link) { wall(text) } else { None }
}

/// Minutes since midnight of `hh:mm` or `hh:mm:ss`.
fn wall(text: &str) -> Option<i32> {
    let (hour, minute) = (text.get(..2)?.parse::<i32>().ok()?, text.get(3..5)?.parse::<i32>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

fn minutes(response: &Response, link: &str) -> Option<i32> {
    if let Some(Value::Integer(n)) = response.value(link) { Some(*n) } else { None }
}
