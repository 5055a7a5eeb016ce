//! The decisions of the sync cycle, one by one.

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Body, Digest, Entry, Receipt, VersionId};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::journal::{Mark, Outgoing, OutgoingState, Send, Seq};
use interlude_diary::questionnaire::Response;
use interlude_diary::sync::{
    Create, Cycle, Fate, Kick, Memory, Page, Pushed, Ready, Rest, Server, Step, Told, backoff,
};
use proptest::prelude::*;

fn at(ms: i64) -> Moment {
    Moment::new(ms, 0)
}

proptest! {
    #[test]
    fn a_delay_is_never_longer_than_five_minutes(failures in any::<u32>(), chance in any::<u64>()) {
        let delay = backoff::delay_ms(failures, chance);
        prop_assert!((0..=backoff::LONGEST_MS).contains(&delay));
        let bound = 1000_i64 << failures.saturating_sub(1).min(10);
        prop_assert!(delay <= bound);
    }

    #[test]
    fn retry_after_is_obeyed(now in 0..i64::MAX / 4, after in 0..10_000_000_i64, failures in 0_u32..40, chance: u64) {
        let after_all = after.min(backoff::FARTHEST_MS);
        prop_assert!(backoff::due_ms(now, failures, Some(after), chance) >= now + after_all);
    }

    #[test]
    fn a_memory_reads_back(
        cursor in proptest::option::of(0..4_000_000_000_000_i64),
        epoch in proptest::option::of("[0-9A-Z]{8}"),
        owed: bool,
        numbers in proptest::array::uniform4(proptest::option::of(any::<i64>())),
        failures: u32,
        way in 0_usize..4,
    ) {
        let create = [None, Some(Create::Put), Some(Create::PutByIdentifier), Some(Create::PostIfNoneExist)][way];
        let [reconciled_ms, pulled_ms, skew_ms, until] = numbers;
        let memory = Memory {
            cursor: cursor.map(at), epoch, owed, reconciled_ms, pulled_ms, failures, create,
            until_ms: until.unwrap_or(0), firm_ms: until.unwrap_or(0) / 2, skew_ms,
        };
        prop_assert_eq!(Memory::from_text(&memory.to_string()), memory);
    }

    #[test]
    fn any_text_is_a_memory(text in any::<String>()) {
        let memory = Memory::from_text(&text);
        prop_assert_eq!(Memory::from_text(&memory.to_string()), memory);
    }
}

#[test]
fn an_unknown_line_of_a_memory_is_passed_over() {
    let text = "interlude-sync 1\nepoch ABCDEFGH\nfuture thing\ncursor nonsense\nfailures 3\n";
    let expected = Memory { epoch: Some("ABCDEFGH".to_owned()), failures: 3, ..Memory::default() };
    assert_eq!(Memory::from_text(text), expected);
}

fn quiet(memory: Memory) -> Cycle {
    Cycle::new(Server::Clinic, memory, 1)
}

/// Tells it that there are no rows, and answers what it wants then.
fn after_no_rows(cycle: &mut Cycle, now_ms: i64) -> Step {
    assert!(matches!(cycle.next(now_ms), Step::Rows { .. }));
    cycle.told(Told::Rows(Vec::new()), at(now_ms), 0);
    cycle.next(now_ms)
}

#[test]
fn a_new_entry_is_no_reason_to_pull() {
    let mut cycle = quiet(Memory::default());
    cycle.kick(Kick::Recorded, 1000);
    assert_eq!(after_no_rows(&mut cycle, 1000), Step::Rest(Rest::Idle));
}

#[test]
fn a_start_pulls_only_what_is_stale() {
    let fresh = Memory { pulled_ms: Some(1_000_000), reconciled_ms: Some(1_000_000), ..Memory::default() };
    let mut cycle = quiet(fresh.clone());
    cycle.kick(Kick::Start, 1_000_000 + 60_000);
    assert_eq!(after_no_rows(&mut cycle, 1_060_000), Step::Rest(Rest::Idle));
    let mut cycle = quiet(fresh);
    cycle.kick(Kick::Start, 1_000_000 + 600_000);
    assert!(matches!(after_no_rows(&mut cycle, 1_600_000), Step::List { next: None, .. }));
}

#[test]
fn waking_forgets_the_back_off_but_not_what_the_server_asked_for() {
    let memory = Memory { failures: 4, until_ms: 9000, firm_ms: 5000, ..Memory::default() };
    let mut cycle = quiet(memory);
    cycle.kick(Kick::Recorded, 1000);
    assert_eq!(cycle.next(1000), Step::Rest(Rest::Wait { until_ms: 9000 }));
    cycle.kick(Kick::Woken, 1000);
    assert_eq!(cycle.next(1000), Step::Rest(Rest::Wait { until_ms: 5000 }));
    assert!(matches!(cycle.next(5000), Step::Rows { due_by_ms: i64::MAX, .. }));
}

/// Two batches side by side, of which one is answered "not now", before or after the other.
#[test]
fn one_answer_that_asks_for_a_pause_holds_for_all() {
    for slow in [0, 1] {
        let mut cycle = Cycle::new(Server::Clinic, Memory::default(), 2);
        cycle.kick(Kick::Recorded, 1000);
        assert!(matches!(cycle.next(1000), Step::Rows { .. }));
        let large = || Ready { bytes: 400_000, ..waiting() };
        cycle.told(Told::Rows(vec![large(), large()]), at(1000), 0);
        assert!(matches!(cycle.next(1000), Step::Push(batches) if batches.len() == 2));
        let said = |n| match n == slow {
            true => Pushed {
                status: 429,
                after_ms: Some(60_000),
                at: None,
                fates: vec![Fate::TryLater { after_ms: None }],
            },
            false => Pushed {
                status: 200,
                after_ms: None,
                at: None,
                fates: vec![Fate::Conflict { current: None }],
            },
        };
        cycle.told(Told::Pushed(vec![said(0), said(1)]), at(1000), 0);
        assert!(matches!(cycle.next(1000), Step::File { .. }), "no version in the way is looked at now");
        cycle.told(Told::Filed, at(1000), 0);
        cycle.kick(Kick::Woken, 1000);
        assert_eq!(cycle.next(1000), Step::Rest(Rest::Wait { until_ms: 61_000 }), "{slow}");
    }
}

#[test]
fn a_clock_set_back_keeps_nobody_waiting() {
    let until_ms = 400 * 86_400_000;
    let memory = Memory { failures: 1, until_ms, firm_ms: until_ms, ..Memory::default() };
    let mut cycle = quiet(memory);
    cycle.kick(Kick::Recorded, until_ms - 1000);
    assert_eq!(cycle.next(until_ms - 1000), Step::Rest(Rest::Wait { until_ms }));
    assert!(matches!(cycle.next(1000), Step::Rows { .. }), "it was written down a year from now");
}

#[test]
fn a_kick_while_rows_are_read_is_not_forgotten() {
    let mut cycle = quiet(Memory::default());
    cycle.kick(Kick::Recorded, 1000);
    assert!(matches!(cycle.next(1000), Step::Rows { .. }));
    cycle.kick(Kick::Recorded, 1001);
    cycle.told(Told::Rows(Vec::new()), at(1001), 0);
    assert!(matches!(cycle.next(1001), Step::Rows { .. }), "what was recorded meanwhile is looked for");
}

#[test]
fn asked_to_compare_it_compares_even_after_a_kill() {
    let mut cycle = quiet(Memory::default());
    cycle.kick(Kick::Compare, 1000);
    assert!(cycle.memory().owed);
    let text = cycle.memory().to_string();
    let done = Memory { pulled_ms: Some(1000), reconciled_ms: Some(1000), ..Memory::from_text(&text) };
    let mut cycle = quiet(done);
    cycle.kick(Kick::Recorded, 1001);
    assert!(matches!(after_no_rows(&mut cycle, 1001), Step::List { since: None, .. }));
}

const OURS: [u8; 32] = [7; 32];

fn waiting() -> Ready {
    let entry = Entry {
        id: EntryId::new(uuid::Uuid::from_u128(1)),
        revision: RevisionId::new(uuid::Uuid::from_u128(2)),
        parent: None,
        device: DeviceId::new(uuid::Uuid::nil()),
        day: LocalDay::from_number(20_000),
        authored: at(1000),
        zone: "Europe/Madrid".to_owned(),
        occasion: None,
        late: false,
        partial: false,
        reason: None,
        body: Body::Response(Response { questionnaire: "x|1".to_owned(), items: Vec::new() }),
    };
    let row = Outgoing {
        seq: Seq(1),
        entry,
        base: None,
        behind: false,
        followed: false,
        beneath: Vec::new(),
        send: Send::Now,
        attempts: 0,
        due_ms: 0,
        state: OutgoingState::Waiting,
    };
    Ready { gate: row.entry.revision, row, digest: Digest::new(OURS), bytes: 100 }
}

/// What is filed of the row when the server answers with this receipt.
fn filed(receipt: Receipt) -> Vec<Mark> {
    let mut cycle = quiet(Memory::default());
    cycle.kick(Kick::Recorded, 1000);
    assert!(matches!(cycle.next(1000), Step::Rows { .. }));
    cycle.told(Told::Rows(vec![waiting()]), at(1000), 0);
    assert!(matches!(cycle.next(1000), Step::Push(_)));
    let pushed = Pushed { status: 200, after_ms: None, at: None, fates: vec![Fate::Settled(receipt)] };
    cycle.told(Told::Pushed(vec![pushed]), at(1000), 0);
    let Step::File { marks, .. } = cycle.next(1000) else { unreachable!("an outcome is filed first") };
    marks
}

#[test]
fn a_receipt_for_another_revision_is_a_changed_copy_of_what_was_sent() {
    let ours = waiting().row.entry.revision;
    let receipt = |revision, digest| Receipt {
        revision,
        version: VersionId("E-1".to_owned()),
        digest,
        stored: at(2000),
        epoch: "EPOCH000".to_owned(),
        head: String::new(),
    };
    let other = RevisionId::new(uuid::Uuid::nil());
    for digest in [Some(Digest::new([8; 32])), Some(Digest::new(OURS)), None] {
        assert_eq!(filed(receipt(other, digest)), [Mark::Changed(receipt(ours, digest))]);
    }
    let (same, changed) = (Some(Digest::new(OURS)), Some(Digest::new([8; 32])));
    assert_eq!(filed(receipt(ours, same)), [Mark::Settled(receipt(ours, same))]);
    assert_eq!(filed(receipt(ours, changed)), [Mark::Changed(receipt(ours, changed))]);
}

/// A cycle that sent its one row at 1000 s by its own clock and was answered then.
fn answered_by(server: Option<Moment>, stored: Moment, after_ms: i64) -> Memory {
    let mut cycle = quiet(Memory::default());
    let sent = 1_000_000;
    cycle.kick(Kick::Recorded, sent);
    assert!(matches!(cycle.next(sent), Step::Rows { .. }));
    cycle.told(Told::Rows(vec![waiting()]), at(sent), 0);
    assert!(matches!(cycle.next(sent), Step::Push(_)));
    let receipt = Receipt {
        revision: waiting().row.entry.revision,
        version: VersionId("E-1".to_owned()),
        digest: Some(Digest::new(OURS)),
        stored,
        epoch: "EPOCH000".to_owned(),
        head: String::new(),
    };
    let pushed = Pushed { status: 200, after_ms: None, at: server, fates: vec![Fate::Settled(receipt)] };
    cycle.told(Told::Pushed(vec![pushed]), at(sent + after_ms), 0);
    cycle.memory().clone()
}

#[test]
fn a_wrong_clock_is_noted_from_two_minutes_on_and_never_before() {
    let year = 365 * 86_400_000;
    for (ahead, told) in [
        (0, None),
        (119_000, None),
        (-119_000, None),
        (120_000, None),
        (120_001, Some(120_001)),
        (-120_001, Some(-120_001)),
        (3_600_000, Some(3_600_000)),
        (-20 * year, Some(-20 * year)),
    ] {
        let memory = answered_by(Some(at(1_000_100 - ahead)), at(1_000_100 - ahead), 100);
        assert_eq!(memory.clock_is_wrong_by(), told, "{ahead}");
        assert_eq!(Memory::from_text(&memory.to_string()).clock_is_wrong_by(), told, "{ahead}");
    }
}

#[test]
fn what_was_stored_long_ago_or_answered_late_is_no_wrong_clock() {
    // Said again after a lost answer: the receipt is of yesterday, and the server's clock is right.
    assert_eq!(answered_by(Some(at(1_000_050)), at(1_000_050 - 86_400_000), 50).clock_is_wrong_by(), None);
    // The page slept for an hour before it heard the answer.
    assert_eq!(answered_by(Some(at(1_000_050)), at(1_000_050), 3_600_000).clock_is_wrong_by(), None);
    // A server that does not say what time it is.
    assert_eq!(answered_by(None, at(1_000_050 - 86_400_000), 50).clock_is_wrong_by(), None);
}

/// What is listed when the page's epoch is the n-th of `epochs`, and then the last: whether all of it was.
fn lists(memory: &Memory, epochs: &[&str]) -> Vec<bool> {
    let mut cycle = Cycle::new(Server::Clinic, memory.clone(), 1);
    cycle.kick(Kick::Asked, 1000);
    let mut complete = Vec::new();
    for _step in 0..60 {
        let told = match cycle.next(1000) {
            Step::Rows { .. } => Told::Rows(Vec::new()),
            Step::List { since, .. } => {
                let epoch = epochs.get(complete.len()).or(epochs.last()).map(|epoch| (*epoch).to_owned());
                complete.push(since.is_none());
                Told::Listed(Page { epoch, at: Some(at(1000)), ..Page::default() })
            }
            Step::Holdings(_) | Step::Census { .. } => Told::Holdings(Vec::new()),
            Step::File { .. } => Told::Filed,
            Step::Rest(_)
            | Step::Newest(_)
            | Step::Push(_)
            | Step::Fetch { .. }
            | Step::Histories(_)
            | Step::Observe { .. }
            | Step::Here(_) => break,
        };
        cycle.told(told, at(1000), 1);
    }
    complete
}

/// A restored server has nothing new to list, and no receipt to say so with.
#[test]
fn an_epoch_that_an_empty_list_names_is_followed_by_a_comparison() {
    let memory = Memory {
        cursor: Some(at(900)),
        epoch: Some("BEFORE".to_owned()),
        reconciled_ms: Some(1000),
        pulled_ms: Some(1000),
        ..Memory::default()
    };
    assert!(lists(&memory, &["BEFORE"]).iter().all(|complete| !complete), "nothing but what is new");
    let after = lists(&memory, &["AFTER"]);
    let kinds = Server::Clinic.reconciles().len();
    assert_eq!(after.iter().filter(|complete| **complete).count(), kinds, "all of it, once: {after:?}");
    // Restored in the middle of a comparison: it is made once more.
    let owed = Memory { owed: true, ..memory };
    assert_eq!(lists(&owed, &["BEFORE"]), vec![true; kinds]);
    assert_eq!(lists(&owed, &["AFTER"]), vec![true; kinds]);
    assert_eq!(lists(&owed, &["BEFORE", "AFTER"]), vec![true; 2 * kinds]);
}
