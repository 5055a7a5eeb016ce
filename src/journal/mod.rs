//! The journal on IndexedDB, sealed.
//!
//! One verb of the port is one strict transaction. Start at [`IdbJournal`].

use interlude_diary::journal::JournalError;

/// The journal of this phone.
#[derive(Clone, Debug)]
pub struct IdbJournal;

impl IdbJournal {
    /// Opens the store called `name`, making it if it is not there.
    ///
    /// # Errors
    /// As the browser gives them.
    #[expect(clippy::unused_async, reason = "the store follows")]
    pub async fn open(_name: &str) -> Result<Self, JournalError> {
        Err(JournalError::Blocked)
    }
}
