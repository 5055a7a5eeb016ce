//! What of the journal is fetched: reading a draft that is there, and a new store's keys.

use interlude_diary::journal::JournalError;
use interlude_diary::occasion::Draft;
use js_sys::Object;
use web_sys::IdbDatabase;

use super::IdbJournal;
use super::keys::Keys;
use super::spare::back;
use super::trouble::Trouble;
use crate::later::Work;

part! { keep:
    /// What came out of a draft's seal.
    pub(super) fn draft(plain: Vec<u8>) -> Result<Draft, JournalError> {
        serde_json::from_slice(&plain).map_err(|_shape| JournalError::Damaged { seq: None })
    }
    /// Puts a draft that does not open aside.
    pub(super) fn park(db: IdbDatabase, stored: Object) -> Work<Result<(), Trouble>> {
        Box::pin(async move { super::drafts::park(&db, &stored).await })
    }
    /// The keys of a store that has none: those of its copy, or new ones.
    pub(super) fn keys(db: IdbDatabase) -> Work<Result<Keys, Trouble>> {
        Box::pin(async move {
            if back::keys_to(&db).await { Keys::of(&db).await } else { Keys::make(&db).await }
        })
    }
    /// Puts the entries back that the copy has.
    pub(super) fn back(journal: IdbJournal) -> Work<Result<(), JournalError>> {
        Box::pin(async move { back::entries_to(&journal).await })
    }
}
