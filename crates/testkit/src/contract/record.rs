//! Recording, reading back, taking back.
#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a broken promise is a failed test")]

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::{Body, Entry};
use interlude_diary::journal::{Journal, JournalError, Light, Mark, Send, Seq};
use interlude_diary::questionnaire::{Coding, Given, Response, ResponseItem, Value};

use super::stored;
use crate::{Chance, make};

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

/// What is recorded reads back equal, and its light says so.
pub async fn recorded_is_read_back<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("recorded_is_read_back").await;
    let entry = make::daily(&mut Chance::new(1), day(0));
    let kept = journal.record(&entry, Send::Held, None).await.unwrap();
    let back = stored(&journal, &entry).await;
    assert_eq!(back.entry, entry);
    assert_eq!(back.seq, kept.seq);
    assert_eq!(back.light, Light::OnThisPhone { held: true });
    assert_eq!(back.received, None);
}

/// A second handle, opened later, sees what the first recorded: it is in the store, not in the handle.
pub async fn a_second_handle_sees_what_was_recorded<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let first = open("a_second_handle").await;
    let entry = make::daily(&mut Chance::new(2), day(0));
    first.record(&entry, Send::Now, None).await.unwrap();
    let second = open("a_second_handle").await;
    assert_eq!(stored(&second, &entry).await.entry, entry);
    assert_eq!(second.pending(0, 10).await.unwrap().len(), 1);
    assert_eq!(second.tally().await.unwrap(), first.tally().await.unwrap());
}

/// Said twice, recorded once, and answered alike; what is held is not released by it.
pub async fn recording_twice_changes_nothing<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("recording_twice").await;
    let entry = make::daily(&mut Chance::new(3), day(0));
    let once = journal.record(&entry, Send::Held, None).await.unwrap();
    let twice = journal.record(&entry, Send::Now, None).await.unwrap();
    assert_eq!(once, twice);
    assert_eq!(journal.revisions(entry.id).await.unwrap().len(), 1);
    assert_eq!(journal.days(day(0), day(0)).await.unwrap().len(), 1);
    assert_eq!(journal.tally().await.unwrap().revisions, 1);
    assert!(journal.pending(0, 10).await.unwrap().is_empty(), "the row is held as the first time");

    journal.release().await.unwrap();
    journal.settle(&[Mark::Settled(make::receipt(&entry, 1))], None).await.unwrap();
    assert_eq!(journal.record(&entry, Send::Now, None).await.unwrap(), once);
    assert!(journal.outbox().await.unwrap().is_empty(), "what was settled does not go again");
}

/// The draft goes in the same step; other drafts stay.
pub async fn recording_removes_the_draft_with_it<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("recording_removes_the_draft").await;
    let chance = &mut Chance::new(4);
    let (draft, other) = (make::draft(chance, day(0)), make::draft(chance, day(1)));
    journal.save_draft(&draft).await.unwrap();
    journal.save_draft(&other).await.unwrap();
    let entry = make::daily(chance, day(0));
    journal.record(&entry, Send::Held, Some(&draft.key)).await.unwrap();
    assert_eq!(journal.draft(&draft.key).await.unwrap(), None);
    assert!(journal.draft(&other.key).await.unwrap().is_some());
}

/// Consents, choices and retractions too.
pub async fn every_kind_reads_back_the_same<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("every_kind").await;
    let chance = &mut Chance::new(5);
    let entry = make::daily(chance, day(0));
    let kinds = [
        make::retraction(chance, &entry),
        make::consent(chance, day(1)),
        make::chosen(chance, &entry),
        entry,
    ];
    for entry in kinds.iter().rev() {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    for entry in &kinds {
        assert_eq!(&stored(&journal, entry).await.entry, entry);
    }
}

/// Words, codes and decimals come back letter for letter.
pub async fn texts_of_any_script_survive<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("texts_survive").await;
    let mut entry = make::daily(&mut Chance::new(6), day(0));
    let item = |link: &str, value| ResponseItem {
        link: link.to_owned(),
        text: Some("¿Cuánto? \"痛い\" \\ \u{1f642}".to_owned()),
        given: Some(Given::Values(vec![value])),
        items: Vec::new(),
    };
    let coding = Coding {
        system: Some("http://loinc.org".to_owned()),
        code: Some("LA6568-5".to_owned()),
        display: Some("أبداً".to_owned()),
    };
    entry.body = Body::Response(Response {
        questionnaire: make::DAILY.to_owned(),
        items: vec![
            item("words", Value::Text("line one\nline two\u{0}\u{2028}end".to_owned())),
            item("number", Value::Decimal("6.50".parse().unwrap())),
            item("code", Value::Coding(coding)),
        ],
    });
    journal.record(&entry, Send::Now, None).await.unwrap();
    let back = stored(&journal, &entry).await.entry;
    assert_eq!(back, entry);
    let Some(Value::Decimal(number)) = back.response().unwrap().value("number") else {
        unreachable!("a decimal was recorded")
    };
    assert_eq!(number.as_str(), "6.50", "a decimal keeps its precision");
}

/// Undo takes back what is held, and nothing else.
pub async fn undo_only_while_held<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("undo_only_while_held").await;
    let chance = &mut Chance::new(7);
    let held = make::daily(chance, day(0));
    journal.record(&held, Send::Held, None).await.unwrap();
    journal.undo(held.revision, &make::draft(chance, day(0))).await.unwrap();
    assert!(journal.revisions(held.id).await.unwrap().is_empty());
    assert!(journal.days(day(0), day(0)).await.unwrap().is_empty());
    assert_eq!(journal.tally().await.unwrap(), interlude_diary::journal::Tally::default());

    let draft = make::draft(chance, day(1));
    let gone = Err(JournalError::TooLate);
    assert_eq!(journal.undo(held.revision, &draft).await, gone, "it is taken back already");
    let released = make::daily(chance, day(1));
    journal.record(&released, Send::Held, None).await.unwrap();
    journal.release().await.unwrap();
    assert_eq!(journal.undo(released.revision, &draft).await, gone);
    let never = make::daily(chance, day(1));
    journal.record(&never, Send::Never, None).await.unwrap();
    assert_eq!(journal.undo(never.revision, &draft).await, gone);
    assert_eq!(journal.draft(&draft.key).await.unwrap(), None, "a failed undo leaves no draft");
    assert_eq!(journal.tally().await.unwrap().revisions, 2);
}

/// The draft is there again as given, and can be stored on.
pub async fn undo_puts_the_draft_back<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("undo_puts_back").await;
    let chance = &mut Chance::new(8);
    let mut draft = make::draft(chance, day(0));
    draft.version = journal.save_draft(&draft).await.unwrap();
    let entry = make::daily(chance, day(0));
    journal.record(&entry, Send::Held, Some(&draft.key)).await.unwrap();
    journal.undo(entry.revision, &draft).await.unwrap();
    assert_eq!(journal.draft(&draft.key).await.unwrap().as_ref(), Some(&draft));
    assert_eq!(journal.save_draft(&draft).await.unwrap(), draft.version + 1);
    assert!(journal.outbox().await.unwrap().is_empty());
}

/// Undoing a held correction brings the line of the first revision back.
pub async fn undo_of_a_correction_leaves_the_first<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("undo_of_a_correction").await;
    let chance = &mut Chance::new(9);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    journal.record(&first, Send::Now, None).await.unwrap();
    let before = journal.days(day(0), day(0)).await.unwrap();
    journal.record(&second, Send::Held, None).await.unwrap();
    journal.undo(second.revision, &make::draft(chance, day(0))).await.unwrap();
    assert_eq!(journal.days(day(0), day(0)).await.unwrap(), before);
    assert_eq!(journal.revisions(first.id).await.unwrap().len(), 1);
    assert_eq!(journal.pending(0, 9).await.unwrap().len(), 1);
}

/// Answers that another tab has begun are not overwritten by an undo.
pub async fn undo_yields_to_a_newer_draft<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("undo_yields").await;
    let chance = &mut Chance::new(10);
    let entry = make::daily(chance, day(0));
    journal.record(&entry, Send::Held, None).await.unwrap();
    let begun = make::draft(chance, day(0));
    let version = journal.save_draft(&begun).await.unwrap();
    let answer = journal.undo(entry.revision, &make::draft(chance, day(0))).await;
    assert_eq!(answer, Err(JournalError::DraftMoved { current: version }));
    assert_eq!(journal.draft(&begun.key).await.unwrap().map(|draft| draft.id), Some(begun.id));
    assert_eq!(journal.revisions(entry.id).await.unwrap().len(), 1, "and nothing was taken back");
}

/// Places grow, an undone one is not the place of something older.
pub async fn sequence_grows<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("sequence_grows").await;
    let chance = &mut Chance::new(11);
    let mut last = Seq(0);
    for n in 0..5 {
        let entry: Entry = make::daily(chance, day(n));
        let kept = journal.record(&entry, Send::Held, None).await.unwrap();
        assert!(kept.seq > last);
        last = kept.seq;
    }
}
