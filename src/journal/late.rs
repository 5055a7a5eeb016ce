//! What of the journal is fetched: reading a draft that is there, and a new store's keys.

use interlude_diary::journal::JournalError;
use interlude_diary::occasion::Draft;
use js_sys::Object;
use web_sys::IdbDatabase;

use super::keys::Keys;
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
    /// The keys of a new store.
    pub(super) fn keys(db: IdbDatabase) -> Work<Result<Keys, Trouble>> {
        Box::pin(async move { Keys::make(&db).await })
    }
}
