//! Reading families: many in few requests where their ids lie close together.
//!
//! Ids are made in order of time, so a batch of the outbox is nearly always one stretch of an
//! index: three requests then read what would take three for each entry.

use std::collections::BTreeSet;

use interlude_diary::ids::{EntryId, RevisionId};
use js_sys::Object;
use wasm_bindgen::JsValue;
use web_sys::IdbKeyRange;

use super::connection::Open;
use super::counts::Counts;
use super::family::{self, Families, Family, Raw};
use super::row::{self, text};
use super::transaction::{ALL, Access, Asked, Tx};
use super::trouble::{self, Trouble};

/// Fewer than this are asked one by one, all at once.
const FEW: usize = 8;

/// Loads the families of `ids` in one transaction. One that has no revision here is empty.
pub(super) async fn families(open: &Open, tx: Tx, ids: &[EntryId]) -> Result<Families, Trouble> {
    let keys: BTreeSet<String> = ids.iter().map(EntryId::to_string).collect();
    let raw = match stretch(&tx, &keys).await? {
        Some(raw) => raw,
        None => one_by_one(&tx, &keys).await?,
    };
    drop(tx);
    let mut families = family::from_raw(open, raw).await?;
    for id in ids {
        families.entry(*id).or_insert_with(|| Family { id: *id, members: Vec::new() });
    }
    Ok(families)
}

/// Loads every family: for what is drawn anew, and for counting what is damaged.
pub(super) async fn all(open: &Open) -> Result<Families, Trouble> {
    let [entries, outbox, receipts] = family::STORES;
    let tx = Tx::begin(&open.db, &family::STORES, Access::Read)?;
    let every = |store| tx.list(store, &JsValue::UNDEFINED, ALL);
    let (entries, outbox, receipts) = (every(entries)?, every(outbox)?, every(receipts)?);
    let raw = Raw {
        entries: entries.records().await?,
        outbox: outbox.records().await?,
        receipts: receipts.records().await?,
    };
    drop(tx);
    family::from_raw(open, raw).await
}

/// Reads the counts, the families of `ids`, and those that `revisions` belong to, in one
/// transaction. A revision that is not here brings none.
pub(super) async fn with_counts(
    open: &Open,
    ids: &[EntryId],
    revisions: &[RevisionId],
) -> Result<(Counts, Families), Trouble> {
    let [entries, outbox, receipts] = family::STORES;
    let tx = Tx::begin(&open.db, &[entries, outbox, receipts, "counts"], Access::Read)?;
    let counts = Counts::of(Counts::ask(&tx)?.record().await?.as_ref());
    let keys: BTreeSet<String> = revisions.iter().map(RevisionId::to_string).collect();
    let found = match close(&tx, entries, "revision", &keys).await? {
        Some(found) => found,
        None => read(each(&tx, entries, "revision", &keys)?).await?,
    };
    let mut all: BTreeSet<EntryId> = ids.iter().copied().collect();
    for record in &found {
        all.insert(family::id(record, "id", row::seq(record))?);
    }
    let all: Vec<EntryId> = all.into_iter().collect();
    Ok((counts, families(open, tx, &all).await?))
}

async fn one_by_one(tx: &Tx, keys: &BTreeSet<String>) -> Result<Raw, Trouble> {
    let [entries, outbox, receipts] = family::STORES;
    let (entries, outbox, receipts) =
        (each(tx, entries, "id", keys)?, each(tx, outbox, "id", keys)?, each(tx, receipts, "id", keys)?);
    Ok(Raw { entries: read(entries).await?, outbox: read(outbox).await?, receipts: read(receipts).await? })
}

/// None when the ids do not lie close together.
async fn stretch(tx: &Tx, keys: &BTreeSet<String>) -> Result<Option<Raw>, Trouble> {
    let [entries, outbox, receipts] = family::STORES;
    let Some(entries) = close(tx, entries, "id", keys).await? else { return Ok(None) };
    // A row and a receipt belong to one revision each, so there are no more of them.
    let Some(range) = between(keys)? else { return Ok(None) };
    let (outbox, receipts) =
        (tx.list_by(outbox, "id", &range, ALL)?, tx.list_by(receipts, "id", &range, ALL)?);
    let (outbox, receipts) = (outbox.records().await?, receipts.records().await?);
    Ok(Some(Raw { entries, outbox: only(outbox, "id", keys), receipts: only(receipts, "id", keys) }))
}

/// Records whose index is one of `keys`, by one request over all between the first and the last.
/// None when there are too few keys for that, or too much lies between them.
async fn close(
    tx: &Tx,
    store: &str,
    index: &str,
    keys: &BTreeSet<String>,
) -> Result<Option<Vec<Object>>, Trouble> {
    let Some(range) = between(keys)?.filter(|_| keys.len() >= FEW) else { return Ok(None) };
    let limit = keys.len() * 2;
    let found = tx.list_by(store, index, &range, u32::try_from(limit).unwrap_or(ALL))?.records().await?;
    Ok((found.len() < limit).then(|| only(found, index, keys)))
}

fn between(keys: &BTreeSet<String>) -> Result<Option<JsValue>, Trouble> {
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return Ok(None) };
    let range = IdbKeyRange::bound(&first.into(), &last.into()).map_err(|thrown| trouble::of(&thrown))?;
    Ok(Some(range.into()))
}

fn only(mut records: Vec<Object>, field: &str, keys: &BTreeSet<String>) -> Vec<Object> {
    records.retain(|record| keys.contains(&text(record, field)));
    records
}

fn each(tx: &Tx, store: &str, index: &str, keys: &BTreeSet<String>) -> Result<Vec<Asked>, Trouble> {
    keys.iter().map(|key| tx.list_by(store, index, &key.into(), ALL)).collect()
}

async fn read(asked: Vec<Asked>) -> Result<Vec<Object>, Trouble> {
    let mut records = Vec::new();
    for asked in asked {
        records.extend(asked.records().await?);
    }
    Ok(records)
}
