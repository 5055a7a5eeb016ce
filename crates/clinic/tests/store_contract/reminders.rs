//! Reminders: one a token, gone with the token, the diary or the subscription.

use interlude_clinic::store::{PatientId, Reminder, Store};
use interlude_diary::calendar::LocalDay;
use interlude_diary::reminder::TimeOfDay;

use crate::patient;

fn wish(token: u8, patient: &PatientId, endpoint: &str) -> Reminder {
    Reminder {
        token: [token; 32],
        patient: patient.clone(),
        endpoint: endpoint.to_owned(),
        at: TimeOfDay::USUAL,
        zone: "Europe/Madrid".to_owned(),
        told: None,
        sent: 0,
    }
}

pub(crate) async fn a_reminder_is_set_changed_and_ended(store: &dyn Store) {
    let who = patient(store, 1).await;
    assert!(!store.set_reminder(&wish(9, &who, "a")).await.unwrap(), "no such phone");
    store.grant(&who, [9; 32], "d", 500).await.unwrap();
    assert!(store.set_reminder(&wish(9, &who, "a")).await.unwrap());
    assert_eq!(store.reminder([9; 32]).await.unwrap(), Some(wish(9, &who, "a")));
    assert_eq!(store.reminder([8; 32]).await.unwrap(), None);

    let day = LocalDay::from_number(20_524);
    store.reminded([9; 32], day, true).await.unwrap();
    store.reminded([9; 32], day.plus(1), false).await.unwrap();
    store.reminded([8; 32], day, true).await.unwrap();
    let seen_to = Reminder { told: Some(day.plus(1)), sent: 1, ..wish(9, &who, "a") };
    assert_eq!(store.reminders().await.unwrap(), [seen_to]);

    let later =
        Reminder { at: "23:59".parse().unwrap(), zone: "America/Lima".to_owned(), ..wish(9, &who, "b") };
    assert!(store.set_reminder(&later).await.unwrap());
    assert_eq!(store.reminder([9; 32]).await.unwrap(), Some(Reminder { sent: 1, ..later }));

    assert!(!store.forget_reminder([9; 32], Some("a")).await.unwrap(), "it goes elsewhere by now");
    assert!(store.forget_reminder([9; 32], Some("b")).await.unwrap());
    assert!(!store.forget_reminder([9; 32], None).await.unwrap());
    assert!(store.reminders().await.unwrap().is_empty());
}

pub(crate) async fn one_subscription_has_one_reminder(store: &dyn Store) {
    let who = patient(store, 1).await;
    for token in [7, 8] {
        store.grant(&who, [token; 32], "d", 500).await.unwrap();
    }
    store.set_reminder(&wish(7, &who, "a")).await.unwrap();
    store.set_reminder(&wish(8, &who, "a")).await.unwrap();
    assert_eq!(store.reminders().await.unwrap(), [wish(8, &who, "a")], "a phone that was paired anew");
}

pub(crate) async fn reminders_end_with_the_phone_and_with_the_diary(store: &dyn Store) {
    let (who, other) = (patient(store, 1).await, patient(store, 2).await);
    for (token, whose) in [(6, &who), (7, &who), (8, &other)] {
        store.grant(whose, [token; 32], "d", 500).await.unwrap();
        store.set_reminder(&wish(token, whose, &token.to_string())).await.unwrap();
    }
    store.revoke([6; 32], 600).await.unwrap();
    let left = |rows: Vec<Reminder>| rows.into_iter().map(|row| row.token[0]).collect::<Vec<_>>();
    assert_eq!(left(store.reminders().await.unwrap()), [7, 8]);
    assert!(!store.set_reminder(&wish(6, &who, "6")).await.unwrap(), "a phone that was revoked");
    store.erase(&who, "clinic", 700).await.unwrap();
    assert_eq!(left(store.reminders().await.unwrap()), [8]);
    assert!(!store.set_reminder(&wish(7, &who, "7")).await.unwrap(), "a diary that was erased");
}
