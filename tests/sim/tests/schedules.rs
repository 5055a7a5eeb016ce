//! Thousands of schedules around the clinic, each from a seed.

#![expect(clippy::expect_used, clippy::panic, reason = "a broken law fails the test, with its seed")]

use std::io::Write as _;
use std::sync::{Mutex, OnceLock};
use std::time::Instant;

use interlude_sim::clinic::Clinic;
use interlude_sim::many::{Patience, Sum, many};
use interlude_sim::plan::{Plan, run};
use interlude_sim::scenes::Scene;

/// Many small pieces for a short time each: the system's allocator took a third of a schedule.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many tests there are: the last of them says what all came to.
const TESTS: usize = 8;
static FIRST: OnceLock<Instant> = OnceLock::new();
static DONE: Mutex<Vec<Sum>> = Mutex::new(Vec::new());

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// Said past the harness, which keeps what a test prints to itself unless it fails.
fn say(what: &str, sum: &Sum, seconds: f64) {
    let (schedules, rate, count) = (sum.schedules, sum.rate(), &sum.count);
    let line =
        format!("{what}: {schedules} schedules in {seconds:.1} s, {rate:.0} a second of one core; {count:?}");
    writeln!(std::io::stderr(), "{line}").expect("somewhere to say it");
}

/// Plays each scene's share of the seeds, or the one asked for, on all cores.
fn schedules(names: &[&str]) {
    let from = number("SIM_FROM").unwrap_or(1);
    let all = number("SIM_SEEDS").unwrap_or(2000);
    let first = *FIRST.get_or_init(Instant::now);
    let mut test = Sum::default();
    for name in names {
        let scene = Scene::named(name).expect("a scene");
        let seeds = match number("SIM_SEED") {
            Some(seed) => seed..seed + 1,
            None => from..from + (all * scene.share / 100).max(1),
        };
        let began = Instant::now();
        let sum = many(scene, seeds, Patience::NONE);
        if let Some(failure) = sum.failures.first() {
            panic!("{name}: {:?}; play it again with SIM_SEED={}", failure.broken, failure.seed);
        }
        say(name, &sum, began.elapsed().as_secs_f64());
        test += &sum;
    }
    let mut done = DONE.lock().expect("nothing panics with it");
    done.push(test);
    if done.len() == TESTS {
        let mut all = Sum::default();
        done.iter().for_each(|one| all += one);
        say("in all", &all, first.elapsed().as_secs_f64());
    }
}

#[test]
fn nothing_confirmed_is_lost_doubled_or_misdated() {
    schedules(&["all-faults"]);
}

#[test]
fn without_a_restore_everything_is_held_exactly_once() {
    schedules(&["no-restores", "fair-weather"]);
}

/// Clocks set wrong, pages frozen in the middle, sign-ins revoked.
#[test]
fn nor_where_clocks_are_wrong_and_pages_freeze() {
    schedules(&["odd", "no-restores-odd", "two-tabs"]);
}

#[test]
fn lists_of_what_is_new_are_enough() {
    schedules(&["by-list", "restored-by-list"]);
}

#[test]
fn what_another_answers_in_the_servers_place_harms_nothing() {
    schedules(&["refusals"]);
}

#[test]
fn nor_do_stores_that_fail_fill_up_or_lie() {
    schedules(&["stores-fail", "rotten"]);
}

#[test]
fn patients_share_nothing_and_the_erased_stay_erased() {
    schedules(&["patients", "erased"]);
}

#[test]
fn the_same_on_sqlite_files() {
    schedules(&["on-files"]);
}

/// All: a restored server is given an older revision after, or without, what was made on top of it.
#[test]
fn seeds_that_broke_a_law_once() {
    for seed in [7856, 17_009, 34_272, 118_524] {
        let outcome = run(seed, Plan::default(), Clinic::new);
        assert!(outcome.is_ok(), "{seed}: {outcome:?}");
    }
}

/// Two phones had another answer count where one's first revision had been refused; a page that slept in
/// the middle of a conflict gave up what another tab had sent.
#[test]
fn seeds_that_broke_a_law_of_other_scenes_once() {
    for (name, seed) in [("refusals", 9139), ("refusals", 10_400), ("refusals", 12_347), ("two-tabs", 31_605)]
    {
        let scene = Scene::named(name).expect("a scene");
        let outcome = scene.player()(seed);
        assert!(outcome.is_ok(), "{name} {seed}: {outcome:?}");
    }
}

/// A wait that the server asked for was forgotten where other answers came with it: those to batches
/// side by side, and those to histories.
#[test]
fn seeds_that_asked_too_soon_once() {
    for (name, seed) in [("all-faults", 235), ("all-faults", 432), ("no-restores", 643)] {
        let scene = Scene::named(name).expect("a scene");
        let outcome = scene.player()(seed);
        assert!(outcome.is_ok(), "{name} {seed}: {outcome:?}");
    }
}
