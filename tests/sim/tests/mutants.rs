//! Every safety step is needed: switched off, it breaks a law.

#![expect(clippy::expect_used, reason = "a mutant that lives fails the test, by its name")]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use interlude_sim::many::{Patience, many};
use interlude_sim::mutants::{Case, MUTANTS};
use interlude_sim::scenes::Scene;

/// As many small pieces as around the clinic.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Plays on all cores; what lives.
fn living() -> Vec<Case> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut living = Vec::new();
        while let Some(case) = MUTANTS.get(next.fetch_add(1, Ordering::Relaxed)) {
            let line = match case.kill() {
                Some((seed, broken)) => format!("{:?} is killed in schedule {seed}: {broken:?}", case.mutant),
                None => {
                    living.push(*case);
                    format!("{:?} LIVES in {} schedules of {}", case.mutant, case.most, case.scene)
                }
            };
            writeln!(std::io::stderr(), "{line}").expect("somewhere to say it");
        }
        living
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no mutant panics")).collect()
    })
}

#[test]
fn no_mutant_lives() {
    let living = living();
    assert!(living.is_empty(), "{living:?}");
}

/// The same schedules with nothing left out break nothing: it is the mutant that is killed.
#[test]
fn the_same_schedules_with_every_step_in_place_break_no_law() {
    let scenes: BTreeSet<&str> = MUTANTS.iter().map(|case| case.scene).collect();
    for name in scenes {
        let scene = Scene::named(name).expect("a scene");
        let failures = many(scene, 1..101, Patience::NONE).failures;
        assert!(failures.is_empty(), "{name}: {failures:?}");
    }
}
