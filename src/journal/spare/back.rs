//! Putting the copy back: the browser threw the store away.
//!
//! First, before new keys would be made, what needs no keys: the keys' rows, the small values, the drafts, in
//! one transaction with a note that the entries are to come. Then, once the store is open (a code may have
//! to be given first), the entries, as from a backup file. Whatever is killed in between goes on there.

use interlude_diary::journal::{Journal, JournalError, Mark};
use js_sys::Object;
use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

use super::super::connection::{self, Open};
use super::super::family::Body;
use super::super::keys;
use super::super::row::{field, parsed, row, sealed, seq, text};
use super::super::seal::{self, Place};
use super::super::small::META;
use super::super::transaction::{ALL, Access, Tx};
use super::super::trouble::Trouble;
use super::super::{IdbJournal, trace};
use super::{BACK, PATIENCE_MS};

/// How many entries go back in one transaction.
const AT_ONCE: usize = 100;

/// Puts the keys back into a store that has none. Answers whether there was a copy of any.
pub(in super::super) async fn keys_to(main: &IdbDatabase) -> bool {
    let put = connection::within(PATIENCE_MS * 2, put_keys(main)).await;
    matches!(put, Some(Ok(true)))
}

async fn put_keys(main: &IdbDatabase) -> Result<bool, Trouble> {
    let name = main.name();
    let Some(copy) = super::opened(&name).await? else { return Ok(false) };
    let tx = Tx::begin(&copy, &[keys::STORE, META, "drafts"], Access::Read)?;
    let every = |store| tx.list(store, &JsValue::UNDEFINED, ALL);
    let (keys, small, drafts) = (every(keys::STORE)?, every(META)?, every("drafts")?);
    let (keys, small, drafts) = (keys.records().await?, small.records().await?, drafts.records().await?);
    drop(tx);
    let Some(data) = keys.iter().find(|row| text(row, "name") == "data") else { return Ok(false) };
    let id = field(data, "id");
    let tx = Tx::begin(main, &[keys::STORE, META, "drafts"], Access::Write)?;
    if keys::ask_for(&tx)?.record().await?.is_some() {
        // Another tab was first.
        return Ok(true);
    }
    for (store, records) in [(keys::STORE, &keys), (META, &small), ("drafts", &drafts)] {
        for record in records {
            tx.put(store, record)?;
        }
    }
    tx.put(META, &row(&[("name", BACK.into())]))?;
    tx.commit().await?;
    // The marker went with the store.
    trace::leave(&name, id).await?;
    Ok(true)
}

/// Whether entries are still to be put back.
pub(in super::super) fn is_due(small: &[Object]) -> bool {
    small.iter().any(|record| text(record, "name") == BACK)
}

/// Puts the entries back.
pub(in super::super) async fn entries_to(journal: &IdbJournal) -> Result<(), JournalError> {
    let store = &journal.0.store;
    let marks = store.run(async |open: &Open| marks(open).await).await?;
    for some in marks.chunks(AT_ONCE) {
        journal.settle(some, None).await?;
    }
    store
        .run(async |open: &Open| {
            let tx = Tx::begin(&open.db, &[META], Access::Write)?;
            tx.delete(META, &BACK.into())?;
            tx.commit().await
        })
        .await
}

async fn marks(open: &Open) -> Result<Vec<Mark>, Trouble> {
    let Some(copy) = super::opened(&open.db.name()).await? else { return Ok(Vec::new()) };
    let tx = Tx::begin(&copy, &["entries"], Access::Read)?;
    let mut records = tx.list("entries", &JsValue::UNDEFINED, ALL)?.records().await?;
    drop(tx);
    // In the order in which they were written.
    records.sort_by_key(seq);
    let sealed = |record: &Object| {
        let place = Place::new("entries", &text(record, "id"), &text(record, "revision"));
        Some((field(record, "stays").is_truthy(), (place, sealed(record)?)))
    };
    let (stays, seals): (Vec<bool>, Vec<_>) = records.iter().filter_map(sealed).unzip();
    let opened = seal::open_all(&open.keys, &seals).await?;
    let brought = stays.into_iter().zip(opened).filter_map(|(stays, plain)| {
        let Body { entry, received } = parsed(&plain?, None).ok()?;
        Some(Mark::Brought { entry: Box::new(entry), received, filed: None, stays })
    });
    Ok(brought.collect())
}
