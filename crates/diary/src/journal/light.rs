//! The save light of one revision.

use crate::calendar::Moment;
use crate::entry::Receipt;

/// How far one revision has come. Each word is earned: see ARCHITECTURE.md, "The save light".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Light {
    /// On this phone, read back from disk. Held rows may still be undone.
    OnThisPhone {
        /// Whether it may still be undone without a reason.
        held: bool,
    },
    /// Stays on this phone by its kind or by the person's choice.
    StaysHere,
    /// A server answered 2xx without a receipt that could be checked.
    Sent {
        /// When, by the server's clock.
        at: Moment,
    },
    /// The clinic's receipt matches what is here.
    ClinicHadIt(Receipt),
    /// The clinic holds this revision with other content.
    ChangedCopy(Receipt),
    /// The clinic will not have it; parked.
    Refused {
        /// HTTP status.
        status: u16,
        /// The server's words.
        reason: String,
    },
}
