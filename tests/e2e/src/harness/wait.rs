//! Waiting on conditions, with a limit.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// How long a page may take to show something, on a machine that does other work too.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long between two looks at a page.
const PACE: Duration = Duration::from_millis(20);

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
    let mut ticks = interval(PACE);
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
