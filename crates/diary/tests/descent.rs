//! Which revision stands on which, and what follows for pushes and comparisons.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Digest, Receipt, VersionId};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Filed, Holding, Mark, Seq, base_of, stands_on};
use interlude_diary::sync::{Listed, compare};
use uuid::Uuid;

fn revision(n: u128) -> RevisionId {
    RevisionId::new(Uuid::from_u128(n))
}

fn receipt(n: u128, epoch: &str, stored: i64) -> Receipt {
    Receipt {
        revision: revision(n),
        version: VersionId(format!("{epoch}-{stored}")),
        digest: Some(Digest::new([7; 32])),
        stored: Moment::new(stored, 0),
        epoch: epoch.to_owned(),
        head: String::new(),
    }
}

/// Revision `n` made on top of `parent` (0 for none), with a receipt of this epoch and time.
fn holding(n: u128, parent: u128, filed: Option<(&str, i64)>) -> Holding {
    Holding {
        seq: Seq(u64::try_from(n).unwrap_or(0)),
        id: EntryId::new(Uuid::from_u128(99)),
        revision: revision(n),
        parent: (parent > 0).then(|| revision(parent)),
        filed: filed.map(|(epoch, stored)| Filed::settled(receipt(n, epoch, stored))),
    }
}

fn withdrawn(current: Receipt, here: &[Holding]) -> Vec<RevisionId> {
    let id = EntryId::new(Uuid::from_u128(99));
    let (version, updated) = (current.version.clone(), Some(current.stored));
    let row = Listed { id, resource: id.to_string(), version, updated, receipt: Some(current) };
    let marks = compare::all(&[row], here).marks.into_iter();
    let gone = marks.filter_map(|mark| match mark {
        Mark::Withdrawn { revision } => Some(revision),
        Mark::Settled(_)
        | Mark::Changed(_)
        | Mark::Later { .. }
        | Mark::Parked { .. }
        | Mark::Overtaken { .. }
        | Mark::Pulled { .. }
        | Mark::Brought { .. } => None,
    });
    gone.collect()
}

#[test]
fn descent_is_seen_through_what_is_here() {
    let family = [holding(1, 0, None), holding(2, 1, None), holding(3, 2, None)];
    let on = |n: usize, ancestor| stands_on(family[n - 1].parent, revision(ancestor), &family);
    assert!(on(3, 2) && on(3, 1) && on(2, 1));
    assert!(!on(1, 3) && !on(2, 3) && !on(1, 1));
}

#[test]
fn everything_stands_on_the_first() {
    let family = [holding(1, 0, None), holding(2, 1, None), holding(9, 8, None)];
    assert!(stands_on(Some(revision(8)), revision(1), &family), "8 is not here, and 1 is the first");
    assert!(!stands_on(Some(revision(8)), revision(2), &family), "8 may stand on another than 2");
    assert!(!stands_on(None, revision(1), &family), "another system's own version");
}

#[test]
fn a_ring_of_parents_ends() {
    let family = [holding(1, 2, None), holding(2, 1, None)];
    assert!(!stands_on(Some(revision(1)), revision(7), &family));
}

#[test]
fn an_older_revision_is_not_put_on_what_was_made_of_it() {
    let newest = Some(("A", 50));
    let family = [holding(1, 0, None), holding(2, 1, None), holding(3, 2, newest), holding(4, 1, None)];
    let version = |n| base_of(revision(n), &family).map(|receipt| receipt.version.0.as_str());
    assert_eq!([1, 2].map(version), [None, None]);
    assert_eq!(version(4), Some("A-50"), "a correction beside it goes on top of it");
    let beside =
        [holding(1, 0, None), holding(2, 1, None), holding(3, 2, newest), holding(4, 1, Some(("A", 90)))];
    assert_eq!(base_of(revision(2), &beside), None, "3 was made of 2, whatever came after 3");
}

#[test]
fn what_stood_on_a_revision_given_anew_is_lost() {
    // The server was restored to before both, and another phone gave it the first alone.
    let here = [holding(1, 0, Some(("B", 90))), holding(2, 1, Some(("A", 50)))];
    assert_eq!(withdrawn(receipt(1, "B", 90), &here), [revision(2)]);
}

#[test]
fn what_was_confirmed_since_the_restore_stands() {
    let here = [holding(1, 0, Some(("B", 90))), holding(2, 1, Some(("B", 50)))];
    assert_eq!(withdrawn(receipt(1, "B", 90), &here), []);
    // A correction beside it came later: the older one is history there, lost or not.
    let here = [holding(2, 1, Some(("A", 50))), holding(3, 1, Some(("B", 90)))];
    assert_eq!(withdrawn(receipt(3, "B", 90), &here), []);
}
