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
    let failures = many(scene, seeds, Patience::NONE).failures;
    assert!(failures.is_empty(), "{name}: {failures:?}");
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
/// at an emptied server brings an answer back without its scores; a receipt that was disproved wrongly, or
/// a refusal, puts no older revision over what was made of it, and neither does a lost reply where what is
/// between them was never sent; scores of one that was put over unseen, or half written, do not stay.
#[test]
fn seeds_that_broke_a_law_once() {
    for (name, seed) in [
        ("two-phones", 3823),
        ("emptied", 2048),
        ("two-phones", 873),
        ("two-phones-no-history", 2055),
        ("two-phones-no-history", 15_365),
        ("two-phones", 6019),
        ("two-phones", 9221),
        ("two-phones", 18_722),
        ("two-phones", 22_306),
        ("two-phones-no-history", 6019),
        ("two-phones-no-history", 18_904),
        ("stores-fail-elsewhere", 14_240),
        ("refusals-elsewhere", 1115),
        ("refusals-elsewhere", 850),
    ] {
        let scene = Scene::named(name).expect("a scene");
        let outcome = scene.player()(seed);
        assert!(outcome.is_ok(), "{name} {seed}: {outcome:?}");
    }
}
