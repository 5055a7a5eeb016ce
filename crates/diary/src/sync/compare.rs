//! A list of the server's against what is here: entry by entry.

use std::collections::BTreeMap;

use super::step::{Listed, mark_of};
use crate::ids::EntryId;
use crate::journal::{Filed, Holding, Mark, rank};

/// What comparing came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// Receipts refreshed, disproved or found to be about other content.
    pub marks: Vec<Mark>,
    /// Resources that are not known here, as the server names them.
    pub unknown: Vec<String>,
}

/// Compares the lines of a list with the holdings of their entries.
#[must_use]
pub fn lines(listed: &[Listed], here: &[Holding]) -> Compared {
    let by_id = group(here);
    let mut compared = Compared::default();
    for row in listed {
        line(row, by_id.get(&row.id).map_or(&[], Vec::as_slice), &mut compared);
    }
    compared
}

/// Compares a complete list with everything that is here: what the server no longer says it holds
/// is withdrawn.
#[must_use]
pub fn all(listed: &[Listed], here: &[Holding]) -> Compared {
    let mut compared = lines(listed, here);
    let current: BTreeMap<EntryId, &Listed> = listed.iter().map(|row| (row.id, row)).collect();
    for (id, holdings) in group(here) {
        // What is current there ends the server's history; nothing can have come after it.
        let place = match current.get(&id) {
            None => None,
            Some(row) => match holdings.iter().find(|holding| is_current(row, holding)) {
                Some(holding) => Some(rank(holding.seq, holding.filed.as_ref())),
                None => continue, // unknown here: it is fetched, and the next reconcile compares
            },
        };
        for holding in holdings.iter().filter(|holding| holding.filed.is_some()) {
            if place.is_none_or(|place| rank(holding.seq, holding.filed.as_ref()) > place) {
                compared.marks.push(Mark::Withdrawn { revision: holding.revision });
            }
        }
    }
    compared
}

fn group(here: &[Holding]) -> BTreeMap<EntryId, Vec<&Holding>> {
    let mut by_id: BTreeMap<EntryId, Vec<&Holding>> = BTreeMap::new();
    for holding in here {
        by_id.entry(holding.id).or_default().push(holding);
    }
    by_id
}

fn is_current(row: &Listed, holding: &Holding) -> bool {
    let named = row.receipt.as_ref().is_some_and(|receipt| receipt.revision == holding.revision);
    let version = holding.filed.as_ref().is_some_and(|filed| filed.receipt.version == row.version);
    named || version
}

fn line(row: &Listed, here: &[&Holding], compared: &mut Compared) {
    let Some(holding) = here.iter().find(|holding| is_current(row, holding)) else {
        compared.unknown.push(row.resource.clone());
        return;
    };
    // Without a receipt here it waits, and its push will be answered with one.
    let (Some(old), Some(receipt)) = (&holding.filed, &row.receipt) else { return };
    let mut receipt = receipt.clone();
    receipt.revision = holding.revision;
    let same = match (old.receipt.digest, receipt.digest) {
        (Some(old), Some(new)) => old == new,
        _ => return,
    };
    // A changed copy stays one until the server says the digest that was first expected; that is
    // for a push to find out, so it is not unsaid here.
    let changed = old.changed || !same;
    let moved = old.receipt.version != receipt.version;
    if moved || changed != old.changed {
        compared.marks.push(mark_of(Filed { receipt, changed }));
    }
}
