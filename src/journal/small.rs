//! Small values, and erasing everything.

use interlude_diary::journal::MetaKey;
use js_sys::Object;
use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

use super::connection::Open;
use super::row::{row, sealed, text};
use super::seal::{self, Place};
use super::transaction::{ALL, Access, Asked, Tx};
use super::trouble::Trouble;
use super::{keys, migrations, spare};

pub(super) const META: &str = "meta";

/// Those that the start reads.
const AT_START: [MetaKey; 5] =
    [MetaKey::Device, MetaKey::Pairing, MetaKey::Settings, MetaKey::Flags, MetaKey::Clinic];

/// The name of a small value in its store.
pub(super) const fn name(key: MetaKey) -> &'static str {
    match key {
        MetaKey::Device => "device",
        MetaKey::Pairing => "pairing",
        MetaKey::Sync => "sync",
        MetaKey::Settings => "settings",
        MetaKey::Flags => "flags",
        MetaKey::Clinic => "clinic",
        MetaKey::Sheet => "sheet",
        MetaKey::Own => "own",
    }
}

pub(super) async fn get(open: &Open, key: MetaKey) -> Result<Option<String>, Trouble> {
    let tx = Tx::begin(&open.db, &[META], Access::Read)?;
    let Some(record) = tx.get(META, &name(key).into())?.record().await? else { return Ok(None) };
    let bytes = sealed(&record).ok_or_else(|| seal::damaged(None))?;
    let plain = seal::open(&open.keys, &place(key), &bytes).await?.ok_or_else(|| seal::damaged(None))?;
    String::from_utf8(plain).map(Some).map_err(|_bytes| seal::damaged(None))
}

/// All small values, asked for.
pub(super) struct Ahead {
    asked: Asked,
    tx: Tx,
}

/// Asks for all small values, which needs no keys.
pub(super) fn ask(db: &IdbDatabase) -> Result<Ahead, Trouble> {
    let tx = Tx::begin(db, &[META], Access::Read)?;
    Ok(Ahead { asked: tx.list(META, &JsValue::UNDEFINED, ALL)?, tx })
}

impl Ahead {
    async fn records(self) -> Result<Vec<Object>, Trouble> {
        let records = self.asked.records().await;
        drop(self.tx);
        records
    }
}

/// The small values that the start reads, each with its key: one request, and the browser opens all
/// at once.
///
/// Also whether what was lost is still to be put back whole ([`spare`](super::spare)).
pub(super) async fn at_start(open: &Open) -> Result<(Vec<(MetaKey, String)>, bool), Trouble> {
    let mut records = match open.small.take() {
        Some(ahead) => ahead.records().await.unwrap_or_default(),
        None => Vec::new(),
    };
    if records.is_empty() {
        // Not asked for yet, or before its keys were made and what was lost was put back.
        records = ask(&open.db)?.records().await?;
    }
    let back = spare::back::is_due(&records);
    let key = |record: &Object| AT_START.into_iter().find(|key| name(*key) == text(record, "name"));
    let found: Vec<(MetaKey, Object)> =
        records.into_iter().filter_map(|record| Some((key(&record)?, record))).collect();
    // One that does not open is as one that was never kept: it must not keep the diary shut.
    let (keys, seals): (Vec<MetaKey>, Vec<_>) =
        found.iter().filter_map(|(key, record)| Some((*key, (place(*key), sealed(record)?)))).unzip();
    let plain = seal::open_all(&open.keys, &seals).await?;
    let whole = keys.into_iter().zip(plain).filter_map(|(key, plain)| {
        let text = plain.and_then(|plain| String::from_utf8(plain).ok())?;
        Some((key, text))
    });
    Ok((whole.collect(), back))
}

pub(super) async fn set(open: &Open, key: MetaKey, value: &str) -> Result<(), Trouble> {
    let record = sealed_row(open, key, value).await?;
    let tx = Tx::begin(&open.db, &[META, "keys"], Access::Write)?;
    if !open.keys.are(keys::ask_for(&tx)?.record().await?.as_ref()) {
        return Err(Trouble::OtherKeys);
    }
    tx.put(META, &record)?;
    tx.commit().await
}

/// The record of a small value, sealed.
pub(super) async fn sealed_row(open: &Open, key: MetaKey, value: &str) -> Result<Object, Trouble> {
    let sealed = seal::seal(&open.keys, &place(key), value.as_bytes()).await?;
    Ok(row(&[("name", JsValue::from_str(name(key))), ("sealed", sealed.into())]))
}

/// Empties every store in one transaction. With the keys gone, no copy of a record opens either.
pub(super) async fn erase(db: &IdbDatabase) -> Result<(), Trouble> {
    let tx = Tx::begin(db, &migrations::STORES, Access::Write)?;
    for store in migrations::STORES {
        tx.clear(store)?;
    }
    tx.commit().await
}

fn place(key: MetaKey) -> Place {
    Place::new(META, name(key), "")
}
