//! The server's clock, as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

use interlude_diary::calendar::Moment;

/// Tells the time. Tests bring one whose hands they move.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970-01-01T00:00Z.
    fn now_ms(&self) -> i64;

    /// The same as a moment in UTC.
    fn now(&self) -> Moment {
        Moment::new(self.now_ms(), 0)
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}
