//! How long today's list takes, with forty series over ten years: `cargo run --release --example today`.
//! Fails when half of the rounds take longer than one millisecond: others run on the machine too.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "it measures, and says so")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use interlude_diary::calendar::{LocalDay, Moment, Now};
use interlude_diary::schedule::{Series, open_with};

const SERIES: u16 = 40;
const APART: i32 = 90;
const ROUNDS: u32 = 1_000;

fn main() -> ExitCode {
    let first = LocalDay::from_number(20_000);
    let series: Vec<Series> = (0..SERIES)
        .map(|n| {
            let begin = first.plus(i32::from(n) * APART);
            Series { number: n + 1, sessions: (0..5).map(|n| begin.plus(n)).collect(), ..Series::default() }
        })
        .collect();
    let today = first.plus(i32::from(SERIES) * APART);
    let (mut took, mut windows) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        let minute = i64::from(today.number()) * 1440 + i64::from(round);
        let now = Now { moment: Moment::new(minute * 60_000, 0), zone: "UTC".to_owned() };
        let start = Instant::now();
        windows += open_with(&now, &series).len();
        took.push(start.elapsed());
    }
    took.sort_unstable();
    let median = took.get(took.len() / 2).copied().unwrap_or(Duration::MAX);
    println!("today's list, {SERIES} series, {ROUNDS} rounds: {median:?} in the middle ({windows} windows)");
    if median < Duration::from_millis(1) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
