//! Lines of all infusions as one record, so that Today knows the series without reading the diary.
//!
//! It is drawn anew with the table of days, in the same transaction. A store that has none, since it
//! is older than this record, is read through until the next infusion is told.

use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::DayLine;
use interlude_diary::schedule::infusion::tells;

use super::connection::Open;
use super::days::{self, Table};
use super::family::Family;
use super::row::{parsed, sealed};
use super::seal::{self, Place};
use super::small::META;
use super::transaction::{Access, Tx};
use super::trouble::Trouble;

/// Its name among the small values.
pub(super) const NAME: &str = "infusions";

pub(super) fn place() -> Place {
    Place::new(META, NAME, "")
}

pub(super) async fn read(open: &Open) -> Result<Vec<DayLine>, Trouble> {
    match kept(open).await? {
        Some(lines) => Ok(lines),
        None => gathered(open).await,
    }
}

async fn kept(open: &Open) -> Result<Option<Vec<DayLine>>, Trouble> {
    let tx = Tx::begin(&open.db, &[META], Access::Read)?;
    let Some(record) = tx.get(META, &NAME.into())?.record().await? else { return Ok(None) };
    let bytes = sealed(&record).ok_or_else(|| seal::damaged(None))?;
    let plain = seal::open(&open.keys, &place(), &bytes).await?.ok_or_else(|| seal::damaged(None))?;
    parsed(&plain, None).map(Some)
}

async fn gathered(open: &Open) -> Result<Vec<DayLine>, Trouble> {
    let (first, last) = (LocalDay::from_number(i32::MIN), LocalDay::from_number(i32::MAX));
    let mut lines = days::read(open, first, last).await?;
    lines.retain(tells);
    Ok(lines)
}

/// The record after these families were drawn into `table`; `None` where it stays as it is. The first
/// entry of a store makes it, empty.
pub(super) async fn after(
    open: &Open,
    families: &[&Family],
    table: &Table,
    first_of_store: bool,
) -> Result<Option<Vec<DayLine>>, Trouble> {
    let drawn = |family: &&&Family| table.values().flatten().find(|line| line.id == family.id);
    let told: Vec<&DayLine> =
        families.iter().filter_map(|family| drawn(&family)).filter(|line| tells(line)).collect();
    let mut lines = match kept(open).await? {
        Some(lines) => lines,
        None if first_of_store => Vec::new(),
        None if told.is_empty() => return Ok(None),
        None => gathered(open).await?,
    };
    let before = lines.len();
    lines.retain(|line| families.iter().all(|family| family.id != line.id));
    if told.is_empty() && lines.len() == before && !first_of_store {
        return Ok(None);
    }
    lines.extend(told.into_iter().cloned());
    lines.sort_by_key(|line| (line.day, line.seq));
    Ok(Some(lines))
}
