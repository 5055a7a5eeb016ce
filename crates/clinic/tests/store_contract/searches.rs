//! What is found, in which order, as of when.

use interlude_clinic::store::{Bounds, Code, Condition, NOW, Query, ScoreQuery, Sort, Store};

use crate::{all, commit, entry, ids, patient, put, score, scored};

pub(crate) async fn searches_filter_sort_and_page(store: &dyn Store) {
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

pub(crate) async fn a_search_as_of_then_finds_what_was_current_then(store: &dyn Store) {
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

pub(crate) async fn scores_follow_corrections(store: &dyn Store) {
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
