//! A list of the server's against what is here: entry by entry.

use std::collections::{BTreeMap, BTreeSet};

use super::step::{Listed, mark_of};
use crate::entry::Receipt;
use crate::ids::{EntryId, RevisionId};
use crate::journal::{Filed, Holding, Mark, rank, stands_on};

/// What comparing came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// Receipts refreshed, disproved or found to be about other content.
    pub marks: Vec<Mark>,
    /// Resources that are not known here, as the server names them.
    pub unknown: Vec<String>,
    /// What was sent to a server that gives no receipts, and stands in its list now: its content
    /// is to be compared.
    pub unproved: Vec<Listed>,
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
    let mut withdrawn: BTreeSet<RevisionId> = BTreeSet::new();
    for mark in &compared.marks {
        if let Mark::Withdrawn { revision } = mark {
            withdrawn.insert(*revision);
        }
    }
    let current: BTreeMap<EntryId, &Listed> = listed.iter().map(|row| (row.id, row)).collect();
    for (id, holdings) in group(here) {
        // What is current there ends the server's history; nothing can have come after it.
        let place = match current.get(&id) {
            None => None,
            Some(row) => match holdings.iter().find(|holding| is_current(row, holding)) {
                // By what the server says now: the version may have been stored again since.
                Some(holding) => {
                    let listed = row.receipt.clone().map(|receipt| Filed { receipt, changed: false });
                    Some(rank(holding.seq, listed.as_ref().or(holding.filed.as_ref())))
                }
                None => continue, // unknown here: it is fetched, and the next reconcile compares
            },
        };
        for holding in holdings.iter().filter(|holding| holding.filed.is_some()) {
            if place.is_none_or(|place| rank(holding.seq, holding.filed.as_ref()) > place)
                && withdrawn.insert(holding.revision)
            {
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

pub(super) fn is_current(row: &Listed, holding: &Holding) -> bool {
    let named = row.receipt.as_ref().is_some_and(|receipt| receipt.revision == holding.revision);
    let version = holding.filed.as_ref().is_some_and(|filed| filed.receipt.version == row.version);
    named || version
}

fn epoch_of(receipt: &Receipt) -> &str {
    &receipt.epoch
}

fn line(row: &Listed, here: &[&Holding], compared: &mut Compared) {
    let Some(holding) = here.iter().find(|holding| is_current(row, holding)) else {
        compared.unknown.push(row.resource.clone());
        return;
    };
    // What was made on top of it is not there any more: lost with a restore, or, where no server
    // stood in the way, overwritten by a request that arrived late. A server that gives receipts
    // has what it confirmed since its restore, current or not.
    let epoch = row.receipt.as_ref().or(holding.filed.as_ref().map(|filed| &filed.receipt)).map(epoch_of);
    let on_top = here.iter().filter(|other| {
        let lost = |filed: &Filed| epoch.is_none_or(str::is_empty) || epoch != Some(&filed.receipt.epoch);
        other.filed.as_ref().is_some_and(lost)
            && stands_on(other.parent, holding.revision, here.iter().copied())
    });
    compared.marks.extend(on_top.map(|other| Mark::Withdrawn { revision: other.revision }));
    // Without a receipt here it waits, and its push will be answered with one.
    let (Some(old), Some(receipt)) = (&holding.filed, &row.receipt) else { return };
    let mut receipt = receipt.clone();
    receipt.revision = holding.revision;
    // Where no epoch tells of a restore, what was stored anew may stand in an emptied server, without
    // its scores: a request can arrive late there.
    let anew = receipt.epoch.is_empty() && old.receipt.stored != receipt.stored;
    let same = match (old.receipt.digest, receipt.digest) {
        (Some(old), Some(new)) if anew && old == new => {
            compared.unproved.push(row.clone());
            return;
        }
        (Some(old), Some(new)) => old == new,
        (None, Some(_)) if !old.changed => {
            compared.unproved.push(row.clone());
            return;
        }
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
