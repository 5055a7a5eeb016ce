//! A version in the way: what follows from it.

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Body, Digest, Entry, Receipt, VersionId};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::journal::{Filed, Holding, Mark, Outgoing, OutgoingState, Send, Seq};
use interlude_diary::questionnaire::Response;
use interlude_diary::sync::conflict::{Resolution, decide};
use interlude_diary::sync::{Here, Incoming, Ready};
use uuid::Uuid;

const DIGEST: Digest = Digest::new([7; 32]);

fn revision(n: u64) -> RevisionId {
    RevisionId::new(Uuid::from_u128(n.into()))
}

/// The n-th revision of an entry, made of the one before.
fn entry(n: u64) -> Entry {
    Entry {
        id: EntryId::new(Uuid::from_u128(99)),
        revision: revision(n),
        parent: (n > 1).then(|| revision(n - 1)),
        device: DeviceId::new(Uuid::nil()),
        day: LocalDay::from_number(20_000),
        authored: Moment::new(0, 60),
        zone: "Europe/Madrid".to_owned(),
        occasion: None,
        late: false,
        partial: false,
        reason: None,
        body: Body::Response(Response { questionnaire: "x|1".to_owned(), items: Vec::new() }),
    }
}

/// The server stored it as its n-th version, n minutes in.
fn receipt(n: u64) -> Receipt {
    Receipt {
        revision: revision(n),
        version: VersionId(format!("E-{n}")),
        digest: Some(DIGEST),
        stored: Moment::new(i64::try_from(n).unwrap_or(0) * 60_000, 0),
        epoch: "E".to_owned(),
        head: String::new(),
    }
}

fn here(n: u64, filed: bool) -> Here {
    let entry = Box::new(entry(n));
    let filed = filed.then(|| Filed::settled(receipt(n)));
    let holding =
        Holding { seq: Seq(n), id: entry.id, revision: entry.revision, parent: entry.parent, filed };
    Here { holding, entry, digest: DIGEST }
}

fn mine(n: u64) -> Ready {
    let row = Outgoing {
        seq: Seq(n),
        entry: entry(n),
        base: None,
        behind: false,
        followed: false,
        beneath: Vec::new(),
        send: Send::Now,
        attempts: 0,
        due_ms: 0,
        state: OutgoingState::Waiting,
    };
    Ready { gate: row.entry.revision, row, digest: DIGEST, bytes: 100 }
}

fn current(n: u64) -> Incoming {
    let entry = Box::new(entry(n));
    Incoming {
        resource: entry.id.to_string(),
        entry,
        text: String::new(),
        receipt: receipt(n),
        digest: None,
        beneath: Vec::new(),
    }
}

fn parked(marks: &[Mark]) -> Vec<RevisionId> {
    let parked = marks.iter().filter_map(|mark| match mark {
        Mark::Parked { revision, .. } => Some(*revision),
        Mark::Settled(_)
        | Mark::Changed(_)
        | Mark::Later { .. }
        | Mark::Withdrawn { .. }
        | Mark::Overtaken { .. }
        | Mark::Pulled { .. }
        | Mark::Brought { .. } => None,
    });
    parked.collect()
}

#[test]
fn what_the_server_has_moved_past_is_parked() {
    let Resolution::File(marks) =
        decide(&mine(2), Some(&current(3)), &[here(1, true), here(2, false), here(3, true)])
    else {
        unreachable!("something was learned")
    };
    assert_eq!(parked(&marks), [revision(2)]);
}

/// A page slept with an older version in its hands, while another sent this one and a correction of it. Both
/// go again, in order; neither is given up.
#[test]
fn what_stands_in_the_way_only_by_a_disproved_receipt_does_not() {
    let Resolution::File(marks) =
        decide(&mine(2), Some(&current(1)), &[here(1, true), here(2, true), here(3, true)])
    else {
        unreachable!("something was learned")
    };
    assert!(parked(&marks).is_empty(), "{marks:?}");
    let again = [2, 3].map(|n| Mark::Withdrawn { revision: revision(n) });
    assert_eq!(marks, again);
}

/// Another phone made a third on top of this one, and sent only what it made on top of that: which this
/// phone cannot see, but for what is said beside it.
#[test]
fn what_was_made_on_top_of_one_that_never_came_is_not_written_over() {
    let mut current = current(4);
    let Resolution::File(marks) = decide(&mine(2), Some(&current), &[here(1, true), here(2, false)]) else {
        unreachable!("something was learned")
    };
    assert_eq!(marks.len(), 1, "as far as it can see, its own goes on top: {marks:?}");
    current.beneath = vec![revision(2), revision(1)];
    let Resolution::File(marks) = decide(&mine(2), Some(&current), &[here(1, true), here(2, false)]) else {
        unreachable!("something was learned")
    };
    let overtaken = [2, 1].map(|n| Mark::Overtaken { revision: revision(n) });
    assert_eq!(marks.get(1..), Some(&overtaken[..]), "{marks:?}");
    // Known here already, or found to be what this phone's own row is: what is beneath it goes no more either.
    let known = [here(1, true), here(2, false), here(4, false)];
    let Resolution::File(marks) = decide(&mine(2), Some(&current), &known) else {
        unreachable!("something was learned")
    };
    assert_eq!(marks, [Mark::Settled(receipt(4)), overtaken[0].clone()]);
    let Resolution::File(marks) = decide(&mine(4), Some(&current), &known) else {
        unreachable!("something was learned")
    };
    assert_eq!(marks.get(1..), Some(&overtaken[..]), "{marks:?}");
}
