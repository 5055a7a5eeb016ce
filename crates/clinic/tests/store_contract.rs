//! The contract of the store's port, over every adapter.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails where it expects too much")]

use std::sync::Arc;

use interlude_clinic::audit::{self, Action, START};
use interlude_clinic::store::{
    Bounds, Code, Commit, Committed, Condition, Flag, Kind, MemoryStore, NOW, PatientId, Put, Query, Score,
    ScoreQuery, Sort, SqliteStore, Store, StoreError, Verdict,
};
use interlude_diary::ids::{EntryId, RevisionId};
use uuid::Uuid;

/// A store, and what must outlive it.
struct Bench {
    store: Arc<dyn Store>,
    _folder: Option<Folder>,
}

struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn memory() -> std::future::Ready<Bench> {
    std::future::ready(Bench { store: Arc::new(MemoryStore::new("EP0CH000")), _folder: None })
}

async fn sqlite() -> Bench {
    let folder = std::env::temp_dir().join(format!("interlude-{}", random()));
    std::fs::create_dir_all(&folder).unwrap();
    let store = SqliteStore::open(&folder.join("s.sqlite"), "EP0CH000", 0).await.unwrap();
    Bench { store: Arc::new(store), _folder: Some(Folder(folder)) }
}

fn random() -> Uuid {
    interlude_clinic::chance::uuid(&interlude_clinic::OsChance).unwrap()
}

macro_rules! contract {
    ($($verb:ident),* $(,)?) => {
        mod on_memory { $(#[tokio::test] async fn $verb() { super::$verb(&*super::memory().await.store).await; })* }
        mod on_sqlite { $(#[tokio::test] async fn $verb() { super::$verb(&*super::sqlite().await.store).await; })* }
    };
}

contract!(
    a_first_version_is_stored_once,
    a_revision_said_again_changes_nothing,
    conditions_hold_or_nothing_changes,
    all_or_none,
    one_commit_may_hold_two_revisions,
    times_never_go_back,
    ids_of_others_are_not_there,
    searches_filter_sort_and_page,
    a_search_as_of_then_finds_what_was_current_then,
    scores_follow_corrections,
    codes_work_once_and_in_time,
    tokens_end,
    flags_stand_until_acknowledged,
    the_chain_follows,
    erasure_takes_content_and_leaves_the_chain,
);

async fn patient(store: &dyn Store, n: u8) -> PatientId {
    let id: PatientId = format!("patient-{n}").parse().unwrap();
    store.add_patient(&id, "A.B.", [n; 32], 10).await.unwrap();
    id
}

fn entry(n: u128) -> EntryId {
    EntryId::new(Uuid::from_u128(n))
}

fn put(id: u128, revision: u128, condition: Condition) -> Put {
    Put {
        kind: Kind::QuestionnaireResponse,
        id: entry(id),
        revision: RevisionId::new(Uuid::from_u128(revision)),
        condition,
        text: format!("{{\"text\":\"{id} {revision} é 6.50\"}}"),
        questionnaire: format!("https://x.example/q{}|1", id % 2),
        when_ms: 1000 - i64::try_from(id).unwrap(),
        scores: Vec::new(),
        flags: Vec::new(),
    }
}

async fn commit(store: &dyn Store, patient: &PatientId, now_ms: i64, puts: Vec<Put>) -> Committed {
    commit_as(store, patient, now_ms, false, puts).await
}

async fn commit_as(
    store: &dyn Store,
    patient: &PatientId,
    now_ms: i64,
    whole: bool,
    puts: Vec<Put>,
) -> Committed {
    let commit = Commit { patient: patient.clone(), actor: "phone".to_owned(), now_ms, whole, puts };
    store.commit(commit).await.unwrap()
}

fn all(patient: &PatientId) -> Query {
    Query {
        patient: patient.clone(),
        kind: Kind::QuestionnaireResponse,
        ids: None,
        questionnaires: None,
        when: Bounds::ALL,
        stored: Bounds::ALL,
        sort: Sort { by_when: false, descending: false },
        as_of: NOW,
        after: None,
        limit: 100,
    }
}

async fn ids(store: &dyn Store, query: &Query) -> Vec<u128> {
    store.search(query).await.unwrap().iter().map(|row| row.id.uuid().as_u128()).collect()
}

async fn a_first_version_is_stored_once(store: &dyn Store) {
    let who = patient(store, 1).await;
    let given = put(1, 1, Condition::Absent);
    let done = commit(store, &who, 500, vec![given.clone()]).await;
    assert_eq!(done.verdicts, [Verdict::Stored { n: 1, created: true }]);
    let row = store.current(&who, Kind::QuestionnaireResponse, entry(1)).await.unwrap().unwrap();
    assert_eq!((row.text.as_str(), row.stored_ms, row.when_ms), (given.text.as_str(), 500, 999));
    assert_eq!(row.version.0, "EP0CH000-1");
    assert_eq!(store.versions(&who, &[1, 1, 7]).await.unwrap(), [row]);
    assert_eq!((store.changes(&who).await.unwrap(), store.numbers(&who).await.unwrap()), (1, vec![1]));
    assert_eq!(store.current(&who, Kind::Consent, entry(1)).await.unwrap(), None);
}

async fn a_revision_said_again_changes_nothing(store: &dyn Store) {
    let who = patient(store, 1).await;
    commit(store, &who, 500, vec![put(1, 1, Condition::Absent)]).await;
    let version = interlude_diary::entry::VersionId("EP0CH000-1".to_owned());
    commit(store, &who, 501, vec![put(1, 2, Condition::Match(version))]).await;
    let chain = store.chain(&who).await.unwrap();
    let again = vec![put(1, 1, Condition::Absent), put(1, 2, Condition::None)];
    let done = commit(store, &who, 502, again).await;
    assert_eq!(done.verdicts, [Verdict::Already { n: 1 }, Verdict::Already { n: 2 }]);
    assert_eq!(store.history(&who, Kind::QuestionnaireResponse, entry(1)).await.unwrap().len(), 2);
    assert_eq!(store.chain(&who).await.unwrap(), chain);
}

async fn conditions_hold_or_nothing_changes(store: &dyn Store) {
    let who = patient(store, 1).await;
    let version = |text: &str| Condition::Match(interlude_diary::entry::VersionId(text.to_owned()));
    let done = commit(store, &who, 500, vec![put(1, 1, version("EP0CH000-1"))]).await;
    assert_eq!(done.verdicts, [Verdict::Stale { current: None }]);
    commit(store, &who, 500, vec![put(1, 1, Condition::Absent)]).await;
    let stale = vec![put(1, 2, Condition::Absent), put(1, 2, version("OTHER000-1"))];
    let done = commit(store, &who, 501, stale).await;
    assert_eq!(done.verdicts, [Verdict::Stale { current: Some(1) }; 2]);
    assert_eq!(store.history(&who, Kind::QuestionnaireResponse, entry(1)).await.unwrap().len(), 1);
    let done = commit(store, &who, 502, vec![put(1, 2, Condition::None)]).await;
    assert_eq!(done.verdicts, [Verdict::Stored { n: 2, created: false }]);
    assert_eq!(ids(store, &all(&who)).await, [1]);
}

async fn all_or_none(store: &dyn Store) {
    let who = patient(store, 1).await;
    commit(store, &who, 500, vec![put(1, 1, Condition::Absent)]).await;
    let chain = store.chain(&who).await.unwrap();
    let puts = vec![put(2, 2, Condition::Absent), put(1, 3, Condition::Absent)];
    let done = commit_as(store, &who, 501, true, puts.clone()).await;
    assert!(!done.kept);
    assert_eq!(ids(store, &all(&who)).await, [1]);
    assert_eq!(store.chain(&who).await.unwrap(), chain);
    let done = commit_as(store, &who, 501, false, puts).await;
    assert!(done.kept);
    assert_eq!(ids(store, &all(&who)).await, [1, 2]);
}

async fn one_commit_may_hold_two_revisions(store: &dyn Store) {
    let who = patient(store, 1).await;
    let puts = vec![put(1, 1, Condition::Absent), put(1, 2, Condition::None), put(1, 2, Condition::None)];
    let done = commit(store, &who, 500, puts).await;
    let stored = |n, created| Verdict::Stored { n, created };
    assert_eq!(done.verdicts, [stored(1, true), stored(2, false), Verdict::Already { n: 2 }]);
    let rows = store.history(&who, Kind::QuestionnaireResponse, entry(1)).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.n).collect::<Vec<_>>(), [2, 1]);
    let found = store.search(&all(&who)).await.unwrap();
    assert_eq!(found.iter().map(|row| row.n).collect::<Vec<_>>(), [2]);
}

async fn times_never_go_back(store: &dyn Store) {
    let who = patient(store, 1).await;
    commit(store, &who, 500, vec![put(1, 1, Condition::Absent)]).await;
    commit(store, &who, 400, vec![put(2, 2, Condition::Absent)]).await;
    let rows = store.search(&all(&who)).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.stored_ms).collect::<Vec<_>>(), [500, 500]);
}

async fn ids_of_others_are_not_there(store: &dyn Store) {
    let (mine, other) = (patient(store, 1).await, patient(store, 2).await);
    commit(store, &mine, 500, vec![put(1, 1, Condition::Absent)]).await;
    let kind = Kind::QuestionnaireResponse;
    assert_eq!(store.current(&other, kind, entry(1)).await.unwrap(), None);
    assert!(store.history(&other, kind, entry(1)).await.unwrap().is_empty());
    assert!(store.versions(&other, &[1]).await.unwrap().is_empty());
    assert!(store.search(&all(&other)).await.unwrap().is_empty());
    let done = commit(store, &other, 501, vec![put(1, 1, Condition::None), put(1, 9, Condition::None)]).await;
    assert_eq!(done.verdicts, [Verdict::NotYours; 2]);
    assert_eq!(store.history(&mine, kind, entry(1)).await.unwrap().len(), 1);
}

async fn searches_filter_sort_and_page(store: &dyn Store) {
    let who = patient(store, 1).await;
    for n in 1..=5_u128 {
        let at = 500 + i64::try_from(n).unwrap();
        commit(store, &who, at, vec![put(n, n, Condition::Absent)]).await;
    }
    commit(store, &who, 600, vec![put(2, 22, Condition::None)]).await;
    let query = all(&who);
    assert_eq!(ids(store, &query).await, [1, 3, 4, 5, 2]);
    let by = |by_when, descending| Query { sort: Sort { by_when, descending }, ..all(&who) };
    assert_eq!(ids(store, &by(true, false)).await, [5, 4, 3, 2, 1]);
    assert_eq!(ids(store, &by(false, true)).await, [2, 5, 4, 3, 1]);
    let some = |ids| Query { ids: Some(ids), ..all(&who) };
    assert_eq!(ids(store, &some(vec![entry(4), entry(9), entry(1)])).await, [1, 4]);
    assert!(ids(store, &some(Vec::new())).await.is_empty());
    let of = |asked: &str| Query { questionnaires: Some(vec![asked.to_owned()]), ..all(&who) };
    assert_eq!(ids(store, &of("https://x.example/q1|1")).await, [1, 3, 5]);
    assert_eq!(ids(store, &of("https://x.example/q0")).await, [4, 2]);
    assert!(ids(store, &of("https://x.example/q")).await.is_empty());
    let when = Query { when: Bounds { least: 997, below: 999 }, ..all(&who) };
    assert_eq!(ids(store, &when).await, [3, 2]);
    let stored = Query { stored: Bounds { least: 504, below: 600 }, ..all(&who) };
    assert_eq!(ids(store, &stored).await, [4, 5]);
    let page = Query { limit: 2, ..all(&who) };
    assert_eq!(ids(store, &page).await, [1, 3]);
    assert_eq!(ids(store, &Query { after: Some((503, 3)), ..page.clone() }).await, [4, 5]);
    assert_eq!(ids(store, &Query { after: Some((505, 5)), ..page }).await, [2]);
    let back = Query { after: Some((504, 4)), ..by(false, true) };
    assert_eq!(ids(store, &back).await, [3, 1]);
}

async fn a_search_as_of_then_finds_what_was_current_then(store: &dyn Store) {
    let who = patient(store, 1).await;
    for n in 1..=3_u128 {
        commit(store, &who, 500, vec![put(n, n, Condition::Absent)]).await;
    }
    let then = store.changes(&who).await.unwrap();
    commit(store, &who, 600, vec![put(1, 11, Condition::None), put(4, 4, Condition::Absent)]).await;
    commit(store, &who, 700, vec![put(1, 12, Condition::None), put(3, 13, Condition::None)]).await;
    let query = Query { as_of: then, ..all(&who) };
    let numbers =
        async |query: &Query| store.search(query).await.unwrap().iter().map(|row| row.n).collect::<Vec<_>>();
    assert_eq!(numbers(&query).await, [1, 2, 3]);
    assert_eq!(numbers(&Query { after: Some((500, 1)), ..query.clone() }).await, [2, 3]);
    assert_eq!(
        numbers(&Query { stored: Bounds { least: 501, below: 900 }, ..query.clone() }).await,
        Vec::<i64>::new()
    );
    assert_eq!(numbers(&Query { as_of: 4, ..query.clone() }).await, [2, 3, 4]);
    assert_eq!(numbers(&Query { as_of: 0, ..query }).await, Vec::<i64>::new());
    assert_eq!(numbers(&all(&who)).await, [2, 5, 6, 7]);
}

fn score(name: &str, value: &str) -> Score {
    Score {
        id: Uuid::from_u128(name.bytes().map(u128::from).sum()),
        name: name.to_owned(),
        system: "http://loinc.org".to_owned(),
        code: format!("c-{name}"),
        value: value.to_owned(),
    }
}

fn scored(revision: u128, condition: Condition, scores: Vec<Score>) -> Put {
    Put { scores, ..put(1, revision, condition) }
}

async fn scores_follow_corrections(store: &dyn Store) {
    let who = patient(store, 1).await;
    let query = ScoreQuery {
        patient: who.clone(),
        ids: None,
        codes: None,
        responses: None,
        when: Bounds::ALL,
        stored: Bounds::ALL,
        sort: Sort { by_when: false, descending: false },
        as_of: NOW,
        after: None,
        limit: 10,
    };
    let first = scored(1, Condition::Absent, vec![score("a", "1"), score("b", "2")]);
    commit(store, &who, 500, vec![first]).await;
    let rows = store.scores(&query).await.unwrap();
    assert!(rows.iter().all(|row| row.stands && !row.amended && row.from == 1 && row.n == 1));

    commit(store, &who, 501, vec![scored(2, Condition::None, vec![score("a", "7")])]).await;
    let rows = store.scores(&query).await.unwrap();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.score.name.as_str(), row.score.value.as_str(), row.stands, row.from))
        .collect();
    assert_eq!(seen, [("a", "7", true, 2), ("b", "2", false, 1)]);
    assert!(rows.iter().all(|row| row.amended && row.n == 2 && row.stored_ms == 501));

    let code = |system: Option<&str>, code: &str| {
        let code = Code { system: system.map(str::to_owned), code: code.to_owned() };
        ScoreQuery { codes: Some(vec![code]), ..query.clone() }
    };
    for (asked, found) in [
        (code(None, "c-a"), 1),
        (code(Some("http://loinc.org"), "c-a"), 1),
        (code(Some("http://other.example"), "c-a"), 0),
        (code(None, "b"), 1),
        (code(Some(interlude_clinic::derive::OUR_CODES), "b"), 1),
        (code(Some("http://loinc.org"), "b"), 0),
        (ScoreQuery { responses: Some(vec![entry(2)]), ..query.clone() }, 0),
        (ScoreQuery { responses: Some(vec![entry(1)]), ..query.clone() }, 2),
        (ScoreQuery { ids: Some(vec![score("b", "").id]), ..query.clone() }, 1),
        (ScoreQuery { ids: Some(Vec::new()), ..query.clone() }, 0),
        (ScoreQuery { when: Bounds { least: 1000, below: 2000 }, ..query.clone() }, 0),
        (ScoreQuery { after: Some((501, 2, "a".to_owned())), ..query.clone() }, 1),
        (ScoreQuery { patient: patient(store, 2).await, ..query.clone() }, 0),
    ] {
        assert_eq!(store.scores(&asked).await.unwrap().len(), found, "{asked:?}");
    }
    commit(store, &who, 502, vec![scored(3, Condition::None, Vec::new())]).await;
    assert!(store.scores(&query).await.unwrap().iter().all(|row| !row.stands));
}

async fn codes_work_once_and_in_time(store: &dyn Store) {
    let who = patient(store, 1).await;
    store.invite(&who, [1; 32], 1000).await.unwrap();
    assert_eq!(store.redeem([2; 32], [9; 32], "d", 500).await.unwrap(), None);
    assert_eq!(store.redeem([1; 32], [9; 32], "d", 1000).await.unwrap(), None);
    assert_eq!(store.redeem([1; 32], [9; 32], "d", 999).await.unwrap().unwrap().id, who);
    assert_eq!(store.redeem([1; 32], [8; 32], "d", 999).await.unwrap(), None);
    assert_eq!(store.device([9; 32]).await.unwrap().unwrap().patient, who);
    assert_eq!(store.device([8; 32]).await.unwrap(), None);
    store.invite(&who, [3; 32], 2000).await.unwrap();
    store.invite(&who, [4; 32], 2000).await.unwrap();
    assert_eq!(store.redeem([3; 32], [7; 32], "d", 1500).await.unwrap(), None);
}

async fn tokens_end(store: &dyn Store) {
    let who = patient(store, 1).await;
    store.grant(&who, [9; 32], "d", 500).await.unwrap();
    store.grant(&who, [8; 32], "e", 501).await.unwrap();
    assert!(store.revoke([9; 32], 600).await.unwrap());
    assert!(!store.revoke([9; 32], 601).await.unwrap());
    assert!(!store.revoke([7; 32], 601).await.unwrap());
    assert_eq!(store.device([9; 32]).await.unwrap(), None);
    assert!(store.device([8; 32]).await.unwrap().is_some());
    let revoked: Vec<_> = store.devices(&who).await.unwrap().iter().map(|d| d.revoked_ms).collect();
    assert_eq!(revoked, [Some(600), None]);
}

async fn flags_stand_until_acknowledged(store: &dyn Store) {
    let who = patient(store, 1).await;
    let flagged = Put { flags: vec![Flag { rule: "chest-pain".to_owned() }], ..put(1, 1, Condition::Absent) };
    commit(store, &who, 500, vec![flagged]).await;
    let flags = store.flags(false).await.unwrap();
    assert_eq!((flags.len(), flags[0].rule.as_str(), flags[0].stored_ms), (1, "chest-pain", 500));
    assert!(store.acknowledge(flags[0].number, "nurse", 600).await.unwrap());
    assert!(!store.acknowledge(flags[0].number, "nurse", 601).await.unwrap());
    assert!(store.flags(false).await.unwrap().is_empty());
    assert_eq!(store.flags(true).await.unwrap()[0].acknowledged_ms, Some(600));
}

async fn the_chain_follows(store: &dyn Store) {
    let who = patient(store, 1).await;
    store.grant(&who, [9; 32], "phone", 20).await.unwrap();
    commit(store, &who, 500, vec![put(1, 1, Condition::Absent), put(2, 2, Condition::Absent)]).await;
    store.note(&who, Action::Exported, "clinic", 600).await.unwrap();
    let (links, head) = store.chain(&who).await.unwrap();
    let actions: Vec<_> = links.iter().map(|link| link.action.as_str()).collect();
    assert_eq!(actions, ["added", "paired", "stored", "stored", "exported"]);
    let mut before = START;
    for (link, seq) in links.iter().zip(1..) {
        let said = audit::Link {
            seq,
            at_ms: link.at_ms,
            actor: &link.actor,
            action: &link.action,
            n: link.n,
            digest: &link.digest,
        };
        before = said.after(&before);
        assert_eq!(link.hash, before);
    }
    assert_eq!(before, head);
    let row = store.current(&who, Kind::QuestionnaireResponse, entry(1)).await.unwrap().unwrap();
    assert_eq!(row.head, links[2].hash[..16]);
    assert_eq!(store.genuine(&who, 1, &links[2].digest).await.unwrap(), Some(true));
    assert_eq!(store.genuine(&who, 2, &links[2].digest).await.unwrap(), Some(false));
}

async fn erasure_takes_content_and_leaves_the_chain(store: &dyn Store) {
    let (who, other) = (patient(store, 1).await, patient(store, 2).await);
    store.grant(&who, [9; 32], "phone", 20).await.unwrap();
    commit(store, &other, 400, vec![put(7, 7, Condition::Absent)]).await;
    commit(store, &who, 500, vec![scored(1, Condition::Absent, vec![score("a", "1")])]).await;
    store.erase(&who, 600).await.unwrap();
    assert_eq!(store.patient(&who).await.unwrap(), None);
    assert_eq!(store.patients().await.unwrap().len(), 1);
    assert_eq!(store.device([9; 32]).await.unwrap(), None);
    assert!(store.versions(&who, &[2]).await.unwrap().is_empty());
    assert_eq!((store.numbers(&who).await.unwrap(), store.numbers(&other).await.unwrap()), (vec![], vec![1]));
    assert!(matches!(store.erase(&who, 601).await, Err(StoreError::NoSuchPatient)));
    let (links, head) = store.chain(&who).await.unwrap();
    assert_eq!(links.last().unwrap().hash, head);
    assert_eq!(links.last().unwrap().action, "erased");
    assert_eq!(store.genuine(&who, 2, &links[2].digest).await.unwrap(), None);
    assert_eq!(store.everyone().await.unwrap().len(), 2);
    let done = commit(store, &other, 700, vec![put(8, 8, Condition::Absent)]).await;
    assert_eq!(done.verdicts, [Verdict::Stored { n: 3, created: true }], "numbers are never used twice");
}
