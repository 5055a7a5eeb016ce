//! What the browser's errors mean here.

use interlude_diary::journal::JournalError;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Why one attempt at a verb did not succeed, and so what to do next.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// The connection is gone: drop the handle, open again, try again.
    Dead,
    /// Another tab wrote between our read and our write: read again, at once.
    Moved,
    /// The store was erased and made anew by another tab: take its keys, try again.
    OtherKeys,
    /// Nothing to retry.
    Final(JournalError),
}

impl From<JournalError> for Trouble {
    fn from(error: JournalError) -> Self {
        Self::Final(error)
    }
}

/// The error's name alone: a message may hold data.
pub(super) fn name(thrown: &JsValue) -> String {
    thrown.dyn_ref::<DomException>().map_or_else(|| "UnknownError".to_owned(), DomException::name)
}

/// Sorts what IndexedDB threw by what can be done about it.
pub(super) fn of(thrown: &JsValue) -> Trouble {
    of_name(name(thrown))
}

/// As [`of`], for an error already named.
pub(super) fn of_name(name: String) -> Trouble {
    match name.as_str() {
        "QuotaExceededError" => Trouble::Final(JournalError::Full),
        "SecurityError" | "NotAllowedError" => Trouble::Final(JournalError::Blocked),
        // A unique index refused: the other tab wrote the same revision first.
        "ConstraintError" => Trouble::Moved,
        // Closed or closing; the backing store or its process went away (Chromium: UnknownError,
        // InvalidStateError; WebKit: UnknownError, AbortError on every running transaction).
        "InvalidStateError" | "UnknownError" | "AbortError" | "TimeoutError" | "TransactionInactiveError" => {
            Trouble::Dead
        }
        _ => Trouble::Final(JournalError::Failed { name }),
    }
}
