//! The smallest executor.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Runs a future whose every wait is over at once, such as those of [`MemoryJournal`].
///
/// # Panics
/// When the future waits for the outside: nothing would ever wake it.
///
/// [`MemoryJournal`]: crate::MemoryJournal
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    // A future may ask to be polled again without waiting for anything; a thousand times is a hang.
    for _ in 0..1000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
    #[expect(clippy::panic, reason = "a test that would hang is told so")]
    {
        panic!("block_on: the future waits for something that never comes")
    }
}
