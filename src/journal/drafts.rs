//! Drafts: one a key, across tabs, by compare-and-set on a version that stands in clear.

use interlude_diary::journal::JournalError;
use interlude_diary::occasion::{Draft, DraftKey};
use js_sys::Object;
use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

use super::connection::Open;
use super::keys;
use super::row::{self, field, json, sealed, text, whole};
use super::seal::{self, Place};
use super::transaction::{ALL, Access, Tx};
use super::trouble::Trouble;
use crate::later::NotHere;

const STORE: &str = "drafts";

/// The name under which a draft lies: it must not tell which form of which day it is.
pub(super) async fn name(open: &Open, key: &DraftKey) -> Result<String, Trouble> {
    open.blind("draft", &key.to_json()).await
}

/// The record of a draft, sealed.
pub(super) async fn sealed_row(open: &Open, draft: &Draft) -> Result<Object, Trouble> {
    let key = name(open, &draft.key).await?;
    let sealed = seal::seal(&open.keys, &place(&key, draft.version), &json(draft)?).await?;
    Ok(row::row(&[("key", key.into()), ("version", draft.version.into()), ("sealed", sealed.into())]))
}

pub(super) async fn save(open: &Open, draft: &Draft) -> Result<u32, Trouble> {
    let next = Draft { version: draft.version.saturating_add(1), ..draft.clone() };
    let record = sealed_row(open, &next).await?;
    let tx = Tx::begin(&open.db, &[STORE, "keys"], Access::Write)?;
    let (held, stored) = (keys::ask_for(&tx)?, tx.get(STORE, &text(&record, "key").into())?);
    let (held, stored) = (held.record().await?, stored.record().await?);
    if !open.keys.are(held.as_ref()) {
        return Err(Trouble::OtherKeys);
    }
    let current = stored.as_ref().map_or(0, version);
    if current == draft.version {
        tx.put(STORE, &record)?;
        tx.commit().await?;
        return Ok(next.version);
    }
    drop(tx);
    // Said again after a connection died with the answer: what lies there may be this very one.
    match stored {
        Some(stored) if current == next.version && opened(open, &stored).await? == next => Ok(current),
        _ => Err(Trouble::Final(JournalError::DraftMoved { current })),
    }
}

pub(super) async fn one(open: &Open, key: &DraftKey) -> Result<Option<Draft>, Trouble> {
    let name = name(open, key).await?;
    let tx = Tx::begin(&open.db, &[STORE], Access::Read)?;
    let Some(stored) = tx.get(STORE, &name.into())?.record().await? else { return Ok(None) };
    drop(tx);
    match opened(open, &stored).await {
        Ok(draft) if is_spent(open, &draft).await? => {
            drop_same(open, &stored).await?;
            Ok(None)
        }
        Ok(draft) => Ok(Some(draft)),
        Err(Trouble::Final(JournalError::Damaged { .. })) => {
            match super::late::park(open.db.clone(), stored).await {
                Ok(work) => work.await.map(|()| None),
                Err(NotHere) => Err(row::failed("NotFetched")),
            }
        }
        Err(other) => Err(other),
    }
}

/// Puts a draft that does not open aside, under a name that no form asks for, so that its form can be
/// filled in again. It is counted there with what is damaged.
pub(super) async fn park(db: &IdbDatabase, stored: &Object) -> Result<(), Trouble> {
    let name = text(stored, "key");
    let tx = Tx::begin(db, &[STORE], Access::Write)?;
    let there = tx.get(STORE, &JsValue::from_str(&name))?.record().await?;
    // Another tab may have begun the form anew meanwhile.
    if there.is_some_and(|there| same(&there, stored)) {
        let aside = [("key", format!("{name} aside").into()), ("sealed", field(stored, "sealed"))];
        tx.put(STORE, &row::row(&aside))?;
        tx.delete(STORE, &name.into())?;
    }
    tx.commit().await
}

/// Whether the entry that it was to become is here: recording ends a draft, and a copy of the store may have
/// been made just before.
async fn is_spent(open: &Open, draft: &Draft) -> Result<bool, Trouble> {
    if draft.parent.is_some() {
        // A correction has the id of an entry that is here.
        return Ok(false);
    }
    let tx = Tx::begin(&open.db, &["entries"], Access::Read)?;
    Ok(tx.get_by("entries", "id", &draft.id.to_string().into())?.record().await?.is_some())
}

/// Removes a draft if it lies there as it was read.
async fn drop_same(open: &Open, stored: &Object) -> Result<(), Trouble> {
    let tx = Tx::begin(&open.db, &[STORE], Access::Write)?;
    let name = JsValue::from_str(&text(stored, "key"));
    let there = tx.get(STORE, &name)?.record().await?;
    if there.is_some_and(|there| same(&there, stored)) {
        tx.delete(STORE, &name)?;
    }
    tx.commit().await
}

fn same(one: &Object, other: &Object) -> bool {
    let bytes = |record| sealed(record).map(|bytes| bytes.to_vec());
    version(one) == version(other) && bytes(one) == bytes(other)
}

pub(super) async fn all(open: &Open) -> Result<Vec<Draft>, Trouble> {
    let tx = Tx::begin(&open.db, &[STORE], Access::Read)?;
    let records = tx.list(STORE, &JsValue::UNDEFINED, ALL)?.records().await?;
    let mut drafts = Vec::with_capacity(records.len());
    for record in &records {
        match opened(open, record).await {
            Ok(draft) if is_spent(open, &draft).await? => {}
            Ok(draft) => drafts.push(draft),
            // It is put aside when its own form is opened; the others are not to be hidden by it.
            Err(Trouble::Final(JournalError::Damaged { .. })) => {}
            Err(other) => return Err(other),
        }
    }
    drafts.sort_by_key(|draft| (draft.opened, draft.id));
    Ok(drafts)
}

pub(super) async fn remove(open: &Open, key: &DraftKey) -> Result<(), Trouble> {
    let name = name(open, key).await?;
    let tx = Tx::begin(&open.db, &[STORE], Access::Write)?;
    tx.delete(STORE, &name.into())?;
    tx.commit().await
}

async fn opened(open: &Open, record: &Object) -> Result<Draft, Trouble> {
    let bytes = sealed(record).ok_or_else(|| seal::damaged(None))?;
    let place = place(&text(record, "key"), version(record));
    let plain = seal::open(&open.keys, &place, &bytes).await?.ok_or_else(|| seal::damaged(None))?;
    match super::late::draft(plain).await {
        Ok(draft) => draft.map_err(Trouble::Final),
        Err(NotHere) => Err(row::failed("NotFetched")),
    }
}

fn version(record: &Object) -> u32 {
    whole(record, "version").and_then(|version| version.try_into().ok()).unwrap_or_default()
}

fn place(key: &str, version: u32) -> Place {
    Place::new(STORE, key, &version.to_string())
}
