//! The table of days: the lines that Today, Diary and the curve need, so that none reads entries.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{DayLine, days_of, line};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsValue;

use super::connection::Open;
use super::family::{self, Family};
use super::load;
use super::row::{parsed, sealed, text};
use super::seal::{self, Place};
use super::transaction::{ALL, Access, Tx};
use super::trouble::Trouble;

pub(super) const STORE: &str = "days";

/// More days than this are read as one list and not one by one.
const MANY: i32 = 1_000;

/// Lines by their day.
pub(super) type Table = BTreeMap<LocalDay, Vec<DayLine>>;

/// Lines of `first` to `last`, by day and then by place.
pub(super) async fn read(open: &Open, first: LocalDay, last: LocalDay) -> Result<Vec<DayLine>, Trouble> {
    let mut lines = if last.since(first) > MANY {
        let (mut lines, damaged) = opened(open, &records(open).await?).await?;
        if damaged {
            lines = drawn(open, |_| true).await?;
        }
        lines.retain(|line| (first..=last).contains(&line.day));
        lines
    } else {
        let days: BTreeSet<LocalDay> = (0..=last.since(first)).map(|n| first.plus(n)).collect();
        load(open, &days).await?.into_values().flatten().collect()
    };
    lines.sort_by_key(|line| (line.day, line.seq));
    Ok(lines)
}

/// All lines that open, as they stand.
pub(super) async fn all(open: &Open) -> Result<Vec<DayLine>, Trouble> {
    Ok(opened(open, &records(open).await?).await?.0)
}

async fn records(open: &Open) -> Result<Vec<Object>, Trouble> {
    let tx = Tx::begin(&open.db, &[STORE], Access::Read)?;
    tx.list(STORE, &JsValue::UNDEFINED, ALL)?.records().await
}

/// The lines of these days; a day without any is there and empty.
pub(super) async fn load(open: &Open, days: &BTreeSet<LocalDay>) -> Result<Table, Trouble> {
    let names = names(open, days.iter().copied()).await?;
    let tx = Tx::begin(&open.db, &[STORE], Access::Read)?;
    let asked: Vec<_> = names.iter().map(|name| tx.get(STORE, &name.into())).collect::<Result<_, _>>()?;
    let mut records = Vec::new();
    for asked in asked {
        records.extend(asked.record().await?);
    }
    drop(tx);
    let mut table: Table = days.iter().map(|day| (*day, Vec::new())).collect();
    let (mut lines, damaged) = opened(open, &records).await?;
    if damaged {
        lines = drawn(open, |day| days.contains(&day)).await?;
    }
    for line in lines {
        table.entry(line.day).or_default().push(line);
    }
    Ok(table)
}

/// The lines of the wanted days, drawn anew from the entries: the table is made of them, so that one
/// of its records that is damaged costs nothing but this. The next write to that day mends it.
async fn drawn(open: &Open, wanted: impl Fn(LocalDay) -> bool) -> Result<Vec<DayLine>, Trouble> {
    let mut families = load::all(open).await?;
    family::open_what_opens(open, families.values_mut()).await?;
    let lines = families.values().filter_map(|family| line(&family.revisions()));
    Ok(lines.filter(|line| wanted(line.day)).collect())
}

/// The names under which days lie: a plain date would tell when somebody was ill.
pub(super) async fn names(open: &Open, days: impl Iterator<Item = LocalDay>) -> Result<Vec<String>, Trouble> {
    let texts: Vec<String> = days.map(|day| day.to_string()).collect();
    open.blind_all("day", &texts).await
}

/// Every day on which these families stand or stood.
pub(super) fn touched<'a>(families: impl Iterator<Item = &'a Family>) -> BTreeSet<LocalDay> {
    let all = |family: &Family| {
        family.members.iter().filter_map(|member| member.entry()).map(|entry| entry.day).collect::<Vec<_>>()
    };
    families.flat_map(all).collect()
}

/// Puts the family's line where it now belongs, and takes it from everywhere else.
pub(super) fn redraw(table: &mut Table, family: &Family) {
    for lines in table.values_mut() {
        lines.retain(|line| line.id != family.id);
    }
    if let Some(line) = line(&family.revisions()) {
        table.entry(line.day).or_default().push(line);
    }
    debug_assert!(days_of(&family.revisions()).iter().all(|day| table.contains_key(day)));
}

pub(super) fn place(name: &str) -> Place {
    Place::new(STORE, name, "")
}

/// What opens, and whether something does not.
async fn opened(open: &Open, records: &[Object]) -> Result<(Vec<DayLine>, bool), Trouble> {
    let sealed = |record: &Object| Some((place(&text(record, "key")), sealed(record)?));
    let seals: Vec<(Place, Uint8Array)> = records.iter().filter_map(sealed).collect();
    let (mut lines, mut damaged) = (Vec::new(), seals.len() < records.len());
    for plain in seal::open_all(&open.keys, &seals).await? {
        match plain.and_then(|plain| parsed::<Vec<DayLine>>(&plain, None).ok()) {
            Some(day) => lines.extend(day),
            None => damaged = true,
        }
    }
    Ok((lines, damaged))
}
