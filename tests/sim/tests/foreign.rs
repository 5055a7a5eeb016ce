//! Other R4 servers, each with habits that were measured: one resource for each entry, its latest
//! content, its scores, whatever goes wrong on the way.

#![expect(clippy::expect_used, clippy::panic, reason = "a broken law fails the test, with its seed")]

use interlude_diary::sync::Create;
use interlude_sim::foreign::{Foreign, Habits};
use interlude_sim::plan::{Plan, run_foreign};

/// As a Rust server on SQLite did: any id, a new version for the same content, decimals kept.
const PLAIN: Habits = Habits {
    create: Create::Put,
    versions_identical: true,
    renumbers: false,
    partly: 0,
    page: 1000,
    answers_only: false,
    no_scores: false,
    no_history: false,
};

/// As a server on `PostgreSQL` did for an ordinary client.
const ITS_OWN_IDS: Habits = Habits {
    create: Create::PutByIdentifier,
    versions_identical: false,
    renumbers: true,
    partly: 10,
    page: 20,
    answers_only: false,
    no_scores: false,
    no_history: true,
};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn schedules(what: &str, plan: Plan, habits: Habits) {
    let count = number("SIM_SEEDS").unwrap_or(2000) / 20;
    let seeds = number("SIM_SEED").map_or(1..count.max(1) + 1, |seed| seed..seed + 1);
    for seed in seeds {
        if let Err(broken) = run_foreign(seed, plan, |now_ms| Foreign::new(habits, seed, now_ms)) {
            panic!("{what}: {broken:?}; play it again with SIM_SEED={seed}");
        }
    }
}

const ROUGH: Plan = Plan { phones: 1, revisions: 20, weather: None, kills: 4, restores: false };

#[test]
fn one_that_takes_our_ids() {
    schedules("our ids", ROUGH, PLAIN);
}

#[test]
fn one_that_makes_its_own_ids() {
    schedules("its own ids", ROUGH, ITS_OWN_IDS);
}

#[test]
fn one_that_only_creates_by_post() {
    schedules("by post", ROUGH, Habits { create: Create::PostIfNoneExist, ..ITS_OWN_IDS });
}

#[test]
fn one_that_keeps_answers_only() {
    schedules("answers only", ROUGH, Habits { answers_only: true, no_scores: true, ..PLAIN });
}

#[test]
fn two_phones_at_one() {
    schedules("two phones", Plan { phones: 2, ..ROUGH }, PLAIN);
    schedules(
        "two phones, a history",
        Plan { phones: 2, ..ROUGH },
        Habits { no_history: false, ..ITS_OWN_IDS },
    );
    schedules("two phones, its own ids", Plan { phones: 2, ..ROUGH }, ITS_OWN_IDS);
}

#[test]
fn one_that_was_emptied_is_filled_again() {
    schedules("emptied", Plan { restores: true, ..ROUGH }, PLAIN);
}

/// A correction that waits behind one that was put off keeps nobody awake; a request that arrives late
/// at an emptied server brings an answer back without its scores.
#[test]
fn seeds_that_broke_a_law_once() {
    let own = Habits { no_history: false, ..ITS_OWN_IDS };
    let pairs = [(3823, Plan { phones: 2, ..ROUGH }, own), (2048, Plan { restores: true, ..ROUGH }, PLAIN)];
    for (seed, plan, habits) in pairs {
        let outcome = run_foreign(seed, plan, |now_ms| Foreign::new(habits, seed, now_ms));
        assert!(outcome.is_ok(), "{seed}: {outcome:?}");
    }
}
