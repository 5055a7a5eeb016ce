//! The shape on disk: one append-only table of steps. The version is its length.
//!
//! A step that has been released is never edited. It only adds: the release before must be able
//! to read what this one writes. `tests/web` upgrades a fixture of every old version.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbIndexParameters, IdbObjectStore, IdbObjectStoreParameters, IdbTransaction};

/// What a step works on: the database and the upgrade's own transaction.
struct Upgrade<'a> {
    db: &'a IdbDatabase,
    #[expect(dead_code, reason = "the first step has no old store to change; later ones will")]
    tx: &'a IdbTransaction,
}

type Step = fn(&Upgrade<'_>) -> Result<(), JsValue>;

const STEPS: &[Step] = &[first_stores];

/// The version this app writes.
#[expect(clippy::cast_possible_truncation, reason = "the table of steps is short")]
pub(super) const VERSION: u32 = STEPS.len() as u32;

/// Every store of the present version: what [`erase`](super::IdbJournal) clears.
pub(super) const STORES: [&str; 8] =
    ["entries", "outbox", "drafts", "days", "receipts", "meta", "keys", "counts"];

/// Takes the steps that a database of version `from` has not taken.
pub(super) fn upgrade(db: &IdbDatabase, tx: &IdbTransaction, from: u32) -> Result<(), JsValue> {
    let on = Upgrade { db, tx };
    STEPS.iter().skip(usize::try_from(from).unwrap_or(usize::MAX)).try_for_each(|step| step(&on))
}

/// Version 1. What stands in clear is drawn in ARCHITECTURE.md, "The store on the phone".
fn first_stores(on: &Upgrade<'_>) -> Result<(), JsValue> {
    let entries = store(on.db, "entries", "seq")?;
    index(&entries, "id", "id", false)?;
    index(&entries, "revision", "revision", true)?;
    let outbox = store(on.db, "outbox", "seq")?;
    index(&outbox, "id", "id", false)?;
    pair(&outbox, "place", ["state", "seq"])?;
    pair(&outbox, "due", ["state", "due"])?;
    store(on.db, "drafts", "key")?;
    store(on.db, "days", "key")?;
    let receipts = store(on.db, "receipts", "revision")?;
    index(&receipts, "id", "id", false)?;
    index(&receipts, "seq", "seq", true)?;
    pair(&receipts, "stored", ["matches", "stored"])?;
    for name in ["meta", "keys", "counts"] {
        store(on.db, name, "name")?;
    }
    Ok(())
}

fn store(db: &IdbDatabase, name: &str, key_path: &str) -> Result<IdbObjectStore, JsValue> {
    let options = IdbObjectStoreParameters::new();
    options.set_key_path(&JsValue::from_str(key_path));
    db.create_object_store_with_optional_parameters(name, &options)
}

fn pair(store: &IdbObjectStore, name: &str, paths: [&str; 2]) -> Result<(), JsValue> {
    let paths: Array = paths.iter().map(|path| JsValue::from_str(path)).collect();
    store.create_index_with_str_sequence(name, &paths).map(drop)
}

fn index(store: &IdbObjectStore, name: &str, path: &str, unique: bool) -> Result<(), JsValue> {
    let options = IdbIndexParameters::new();
    options.set_unique(unique);
    store.create_index_with_str_and_optional_parameters(name, path, &options).map(drop)
}
