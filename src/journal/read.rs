//! The verbs that read entries and the outbox.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::ids::EntryId;
use interlude_diary::journal::{
    Holding, Outgoing, Row, Seq, Stored, Tally, base_of, beneath, followed, newest_row, next_due_ms,
    next_rows, superseded,
};
use js_sys::{Array, Object};
use wasm_bindgen::JsValue;
use web_sys::IdbKeyRange;

use super::connection::Open;
use super::counts::Counts;
use super::family::{self, FIRST, Families, Family, HELD, NOW, Raw};
use super::load;
use super::row::{self, js, js_count};
use super::transaction::{ALL, Access, Tx};
use super::trouble::{self, Trouble};

/// Rows of the outbox read at once while looking for those that are due.
const STRETCH: u32 = 128;

pub(super) async fn revisions(open: &Open, id: EntryId) -> Result<Vec<Stored>, Trouble> {
    let tx = Tx::begin(&open.db, &family::STORES, Access::Read)?;
    let mut families = load::families(open, tx, &[id]).await?;
    family::open_members(open, families.values_mut()).await?;
    Ok(in_order(&families, |_, member| member.stored()))
}

pub(super) async fn page(open: &Open, after: Option<Seq>, limit: usize) -> Result<Vec<Stored>, Trouble> {
    let mut after = after;
    loop {
        let mut families = stretch(open, after, limit).await?;
        let Some(last) = families.values().flat_map(|family| &family.members).map(|one| one.seq).max() else {
            return Ok(Vec::new());
        };
        family::open_what_opens(open, families.values_mut()).await?;
        let mut stored = in_order(&families, |_, member| member.stored());
        stored.sort_by_key(|stored| stored.seq);
        // Nothing of a whole stretch opened: an empty answer would say that the journal ends here.
        if !stored.is_empty() {
            return Ok(stored);
        }
        after = Some(last);
    }
}

pub(super) async fn holdings(open: &Open, after: Option<Seq>, limit: usize) -> Result<Vec<Holding>, Trouble> {
    Ok(sorted(stretch(open, after, limit).await?))
}

pub(super) async fn holdings_of(open: &Open, ids: &[EntryId]) -> Result<Vec<Holding>, Trouble> {
    let tx = Tx::begin(&open.db, &family::STORES, Access::Read)?;
    Ok(sorted(load::families(open, tx, ids).await?))
}

pub(super) async fn outbox(open: &Open) -> Result<Vec<Outgoing>, Trouble> {
    let tx = Tx::begin(&open.db, &["outbox"], Access::Read)?;
    let records = tx.list("outbox", &JsValue::UNDEFINED, ALL)?.records().await?;
    drop(tx);
    let rows: Vec<Row> = records.iter().map(family::clear_row).collect::<Result<_, _>>()?;
    Ok(outgoing(open, &rows).await?.0)
}

/// Only as much of the outbox is read as it takes: after pairing it may hold ten years.
///
/// What waits for a tap or goes first is read whole (there is little of it), with all rows of
/// entries that go first. The others are read in their order; of any entry seen there, no older
/// row is left unseen, so [`next_rows`] decides as over the whole outbox.
pub(super) async fn pending(open: &Open, now_ms: i64, limit: usize) -> Result<Vec<Outgoing>, Trouble> {
    let tx = Tx::begin(&open.db, &["outbox"], Access::Read)?;
    let (first, held) = (by_state(&tx, FIRST)?, by_state(&tx, HELD)?);
    let mut rows: BTreeMap<Seq, Row> = BTreeMap::new();
    for record in first.records().await? {
        let row = family::clear_row(&record)?;
        for record in tx.list_by("outbox", "id", &row.id.to_string().into(), ALL)?.records().await? {
            take(&mut rows, &record)?;
        }
    }
    for record in held.records().await? {
        take(&mut rows, &record)?;
    }
    let mut after = None;
    while next_rows(rows.values(), now_ms, limit).len() < limit {
        let stretch = tx.list_by("outbox", "place", &places(after)?, STRETCH)?.records().await?;
        let Some(last) = stretch.last() else { break };
        after = Some(row::seq(last));
        for record in &stretch {
            take(&mut rows, record)?;
        }
    }
    drop(tx);
    loop {
        let chosen: Vec<Row> = next_rows(rows.values(), now_ms, limit).into_iter().cloned().collect();
        let (out, damaged) = outgoing(open, &chosen).await?;
        if damaged.is_empty() {
            return Ok(out);
        }
        // What does not open cannot be sent, and must not stand in the way of what can.
        rows.retain(|seq, _| !damaged.contains(seq));
    }
}

/// Of each of these entries the row that goes where only the newest does, as far as they open.
pub(super) async fn newest(open: &Open, ids: &[EntryId]) -> Result<Vec<Outgoing>, Trouble> {
    let tx = Tx::begin(&open.db, &["outbox"], Access::Read)?;
    let asked = ids.iter().map(|id| tx.list_by("outbox", "id", &id.to_string().into(), ALL));
    let asked: Vec<_> = asked.collect::<Result<_, _>>()?;
    let mut lines: Vec<BTreeMap<Seq, Row>> = Vec::new();
    for asked in asked {
        let mut rows = BTreeMap::new();
        for record in asked.records().await? {
            take(&mut rows, &record)?;
        }
        lines.push(rows);
    }
    drop(tx);
    loop {
        let chosen: Vec<Row> = lines.iter().filter_map(|rows| newest_row(rows.values()).cloned()).collect();
        let (out, damaged) = outgoing(open, &chosen).await?;
        if damaged.is_empty() {
            return Ok(out);
        }
        for rows in &mut lines {
            rows.retain(|seq, _| !damaged.contains(seq));
        }
    }
}

/// Places after `after` among the rows that may go.
fn places(after: Option<Seq>) -> Result<JsValue, Trouble> {
    let from = Array::of2(&js(NOW), &js_count(after.map_or(0, |seq| seq.0)));
    let until = Array::of2(&js(NOW), &js_count(u64::from(u32::MAX)));
    let range = IdbKeyRange::bound_with_lower_open(&from, &until, true);
    range.map(JsValue::from).map_err(|thrown| trouble::of(&thrown))
}

pub(super) async fn tally(open: &Open) -> Result<Tally, Trouble> {
    let tx = Tx::begin(&open.db, &["counts", "outbox", "receipts"], Access::Read)?;
    let counts = Counts::ask(&tx)?;
    let due = [first_due(&tx, FIRST)?, first_due(&tx, NOW)?];
    let newest = tx.last_key_by("receipts", "stored", &pair_range(1)?)?;
    let counts = Counts::of(counts.record().await?.as_ref());
    // The index key is [matches, stored].
    #[expect(clippy::cast_possible_truncation, reason = "a time in whole milliseconds")]
    let last_receipt_ms =
        newest.key().await?.and_then(|key| Array::from(&key).get(1).as_f64()).map(|ms| ms as i64);
    let mut first = Vec::new();
    for asked in due {
        first.extend(asked.record().await?);
    }
    let next_due_ms = earliest(&tx, &first).await?;
    let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Tally {
        revisions: counts.revisions,
        waiting: small(counts.waiting),
        parked: small(counts.parked),
        next_due_ms,
        receipted: counts.receipted,
        last_receipt_ms,
    })
}

/// Families of a stretch of the journal: of each entry only what lies in the stretch.
async fn stretch(open: &Open, after: Option<Seq>, limit: usize) -> Result<Families, Trouble> {
    if limit == 0 {
        return Ok(Families::new());
    }
    let tx = Tx::begin(&open.db, &family::STORES, Access::Read)?;
    let from = js_count(after.map_or(0, |seq| seq.0));
    let range = IdbKeyRange::lower_bound_with_open(&from, true).map_err(|thrown| trouble::of(&thrown))?;
    let limit = u32::try_from(limit).unwrap_or(ALL);
    let entries = tx.list("entries", &range, limit)?.records().await?;
    let Some(last) = entries.last().map(row::seq) else { return Ok(Families::new()) };
    let same = IdbKeyRange::bound_with_lower_open(&from, &js_count(last.0), true)
        .map_err(|thrown| trouble::of(&thrown))?;
    let (outbox, receipts) = (tx.list("outbox", &same, ALL)?, tx.list_by("receipts", "seq", &same, ALL)?);
    let (outbox, receipts) = (outbox.records().await?, receipts.records().await?);
    drop(tx);
    family::from_raw(open, Raw { entries, outbox, receipts }).await
}

/// Rows with what they send, in the order given; and the places of those that do not open.
async fn outgoing(open: &Open, rows: &[Row]) -> Result<(Vec<Outgoing>, Vec<Seq>), Trouble> {
    let ids: Vec<EntryId> = rows.iter().map(|row| row.id).collect::<BTreeSet<_>>().into_iter().collect();
    let tx = Tx::begin(&open.db, &family::STORES, Access::Read)?;
    let mut families = load::families(open, tx, &ids).await?;
    let wanted: BTreeSet<Seq> = rows.iter().map(|row| row.seq).collect();
    // Receipts of all revisions decide the base, but only those that go are opened.
    let base = |row: &Row| {
        let family: Vec<Holding> = families.get(&row.id).into_iter().flat_map(Family::holdings).collect();
        (
            base_of(row.revision, &family).cloned(),
            superseded(row.revision, &family),
            followed(row.revision, &family),
            beneath(row.revision, &family),
        )
    };
    let bases: BTreeMap<Seq, _> = rows.iter().map(|row| (row.seq, base(row))).collect();
    for family in families.values_mut() {
        family.members.retain(|member| wanted.contains(&member.seq));
    }
    let damaged = family::open_what_opens(open, families.values_mut()).await?;
    let out = rows.iter().filter_map(|row| {
        let member = families.get(&row.id)?.members.iter().find(|member| member.seq == row.seq)?;
        // Settled by another tab since the rows were read: nothing is to be sent.
        let row = member.row.as_ref()?;
        let (base, behind, followed, beneath) = bases.get(&row.seq)?;
        Some(Outgoing {
            seq: row.seq,
            entry: member.entry()?.clone(),
            base: base.clone(),
            behind: *behind,
            followed: *followed,
            beneath: beneath.clone(),
            send: row.send,
            attempts: row.attempts,
            due_ms: row.due_ms,
            state: row.state.clone(),
        })
    });
    Ok((out.collect(), damaged))
}

pub(super) fn by_state(tx: &Tx, state: i64) -> Result<super::transaction::Asked, Trouble> {
    tx.list_by("outbox", "place", &pair_range(state)?, ALL)
}

fn take(rows: &mut BTreeMap<Seq, Row>, record: &Object) -> Result<(), Trouble> {
    let row = family::clear_row(record)?;
    rows.insert(row.seq, row);
    Ok(())
}

fn first_due(tx: &Tx, state: i64) -> Result<super::transaction::Asked, Trouble> {
    tx.get_by("outbox", "due", &pair_range(state)?)
}

/// By [`next_due_ms`], of the first row of each kind by its due time. Only where one of those waits
/// behind another is the whole outbox read.
async fn earliest(tx: &Tx, first: &[Object]) -> Result<Option<i64>, Trouble> {
    let (mut rows, mut soonest) = (BTreeMap::new(), None::<i64>);
    for record in first {
        let row = family::clear_row(record)?;
        soonest = Some(soonest.map_or(row.due_ms, |soonest| soonest.min(row.due_ms)));
        for record in tx.list_by("outbox", "id", &row.id.to_string().into(), ALL)?.records().await? {
            take(&mut rows, &record)?;
        }
    }
    let found = next_due_ms(rows.values());
    if found == soonest {
        return Ok(found);
    }
    for state in [FIRST, NOW, HELD] {
        for record in by_state(tx, state)?.records().await? {
            take(&mut rows, &record)?;
        }
    }
    Ok(next_due_ms(rows.values()))
}

/// All keys of a two-part index that begin with `first`.
fn pair_range(first: i64) -> Result<JsValue, Trouble> {
    // Arrays sort after numbers and strings in IndexedDB, so [first, []] is beyond every [first, n].
    let until = Array::of2(&js(first), &Array::new());
    let range = IdbKeyRange::bound(&Array::of1(&js(first)), &until);
    range.map(JsValue::from).map_err(|thrown| trouble::of(&thrown))
}

fn in_order<T>(families: &Families, view: impl Fn(&Family, &family::Member) -> Option<T>) -> Vec<T> {
    let members =
        families.values().flat_map(|family| family.members.iter().map(move |member| (family, member)));
    members.filter_map(|(family, member)| view(family, member)).collect()
}

fn sorted(families: Families) -> Vec<Holding> {
    let mut holdings: Vec<Holding> = families.values().flat_map(Family::holdings).collect();
    holdings.sort_by_key(|holding| holding.seq);
    holdings
}
