//! What may be known of a locked store: counts, the tries, and the porch.
//!
//! The porch is one small text that the lock screen needs: whom to call, and red-flag cards that are
//! open. It is sealed under a key of the browser's own, so that nothing of it lies on disk in clear;
//! whoever holds the phone sees it, as the lock screen shows it.

use std::collections::BTreeSet;

use interlude_diary::lock::Tries;
use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, IdbDatabase};

use super::connection::Open;
use super::counts::Counts;
use super::keys::{self, Keys, STORE, algorithm, field, generate, subtle};
use super::row::{count, js, row, sealed, text, whole};
use super::seal::{self, Place};
use super::transaction::{ALL, Access, Tx};
use super::trouble::Trouble;

pub(super) const PORCH: &str = "porch";
pub(super) const TRIES: &str = "tries";

/// What a locked store tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whether a passcode opens it. If not, and it does not open, its key is gone.
    pub coded: bool,
    /// Whether a passkey opens it too.
    pub passkey: bool,
    /// Wrong codes so far.
    pub tries: Tries,
    /// Rows of the outbox that wait, and that were refused.
    pub waiting: u64,
    /// See `waiting`.
    pub parked: u64,
    /// What the app keeps for the lock screen.
    pub porch: Option<String>,
}

/// What would be lost with a locked store, by what stands in clear.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unproved {
    /// Entries with a revision that no receipt proves: when each was begun, in Unix milliseconds,
    /// where its id tells.
    pub entries: Vec<Option<i64>>,
    /// Entries that the server proved to hold.
    pub held: usize,
    /// Forms that were begun and not finished.
    pub drafts: usize,
}

pub(super) async fn seen(db: &IdbDatabase) -> Result<Seen, Trouble> {
    let tx = Tx::begin(db, &[STORE, "counts"], Access::Read)?;
    let asked = ["data", super::passkey::ROW, TRIES, PORCH].map(|name| tx.get(STORE, &name.into()));
    let counts = Counts::ask(&tx)?;
    let [data, passkey, tries, porch] = asked;
    let (data, passkey) = (data?.record().await?, passkey?.record().await?);
    let (tries, porch) = (tries?.record().await?, porch?.record().await?);
    let counts = Counts::of(counts.record().await?.as_ref());
    drop(tx);
    let coded = data.as_ref().is_some_and(|data| text(data, "by") == keys::PASSCODE);
    let porch = match (data, porch) {
        (Some(data), Some(porch)) => opened(&data, &porch).await?,
        (None, _) | (_, None) => None,
    };
    Ok(Seen {
        coded,
        passkey: passkey.is_some(),
        tries: tries_of(tries.as_ref()),
        waiting: counts.waiting,
        parked: counts.parked,
        porch,
    })
}

/// A porch that does not open is as none: the numbers of the country's choice are then missing, and
/// no card; the lock opens all the same.
async fn opened(data: &Object, porch: &Object) -> Result<Option<String>, Trouble> {
    let (Some(key), Some(bytes)) = (porch_key(porch), sealed(porch)) else { return Ok(None) };
    let plain = seal::open(&as_keys(data, key), &place(), &bytes).await?;
    Ok(plain.and_then(|plain| String::from_utf8(plain).ok()))
}

/// The row of an empty porch.
pub(super) async fn fresh() -> Result<Object, Trouble> {
    let aes = algorithm("AES-GCM", &[("length", 256.into())]);
    let key = generate(&subtle()?, &aes, false, &["encrypt", "decrypt"]).await?;
    Ok(row(&[("name", PORCH.into()), ("key", key.into())]))
}

/// Writes the porch where there is one; a store with no passcode has none.
pub(super) async fn set(open: &Open, said: &str) -> Result<(), Trouble> {
    let tx = Tx::begin(&open.db, &[STORE], Access::Read)?;
    let (data, porch) = (keys::ask_for(&tx)?, tx.get(STORE, &PORCH.into())?);
    let (data, porch) = (data.record().await?, porch.record().await?);
    drop(tx);
    let (Some(data), Some(porch)) = (data, porch) else { return Ok(()) };
    let Some(key) = porch_key(&porch) else { return Ok(()) };
    let sealed = seal::seal(&as_keys(&data, key.clone()), &place(), said.as_bytes()).await?;
    let new = row(&[("name", PORCH.into()), ("key", key.into()), ("sealed", sealed.into())]);
    let tx = Tx::begin(&open.db, &[STORE], Access::Write)?;
    // Another tab may have removed the code meanwhile.
    if tx.get(STORE, &PORCH.into())?.record().await?.is_some() {
        tx.put(STORE, &new)?;
    }
    tx.commit().await
}

/// One more code is about to be looked at: it is counted first. Answers how long to wait instead,
/// in milliseconds; 0 when it may be looked at.
pub(super) async fn count_one(db: &IdbDatabase, now_ms: i64) -> Result<i64, Trouble> {
    let tx = Tx::begin(db, &[STORE], Access::Write)?;
    let tries = tries_of(tx.get(STORE, &TRIES.into())?.record().await?.as_ref());
    let wait_ms = tries.wait_ms(now_ms);
    let next = if wait_ms > 0 { tries.at(now_ms) } else { tries.and_one(now_ms) };
    let fields = [("name", TRIES.into()), ("wrong", next.wrong.into()), ("last", js(next.last_ms))];
    tx.put(STORE, &row(&fields))?;
    tx.commit().await?;
    Ok(wait_ms)
}

/// A right code ends the counting.
pub(super) async fn forget_tries(db: &IdbDatabase) -> Result<(), Trouble> {
    let tx = Tx::begin(db, &[STORE], Access::Write)?;
    tx.delete(STORE, &TRIES.into())?;
    tx.commit().await
}

/// Compares what is here with the receipts, by what stands in clear.
pub(super) async fn unproved(db: &IdbDatabase) -> Result<Unproved, Trouble> {
    let tx = Tx::begin(db, &["entries", "receipts", "drafts"], Access::Read)?;
    let all = |store| tx.list(store, &JsValue::UNDEFINED, ALL);
    let (entries, receipts, drafts) = (all("entries")?, all("receipts")?, all("drafts")?);
    let (entries, receipts) = (entries.records().await?, receipts.records().await?);
    let drafts = drafts.records().await?.len();
    let proves = receipts.iter().filter(|receipt| count(receipt, "matches") == 1);
    let proved: BTreeSet<String> = proves.map(|receipt| text(receipt, "revision")).collect();
    let (proved, missing): (Vec<&Object>, Vec<&Object>) =
        entries.iter().partition(|entry| proved.contains(&text(entry, "revision")));
    let missing: BTreeSet<String> = missing.into_iter().map(|entry| text(entry, "id")).collect();
    let held: BTreeSet<String> = proved.into_iter().map(|entry| text(entry, "id")).collect();
    Ok(Unproved {
        entries: missing.iter().map(|id| begun_ms(id)).collect(),
        held: held.difference(&missing).count(),
        drafts,
    })
}

/// When an entry was begun, by its id: of version 7 the first twelve digits are a time.
fn begun_ms(id: &str) -> Option<i64> {
    let digits: String = id.chars().filter(|c| *c != '-').collect();
    let (time, rest) = digits.split_at_checked(12)?;
    if rest.starts_with('7') { i64::from_str_radix(time, 16).ok() } else { None }
}

fn tries_of(record: Option<&Object>) -> Tries {
    let wrong = |record| u32::try_from(count(record, "wrong")).unwrap_or(u32::MAX);
    let last_ms = |record| whole(record, "last").unwrap_or_default();
    record.map_or_else(Tries::default, |record| Tries { wrong: wrong(record), last_ms: last_ms(record) })
}

fn porch_key(porch: &Object) -> Option<CryptoKey> {
    field(porch, "key")?.dyn_into().ok()
}

/// As sealing wants them; the porch has no blind names.
fn as_keys(data: &Object, key: CryptoKey) -> Keys {
    let id = u32::try_from(count(data, "id")).unwrap_or_default();
    Keys { id, data: key.clone(), names: key }
}

fn place() -> Place {
    Place::new(STORE, PORCH, "")
}
