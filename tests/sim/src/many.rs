//! Many schedules on all cores, and what they came to.

use std::ops::{AddAssign, Range};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::laws::Broken;
use crate::plan::Count;
use crate::scenes::Scene;

/// A schedule that broke a law, or panicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The seed that plays it again.
    pub seed: u64,
    /// The law; none where it panicked.
    pub broken: Option<Broken>,
}

/// What many schedules came to.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    /// Schedules played to their end.
    pub schedules: u64,
    /// What happened in them.
    pub count: Count,
    /// Seconds of processors, or of the clock where the system does not say them.
    pub busy: f64,
    /// Those that failed, by seed.
    pub failures: Vec<Failure>,
}

impl Sum {
    /// Schedules a second of one core.
    #[must_use]
    pub fn rate(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let schedules = self.schedules as f64;
        schedules / self.busy.max(1e-9)
    }
}

impl AddAssign<&Self> for Sum {
    fn add_assign(&mut self, other: &Self) {
        self.schedules += other.schedules;
        self.count += other.count;
        self.busy += other.busy;
        self.failures.extend_from_slice(&other.failures);
    }
}

/// When to stop before all seeds are played.
#[derive(Debug, Clone, Copy, Default)]
pub struct Patience {
    /// After so many failures on one core.
    pub failures: Option<usize>,
    /// At this moment.
    pub until: Option<Instant>,
}

impl Patience {
    /// Stops at the first failure.
    pub const NONE: Self = Self { failures: Some(1), until: None };

    fn is_over(&self, sum: &Sum) -> bool {
        self.failures.is_some_and(|most| sum.failures.len() >= most)
            || self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// Plays `seeds` of a scene on all cores.
///
/// # Panics
/// When a thread cannot be joined.
#[must_use]
pub fn many(scene: Scene, seeds: Range<u64>, patience: Patience) -> Sum {
    let next = AtomicU64::new(seeds.start);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut sum = Sum::default();
    thread::scope(|scope| {
        let work = || work(scene, &seeds, &next, patience);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            sum += &worker.join().expect("panics are caught");
        }
    });
    sum.failures.sort_by_key(|failure| failure.seed);
    sum
}

fn work(scene: Scene, seeds: &Range<u64>, next: &AtomicU64, patience: Patience) -> Sum {
    let (began, before) = (Instant::now(), busy());
    let mut sum = Sum::default();
    let mut player = scene.player();
    while !patience.is_over(&sum) {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= seeds.end {
            break;
        }
        // What panics must name its seed too.
        match catch_unwind(AssertUnwindSafe(|| player(seed))) {
            Ok(Ok(count)) => sum.count += count,
            Ok(Err(broken)) => sum.failures.push(Failure { seed, broken: Some(broken) }),
            Err(_said) => {
                sum.failures.push(Failure { seed, broken: None });
                player = scene.player();
            }
        }
        sum.schedules += 1;
    }
    if patience.is_over(&sum) {
        next.store(seeds.end, Ordering::Relaxed);
    }
    let spent = before.and_then(|before| Some(busy()? - before));
    sum.busy = spent.unwrap_or_else(|| began.elapsed().as_secs_f64());
    sum
}

/// Seconds that this thread has had of a processor.
fn busy() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
