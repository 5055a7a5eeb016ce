//! Thousands of schedules, each from a seed.

#![expect(clippy::expect_used, clippy::panic, reason = "a broken law fails the test, with its seed")]

use std::time::Instant;

use interlude_sim::clinic::Clinic;
use interlude_sim::world::{Count, Plan, run};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// Runs the seeds of this test, or the one asked for.
#[expect(clippy::print_stderr, reason = "how many, and how fast, is part of what this test says")]
fn schedules(what: &str, plan: Plan, share: u64) {
    let from = number("SIM_FROM").unwrap_or(1);
    let seeds = number("SIM_SEEDS").unwrap_or(2000) * share / 100;
    let seeds = match number("SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => from..from + seeds.max(1),
    };
    let began = Instant::now();
    let count = seeds.end - seeds.start;
    let mut sum = Count::default();
    for seed in seeds {
        match run(seed, plan, Clinic::new) {
            Ok(count) => {
                sum.requests += count.requests;
                sum.restores += count.restores;
            }
            Err(broken) => panic!("{what}: {broken:?}; play it again with SIM_SEED={seed}"),
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = count as f64 / seconds.max(1e-9);
    eprintln!(
        "{what}: {count} schedules in {seconds:.1} s, {rate:.0} a second; {} requests, {} restores",
        sum.requests, sum.restores
    );
}

#[test]
fn nothing_confirmed_is_lost_doubled_or_misdated() {
    schedules("all faults", Plan::default(), 70);
}

#[test]
fn without_a_restore_everything_is_held_exactly_once() {
    schedules("no restores", Plan { restores: false, ..Plan::default() }, 20);
}

#[test]
fn one_phone_in_fair_weather() {
    schedules(
        "fair weather",
        Plan { phones: 0, weather: Some(0), kills: 0, restores: false, ..Plan::default() },
        10,
    );
}
