//! What filing the outcomes of an exchange does.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a broken promise is a failed test"
)]

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::ids::DeviceId;
use interlude_diary::journal::{Filed, Holding, Journal, Light, Mark, MetaKey, Send, Tally};

use super::stored;
use crate::{Chance, make};

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

async fn one<J: Journal>(open: &impl AsyncFn(&str) -> J, name: &str) -> (J, Entry) {
    let journal = open(name).await;
    let entry = make::daily(&mut Chance::new(1), day(0));
    journal.record(&entry, Send::Now, None).await.unwrap();
    (journal, entry)
}

fn pulled(entry: &Entry, n: u32) -> Mark {
    let text = format!("{{\"n\":{n}.50}}");
    Mark::Pulled { entry: Box::new(entry.clone()), text, receipt: make::receipt(entry, n) }
}

/// The row goes and the light is the receipt.
pub async fn settled_removes_the_row_and_keeps_the_receipt<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "settled").await;
    let receipt = make::receipt(&entry, 3);
    journal.settle(&[Mark::Settled(receipt.clone())], None).await.unwrap();
    assert!(journal.outbox().await.unwrap().is_empty());
    assert_eq!(stored(&journal, &entry).await.light, Light::ClinicHadIt(receipt.clone()));
    let newer = make::receipt(&entry, 4);
    journal.settle(&[Mark::Settled(newer.clone())], None).await.unwrap();
    assert_eq!(stored(&journal, &entry).await.light, Light::ClinicHadIt(newer));
}

/// A kill between the answer and the filing means filing again: nothing doubles.
pub async fn filing_twice_is_harmless<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "filing_twice").await;
    let other = make::daily(&mut Chance::new(2), day(1));
    let refused = make::daily(&mut Chance::new(3), day(2));
    journal.record(&refused, Send::Now, None).await.unwrap();
    let parked = Mark::Parked { revision: refused.revision, status: 422, reason: "no".to_owned() };
    let marks = [Mark::Settled(make::receipt(&entry, 1)), pulled(&other, 2), parked];
    journal.settle(&marks, Some("memory")).await.unwrap();
    let seen = async || {
        let page = journal.page(None, 100).await.unwrap();
        (page, journal.tally().await.unwrap(), journal.days(day(0), day(9)).await.unwrap())
    };
    let once = seen().await;
    journal.settle(&marks, Some("memory")).await.unwrap();
    assert_eq!(seen().await, once);
    assert_eq!((once.1.revisions, once.1.receipted, once.1.parked, once.1.waiting), (3, 2, 1, 0));
}

/// Such as one that was undone meanwhile.
pub async fn marks_of_unknown_revisions_change_nothing<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("unknown").await;
    let entry = make::daily(&mut Chance::new(1), day(0));
    let revision = entry.revision;
    let marks = [
        Mark::Settled(make::receipt(&entry, 1)),
        Mark::Changed(make::receipt(&entry, 1)),
        Mark::Later { revision, due_ms: 1 },
        Mark::Parked { revision, status: 400, reason: String::new() },
        Mark::Withdrawn { revision },
    ];
    journal.settle(&marks, None).await.unwrap();
    assert_eq!(journal.tally().await.unwrap(), Tally::default());
    assert!(journal.page(None, 9).await.unwrap().is_empty());
    journal.record(&entry, Send::Now, None).await.unwrap();
    assert_eq!(stored(&journal, &entry).await.light, Light::OnThisPhone { held: false });
}

/// A 2xx without a digest is Sent and no more.
pub async fn no_digest_is_sent<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "no_digest").await;
    let mut receipt = make::receipt(&entry, 1);
    receipt.digest = None;
    let at = receipt.stored;
    journal.settle(&[Mark::Settled(receipt)], None).await.unwrap();
    assert_eq!(stored(&journal, &entry).await.light, Light::Sent { at });
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.receipted, tally.last_receipt_ms, tally.waiting), (0, None, 0));
}

/// Other content is said to be other content.
pub async fn changed_is_told<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "changed").await;
    let receipt = make::receipt(&entry, 1);
    journal.settle(&[Mark::Changed(receipt.clone())], None).await.unwrap();
    assert_eq!(stored(&journal, &entry).await.light, Light::ChangedCopy(receipt.clone()));
    assert!(journal.outbox().await.unwrap().is_empty(), "sending it again would change nothing");
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.receipted, tally.last_receipt_ms), (0, None));
    let correction = make::correction(&mut Chance::new(4), &entry);
    journal.record(&correction, Send::Now, None).await.unwrap();
    let rows = journal.pending(0, 9).await.unwrap();
    assert_eq!(rows[0].base.as_ref(), Some(&receipt), "its version is current all the same");
}

/// The server's words are kept, cut to 500 characters.
pub async fn parked_keeps_its_reason<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "parked").await;
    let reason = "é".repeat(600);
    journal.settle(&[Mark::Parked { revision: entry.revision, status: 422, reason }], None).await.unwrap();
    let reason = "é".repeat(500);
    assert_eq!(stored(&journal, &entry).await.light, Light::Refused { status: 422, reason });
    assert!(journal.pending(i64::MAX, 9).await.unwrap().is_empty());
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.parked, tally.waiting, tally.next_due_ms), (1, 0, None));
}

/// The receipt goes and the row is there again, due now; so for an entry that came down.
pub async fn withdrawn_goes_again<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "withdrawn").await;
    let theirs = make::daily(&mut Chance::new(2), day(1));
    journal.settle(&[Mark::Settled(make::receipt(&entry, 1)), pulled(&theirs, 2)], None).await.unwrap();
    assert_eq!(
        journal.tally().await.unwrap().last_receipt_ms,
        Some(make::receipt(&entry, 2).stored.unix_ms())
    );
    let marks = [&entry, &theirs].map(|entry| Mark::Withdrawn { revision: entry.revision });
    for _twice in 0..2 {
        journal.settle(&marks, None).await.unwrap();
        for entry in [&entry, &theirs] {
            assert_eq!(stored(&journal, entry).await.light, Light::OnThisPhone { held: false });
        }
        let rows = journal.pending(0, 9).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| row.entry.revision).collect::<Vec<_>>(),
            [entry.revision, theirs.revision]
        );
        let tally = journal.tally().await.unwrap();
        assert_eq!((tally.receipted, tally.last_receipt_ms, tally.waiting), (0, None, 2));
    }
    let text = stored(&journal, &theirs).await.received;
    assert_eq!(text.as_deref(), Some("{\"n\":2.50}"), "its text stays as received");
}

/// Withdrawn makes a parked row wait again, and leaves a waiting one as it is.
pub async fn a_parked_row_goes_again_on_a_word<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "parked_again").await;
    let revision = entry.revision;
    journal
        .settle(&[Mark::Later { revision, due_ms: 7000 }, Mark::Withdrawn { revision }], None)
        .await
        .unwrap();
    assert!(journal.pending(6999, 9).await.unwrap().is_empty(), "a waiting row stays as it is");
    let parked = Mark::Parked { revision, status: 422, reason: "no".to_owned() };
    journal.settle(&[parked, Mark::Withdrawn { revision }], None).await.unwrap();
    let rows = journal.pending(0, 9).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.entry.revision, row.attempts)).collect::<Vec<_>>(),
        [(revision, 0)]
    );
}

/// What another system made is not ours to send.
pub async fn withdrawn_of_anothers_system_has_no_row<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("anothers_system").await;
    let mut entry = make::daily(&mut Chance::new(3), day(0));
    entry.device = DeviceId::new(uuid::Uuid::nil());
    journal.settle(&[pulled(&entry, 1), Mark::Withdrawn { revision: entry.revision }], None).await.unwrap();
    assert!(journal.outbox().await.unwrap().is_empty());
    assert_eq!(stored(&journal, &entry).await.light, Light::StaysHere);
}

/// It is in the journal, on its day, with the text as received and its receipt, and has no row.
pub async fn pulled_is_an_entry<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("pulled").await;
    let entry = make::daily(&mut Chance::new(5), day(0));
    journal.settle(&[pulled(&entry, 8)], None).await.unwrap();
    let back = stored(&journal, &entry).await;
    assert_eq!(back.entry, entry);
    assert_eq!(back.received.as_deref(), Some("{\"n\":8.50}"));
    assert_eq!(back.light, Light::ClinicHadIt(make::receipt(&entry, 8)));
    assert!(journal.outbox().await.unwrap().is_empty());
    assert_eq!(journal.days(day(0), day(0)).await.unwrap().len(), 1);
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.revisions, tally.receipted, tally.waiting), (1, 1, 0));
}

/// The same page twice, or twice on one page.
pub async fn pulled_twice_is_once<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("pulled_twice").await;
    let entry = make::daily(&mut Chance::new(6), day(0));
    journal.settle(&[pulled(&entry, 1), pulled(&entry, 1)], None).await.unwrap();
    journal.settle(&[pulled(&entry, 2)], None).await.unwrap();
    assert_eq!(journal.revisions(entry.id).await.unwrap().len(), 1);
    assert_eq!(stored(&journal, &entry).await.light, Light::ClinicHadIt(make::receipt(&entry, 1)));
}

/// What waits here is not settled by a pull: the push will be answered.
pub async fn pulled_of_what_is_here_changes_nothing<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "pulled_here").await;
    let mut altered = entry.clone();
    altered.late = true;
    journal.settle(&[pulled(&altered, 1)], None).await.unwrap();
    let back = stored(&journal, &entry).await;
    assert_eq!((back.entry, back.received), (entry, None));
    assert_eq!(back.light, Light::OnThisPhone { held: false });
    assert_eq!(journal.pending(0, 9).await.unwrap().len(), 1);
}

/// The cycle's memory is the meta value `Sync`; without one it stays as it was.
pub async fn memory_is_filed_with_the_marks<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, entry) = one(open, "memory").await;
    journal.settle(&[Mark::Settled(make::receipt(&entry, 1))], Some("one\ntwo")).await.unwrap();
    journal.settle(&[], None).await.unwrap();
    assert_eq!(journal.meta(MetaKey::Sync).await.unwrap().as_deref(), Some("one\ntwo"));
    let held = journal.holdings_of(&[entry.id]).await.unwrap();
    let filed = Some(Filed::settled(make::receipt(&entry, 1)));
    let (seq, id, revision) = (held[0].seq, entry.id, entry.revision);
    assert_eq!(held, [Holding { seq, id, revision, parent: None, filed }]);
}

fn brought(entry: &Entry, filed: Option<Filed>, stays: bool) -> Mark {
    Mark::Brought { entry: Box::new(entry.clone()), received: None, filed, stays }
}

/// What came out of a file waits to be sent unless its receipt came with it; what stays here stays.
pub async fn brought_joins_what_is_here<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, here) = one(open, "brought").await;
    let mut chance = Chance::new(7);
    let (fresh, had, stays) = (
        make::daily(&mut chance, day(1)),
        make::daily(&mut chance, day(2)),
        make::daily(&mut chance, day(3)),
    );
    let mut theirs = make::daily(&mut chance, day(4));
    theirs.device = DeviceId::new(uuid::Uuid::nil());
    let correction = make::correction(&mut chance, &here);
    let receipt = make::receipt(&had, 5);
    let marks = [
        brought(&fresh, None, false),
        brought(&had, Some(Filed::settled(receipt.clone())), false),
        brought(&stays, None, true),
        brought(&theirs, None, false),
        brought(&correction, None, false),
    ];
    journal.settle(&marks, None).await.unwrap();
    assert_eq!(stored(&journal, &fresh).await.light, Light::OnThisPhone { held: false });
    assert_eq!(stored(&journal, &had).await.light, Light::ClinicHadIt(receipt));
    assert_eq!(stored(&journal, &stays).await.light, Light::StaysHere);
    assert_eq!(
        stored(&journal, &theirs).await.light,
        Light::StaysHere,
        "another system's is not ours to send"
    );
    let waiting: Vec<_> = journal.outbox().await.unwrap().into_iter().map(|row| row.entry.revision).collect();
    assert_eq!(waiting, [here.revision, fresh.revision, correction.revision]);
    let lines = journal.days(day(0), day(9)).await.unwrap();
    assert_eq!(lines.len(), 5);
    assert_eq!((lines[0].revision, lines[0].revisions), (correction.revision, 2));
}

/// The same file once more changes nothing, nor does an older one.
pub async fn brought_twice_is_once<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let (journal, here) = one(open, "brought_twice").await;
    let receipt = make::receipt(&here, 3);
    journal.settle(&[Mark::Settled(receipt.clone())], None).await.unwrap();
    let other = make::daily(&mut Chance::new(8), day(1));
    let marks = [brought(&here, None, false), brought(&other, None, false)];
    let seen = async || (journal.page(None, 9).await.unwrap(), journal.tally().await.unwrap());
    journal.settle(&marks, None).await.unwrap();
    let once = seen().await;
    journal.settle(&marks, None).await.unwrap();
    let with_receipt = brought(&other, Some(Filed::settled(make::receipt(&other, 9))), true);
    journal.settle(&[with_receipt], None).await.unwrap();
    assert_eq!(seen().await, once);
    assert_eq!(stored(&journal, &here).await.light, Light::ClinicHadIt(receipt));
    assert_eq!((once.1.revisions, once.1.waiting), (2, 1));
}
