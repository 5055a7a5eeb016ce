//! Codes, tokens, flags, the audit chain and erasure.

use interlude_clinic::audit::{self, Action, START};
use interlude_clinic::store::{Condition, Flag, Kind, Put, Store, StoreError, Verdict};
use interlude_diary::flags::Own;

use crate::{commit, entry, patient, put, score, scored};

pub(crate) async fn codes_work_once_and_in_time(store: &dyn Store) {
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

pub(crate) async fn tokens_end(store: &dyn Store) {
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

pub(crate) async fn flags_stand_until_acknowledged(store: &dyn Store) {
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

pub(crate) async fn the_chain_follows(store: &dyn Store) {
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

pub(crate) async fn erasure_takes_content_and_leaves_the_chain(store: &dyn Store) {
    let (who, other) = (patient(store, 1).await, patient(store, 2).await);
    store.grant(&who, [9; 32], "phone", 20).await.unwrap();
    commit(store, &other, 400, vec![put(7, 7, Condition::Absent)]).await;
    commit(store, &who, 500, vec![scored(1, Condition::Absent, vec![score("a", "1")])]).await;
    store.erase(&who, "phone", 600).await.unwrap();
    assert_eq!(store.patient(&who).await.unwrap(), None);
    assert_eq!(store.patients().await.unwrap().len(), 1);
    assert_eq!(store.device([9; 32]).await.unwrap(), None);
    let devices = store.devices(&who).await.unwrap();
    assert_eq!(devices.iter().map(|device| device.revoked_ms).collect::<Vec<_>>(), [Some(600)]);
    assert_eq!(store.erased([9; 32]).await.unwrap(), Some((600, store.chain(&who).await.unwrap().1)));
    assert_eq!(store.erased([8; 32]).await.unwrap(), None);
    assert!(store.versions(&who, &[2]).await.unwrap().is_empty());
    assert_eq!((store.numbers(&who).await.unwrap(), store.numbers(&other).await.unwrap()), (vec![], vec![1]));
    assert!(matches!(store.erase(&who, "phone", 601).await, Err(StoreError::NoSuchPatient)));
    let (links, head) = store.chain(&who).await.unwrap();
    assert_eq!(links.last().unwrap().hash, head);
    let last = links.last().unwrap();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("erased", "phone"));
    assert_eq!(store.genuine(&who, 2, &links[2].digest).await.unwrap(), None);
    assert_eq!(store.everyone().await.unwrap().len(), 2);
    let done = commit(store, &other, 700, vec![put(8, 8, Condition::Absent)]).await;
    assert_eq!(done.verdicts, [Verdict::Stored { n: 3, created: true }], "numbers are never used twice");
}

pub(crate) async fn cards_are_kept_by_rule_and_language(store: &dyn Store) {
    let card = |rule: Option<&str>, language: Option<&str>, text: Option<&str>| Own {
        rule: rule.map(str::to_owned),
        language: language.map(str::to_owned),
        text: text.map(str::to_owned),
        phone: None,
    };
    let set = [
        card(Some("chest-pain"), Some("es"), Some("b")),
        card(Some("chest-pain"), None, Some("a")),
        card(None, Some("es"), Some("c")),
        card(Some("chest-pain"), Some("es"), Some("d")),
    ];
    for one in &set {
        store.set_card(one).await.unwrap();
    }
    assert_eq!(store.cards().await.unwrap(), [set[2].clone(), set[1].clone(), set[3].clone()]);
    store.set_card(&card(Some("chest-pain"), None, None)).await.unwrap();
    let phone = Own { phone: Some("112".to_owned()), ..card(None, None, None) };
    store.set_card(&phone).await.unwrap();
    assert_eq!(store.cards().await.unwrap(), [phone, set[2].clone(), set[3].clone()]);
}

pub(crate) async fn wrong_clocks_are_kept_once_for_as_long_as_they_are(store: &dyn Store) {
    let (who, other) = (patient(store, 1).await, patient(store, 2).await);
    let hour = 3_600_000;
    for (device, now_ms, ahead_ms) in [
        ("d", 1_000, hour),
        ("d", 2_000, hour + 119_000),
        ("e", 2_500, -hour),
        ("d", 3_000, hour - 120_000),
        ("d", 4_000, 2 * hour),
        ("d", 5_000, hour),
    ] {
        store.note_clock(&who, device, now_ms, ahead_ms).await.unwrap();
    }
    store.note_clock(&other, "d", 6_000, i64::MIN).await.unwrap();
    let kept = store.clocks().await.unwrap();
    let rows: Vec<_> =
        kept.iter().map(|row| (row.device.as_str(), row.ahead_ms, row.first_ms, row.last_ms)).collect();
    assert_eq!(
        rows,
        [
            ("d", hour, 1_000, 3_000),
            ("e", -hour, 2_500, 2_500),
            ("d", 2 * hour, 4_000, 4_000),
            ("d", hour, 5_000, 5_000),
            ("d", i64::MIN, 6_000, 6_000),
        ]
    );
    store.erase(&who, "clinic", 7_000).await.unwrap();
    let left: Vec<_> = store.clocks().await.unwrap().into_iter().map(|row| row.patient).collect();
    assert_eq!(left, [other]);
    assert!(matches!(store.note_clock(&who, "d", 8_000, hour).await, Err(StoreError::NoSuchPatient)));
}
