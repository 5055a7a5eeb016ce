//! What a wiped store leaves behind: one marker in a database of its own.
//!
//! Browsers evict whole origins, and then nothing is left here either; but they have also lost one
//! database and kept the other. The marker is the data key's random id, so it tells nothing.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

use super::connection::{Open, connect};
use super::row::{row, whole};
use super::transaction::{Access, Tx};
use super::trouble::Trouble;

/// What this phone remembers of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// Nothing was ever kept here, as far as can be told.
    NewPhone,
    /// Something was kept here, and it is gone.
    Wiped,
    /// The journal that was begun here is here.
    Known,
}

const STORE: &str = "trace";

/// Compares the marker with the store's own key id.
pub(super) async fn read(open: &Open, database: &str, revisions: u64) -> Result<Trace, Trouble> {
    let db = marker_database(database).await?;
    let tx = Tx::begin(&db, &[STORE], Access::Read)?;
    let marker = tx.get(STORE, &"marker".into())?.record().await?;
    db.close();
    Ok(match marker.and_then(|marker| whole(&marker, "id")) {
        Some(id) if id == i64::from(open.keys.id) => Trace::Known,
        Some(_) => Trace::Wiped,
        None if revisions > 0 => Trace::Known,
        None => Trace::NewPhone,
    })
}

/// Leaves the marker: once something was kept that could be missed.
pub(super) async fn mark(open: &Open, database: &str) -> Result<(), Trouble> {
    leave(database, open.keys.id.into()).await
}

/// The same for keys that are not open.
pub(super) async fn leave(database: &str, id: JsValue) -> Result<(), Trouble> {
    write(database, Some(&row(&[("name", "marker".into()), ("id", id)]))).await
}

/// Takes the marker away: the person erased the diary, nothing was lost.
pub(super) async fn unmark(database: &str) -> Result<(), Trouble> {
    write(database, None).await
}

async fn write(database: &str, marker: Option<&Object>) -> Result<(), Trouble> {
    let db = marker_database(database).await?;
    let tx = Tx::begin(&db, &[STORE], Access::Write)?;
    match marker {
        Some(record) => tx.put(STORE, record)?,
        None => tx.clear(STORE)?,
    }
    let outcome = tx.commit().await;
    db.close();
    outcome
}

/// Name of the second database.
pub(super) fn database(of: &str) -> String {
    format!("{of}-trace")
}

async fn marker_database(database: &str) -> Result<IdbDatabase, Trouble> {
    connect(&self::database(database), 1, |_, request| {
        let db: IdbDatabase = request.result()?.unchecked_into();
        let options = web_sys::IdbObjectStoreParameters::new();
        options.set_key_path(&"name".into());
        db.create_object_store_with_optional_parameters(STORE, &options).map(drop)
    })
    .await
}
