//! What comes down with a parent that is not here brings its history with it.

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Body, Digest, Entry, Receipt, VersionId};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::journal::{Holding, Mark, Seq};
use interlude_diary::questionnaire::Response;
use interlude_diary::sync::{
    Create, Cycle, Failure, Incoming, Kick, Kind, Listed, Memory, Page, Rest, Server, Step, Told,
};
use uuid::Uuid;

const NOW: Moment = Moment::new(1_767_225_600_000, 0);

fn revision(n: u128) -> RevisionId {
    RevisionId::new(Uuid::from_u128(n))
}

fn id() -> EntryId {
    EntryId::new(Uuid::from_u128(99))
}

/// Revision `n`, made of the one before it.
fn incoming(n: u128) -> Incoming {
    let entry = Entry {
        id: id(),
        revision: revision(n),
        parent: (n > 1).then(|| revision(n - 1)),
        device: DeviceId::new(Uuid::from_u128(7)),
        occasion: None,
        day: LocalDay::from_number(20_000),
        authored: NOW,
        zone: "Europe/Berlin".to_owned(),
        late: false,
        partial: false,
        reason: None,
        body: Body::Response(Response { questionnaire: "daily-checkin".to_owned(), items: Vec::new() }),
    };
    let stored = Moment::new(NOW.unix_ms() + i64::try_from(n).unwrap_or(0), 0);
    let receipt = Receipt {
        revision: revision(n),
        version: VersionId(format!("A-{n}")),
        digest: Some(Digest::new([7; 32])),
        stored,
        epoch: "A".to_owned(),
        head: String::new(),
    };
    Incoming {
        entry: Box::new(entry),
        resource: "r-1".to_owned(),
        text: String::new(),
        receipt,
        digest: Some(Digest::new([7; 32])),
        beneath: Vec::new(),
    }
}

fn here(n: u128) -> Told {
    let parent = (n > 1).then(|| revision(n - 1));
    Told::Holdings(vec![Holding { seq: Seq(1), id: id(), revision: revision(n), parent, filed: None }])
}

fn next(cycle: &mut Cycle) -> Step {
    cycle.next(NOW.unix_ms())
}

/// The answer to what it asks next.
fn tell(cycle: &mut Cycle, told: Told) {
    let _asked = next(cycle);
    cycle.told(told, NOW, 999);
}

/// A cycle to which revision 3 came down.
fn came_down(server: Server) -> Cycle {
    let memory = Memory { reconciled_ms: Some(NOW.unix_ms()), ..Memory::default() };
    let mut cycle = Cycle::new(server, memory, 1);
    cycle.kick(Kick::Start, NOW.unix_ms());
    tell(&mut cycle, Told::Rows(Vec::new()));
    let (row, receipt) = (incoming(3), incoming(3).receipt);
    let listed = Listed {
        id: id(),
        resource: row.resource.clone(),
        version: receipt.version.clone(),
        updated: Some(receipt.stored),
        receipt: Some(receipt),
    };
    tell(&mut cycle, Told::Listed(Page { rows: vec![listed], next: None, at: Some(NOW), epoch: None }));
    tell(&mut cycle, Told::Holdings(Vec::new()));
    tell(&mut cycle, Told::Filed);
    tell(&mut cycle, Told::Fetched { rows: vec![row], next: None });
    assert_eq!(next(&mut cycle), Step::Holdings(vec![id()]));
    cycle
}

fn history() -> Step {
    Step::Histories(vec![(Kind::Response, "r-1".to_owned())])
}

/// Revisions that are filed as pulled, in order.
fn pulled(step: &Step) -> Vec<RevisionId> {
    let Step::File { marks, .. } = step else { return Vec::new() };
    let one = |mark: &Mark| if let Mark::Pulled { entry, .. } = mark { Some(entry.revision) } else { None };
    marks.iter().filter_map(one).collect()
}

#[test]
fn a_revision_comes_with_all_that_came_before_it() {
    let mut cycle = came_down(Server::Clinic);
    tell(&mut cycle, here(1));
    assert_eq!(next(&mut cycle), history());
    tell(&mut cycle, Told::Histories(vec![Ok(vec![incoming(3), incoming(2), incoming(1)])]));
    let filed = pulled(&next(&mut cycle));
    assert_eq!(filed[..3], [revision(1), revision(2), revision(3)], "oldest first");
}

#[test]
fn where_its_parent_is_here_no_history_is_read() {
    let mut cycle = came_down(Server::Clinic);
    tell(&mut cycle, here(2));
    assert_ne!(next(&mut cycle), history());
    assert_eq!(pulled(&next(&mut cycle)), [revision(3)]);
}

#[test]
fn without_its_history_it_is_not_taken() {
    for status in [0, 413, 503] {
        let mut cycle = came_down(Server::Clinic);
        tell(&mut cycle, here(1));
        let failure = Failure { status, after_ms: None };
        tell(&mut cycle, Told::Histories(vec![Err(failure)]));
        assert_eq!(pulled(&next(&mut cycle)), [], "{status}");
        assert_eq!(cycle.memory().cursor, None, "it is listed again");
    }
}

#[test]
fn a_server_without_histories_gives_what_it_has() {
    let mut cycle = came_down(Server::Foreign { create: Create::Put });
    tell(&mut cycle, Told::Holdings(Vec::new()));
    assert_eq!(next(&mut cycle), history());
    tell(&mut cycle, Told::Histories(vec![Err(Failure { status: 404, after_ms: None })]));
    assert_eq!(pulled(&next(&mut cycle)), [revision(3)]);
    tell(&mut cycle, Told::Filed);
    assert_ne!(next(&mut cycle), Step::Rest(Rest::SignIn));
}
