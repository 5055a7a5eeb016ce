//! Ending a fetch that takes too long.

use web_sys::{AbortController, AbortSignal};

use super::timeout::{self, Timeout};

/// Aborts its signal after a time, or when told to. Dropped, it does nothing more.
pub struct Deadline {
    controller: AbortController,
    _timer: Timeout,
}

impl Deadline {
    /// A deadline `ms` milliseconds from now. `None` where the browser cannot abort.
    #[must_use]
    pub fn after(ms: u32) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let at_last = controller.clone();
        Some(Self { controller, _timer: timeout::after(ms, move || at_last.abort()) })
    }

    /// For the fetch.
    #[must_use]
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Ends it now.
    pub fn abort(&self) {
        self.controller.abort();
    }
}
