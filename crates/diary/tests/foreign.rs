//! What the sync cycle does at an R4 server that is not our clinic.

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Body, Digest, Entry, Receipt, VersionId};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::journal::{Filed, Holding, Mark, Outgoing, OutgoingState, Send, Seq};
use interlude_diary::questionnaire::{Given, Response, ResponseItem, Value};
use interlude_diary::sync::{
    By, Create, Cycle, Failure, Fate, Here, Incoming, Kick, Kind, Listed, Memory, Page, Pushed, Ready, Rest,
    Server, Step, Told,
};

const NOW: Moment = Moment::new(1_000_000, 0);
const OURS: Digest = Digest::new([7; 32]);

fn entry() -> Entry {
    let pain = |link: &str| ResponseItem {
        link: link.to_owned(),
        text: None,
        given: Some(Given::Values(vec![Value::Integer(6)])),
        items: Vec::new(),
    };
    Entry {
        id: EntryId::new(uuid::Uuid::from_u128(1)),
        revision: RevisionId::new(uuid::Uuid::from_u128(2)),
        parent: None,
        device: DeviceId::new(uuid::Uuid::from_u128(3)),
        day: LocalDay::from_number(20_000),
        authored: NOW,
        zone: "Europe/Madrid".to_owned(),
        occasion: None,
        late: false,
        partial: false,
        reason: None,
        body: Body::Response(Response {
            questionnaire: "https://interlude.health/fhir/Questionnaire/peg|1.0.0".to_owned(),
            items: ["peg-1", "peg-2", "peg-3"].map(pain).into(),
        }),
    }
}

fn receipt(digest: Option<Digest>) -> Receipt {
    Receipt {
        revision: entry().revision,
        version: VersionId("1".to_owned()),
        digest,
        stored: NOW,
        epoch: String::new(),
        head: String::new(),
    }
}

fn rows() -> Told {
    let row = Outgoing {
        seq: Seq(1),
        entry: entry(),
        base: None,
        behind: false,
        followed: false,
        beneath: Vec::new(),
        send: Send::Now,
        attempts: 0,
        due_ms: 0,
        state: OutgoingState::Waiting,
    };
    Told::Rows(vec![Ready { row, digest: OURS, bytes: 100, gate: entry().revision }])
}

/// Told which row waits, and that it is the newest of its entry.
fn tell_rows(cycle: &mut Cycle) {
    tell(cycle, rows());
    assert_eq!(next(cycle), Step::Newest(vec![entry().id]));
    tell(cycle, rows());
}

/// A cycle that was told of one row, and has nothing to pull.
fn cycle(memory: Memory) -> Cycle {
    let memory = Memory { reconciled_ms: Some(NOW.unix_ms()), pulled_ms: Some(NOW.unix_ms()), ..memory };
    let mut cycle = Cycle::new(Server::Foreign { create: Create::Put }, memory, 6);
    cycle.kick(Kick::Recorded, NOW.unix_ms());
    tell_rows(&mut cycle);
    cycle
}

/// The answer to what it asks next.
fn tell(cycle: &mut Cycle, told: Told) {
    let _asked = cycle.next(NOW.unix_ms());
    cycle.told(told, NOW, 999);
}

fn next(cycle: &mut Cycle) -> Step {
    cycle.next(NOW.unix_ms())
}

fn absent() -> Told {
    Told::Fetched { rows: Vec::new(), next: None }
}

fn pushed(fate: Fate) -> Told {
    Told::Pushed(vec![Pushed { status: 200, after_ms: None, at: None, fates: vec![fate] }])
}

fn asks(by: By) -> Step {
    Step::Fetch { kind: Kind::Response, resources: vec![entry().id.to_string()], by, next: None }
}

#[test]
fn what_is_there_is_read_before_the_first_write() {
    let mut cycle = cycle(Memory::default());
    assert_eq!(next(&mut cycle), asks(By::Id));
    // A page that is not the last one proves nothing absent.
    tell(&mut cycle, Told::Fetched { rows: Vec::new(), next: Some("page-2".to_owned()) });
    assert!(matches!(next(&mut cycle), Step::Fetch { next: Some(page), .. } if page == "page-2"));
    tell(&mut cycle, absent());
    assert!(matches!(next(&mut cycle), Step::Push(_)));
}

#[test]
fn what_is_found_there_is_not_written_again() {
    let mut cycle = cycle(Memory::default());
    assert_eq!(next(&mut cycle), asks(By::Id));
    let there = Incoming {
        entry: Box::new(entry()),
        resource: "own-1".to_owned(),
        text: String::new(),
        receipt: receipt(Some(OURS)),
        digest: Some(OURS),
        beneath: Vec::new(),
    };
    tell(&mut cycle, Told::Fetched { rows: vec![there], next: None });
    assert_eq!(next(&mut cycle), Step::Here(vec![entry().id]));
    tell(&mut cycle, Told::Here(Vec::new()));
    let Step::File { marks, .. } = next(&mut cycle) else { unreachable!("what was found is filed") };
    assert_eq!(marks, [Mark::Settled(receipt(None))], "sent, and not yet proved");
}

#[test]
fn what_the_server_has_moved_past_is_not_sent() {
    let mut cycle = Cycle::new(Server::Foreign { create: Create::Put }, Memory::default(), 6);
    cycle.kick(Kick::Recorded, NOW.unix_ms());
    tell(&mut cycle, rows());
    let Told::Rows(mut behind) = rows() else { unreachable!("rows") };
    for ready in &mut behind {
        ready.row.behind = true;
    }
    // Whether or not the server can be searched: nothing is asked, and nothing written.
    tell(&mut cycle, Told::Rows(behind));
    let Step::File { marks, .. } = next(&mut cycle) else { unreachable!("it is noted") };
    assert_eq!(marks, [Mark::Overtaken { revision: entry().revision }]);
}

#[test]
fn the_newest_of_an_entry_is_due_with_its_oldest() {
    let mut cycle = Cycle::new(Server::Foreign { create: Create::Put }, Memory::default(), 6);
    cycle.kick(Kick::Recorded, NOW.unix_ms());
    let Told::Rows(mut newest) = rows() else { unreachable!("rows") };
    let correction = RevisionId::new(uuid::Uuid::from_u128(77));
    for ready in &mut newest {
        (ready.gate, ready.row.entry.revision) = (correction, correction);
        ready.row.entry.parent = Some(entry().revision);
    }
    tell(&mut cycle, rows());
    tell(&mut cycle, Told::Rows(newest));
    tell(&mut cycle, absent());
    let Step::Push(batches) = next(&mut cycle) else { unreachable!("it is sent") };
    assert_eq!(batches.concat()[0].entry.revision, correction);
    tell(&mut cycle, pushed(Fate::TryLater { after_ms: None }));
    let Step::File { marks, .. } = next(&mut cycle) else { unreachable!("it is put off") };
    assert!(matches!(marks[..], [Mark::Later { revision, .. }] if revision == entry().revision));
}

/// What was made of it may be there, whatever was said to it: a gateway can refuse what a server has taken.
#[test]
fn what_others_were_made_of_is_not_written_unseen() {
    let mut cycle = Cycle::new(Server::Foreign { create: Create::Put }, Memory::default(), 6);
    cycle.kick(Kick::Recorded, NOW.unix_ms());
    let Told::Rows(mut followed) = rows() else { unreachable!("rows") };
    for ready in &mut followed {
        ready.row.followed = true;
    }
    tell(&mut cycle, rows());
    tell(&mut cycle, Told::Rows(followed));
    assert_eq!(next(&mut cycle), asks(By::Id));
    tell(&mut cycle, Told::Failed(Failure { status: 400, after_ms: None }));
    let Step::File { marks, .. } = next(&mut cycle) else { unreachable!("it is put off") };
    assert!(matches!(marks[..], [Mark::Later { revision, .. }] if revision == entry().revision));
}

#[test]
fn a_server_that_cannot_be_searched_is_written_to() {
    let mut cycle = cycle(Memory::default());
    assert_eq!(next(&mut cycle), asks(By::Id));
    tell(&mut cycle, Told::Failed(Failure { status: 404, after_ms: None }));
    assert!(matches!(next(&mut cycle), Step::Push(_)));
}

#[test]
fn the_way_it_takes_new_ids_is_found_and_remembered() {
    let mut cycle = cycle(Memory::default());
    for (way, by) in [
        (Create::Put, By::Id),
        (Create::PutByIdentifier, By::Identifier),
        (Create::PostIfNoneExist, By::Identifier),
    ] {
        assert_eq!(cycle.server(), Server::Foreign { create: way });
        assert_eq!(next(&mut cycle), asks(by));
        tell(&mut cycle, absent());
        assert!(matches!(next(&mut cycle), Step::Push(_)));
        tell(&mut cycle, pushed(Fate::Refused { status: 404, reason: String::new() }));
        let Step::File { marks, memory } = next(&mut cycle) else {
            unreachable!("what was learned is filed")
        };
        if way == Create::PostIfNoneExist {
            // There is no other way: it is refused.
            assert!(matches!(marks[..], [Mark::Parked { status: 404, .. }]));
            assert_eq!(Memory::from_text(&memory).create, Some(way));
            break;
        }
        assert_eq!((marks, Memory::from_text(&memory).create), (Vec::new(), way.next()));
        tell(&mut cycle, Told::Filed);
        assert!(matches!(next(&mut cycle), Step::Rows { .. }));
        tell_rows(&mut cycle);
    }
    // Started again, it goes on as it had learned.
    let learned = Memory { create: Some(Create::PostIfNoneExist), ..Memory::default() };
    assert_eq!(next(&mut self::cycle(learned)), asks(By::Identifier));
}

/// Sent, and read back as it was sent: the cycle wants its scores to go up.
fn observing() -> Cycle {
    let mut cycle = cycle(Memory::default());
    tell(&mut cycle, absent());
    tell(&mut cycle, pushed(Fate::Settled(receipt(None))));
    tell(&mut cycle, Told::Filed);
    assert!(matches!(next(&mut cycle), Step::Rows { .. }));
    tell(&mut cycle, Told::Rows(Vec::new()));
    assert!(matches!(next(&mut cycle), Step::List { kind: Kind::Response, .. }));
    let row = Listed {
        id: entry().id,
        resource: "own-1".to_owned(),
        version: VersionId("1".to_owned()),
        updated: Some(NOW),
        receipt: Some(receipt(Some(OURS))),
    };
    tell(&mut cycle, Told::Listed(Page { rows: vec![row], next: None, at: None, epoch: None }));
    let holding = Holding {
        seq: Seq(1),
        id: entry().id,
        revision: entry().revision,
        parent: None,
        filed: Some(Filed { receipt: receipt(None), changed: false }),
    };
    tell(&mut cycle, Told::Holdings(vec![holding.clone()]));
    assert_eq!(next(&mut cycle), Step::Here(vec![entry().id]));
    tell(&mut cycle, Told::Here(vec![Here { holding, entry: Box::new(entry()), digest: OURS }]));
    let Step::Observe { scored, create } = next(&mut cycle) else { unreachable!("its scores come next") };
    let to: Vec<&str> = scored.iter().map(|one| one.resource.as_str()).collect();
    assert_eq!((to, create), (vec!["own-1"], Create::Put));
    cycle
}

#[test]
fn what_was_sent_is_proved_by_reading_it_back_and_its_scores_follow() {
    let mut cycle = observing();
    let fates = vec![Fate::Settled(receipt(None))];
    tell(&mut cycle, Told::Observed(Pushed { status: 200, after_ms: None, at: None, fates }));
    let Step::File { marks, .. } = next(&mut cycle) else { unreachable!("the proof is filed") };
    assert_eq!(marks, [Mark::Settled(receipt(Some(OURS)))]);
}

#[test]
fn scores_that_did_not_arrive_are_sent_again_before_the_proof_is_filed() {
    let mut cycle = observing();
    tell(&mut cycle, Told::Observed(Pushed { status: 0, after_ms: None, at: None, fates: Vec::new() }));
    let Step::File { marks, .. } = next(&mut cycle) else { unreachable!("the back-off is filed") };
    assert_eq!(marks, []);
    tell(&mut cycle, Told::Filed);
    let Step::Rest(Rest::Wait { until_ms }) = next(&mut cycle) else { unreachable!("it waits") };
    assert!(matches!(cycle.next(until_ms), Step::List { kind: Kind::Response, .. }), "and lists again");
}

#[test]
fn a_server_that_takes_no_scores_has_the_answers_all_the_same() {
    let mut cycle = observing();
    let fates = vec![Fate::Refused { status: 422, reason: String::new() }];
    tell(&mut cycle, Told::Observed(Pushed { status: 200, after_ms: None, at: None, fates }));
    let Step::File { marks, .. } = next(&mut cycle) else { unreachable!("the proof is filed") };
    assert_eq!(marks, [Mark::Settled(receipt(Some(OURS)))]);
}
