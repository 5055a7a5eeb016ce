//! A sealed record that was cut short, swapped or put back from an earlier time is left out and
//! counted: it is not shown, and it stops nothing.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use interlude::journal::IdbJournal;
use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::journal::{Journal, JournalError, Light, Mark, MetaKey, Send};
use interlude_testkit::{Chance, make};
use interlude_web::{cut, fresh, open, scratch, swap};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

fn entry(seed: u64) -> Entry {
    make::daily(&mut Chance::new(seed), day(i32::try_from(seed).unwrap()))
}

/// Three entries: the server has the first, two wait; each with a line of its own day.
async fn filled(name: &str) -> IdbJournal {
    let journal = open(name).await;
    for seed in 1..=3 {
        journal.record(&entry(seed), Send::Now, None).await.unwrap();
    }
    journal.settle(&[Mark::Settled(make::receipt(&entry(1), 1))], Some("memory")).await.unwrap();
    journal
}

async fn lines(journal: &IdbJournal) -> Vec<LocalDay> {
    journal.days(day(0), day(9)).await.unwrap().iter().map(|line| line.day).collect()
}

#[wasm_bindgen_test]
async fn an_entry_that_does_not_open_is_left_out_and_counted_and_stops_nothing() {
    for (kind, left) in [("cut", 0), ("swapped", 1)] {
        let name = fresh(kind);
        let journal = filled(&name).await;
        assert_eq!(journal.damaged().await.unwrap(), 0);
        match kind {
            "cut" => cut(&name, "entries").await,
            _ => swap(&name, "entries").await,
        }
        assert_eq!(journal.damaged().await.unwrap(), 3 - left, "{kind}");
        let shown = journal.page(None, 2).await.unwrap();
        assert!(shown.iter().all(|one| one.entry == entry(1)), "{kind}: another's answers are shown");
        assert_eq!(shown.len(), left, "{kind}");
        // What waits and opens goes; what does not open stays where it is.
        let fourth = entry(4);
        journal.record(&fourth, Send::Now, None).await.unwrap();
        let going: Vec<_> = journal.pending(0, 1).await.unwrap().into_iter().map(|out| out.entry).collect();
        assert_eq!(going, [fourth], "{kind}");
        assert_eq!(journal.outbox().await.unwrap().len(), 1, "{kind}");
        assert_eq!(journal.tally().await.unwrap().waiting, 3, "{kind}");
        // Named where it is asked for by itself.
        let damaged = journal.revisions(entry(3).id).await;
        assert!(matches!(damaged, Err(JournalError::Damaged { seq: Some(_) })), "{kind}: {damaged:?}");
    }
}

#[wasm_bindgen_test]
async fn pages_of_a_journal_go_on_behind_a_stretch_that_does_not_open() {
    let name = fresh("stretch");
    let journal = filled(&name).await;
    scratch(&name, "entries").await;
    journal.record(&entry(4), Send::Now, None).await.unwrap();
    let page = journal.page(None, 2).await.unwrap();
    assert_eq!(page.iter().map(|one| &one.entry).collect::<Vec<_>>(), [&entry(4)]);
    assert!(journal.page(Some(page.last().unwrap().seq), 2).await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn a_damaged_table_of_days_is_drawn_anew_from_the_entries() {
    let name = fresh("days");
    let journal = filled(&name).await;
    let before = journal.days(day(0), day(9)).await.unwrap();
    for harm in ["scratch", "swap", "cut"] {
        match harm {
            "scratch" => scratch(&name, "days").await,
            "swap" => swap(&name, "days").await,
            _ => cut(&name, "days").await,
        }
        assert_eq!(journal.days(day(0), day(9)).await.unwrap(), before, "{harm}");
        assert_eq!(journal.days(day(-3_000), day(3_000)).await.unwrap(), before, "{harm}, all at once");
    }
    // A write to a day mends it.
    let other = Entry { day: day(2), ..make::daily(&mut Chance::new(77), day(2)) };
    journal.record(&other, Send::Now, None).await.unwrap();
    assert_eq!(lines(&journal).await, [day(1), day(2), day(2), day(3)]);
}

#[wasm_bindgen_test]
async fn an_earlier_table_of_a_day_that_is_put_back_is_found_and_mended() {
    let name = fresh("replayed");
    let journal = open(&name).await;
    let first = entry(1);
    journal.record(&first, Send::Now, None).await.unwrap();
    let earlier = interlude_web::keep(&name, "days").await;
    let second = Entry { day: day(1), ..make::daily(&mut Chance::new(9), day(1)) };
    journal.record(&second, Send::Now, None).await.unwrap();
    let correction = make::correction(&mut Chance::new(10), &first);
    journal.record(&correction, Send::Now, None).await.unwrap();
    let right = journal.days(day(0), day(9)).await.unwrap();
    interlude_web::put_back(&name, "days", &earlier).await;
    assert_ne!(journal.days(day(0), day(9)).await.unwrap(), right, "the test puts something back");
    assert_eq!(journal.damaged().await.unwrap(), 2);
    assert_eq!(journal.days(day(0), day(9)).await.unwrap(), right);
    assert_eq!(journal.damaged().await.unwrap(), 0);
}

#[wasm_bindgen_test]
async fn a_receipt_that_does_not_open_proves_nothing_and_a_row_goes_again() {
    let name = fresh("receipts");
    let journal = filled(&name).await;
    journal.settle(&[Mark::Later { revision: entry(2).revision, due_ms: 5 }], None).await.unwrap();
    scratch(&name, "receipts").await;
    let light = journal.revisions(entry(1).id).await.unwrap().remove(0).light;
    assert!(!matches!(light, Light::ClinicHadIt(_)), "{light:?}");
    // Of those in the outbox only the row that was tried has a seal.
    interlude_web::spoil(&name, "outbox").await;
    assert_eq!(journal.damaged().await.unwrap(), 2);
    assert_eq!(journal.pending(9, 9).await.unwrap().len(), 2);
    journal.settle(&[Mark::Settled(make::receipt(&entry(1), 2))], None).await.unwrap();
    let light = journal.revisions(entry(1).id).await.unwrap().remove(0).light;
    assert!(matches!(light, Light::ClinicHadIt(_)), "{light:?}");
    assert!(journal.meta(MetaKey::Sync).await.is_ok());
}
