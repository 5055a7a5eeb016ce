//! Timers. The only place that has any.

pub use gloo_timers::callback::Timeout;

/// Calls back once after `ms` milliseconds. Dropping the answer cancels it.
pub fn after(ms: u32, call: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(ms, call)
}

/// Waits `ms` milliseconds.
pub async fn wait(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}
