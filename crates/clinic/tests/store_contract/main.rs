//! The contract of the store's port, over every adapter.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails where it expects too much")]

mod people;
mod reminders;
mod searches;
mod versions;

use std::sync::Arc;

use interlude_clinic::store::{
    Bounds, Commit, Committed, Condition, Kind, MemoryStore, NOW, PatientId, Put, Query, Score, Sort,
    SqliteStore, Store,
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
    ($($room:ident::$verb:ident),* $(,)?) => {
        mod on_memory {
            $(#[tokio::test] async fn $verb() { crate::$room::$verb(&*crate::memory().await.store).await; })*
        }
        mod on_sqlite {
            $(#[tokio::test] async fn $verb() { crate::$room::$verb(&*crate::sqlite().await.store).await; })*
        }
    };
}

contract!(
    versions::a_first_version_is_stored_once,
    versions::a_revision_said_again_changes_nothing,
    versions::conditions_hold_or_nothing_changes,
    versions::all_or_none,
    versions::one_commit_may_hold_two_revisions,
    versions::times_never_go_back,
    versions::ids_of_others_are_not_there,
    searches::searches_filter_sort_and_page,
    searches::a_search_as_of_then_finds_what_was_current_then,
    searches::scores_follow_corrections,
    people::codes_work_once_and_in_time,
    people::tokens_end,
    people::flags_stand_until_acknowledged,
    people::wrong_clocks_are_kept_once_for_as_long_as_they_are,
    people::cards_are_kept_by_rule_and_language,
    people::the_chain_follows,
    reminders::a_reminder_is_set_changed_and_ended,
    reminders::one_subscription_has_one_reminder,
    reminders::reminders_end_with_the_phone_and_with_the_diary,
    people::erasure_takes_content_and_leaves_the_chain,
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
