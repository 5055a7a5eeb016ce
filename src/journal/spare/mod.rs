//! A second copy of what is nowhere else, in files of its own.
//!
//! Chromium throws a whole store away when it cannot read one of its files, and a kill at the wrong
//! moment leaves such a file (docs/TORTURE.md, "Real kills"). So the wrapped keys, the small values, the
//! drafts and every revision that no server has proved to hold lie once more in a storage bucket, whose
//! databases are other files. It is written after the store, never at the same moment, so that one kill
//! does not meet both. Records are copied as they lie there: what is sealed stays sealed.
//!
//! A browser without buckets has no copy. A copy that could not be written is no failure of the verb: the
//! next one writes it whole. [`back`] puts it back into a store that is found empty.

pub(super) mod back;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use interlude_diary::ids::RevisionId;
use interlude_diary::journal::{Mark, MetaKey};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStoreParameters, IdbOpenDbRequest};

use super::connection::{self, Open};
use super::counts::Counts;
use super::keys;
use super::row::{count, field, sealed, text};
use super::small::{self, META};
use super::transaction::{ALL, Access, Tx, set};
use super::trouble::Trouble;
use crate::platform::{Listener, bucket, lock};

/// How long a verb waits for the copy, in milliseconds.
const PATIENCE_MS: u32 = 2_000;

/// Its stores, each with what its records are named by.
const STORES: [(&str, &str); 4] =
    [(keys::STORE, "name"), (META, "name"), ("drafts", "key"), ("entries", "revision")];

/// A small value of its own in the store: what was put back is not whole yet.
const BACK: &str = "spare";

/// The bucket.
const BUCKET: &str = "spare";

thread_local! {
    static COPY: RefCell<Option<Copy>> = const { RefCell::new(None) };
    /// A copy was not written.
    static BEHIND: Cell<bool> = const { Cell::new(false) };
}

/// An open copy.
struct Copy {
    of: String,
    db: IdbDatabase,
    _heard: Listener,
}

impl Drop for Copy {
    fn drop(&mut self) {
        // One that nobody knows would block its deletion.
        self.db.close();
    }
}

/// What a verb changed.
pub(super) enum Changed {
    /// The draft of this name.
    Draft(String),
    /// These revisions, and the draft that they ended or that came back.
    Revisions(Vec<RevisionId>, Option<String>),
    /// A small value.
    Small(MetaKey),
    /// It is not known what.
    Unknown,
}

impl Changed {
    /// What marks change that matters here: what came down is proved.
    pub(super) fn by(marks: &[Mark]) -> Self {
        let own = marks.iter().filter_map(|mark| match mark {
            Mark::Settled(receipt) | Mark::Changed(receipt) => Some(receipt.revision),
            Mark::Withdrawn { revision } => Some(*revision),
            Mark::Brought { entry, .. } => Some(entry.revision),
            Mark::Pulled { .. } | Mark::Later { .. } | Mark::Parked { .. } | Mark::Overtaken { .. } => None,
        });
        Self::Revisions(own.collect(), None)
    }
}

/// Makes the copy as the store is, where that changed.
pub(super) async fn follow(open: &Open, changed: Changed) {
    let changed = if BEHIND.get() { Changed::Unknown } else { changed };
    wait_for(copied(&open.db, changed)).await;
}

/// Writes it anew and whole, without the store's keys: something else wraps them now.
pub(super) async fn anew(main: &IdbDatabase) {
    wait_for(copied(main, Changed::Unknown)).await;
}

async fn wait_for(copy: impl Future<Output = Result<(), Trouble>>) {
    // In turn, in this tab and in others: what was read of the store first must not be written last.
    let in_turn = async {
        let _turn = lock::wait(lock::COPY, lock::Mode::Exclusive).await;
        copy.await
    };
    let done = connection::within(PATIENCE_MS, in_turn).await;
    BEHIND.set(!matches!(done, Some(Ok(()))));
}

/// Makes sure at the start of a run that there is a copy, and a whole one.
pub(super) async fn begin(open: &Open) {
    let same = connection::within(PATIENCE_MS, as_many(&open.db)).await;
    if !matches!(same, Some(Ok(true))) {
        follow(open, Changed::Unknown).await;
    }
}

async fn copied(main: &IdbDatabase, changed: Changed) -> Result<(), Trouble> {
    let Some(copy) = opened(&main.name()).await? else { return Ok(()) };
    match changed {
        Changed::Draft(name) => written(&copy, &draft(main, &name).await?).await,
        Changed::Revisions(revisions, name) => {
            let mut new = entries(main, &revisions).await?;
            if let Some(name) = name {
                new.extend(draft(main, &name).await?);
            }
            written(&copy, &new).await
        }
        Changed::Small(MetaKey::Sync) => Ok(()),
        Changed::Small(key) => {
            let name = small::name(key);
            let tx = Tx::begin(main, &[META], Access::Read)?;
            let record = tx.get(META, &name.into())?.record().await?;
            drop(tx);
            written(&copy, &[(META, name.to_owned(), record)]).await
        }
        Changed::Unknown => everything(main, &copy).await,
    }
}

/// A record of the copy as it is to be: which store, its name there, and none where it is to go.
type New = (&'static str, String, Option<Object>);

async fn written(copy: &IdbDatabase, new: &[New]) -> Result<(), Trouble> {
    let mut stores: Vec<&str> = new.iter().map(|(store, ..)| *store).collect();
    stores.dedup();
    if stores.is_empty() {
        return Ok(());
    }
    let tx = Tx::begin(copy, &stores, Access::Write)?;
    for (store, name, record) in new {
        match record {
            Some(record) => tx.put(store, record)?,
            None => tx.delete(store, &JsValue::from_str(name))?,
        }
    }
    tx.commit().await
}

async fn draft(main: &IdbDatabase, name: &str) -> Result<Vec<New>, Trouble> {
    let tx = Tx::begin(main, &["drafts"], Access::Read)?;
    let record = tx.get("drafts", &name.into())?.record().await?;
    Ok(vec![("drafts", name.to_owned(), record)])
}

/// Of each of these revisions what is to be kept of it: nothing where it is gone, or proved.
async fn entries(main: &IdbDatabase, revisions: &[RevisionId]) -> Result<Vec<New>, Trouble> {
    let tx = Tx::begin(main, &["entries", "outbox", "receipts"], Access::Read)?;
    let asked = revisions.iter().map(|revision| {
        let key = JsValue::from_str(&revision.to_string());
        Ok((*revision, tx.get_by("entries", "revision", &key)?, tx.get("receipts", &key)?))
    });
    let asked: Vec<_> = asked.collect::<Result<_, Trouble>>()?;
    let mut new = Vec::with_capacity(asked.len());
    for (revision, entry, receipt) in asked {
        let (entry, receipt) = (entry.record().await?, receipt.record().await?);
        let unproved = entry.filter(|_| !receipt.as_ref().is_some_and(proves));
        let record = match unproved {
            Some(entry) => {
                let row = tx.get("outbox", &field(&entry, "seq"))?.record().await?;
                Some(with_fate(entry, row.is_none()))
            }
            None => None,
        };
        new.push(("entries", revision.to_string(), record));
    }
    Ok(new)
}

fn proves(receipt: &Object) -> bool {
    count(receipt, "matches") == 1
}

/// With a word on whether it is to stay on this phone.
fn with_fate(entry: Object, stays: bool) -> Object {
    set(&entry, "stays", &stays.into());
    entry
}

/// Whether the copy has the store's keys, its drafts and as many entries as it is to have.
async fn as_many(main: &IdbDatabase) -> Result<bool, Trouble> {
    let Some(copy) = opened(&main.name()).await? else { return Ok(true) };
    let tx = Tx::begin(main, &[keys::STORE, "drafts", "counts"], Access::Read)?;
    let (held, drafts) = (keys::ask_for(&tx)?, tx.list("drafts", &JsValue::UNDEFINED, ALL)?);
    let counts = Counts::of(Counts::ask(&tx)?.record().await?.as_ref());
    let (held, drafts) = (held.record().await?, drafts.records().await?);
    drop(tx);
    let tx = Tx::begin(&copy, &[keys::STORE, "drafts", "entries"], Access::Read)?;
    let (copied, forms) = (keys::ask_for(&tx)?, tx.list("drafts", &JsValue::UNDEFINED, ALL)?);
    let entries = tx.count("entries")?;
    let (copied, forms) = (copied.record().await?, forms.records().await?);
    let entries = entries.number().await?;
    let bytes =
        |row: &Object, name| field(row, name).dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
    let data = |row: &Option<Object>| row.as_ref().and_then(|row| bytes(row, "data"));
    let seals = |rows: &[Object]| rows.iter().map(|row| bytes(row, "sealed")).collect::<Vec<_>>();
    Ok(data(&held) == data(&copied)
        && seals(&drafts) == seals(&forms)
        && entries == counts.revisions.saturating_sub(counts.receipted))
}

/// Copies all there is to copy, in one transaction.
async fn everything(main: &IdbDatabase, copy: &IdbDatabase) -> Result<(), Trouble> {
    let stores = [keys::STORE, META, "drafts", "entries", "outbox", "receipts"];
    let tx = Tx::begin(main, &stores, Access::Read)?;
    let asked = stores.map(|store| tx.list(store, &JsValue::UNDEFINED, ALL));
    let mut all = Vec::with_capacity(stores.len());
    for asked in asked {
        all.push(asked?.records().await?);
    }
    drop(tx);
    let Ok([keys, small, drafts, entries, outbox, receipts]) = <[Vec<Object>; 6]>::try_from(all) else {
        return Ok(());
    };
    if small.iter().any(|record| text(record, "name") == BACK) {
        // What lies in the copy is not all in the store yet.
        return Ok(());
    }
    let proved: BTreeSet<String> =
        receipts.iter().filter(|receipt| proves(receipt)).map(|receipt| text(receipt, "revision")).collect();
    let sent: BTreeSet<u64> = outbox.iter().map(|row| count(row, "seq")).collect();
    let tx = Tx::begin(copy, &STORES.map(|(store, _)| store), Access::Write)?;
    for (store, _) in STORES {
        tx.clear(store)?;
    }
    for (store, records) in [(keys::STORE, keys), (META, kept(small)), ("drafts", drafts)] {
        for record in &records {
            tx.put(store, record)?;
        }
    }
    for entry in entries.into_iter().filter(|entry| !proved.contains(&text(entry, "revision"))) {
        let stays = !sent.contains(&count(&entry, "seq"));
        tx.put("entries", &with_fate(entry, stays))?;
    }
    tx.commit().await
}

/// Small values without what is true of the store alone: where the sync stands, what is drawn of entries.
fn kept(mut small: Vec<Object>) -> Vec<Object> {
    let not = [small::name(MetaKey::Sync), super::infusions::NAME];
    small.retain(|record| !not.contains(&text(record, "name").as_str()) && sealed(record).is_some());
    small
}

/// The copy of a store, opened once a run; none where the browser has no buckets.
async fn opened(of: &str) -> Result<Option<IdbDatabase>, Trouble> {
    let held =
        COPY.with_borrow(|copy| copy.as_ref().filter(|copy| copy.of == of).map(|copy| copy.db.clone()));
    if held.is_some() {
        return Ok(held);
    }
    let Some(factory) = bucket::databases(BUCKET).await else { return Ok(None) };
    let db = connection::connect_in(&factory, of, 1, |_, request| shape(request)).await?;
    let heard = Listener::new(&db, "versionchange", |_| forget());
    COPY.set(Some(Copy { of: of.to_owned(), db: db.clone(), _heard: heard }));
    Ok(Some(db))
}

fn shape(request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    let db: IdbDatabase = request.result()?.unchecked_into();
    for (store, key) in STORES {
        let options = IdbObjectStoreParameters::new();
        options.set_key_path(&JsValue::from_str(key));
        db.create_object_store_with_optional_parameters(store, &options)?;
    }
    Ok(())
}

fn forget() {
    drop(COPY.take());
}

/// Deletes the copy: the diary is to be gone, or its keys are to be wrapped by something else and the old
/// ones must open nothing. It is written whole again by the next verb, if there is one.
pub(super) async fn gone(of: &str) -> Result<(), Trouble> {
    forget();
    BEHIND.set(true);
    match bucket::databases(BUCKET).await {
        Some(factory) => connection::delete_in(&factory, of).await,
        None => Ok(()),
    }
}
