//! Hundreds of schedules around each kind of another R4 server.

#![expect(clippy::expect_used, reason = "a broken law fails the test, with its seed")]

use interlude_sim::many::{Patience, many};
use interlude_sim::scenes::Scene;

/// As many small pieces as around the clinic.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn schedules(name: &str) {
    let scene = Scene::named(name).expect("a scene");
    let count = number("SIM_SEEDS").unwrap_or(2000) * scene.share / 100;
    let seeds = number("SIM_SEED").map_or(1..count.max(1) + 1, |seed| seed..seed + 1);
    let sum = many(scene, seeds, Patience::NONE);
    let failures = &sum.failures;
    assert!(failures.is_empty(), "{name}: {failures:?}");
    // In the end all is as it should be. What stood before a correction again meanwhile is rare, and counted.
    let (undone, most) = (sum.count.undone, 1 + sum.schedules / 100);
    assert!(undone <= most, "{name}: {undone} entries undone for a while in {} schedules", sum.schedules);
}

#[test]
fn one_that_takes_our_ids() {
    schedules("our-ids");
}

#[test]
fn one_that_makes_its_own_ids() {
    schedules("its-own-ids");
}

#[test]
fn one_that_only_creates_by_post() {
    schedules("by-post");
}

#[test]
fn one_that_keeps_answers_only() {
    schedules("answers-only");
}

#[test]
fn two_phones_at_one() {
    schedules("two-phones");
}

#[test]
fn two_phones_at_one_without_a_history() {
    schedules("two-phones-no-history");
}

#[test]
fn one_that_was_emptied_is_filled_again() {
    schedules("emptied");
}

#[test]
fn what_another_answers_in_its_place_harms_nothing() {
    schedules("refusals-elsewhere");
}

#[test]
fn nor_do_phones_whose_stores_fail() {
    schedules("stores-fail-elsewhere");
}

/// A correction that waits behind one that was put off keeps nobody awake; a request that arrives late
/// at an emptied server brings an answer back without its scores.
#[test]
fn seeds_that_broke_a_law_once() {
    for (name, seed) in [("two-phones", 3823), ("emptied", 2048)] {
        let scene = Scene::named(name).expect("a scene");
        let outcome = scene.player()(seed);
        assert!(outcome.is_ok(), "{name} {seed}: {outcome:?}");
    }
}
