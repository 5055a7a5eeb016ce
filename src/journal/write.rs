//! Writing what changed: seal everything, then one strict transaction, all or nothing.

use std::collections::BTreeSet;

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::journal::{Filed, JournalError, OutgoingState, Row};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsValue;

use super::connection::Open;
use super::counts::Counts;
use super::days::{self, Table};
use super::family::{self, Families, Family, Member, Tried};
use super::row::{self, js, js_count, json, text, whole};
use super::seal::{self, Place};
use super::transaction::{Access, Tx};
use super::trouble::Trouble;
use super::{drafts, infusions, keys, small};
use interlude_diary::journal::MetaKey;
use interlude_diary::occasion::{Draft, DraftKey};

/// A change to families, and what goes with it in the same transaction.
pub(super) struct Change<'a> {
    /// As they were when the families were read.
    pub(super) counts: Counts,
    pub(super) families: Families,
    /// Families whose line must be drawn again; their members are open.
    pub(super) redraw: BTreeSet<interlude_diary::ids::EntryId>,
    pub(super) draft: DraftChange<'a>,
    /// The sync cycle's memory.
    pub(super) sync: Option<&'a str>,
}

/// What becomes of a draft.
#[derive(Clone, Copy)]
pub(super) enum DraftChange<'a> {
    Stays,
    Goes(&'a DraftKey),
    /// Only where there is none now.
    Comes(&'a Draft),
}

/// One record to be sealed, and where it goes.
struct Wet {
    store: &'static str,
    place: Place,
    plain: Vec<u8>,
    clear: Vec<(&'static str, JsValue)>,
}

/// Everything the transaction will do, sealed.
#[derive(Default)]
struct Batch {
    wet: Vec<Wet>,
    puts: Vec<(&'static str, Object)>,
    deletes: Vec<(&'static str, JsValue)>,
}

/// Writes the change. [`Trouble::Moved`] when another tab wrote since the families were read.
pub(super) async fn write(open: &Open, change: Change<'_>) -> Result<(), Trouble> {
    let before = change.counts.version;
    let mut counts = change.counts;
    counts.version += 1;
    let mut batch = Batch::default();
    for family in change.families.values() {
        for member in &family.members {
            batch.member(family, member, &mut counts)?;
        }
    }
    batch.days(open, &change).await?;
    let arriving = match change.draft {
        DraftChange::Comes(draft) => Some(drafts::sealed_row(open, draft).await?),
        DraftChange::Goes(key) => {
            batch.deletes.push(("drafts", drafts::name(open, key).await?.into()));
            None
        }
        DraftChange::Stays => None,
    };
    if let Some(value) = change.sync {
        batch.puts.push((small::META, small::sealed_row(open, MetaKey::Sync, value).await?));
    }
    batch.dry(open).await?;

    let stores = ["entries", "outbox", "receipts", "days", "drafts", "meta", "counts", "keys"];
    let tx = Tx::begin(&open.db, &stores, Access::Write)?;
    let (held, stored) = (keys::ask_for(&tx)?, Counts::ask(&tx)?);
    let (held, stored) = (held.record().await?, stored.record().await?);
    if !open.keys.are(held.as_ref()) {
        return Err(Trouble::OtherKeys);
    }
    if Counts::of(stored.as_ref()).version != before {
        return Err(Trouble::Moved);
    }
    if let Some(draft) = &arriving {
        if let Some(other) = tx.get("drafts", &text(draft, "key").into())?.record().await? {
            let current =
                whole(&other, "version").and_then(|version| version.try_into().ok()).unwrap_or_default();
            return Err(Trouble::Final(JournalError::DraftMoved { current }));
        }
        tx.put("drafts", draft)?;
    }
    for (store, key) in &batch.deletes {
        tx.delete(store, key)?;
    }
    for (store, record) in &batch.puts {
        tx.put(store, record)?;
    }
    counts.put(&tx)?;
    tx.commit().await
}

impl Batch {
    /// What changed of one revision, and what that does to the counts.
    fn member(&mut self, family: &Family, member: &Member, counts: &mut Counts) -> Result<(), Trouble> {
        let new = member.sealed.is_none();
        if member.gone {
            self.deletes.push(("entries", js_count(member.seq.0)));
            counts.revisions = counts.revisions.saturating_sub(1);
        } else if let (true, Some(body)) = (new, &member.body) {
            self.wet.push(Wet {
                store: "entries",
                place: member.place(family.id),
                plain: json(body)?,
                clear: named(family, member),
            });
            counts.revisions += 1;
        }
        let row = member.row.as_ref().filter(|_| !member.gone);
        if row != member.stored_row.as_ref() {
            self.row(row, family, member)?;
            let parked = |row: Option<&Row>| row.is_some_and(|row| !row.waits());
            let (was, is) = (member.stored_row.as_ref(), row);
            counts.waiting = moved(counts.waiting, was.is_some_and(Row::waits), is.is_some_and(Row::waits));
            counts.parked = moved(counts.parked, parked(was), parked(is));
        }
        let filed = member.filed.as_ref().filter(|_| !member.gone);
        if filed != member.stored_filed.as_ref() {
            self.filed(filed, family, member)?;
            let proves = |filed: Option<&Filed>| filed.is_some_and(Filed::matches);
            counts.receipted = moved(counts.receipted, proves(member.stored_filed.as_ref()), proves(filed));
        }
        Ok(())
    }

    fn row(&mut self, row: Option<&Row>, family: &Family, member: &Member) -> Result<(), Trouble> {
        let Some(row) = row else {
            self.deletes.push(("outbox", js_count(member.seq.0)));
            return Ok(());
        };
        let mut clear = clear(family, member);
        clear.push(("state", js(family::state(row))));
        clear.push(("due", js(row.due_ms)));
        let parked = match &row.state {
            OutgoingState::Waiting => None,
            OutgoingState::Parked { status, reason } => Some((*status, reason.clone())),
        };
        let tried = Tried { attempts: row.attempts, parked };
        if tried == Tried::default() {
            self.puts.push(("outbox", row::row(&clear)));
        } else {
            self.wet.push(Wet {
                store: "outbox",
                place: family::row_place(row),
                plain: json(&tried)?,
                clear,
            });
        }
        Ok(())
    }

    fn filed(&mut self, filed: Option<&Filed>, family: &Family, member: &Member) -> Result<(), Trouble> {
        let (id, revision) = (family.id.to_string(), member.revision.to_string());
        let Some(filed) = filed else {
            self.deletes.push(("receipts", revision.into()));
            return Ok(());
        };
        let mut clear = clear(family, member);
        clear.push(("matches", js(i64::from(filed.matches()))));
        clear.push(("stored", js(filed.receipt.stored.unix_ms())));
        let place = family::receipt_place(&id, &revision);
        self.wet.push(Wet { store: "receipts", place, plain: json(filed)?, clear });
        Ok(())
    }

    /// The lines of every day that a changed family stands or stood on.
    async fn days(&mut self, open: &Open, change: &Change<'_>) -> Result<(), Trouble> {
        let families: Vec<&Family> = change.redraw.iter().filter_map(|id| change.families.get(id)).collect();
        let touched = days::touched(families.iter().copied());
        if touched.is_empty() {
            return Ok(());
        }
        let mut table: Table = days::load(open, &touched).await?;
        for family in &families {
            days::redraw(&mut table, family);
        }
        let first = change.counts.revisions == 0;
        if let Some(lines) = infusions::after(open, &families, &table, first).await? {
            self.wet.push(Wet {
                store: small::META,
                place: infusions::place(),
                plain: json(&lines)?,
                clear: vec![("name", JsValue::from_str(infusions::NAME))],
            });
        }
        let days: Vec<LocalDay> = table.keys().copied().collect();
        for (name, (_, lines)) in days::names(open, days.into_iter()).await?.into_iter().zip(table) {
            let key = JsValue::from_str(&name);
            if lines.is_empty() {
                self.deletes.push((days::STORE, key));
            } else {
                let plain = json(&lines)?;
                self.wet.push(Wet {
                    store: days::STORE,
                    place: days::place(&name),
                    plain,
                    clear: vec![("key", key)],
                });
            }
        }
        Ok(())
    }

    /// Seals what is to be sealed.
    async fn dry(&mut self, open: &Open) -> Result<(), Trouble> {
        let (mut plain, mut rest) = (Vec::new(), Vec::new());
        for wet in std::mem::take(&mut self.wet) {
            plain.push((wet.place, wet.plain));
            rest.push((wet.store, wet.clear));
        }
        let sealed: Vec<Uint8Array> = seal::seal_all(&open.keys, &plain).await?;
        for ((store, mut clear), sealed) in rest.into_iter().zip(sealed) {
            clear.push(("sealed", sealed.into()));
            self.puts.push((store, row::row(&clear)));
        }
        Ok(())
    }
}

/// What stands in clear with an entry.
fn named(family: &Family, member: &Member) -> Vec<(&'static str, JsValue)> {
    let mut clear = clear(family, member);
    clear.extend(member.parent.map(|parent| ("parent", parent.to_string().into())));
    clear
}

/// What stands in clear with everything of one revision.
fn clear(family: &Family, member: &Member) -> Vec<(&'static str, JsValue)> {
    vec![
        ("seq", js_count(member.seq.0)),
        ("id", family.id.to_string().into()),
        ("revision", member.revision.to_string().into()),
    ]
}

fn moved(count: u64, was: bool, is: bool) -> u64 {
    match (was, is) {
        (false, true) => count.saturating_add(1),
        (true, false) => count.saturating_sub(1),
        (true, true) | (false, false) => count,
    }
}

/// The proof behind *On this phone*: reads the revision in a new transaction, opens its seal and
/// compares.
pub(super) async fn read_back(open: &Open, entry: &Entry) -> Result<interlude_diary::journal::Seq, Trouble> {
    let revision = JsValue::from_str(&entry.revision.to_string());
    let tx = Tx::begin(&open.db, &["entries"], Access::Read)?;
    let record = tx.get_by("entries", "revision", &revision)?.record().await?;
    drop(tx);
    let not = || Trouble::Final(JournalError::NotReadBack);
    let record = record.ok_or_else(not)?;
    let sealed = row::sealed(&record).ok_or_else(not)?;
    let place = Place::new("entries", &entry.id.to_string(), &entry.revision.to_string());
    let plain = seal::open(&open.keys, &place, &sealed).await?.ok_or_else(not)?;
    let body: family::Body = row::parsed(&plain, None).map_err(|_shape| not())?;
    if body.entry == *entry { Ok(row::seq(&record)) } else { Err(not()) }
}
