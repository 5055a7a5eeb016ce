//! What can go wrong in a store, named for what the caller can do about it.

use super::Seq;

/// Why a verb of the journal failed. Nothing was half written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The browser gives no store at all (private window, policy).
    #[error("the browser refused storage")]
    Blocked,
    /// No room left.
    #[error("storage is full")]
    Full,
    /// The connection died and three reopenings did not mend it.
    #[error("the store's connection was lost")]
    Lost,
    /// What was written did not read back the same.
    #[error("what was written did not read back")]
    NotReadBack,
    /// Another tab stored this draft meanwhile.
    #[error("the draft was changed elsewhere; it is at version {current} now")]
    DraftMoved {
        /// Version on disk; 0 when there is none.
        current: u32,
    },
    /// The revision is on its way; it wants a correction instead.
    #[error("too late to undo")]
    TooLate,
    /// A newer app made this store. Nothing was touched.
    #[error("the store is from a newer version of the app ({found})")]
    TooNew {
        /// Its version.
        found: u32,
    },
    /// One record cannot be opened. The others can.
    #[error("record {seq:?} cannot be read")]
    Damaged {
        /// Which record, where known.
        seq: Option<Seq>,
    },
    /// Locked, or the key is gone.
    #[error("the store is locked")]
    Locked,
    /// Anything else the browser said, by the name of its error alone.
    #[error("the store failed: {name}")]
    Failed {
        /// Name of the browser's error, such as `AbortError`. Never a message: it may hold data.
        name: String,
    },
}
