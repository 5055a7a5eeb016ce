//! Waiting on conditions, with a limit.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// How long a page may take to show something, on a machine that does other work too.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Milliseconds between two looks at a page.
static PACE_MS: AtomicU64 = AtomicU64::new(QUICK_MS);
const QUICK_MS: u64 = 20;
/// Scripts that come fast one after the other make a page in `WebKitGTK` stop waiting for a promise
/// that is kept, in most runs; at this pace it is seen less often. tests/README.md says what is known.
const CALM_MS: u64 = 700;

/// Looks at pages rarely enough for the engine that cannot bear more.
pub fn pace(calm: bool) {
    PACE_MS.store(if calm { CALM_MS } else { QUICK_MS }, Ordering::Relaxed);
}

/// Asks again and again until there is an answer; an error in asking counts as "not yet".
///
/// # Errors
/// After `limit`, with the last error.
pub async fn within<T>(
    limit: Duration,
    what: &str,
    mut ask: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let end = Instant::now() + limit;
    let mut ticks = interval(Duration::from_millis(PACE_MS.load(Ordering::Relaxed)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let why = match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => String::new(),
            Err(why) => format!(" ({why:#})"),
        };
        if Instant::now() > end {
            bail!("{what}: not within {} s{why}", limit.as_secs());
        }
    }
}

/// [`within`] the usual patience.
///
/// # Errors
/// As [`within`].
pub async fn until<T>(what: &str, ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    within(PATIENCE, what, ask).await
}
