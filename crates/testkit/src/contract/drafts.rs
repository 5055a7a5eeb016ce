//! Drafts: one of each key, across tabs.
#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a broken promise is a failed test")]

use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{Journal, JournalError};
use interlude_diary::occasion::DraftKey;
use interlude_diary::questionnaire::{Given, Slot, Value};

use crate::{Chance, make};

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

/// A draft is stored on top of the version it came from; versions count from 1.
pub async fn a_draft_is_stored_by_compare_and_set<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("compare_and_set").await;
    let mut draft = make::draft(&mut Chance::new(1), day(0));
    assert_eq!(journal.draft(&draft.key).await.unwrap(), None);
    for expected in 1..=3 {
        draft.answers.set(Slot::top("pain-now"), Given::Values(vec![Value::Integer(expected)]));
        draft.version = journal.save_draft(&draft).await.unwrap();
        assert_eq!(draft.version, u32::try_from(expected).unwrap());
        assert_eq!(journal.draft(&draft.key).await.unwrap().as_ref(), Some(&draft));
    }
    let mut stale = draft.clone();
    stale.version = 1;
    stale.answers.clear(&Slot::top("pain-now"));
    let answer = journal.save_draft(&stale).await;
    assert_eq!(answer, Err(JournalError::DraftMoved { current: 3 }));
    assert_eq!(journal.draft(&draft.key).await.unwrap().as_ref(), Some(&draft), "nothing was written");
}

/// Two tabs that open the same occasion cannot overwrite each other's answers.
pub async fn two_tabs_cannot_both_store_a_draft<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let chance = &mut Chance::new(2);
    let (one, two) = (open("two_tabs").await, open("two_tabs").await);
    let (mine, theirs) = (make::draft(chance, day(0)), make::draft(chance, day(0)));
    one.save_draft(&mine).await.unwrap();
    assert_eq!(two.save_draft(&theirs).await, Err(JournalError::DraftMoved { current: 1 }));
    assert_eq!(two.draft(&mine.key).await.unwrap().map(|draft| draft.id), Some(mine.id));
    one.drop_draft(&mine.key).await.unwrap();
    assert_eq!(two.save_draft(&mine.clone()).await, Ok(1));
    let mut late = mine.clone();
    late.version = 2;
    assert_eq!(one.save_draft(&late).await, Err(JournalError::DraftMoved { current: 1 }));
}

/// Oldest first by when the form opened.
pub async fn drafts_are_listed_oldest_first<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("drafts_listed").await;
    let chance = &mut Chance::new(3);
    for n in [4, 1, 3, 0, 2] {
        journal.save_draft(&make::draft(chance, day(n))).await.unwrap();
    }
    let days: Vec<LocalDay> = journal.drafts().await.unwrap().iter().map(|draft| draft.day).collect();
    assert_eq!(days, [day(0), day(1), day(2), day(3), day(4)]);
}

/// A dropped draft is gone; dropping it again is no failure.
pub async fn a_dropped_draft_is_gone<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("dropped").await;
    let draft = make::draft(&mut Chance::new(4), day(0));
    journal.save_draft(&draft).await.unwrap();
    journal.drop_draft(&draft.key).await.unwrap();
    journal.drop_draft(&draft.key).await.unwrap();
    assert_eq!(journal.draft(&draft.key).await.unwrap(), None);
    assert!(journal.drafts().await.unwrap().is_empty());
    assert_eq!(journal.save_draft(&draft).await, Ok(1), "and may begin anew");
}

/// An occasion's draft, an unscheduled one and a correction's live side by side.
pub async fn kinds_of_keys_do_not_meet<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("kinds_of_keys").await;
    let chance = &mut Chance::new(5);
    let occasion = make::draft(chance, day(0));
    let mut unscheduled = make::draft(chance, day(0));
    unscheduled.key = DraftKey::Unscheduled(make::DAILY.to_owned());
    let mut correction = make::draft(chance, day(0));
    correction.key = DraftKey::Correction(occasion.id);
    for draft in [&occasion, &unscheduled, &correction] {
        assert_eq!(journal.save_draft(draft).await, Ok(1));
    }
    for draft in [&occasion, &unscheduled, &correction] {
        let back = journal.draft(&draft.key).await.unwrap().unwrap();
        assert_eq!((back.id, &back.key), (draft.id, &draft.key));
    }
    assert_eq!(journal.drafts().await.unwrap().len(), 3);
}
