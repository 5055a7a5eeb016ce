//! What an answer means, by a total function.

use super::step::Incoming;
use crate::entry::Receipt;

/// What an HTTP status means for the one thing it was said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The server has it.
    Settled,
    /// Try again later.
    TryLater,
    /// The sign-in is gone; nothing is wrong with the entry.
    SignIn,
    /// Somebody else's version is in the way.
    Conflict,
    /// Will never be taken as it is: parked with its reason.
    Refused,
}

/// Total: every status has a meaning. 0 stands for "no answer".
#[must_use]
pub const fn fate_of(status: u16) -> Verdict {
    match status {
        200..=299 => Verdict::Settled,
        401 | 403 => Verdict::SignIn,
        409 | 412 => Verdict::Conflict,
        // "Not implemented" and "version not supported" will be said again.
        501 | 505 => Verdict::Refused,
        0 | 408 | 425 | 429 | 500..=599 => Verdict::TryLater,
        _ => Verdict::Refused,
    }
}

/// What one exchange meant for one revision.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// Stored; a receipt where the server gives them.
    Settled(Receipt),
    /// Not now; after so many milliseconds where the server said.
    TryLater {
        /// `Retry-After`, in milliseconds.
        after_ms: Option<i64>,
    },
    /// Sign in again.
    SignIn,
    /// Another version is current: what it is must be read before going on.
    Conflict {
        /// The version in the way, where the answer held it: its entry, text and receipt.
        current: Option<Box<Incoming>>,
    },
    /// Refused for good.
    Refused {
        /// HTTP status.
        status: u16,
        /// The server's words, cut to 500 characters, without content of the entry.
        reason: String,
    },
}
