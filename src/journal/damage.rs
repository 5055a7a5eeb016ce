//! How many records of this store are not what was written: cut short, changed, put in another's
//! place, or put back from an earlier time.
//!
//! What does not open is left as it is and left out of what is shown; none keeps another from opening.
//! An earlier table of a day opens; it is found by drawing the lines anew from the entries, and mended.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::ids::EntryId;
use interlude_diary::journal::{DayLine, line};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsValue;

use super::connection::Open;
use super::family::{self, Family};
use super::row::{sealed, text, whole};
use super::seal::{self, Place};
use super::transaction::{ALL, Access, Tx};
use super::trouble::Trouble;
use super::write::{Change, DraftChange, write};
use super::{days, load};

type Lies = fn(&Object) -> Place;

/// Stores with seals, and where a record of each lies.
const SEALED: [(&str, Lies); 6] = [
    ("entries", |record| of_revision("entries", record)),
    ("outbox", |record| of_revision("outbox", record)),
    ("receipts", |record| of_revision("receipts", record)),
    ("drafts", |record| {
        let version = whole(record, "version").unwrap_or_default();
        Place::new("drafts", &text(record, "key"), &version.to_string())
    }),
    ("days", |record| Place::new("days", &text(record, "key"), "")),
    ("meta", |record| Place::new("meta", &text(record, "name"), "")),
];

/// Counts them. Opens every record: for a page that tells, never for the start.
pub(super) async fn count(open: &Open) -> Result<usize, Trouble> {
    let mut damaged = mend_days(open).await?;
    for (store, place) in SEALED {
        let tx = Tx::begin(&open.db, &[store], Access::Read)?;
        let records = tx.list(store, &JsValue::UNDEFINED, ALL)?.records().await?;
        drop(tx);
        let seals: Vec<(Place, Uint8Array)> =
            records.iter().filter_map(|record| Some((place(record), sealed(record)?))).collect();
        let opened = seal::open_all(&open.keys, &seals).await?;
        damaged += opened.iter().filter(|plain| plain.is_none()).count();
    }
    Ok(damaged)
}

/// Draws anew the lines of entries whose line is not as the entries say; how many there were.
async fn mend_days(open: &Open) -> Result<usize, Trouble> {
    let mut families = load::all(open).await?;
    family::open_what_opens(open, families.values_mut()).await?;
    let mut stands: BTreeMap<EntryId, Vec<DayLine>> = BTreeMap::new();
    for line in days::all(open).await? {
        stands.entry(line.id).or_default().push(line);
    }
    let right = |id: &EntryId, family: &Family| {
        let drawn: Vec<DayLine> = line(&family.revisions()).into_iter().collect();
        stands.get(id).map_or(drawn.is_empty(), |stands| *stands == drawn)
    };
    // Of a family that does not open whole nobody can say what its line was.
    let whole = |family: &Family| family.members.iter().all(|member| member.entry().is_some());
    let stale = families.iter().filter(|(id, family)| whole(family) && !right(id, family));
    let stale: Vec<EntryId> = stale.map(|(id, _)| *id).collect();
    if !stale.is_empty() {
        let (counts, mut families) = load::with_counts(open, &stale, &[]).await?;
        family::open_members(open, families.values_mut()).await?;
        let redraw: BTreeSet<EntryId> = stale.iter().copied().collect();
        write(open, Change { counts, families, redraw, draft: DraftChange::Stays, sync: None }).await?;
    }
    Ok(stale.len())
}

fn of_revision(store: &str, record: &Object) -> Place {
    Place::new(store, &text(record, "id"), &text(record, "revision"))
}
