//! A passkey beside the code: a second row that wraps the same two keys.
//!
//! The code stays, and is enough by itself: a passkey may be lost with the phone that keeps it.

use std::rc::Rc;

use interlude_diary::journal::JournalError;
use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::IdbDatabase;

use super::IdbJournal;
use super::keys::{self, STORE, field};
use super::lock::{Denied, told};
use super::passcode::{Recipe, Secret, replace, wrapped_by};
use super::transaction::{Access, Tx, set};
use super::trouble::Trouble;
use crate::platform::passkey::{LENGTH, Made};

/// Name of its row.
pub(super) const ROW: &str = "passkey";

impl IdbJournal {
    /// The passkey that opens this store too, if there is one.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn passkey(&self) -> Result<Option<Made>, JournalError> {
        self.0.store.run_shut(async |db: &IdbDatabase| read(db).await).await
    }

    /// Lets a passkey open the store too: one more row, proved before it is written. The present code
    /// is asked for, as for every change of the lock.
    ///
    /// # Errors
    /// [`Denied`]; the lock is then what it was.
    pub async fn add_passkey(
        &self,
        code: &str,
        made: &Made,
        secret: &[u8; LENGTH],
        now_ms: i64,
    ) -> Result<(), Denied> {
        let lock = self.lock("data").await?;
        self.count_one(now_ms).await?;
        let keys = lock.open(&Secret::Code(code), true).await.map_err(told)?.ok_or(Denied::Wrong)?;
        let recipe = Recipe::plain().await.map_err(told)?;
        let device = &lock.wrapped.device;
        let row = wrapped_by(&keys, &recipe, &Secret::Key(secret), device).await.map_err(told)?;
        set(&row, "name", &ROW.into());
        set(&row, "credential", &Uint8Array::from(made.id.as_slice()));
        set(&row, "input", &Uint8Array::from(made.input.as_slice()));
        let (others, gone) = ([row], [super::porch::TRIES]);
        let store = &self.0.store;
        let put =
            store.run_shut(async |db: &IdbDatabase| replace(db, &lock.wrapped, None, &others, &gone).await);
        Ok(put.await?)
    }

    /// Opens the store with the secret that its passkey gave.
    ///
    /// # Errors
    /// [`Denied::Wrong`] when it is another passkey's.
    pub async fn unlock_by_passkey(&self, secret: &[u8; LENGTH]) -> Result<(), Denied> {
        let lock = self.lock(ROW).await?;
        let keys = lock.open(&Secret::Key(secret), false).await.map_err(told)?.ok_or(Denied::Wrong)?;
        self.0.store.hold(Rc::new(keys));
        self.forget_tries().await
    }

    /// The passkey opens nothing any more.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn remove_passkey(&self) -> Result<(), JournalError> {
        let gone = async |db: &IdbDatabase| {
            let tx = Tx::begin(db, &[STORE], Access::Write)?;
            tx.delete(STORE, &ROW.into())?;
            tx.commit().await
        };
        self.0.store.run_shut(gone).await
    }
}

async fn read(db: &IdbDatabase) -> Result<Option<Made>, Trouble> {
    let tx = Tx::begin(db, &[STORE], Access::Read)?;
    let Some(row) = tx.get(STORE, &ROW.into())?.record().await? else { return Ok(None) };
    let made = |row: &Object| {
        let bytes = |name| field(row, name)?.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
        Some(Made { id: bytes("credential")?, input: bytes("input")?.try_into().ok()? })
    };
    made(&row).map(Some).ok_or_else(keys::locked)
}
