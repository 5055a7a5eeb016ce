//! What is stored, and when it is not.

use interlude_clinic::store::{Condition, Kind, Store, Verdict};

use crate::{all, commit, commit_as, entry, ids, patient, put};

pub(crate) async fn a_first_version_is_stored_once(store: &dyn Store) {
    let who = patient(store, 1).await;
    let given = put(1, 1, Condition::Absent);
    let done = commit(store, &who, 500, vec![given.clone()]).await;
    assert_eq!(done.verdicts, [Verdict::Stored { n: 1, created: true }]);
    let row = store.current(&who, Kind::QuestionnaireResponse, entry(1)).await.unwrap().unwrap();
    assert_eq!((&*row.text, row.stored_ms, row.when_ms), (given.text.as_str(), 500, 999));
    assert_eq!(row.version.0, "EP0CH000-1");
    assert_eq!(store.versions(&who, &[1, 1, 7]).await.unwrap(), [row]);
    assert_eq!((store.changes(&who).await.unwrap(), store.numbers(&who).await.unwrap()), (1, vec![1]));
    assert_eq!(store.current(&who, Kind::Consent, entry(1)).await.unwrap(), None);
}

pub(crate) async fn a_revision_said_again_changes_nothing(store: &dyn Store) {
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

pub(crate) async fn conditions_hold_or_nothing_changes(store: &dyn Store) {
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

pub(crate) async fn all_or_none(store: &dyn Store) {
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

pub(crate) async fn one_commit_may_hold_two_revisions(store: &dyn Store) {
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

pub(crate) async fn times_never_go_back(store: &dyn Store) {
    let who = patient(store, 1).await;
    commit(store, &who, 500, vec![put(1, 1, Condition::Absent)]).await;
    commit(store, &who, 400, vec![put(2, 2, Condition::Absent)]).await;
    let rows = store.search(&all(&who)).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.stored_ms).collect::<Vec<_>>(), [500, 500]);
}

pub(crate) async fn ids_of_others_are_not_there(store: &dyn Store) {
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
