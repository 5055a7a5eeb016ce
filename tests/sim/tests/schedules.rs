//! Thousands of schedules, each from a seed.

#![expect(clippy::expect_used, clippy::panic, reason = "a broken law fails the test, with its seed")]

use std::io::Write as _;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Instant;

use interlude_sim::clinic::Clinic;
use interlude_sim::plan::{Count, Plan, START_MS, play, run};

/// Many small pieces for a short time each: the system's allocator took a third of a schedule.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many tests play many seeds: the last of them says what all came to.
const TESTS: usize = 3;
static FIRST: OnceLock<Instant> = OnceLock::new();
static DONE: Mutex<Vec<Sum>> = Mutex::new(Vec::new());

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// What many schedules came to.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    schedules: u64,
    count: Count,
    /// Seconds of processors, or of the clock where the system does not say them.
    busy: f64,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        self.schedules += other.schedules;
        self.busy += other.busy;
        self.note(&other.count);
    }

    fn note(&mut self, count: &Count) {
        self.count.requests += count.requests;
        self.count.restores += count.restores;
        self.count.faults += count.faults;
        self.count.kills += count.kills;
        self.count.revisions += count.revisions;
    }

    /// Said past the harness, which keeps what a test prints to itself unless it fails.
    fn say(&self, what: &str, seconds: f64) {
        let Self { schedules, count, busy } = self;
        #[expect(clippy::cast_precision_loss, reason = "rates for people")]
        let rate = *schedules as f64 / busy.max(1e-9);
        let Count { requests, restores, faults, kills, revisions } = count;
        let line = format!(
            "{what}: {schedules} schedules of {revisions} revisions in {seconds:.1} s, {rate:.0} a second of one \
             core; {requests} requests, {faults} faults, {kills} kills, {restores} restores"
        );
        writeln!(std::io::stderr(), "{line}").expect("somewhere to say it");
    }
}

/// Seconds that this thread has had of a processor.
fn busy() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// Plays seeds until there are none left or one of them breaks a law.
fn work(seeds: &Range<u64>, next: &AtomicU64, plan: Plan) -> Result<Sum, (u64, String)> {
    let (began, before) = (Instant::now(), busy());
    let mut sum = Sum::default();
    let mut clinic = Clinic::new(START_MS);
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= seeds.end {
            break;
        }
        // What panics must name its seed too.
        let run = catch_unwind(AssertUnwindSafe(|| play(seed, plan, clinic)));
        let outcome = run.map_err(|_said| "it panicked".to_owned());
        match outcome.and_then(|run| run.map_err(|broken| format!("{broken:?}"))) {
            Ok((count, same)) => {
                sum.note(&count);
                // Emptied, it is as good as new; to build its routes again would take longer.
                clinic = same.anew(START_MS);
            }
            Err(why) => {
                next.store(seeds.end, Ordering::Relaxed);
                return Err((seed, why));
            }
        }
        sum.schedules += 1;
    }
    let spent = before.and_then(|before| Some(busy()? - before));
    sum.busy = spent.unwrap_or_else(|| began.elapsed().as_secs_f64());
    Ok(sum)
}

/// Runs the seeds of this test, or the one asked for, on all cores.
fn schedules(what: &str, plan: Plan, share: u64) {
    let from = number("SIM_FROM").unwrap_or(1);
    let seeds = number("SIM_SEEDS").unwrap_or(2000) * share / 100;
    let seeds = match number("SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => from..from + seeds.max(1),
    };
    let next = AtomicU64::new(seeds.start);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let began = Instant::now();
    let first = *FIRST.get_or_init(|| began);
    let outcomes: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(|| work(&seeds, &next, plan))).collect();
        workers.into_iter().map(|worker| worker.join().expect("panics are caught")).collect()
    });
    let mut sum = Sum::default();
    for outcome in outcomes {
        match outcome {
            Ok(some) => sum.add(&some),
            Err((seed, why)) => panic!("{what}: {why}; play it again with SIM_SEED={seed}"),
        }
    }
    sum.say(what, began.elapsed().as_secs_f64());
    let mut done = DONE.lock().expect("nothing panics with it");
    done.push(sum);
    if done.len() == TESTS {
        let mut all = Sum::default();
        done.iter().for_each(|one| all.add(one));
        all.say("in all", first.elapsed().as_secs_f64());
    }
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

/// All: a restored server is given an older revision after, or without, what was made on top of it.
#[test]
fn seeds_that_broke_a_law_once() {
    for seed in [7856, 17_009, 34_272] {
        let outcome = run(seed, Plan::default(), Clinic::new);
        assert!(outcome.is_ok(), "{seed}: {outcome:?}");
    }
}
