//! Small values are written by what is fetched.

use interlude_diary::journal::{Journal, JournalError, MetaKey};

use crate::journal::IdbJournal;
use crate::later::{NotHere, Work};

part! { keep:
    /// Writes a small value.
    pub(super) fn set_meta(journal: IdbJournal, key: MetaKey, text: String) -> Work<Result<(), JournalError>> {
        Box::pin(async move { journal.set_meta(key, &text).await })
    }
}

/// Writes a small value.
///
/// # Errors
/// As the store gives them, and [`JournalError::Failed`] when what writes could not be fetched.
pub(super) async fn keep(journal: IdbJournal, key: MetaKey, text: String) -> Result<(), JournalError> {
    match set_meta(journal, key, text).await {
        Ok(work) => work.await,
        Err(NotHere) => Err(JournalError::Failed { name: "NotFetched".to_owned() }),
    }
}
