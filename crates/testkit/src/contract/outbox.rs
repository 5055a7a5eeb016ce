//! What may go, and in which order.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a broken promise is a failed test"
)]

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::ids::RevisionId;
use interlude_diary::journal::{Journal, Light, Mark, OutgoingState, Send};

use super::stored;
use crate::{Chance, make};

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

async fn pending(journal: &impl Journal, now_ms: i64) -> Vec<RevisionId> {
    journal.pending(now_ms, 100).await.unwrap().into_iter().map(|row| row.entry.revision).collect()
}

/// Held rows are in the outbox and are not pending, until they are released.
pub async fn a_held_row_waits_for_release<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("held").await;
    let entry = make::daily(&mut Chance::new(1), day(0));
    journal.record(&entry, Send::Held, None).await.unwrap();
    assert!(pending(&journal, i64::MAX).await.is_empty());
    let rows = journal.outbox().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.send).collect::<Vec<_>>(), [Send::Held]);
    journal.release().await.unwrap();
    assert_eq!(pending(&journal, 0).await, [entry.revision]);
    assert_eq!(stored(&journal, &entry).await.light, Light::OnThisPhone { held: false });
    let rows = journal.outbox().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.send).collect::<Vec<_>>(), [Send::Now]);
}

/// Release answers how many rows were held.
pub async fn release_counts<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("release_counts").await;
    let chance = &mut Chance::new(2);
    assert_eq!(journal.release().await, Ok(0));
    for (n, send) in [Send::Held, Send::Now, Send::Held, Send::Never].into_iter().enumerate() {
        let entry = make::daily(chance, day(i32::try_from(n).unwrap()));
        journal.record(&entry, send, None).await.unwrap();
    }
    assert_eq!(journal.release().await, Ok(2));
    assert_eq!(journal.release().await, Ok(0));
    assert_eq!(pending(&journal, 0).await.len(), 3);
}

/// By the person's choice or by its kind.
pub async fn what_stays_here_has_no_row<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("stays_here").await;
    let chance = &mut Chance::new(3);
    let mine = make::daily(chance, day(0));
    let choice = make::chosen(chance, &mine);
    journal.record(&mine, Send::Never, None).await.unwrap();
    journal.record(&choice, Send::Now, None).await.unwrap();
    assert!(journal.outbox().await.unwrap().is_empty());
    assert_eq!(journal.release().await, Ok(0));
    for entry in [&mine, &choice] {
        assert_eq!(stored(&journal, entry).await.light, Light::StaysHere);
    }
}

/// Red flags first, then in the order written.
pub async fn first_goes_first<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("first").await;
    let chance = &mut Chance::new(4);
    let sends = [Send::Now, Send::First, Send::Held, Send::Now, Send::First];
    let mut written: Vec<Entry> = Vec::new();
    for (n, send) in sends.into_iter().enumerate() {
        let entry = make::daily(chance, day(9 - i32::try_from(n).unwrap()));
        journal.record(&entry, send, None).await.unwrap();
        written.push(entry);
    }
    let expected = [1, 4, 0, 3].map(|n: usize| written[n].revision);
    assert_eq!(pending(&journal, 0).await, expected);
    let rows = journal.pending(0, 1).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.send, row.entry.revision)).next(),
        Some((Send::First, expected[0]))
    );
}

/// Corrections follow one at a time.
pub async fn only_the_oldest_waiting_revision_of_an_entry<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("only_the_oldest").await;
    let chance = &mut Chance::new(5);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    let third = make::retraction(chance, &second);
    let other = make::daily(chance, day(1));
    for entry in [&first, &second, &other] {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    journal.record(&third, Send::First, None).await.unwrap();
    assert_eq!(pending(&journal, 0).await, [first.revision, other.revision]);
    journal.settle(&[Mark::Settled(make::receipt(&first, 1))], None).await.unwrap();
    assert_eq!(pending(&journal, 0).await, [second.revision, other.revision]);
    journal.settle(&[Mark::Settled(make::receipt(&second, 2))], None).await.unwrap();
    assert_eq!(pending(&journal, 0).await, [third.revision, other.revision]);
}

/// Where only the newest of an entry is sent: not what is held, nor what came after it.
pub async fn the_newest_that_may_go<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("the_newest").await;
    let chance = &mut Chance::new(15);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    let third = make::correction(chance, &second);
    let other = make::daily(chance, day(1));
    let held = make::daily(chance, day(2));
    let ids = [held.id, other.id, first.id];
    let newest = async || -> Vec<RevisionId> {
        let rows = journal.newest(&ids).await.unwrap();
        rows.into_iter().map(|row| row.entry.revision).collect()
    };
    for (entry, send) in [(&first, Send::Now), (&second, Send::Now), (&other, Send::First)] {
        journal.record(entry, send, None).await.unwrap();
    }
    journal.record(&third, Send::Held, None).await.unwrap();
    journal.record(&held, Send::Held, None).await.unwrap();
    assert_eq!(newest().await, [other.revision, second.revision]);
    journal.release().await.unwrap();
    assert_eq!(newest().await, [held.revision, other.revision, third.revision]);
    // One that was refused leaves the older one to go.
    let refused = Mark::Parked { revision: third.revision, status: 422, reason: String::new() };
    journal.settle(&[refused], None).await.unwrap();
    assert_eq!(newest().await, [held.revision, other.revision, second.revision]);
    assert!(journal.newest(&[]).await.unwrap().is_empty());
}

/// Its row goes; the revision stays, and is no part of what waits or was refused.
pub async fn what_is_overtaken_goes_no_more<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("overtaken").await;
    let chance = &mut Chance::new(16);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    for entry in [&first, &second] {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    let behind = async || journal.outbox().await.unwrap().iter().map(|row| row.behind).collect::<Vec<_>>();
    assert_eq!(behind().await, [false, false]);
    let rows = journal.outbox().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.followed).collect::<Vec<_>>(), [true, false]);
    assert_eq!(rows.iter().map(|row| row.beneath.clone()).collect::<Vec<_>>(), [[], []]);
    journal.settle(&[Mark::Settled(make::receipt(&second, 5))], None).await.unwrap();
    assert_eq!(behind().await, [true]);
    let overtaken = Mark::Overtaken { revision: first.revision };
    journal.settle(&[overtaken], None).await.unwrap();
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.revisions, tally.waiting, tally.parked, tally.receipted), (2, 0, 0, 1));
    assert_eq!(stored(&journal, &first).await.light, Light::StaysHere);
    // Said of what was refused, or has a receipt, it changes nothing.
    let third = make::correction(chance, &second);
    journal.record(&third, Send::Now, None).await.unwrap();
    let rows = journal.outbox().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.beneath.clone()).collect::<Vec<_>>(), [[first.revision]]);
    let refused = Mark::Parked { revision: third.revision, status: 422, reason: String::new() };
    let again = Mark::Overtaken { revision: third.revision };
    let settled = Mark::Overtaken { revision: second.revision };
    journal.settle(&[refused, again, settled], None).await.unwrap();
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.waiting, tally.parked, tally.receipted), (0, 1, 1));
}

/// A row put off is not pending before its time, and neither are later revisions of its entry.
pub async fn later_is_not_before<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("later").await;
    let chance = &mut Chance::new(6);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    for entry in [&first, &second] {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    let later = Mark::Later { revision: first.revision, due_ms: 5000 };
    journal.settle(std::slice::from_ref(&later), None).await.unwrap();
    assert!(pending(&journal, 4999).await.is_empty());
    assert_eq!(pending(&journal, 5000).await, [first.revision]);
    journal.settle(&[later], None).await.unwrap();
    let rows = journal.pending(5000, 9).await.unwrap();
    assert_eq!(rows.iter().map(|row| (row.attempts, row.due_ms)).collect::<Vec<_>>(), [(2, 5000)]);
}

/// At most so many.
pub async fn a_limit_is_a_limit<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("limit").await;
    let chance = &mut Chance::new(7);
    for n in 0..7 {
        journal.record(&make::daily(chance, day(n)), Send::Now, None).await.unwrap();
    }
    for (limit, expected) in [(0, 0), (1, 1), (6, 6), (100, 7)] {
        assert_eq!(journal.pending(0, limit).await.unwrap().len(), expected);
    }
}

/// The newest receipt of its entry, by the server's order, whoever made that revision.
pub async fn a_correction_builds_on_the_newest_receipt<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("builds_on").await;
    let chance = &mut Chance::new(8);
    let first = make::daily(chance, day(0));
    let mine = make::correction(chance, &first);
    let theirs = make::correction(chance, &first);
    journal.record(&first, Send::Now, None).await.unwrap();
    journal.record(&mine, Send::Now, None).await.unwrap();
    assert_eq!(journal.pending(0, 9).await.unwrap()[0].base, None, "nothing is known to be there");
    let base = make::receipt(&first, 5);
    journal.settle(&[Mark::Settled(base.clone())], None).await.unwrap();
    assert_eq!(journal.pending(0, 9).await.unwrap()[0].base, Some(base));
    let newer = make::receipt(&theirs, 6);
    let pulled = Mark::Pulled { entry: Box::new(theirs), text: "{}".to_owned(), receipt: newer.clone() };
    journal.settle(&[pulled], None).await.unwrap();
    let rows = journal.pending(0, 9).await.unwrap();
    assert_eq!(rows[0].entry.revision, mine.revision);
    assert_eq!(rows[0].base, Some(newer));
}

/// What others made on top of a revision is nothing it could be put on top of.
pub async fn a_revision_builds_on_nothing_made_of_it<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("builds_on_nothing").await;
    let chance = &mut Chance::new(10);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    let third = make::correction(chance, &second);
    for entry in [&first, &second] {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    let top = make::receipt(&third, 5);
    let pulled = Mark::Pulled { entry: Box::new(third), text: "{}".to_owned(), receipt: top };
    journal.settle(&[pulled], None).await.unwrap();
    let bases = async || {
        let rows = journal.outbox().await.unwrap().into_iter();
        rows.map(|row| (row.entry.revision, row.base)).collect::<Vec<_>>()
    };
    assert_eq!(bases().await, [(first.revision, None), (second.revision, None)]);
    journal.settle(&[Mark::Settled(make::receipt(&first, 3))], None).await.unwrap();
    assert_eq!(bases().await, [(second.revision, None)]);
}

/// Neither other entries nor the same entry's next revision wait for it.
pub async fn a_parked_row_blocks_nothing<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("parked_blocks_nothing").await;
    let chance = &mut Chance::new(9);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    let other = make::daily(chance, day(1));
    for entry in [&first, &second, &other] {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    let parked = Mark::Parked { revision: first.revision, status: 422, reason: "no".to_owned() };
    journal.settle(&[parked], None).await.unwrap();
    assert_eq!(pending(&journal, i64::MAX).await, [second.revision, other.revision]);
    let states: Vec<OutgoingState> =
        journal.outbox().await.unwrap().into_iter().map(|row| row.state).collect();
    let refused = OutgoingState::Parked { status: 422, reason: "no".to_owned() };
    assert_eq!(states, [refused, OutgoingState::Waiting, OutgoingState::Waiting]);
}
