//! A browser that throws the whole store away takes nothing with it that is nowhere else.
//!
//! Where a browser has no storage buckets there is no copy, and nothing to try.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use interlude::journal::lock::{Cost, NewCode, Proof};
use interlude::journal::{IdbJournal, Trace};
use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::journal::{Journal, JournalError, Light, Mark, MetaKey, Send};
use interlude_diary::occasion::{Draft, DraftKey};
use interlude_testkit::{Chance, make};
use interlude_web::{copied, copies, fresh, open, uncopy, wipe};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Small, so that a code is soon tried.
const COST: Cost = Cost { memory_kib: 16, passes: 1, lanes: 1 };
const NOW_MS: i64 = 1_800_000_000_000;

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

fn entry(seed: u64) -> Entry {
    make::daily(&mut Chance::new(seed), day(0))
}

/// One entry that waits and its correction, one that stays here, one that was undone, one that the
/// server has; a draft that is begun and one that ended; small values.
async fn filled(name: &str) -> IdbJournal {
    let journal = open(name).await;
    journal.begin_copy().await;
    let mut chance = Chance::new(70);
    journal.record(&entry(1), Send::Now, None).await.unwrap();
    journal.record(&make::correction(&mut chance, &entry(1)), Send::Now, None).await.unwrap();
    journal.record(&entry(2), Send::Never, None).await.unwrap();
    let mut ended = make::draft(&mut chance, day(2));
    ended.version = journal.save_draft(&ended).await.unwrap();
    journal.record(&entry(3), Send::Held, Some(&ended.key)).await.unwrap();
    journal.undo(entry(3).revision, &ended).await.unwrap();
    journal.drop_draft(&ended.key).await.unwrap();
    journal.record(&entry(4), Send::Now, None).await.unwrap();
    journal.settle(&[Mark::Settled(make::receipt(&entry(4), 1))], Some("cursor")).await.unwrap();
    journal.save_draft(&make::draft(&mut chance, day(1))).await.unwrap();
    journal.set_meta(MetaKey::Settings, "Spanish").await.unwrap();
    journal
}

/// Opens as a start of the app does.
async fn started(name: &str) -> IdbJournal {
    let journal = IdbJournal::open(name).await.unwrap();
    journal.meta_at_start().await.unwrap();
    journal
}

/// What of [`filled`] was on this phone alone is here, as it was.
async fn is_back(journal: &IdbJournal) {
    let page = journal.page(None, 100).await.unwrap();
    let lights: Vec<Light> = page.iter().map(|stored| stored.light.clone()).collect();
    assert_eq!(page.iter().map(|stored| stored.entry.id).collect::<Vec<_>>(), [1, 1, 2].map(|n| entry(n).id));
    assert_eq!(lights.last(), Some(&Light::StaysHere));
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.revisions, tally.waiting, tally.receipted), (3, 2, 0));
    assert_eq!(journal.days(day(-9), day(9)).await.unwrap().len(), 2);
    let drafts = journal.drafts().await.unwrap();
    assert_eq!(drafts.len(), 1, "the one that was begun, and not the one that ended");
    assert_eq!(journal.meta(MetaKey::Settings).await.unwrap().as_deref(), Some("Spanish"));
    assert_eq!(journal.meta(MetaKey::Sync).await.unwrap(), None, "it asks the server for all it has");
    assert_eq!(journal.trace().await.unwrap(), Trace::Known);
}

#[wasm_bindgen_test]
async fn what_was_nowhere_else_is_back() {
    if !copies() {
        return;
    }
    let name = fresh("spare");
    drop(filled(&name).await);
    wipe(&name).await;
    wipe(&format!("{name}-trace")).await;
    is_back(&started(&name).await).await;
    // And again: what was put back is copied too.
    wipe(&name).await;
    is_back(&started(&name).await).await;
}

#[wasm_bindgen_test]
async fn a_start_that_was_killed_in_between_goes_on() {
    if !copies() {
        return;
    }
    let name = fresh("spare-killed");
    drop(filled(&name).await);
    wipe(&name).await;
    // The keys are back, and the entries are not.
    let half = IdbJournal::open(&name).await.unwrap();
    assert_eq!(half.tally().await.unwrap().revisions, 0);
    half.begin_copy().await;
    half.record(&entry(9), Send::Now, None).await.unwrap();
    drop(half);
    let whole = started(&name).await;
    assert_eq!(whole.tally().await.unwrap().revisions, 4);
}

#[wasm_bindgen_test]
async fn no_plain_word_lies_in_the_copy() {
    if !copies() {
        return;
    }
    let name = fresh("spare-sealed");
    filled(&name).await;
    let disk = copied(&name).await.as_string().unwrap();
    assert!(disk.contains(&entry(1).revision.to_string()), "the check sees what is there");
    assert!(!disk.contains(&entry(4).revision.to_string()), "what the server has is not kept twice");
    for word in ["Spanish", "pain", "Questionnaire", "cursor", "Madrid"] {
        assert!(!disk.contains(word), "{word}");
    }
}

#[wasm_bindgen_test]
async fn what_is_erased_does_not_come_back() {
    let name = fresh("spare-erased");
    let journal = filled(&name).await;
    journal.erase().await.unwrap();
    assert_eq!(started(&name).await.tally().await.unwrap().revisions, 0);
    let name = fresh("spare-ended");
    filled(&name).await.end().await.unwrap();
    let anew = started(&name).await;
    assert_eq!(anew.tally().await.unwrap().revisions, 0);
    assert_eq!(anew.trace().await.unwrap(), Trace::NewPhone);
}

#[wasm_bindgen_test]
async fn a_code_locks_the_copy_too() {
    if !copies() {
        return;
    }
    let name = fresh("spare-coded");
    let journal = filled(&name).await;
    let by_device = "by\ndevice";
    assert!(copied(&name).await.as_string().unwrap().contains(by_device));
    journal.change_code(Proof::NoneYet, NewCode::Is("code", COST), NOW_MS).await.unwrap();
    let disk = copied(&name).await.as_string().unwrap();
    assert!(!disk.contains(by_device) && disk.contains("by\npasscode"), "the old lock lies there still");
    drop(journal);
    wipe(&name).await;
    assert_eq!(IdbJournal::open(&name).await.err(), Some(JournalError::Locked));
    let journal = IdbJournal::at(&name);
    journal.unlock("code", NOW_MS).await.unwrap();
    journal.meta_at_start().await.unwrap();
    is_back(&journal).await;
}

#[wasm_bindgen_test]
async fn a_copy_that_is_behind_is_written_whole() {
    if !copies() {
        return;
    }
    let name = fresh("spare-behind");
    let journal = filled(&name).await;
    // As after an update of the app, and after a browser that threw the copy away.
    uncopy(&name).await;
    journal.begin_copy().await;
    drop(journal);
    wipe(&name).await;
    let journal = started(&name).await;
    is_back(&journal).await;
    uncopy(&name).await;
    journal.record(&entry(5), Send::Now, None).await.unwrap();
    journal.begin_copy().await;
    drop(journal);
    wipe(&name).await;
    assert_eq!(started(&name).await.tally().await.unwrap().revisions, 4);
}

#[wasm_bindgen_test]
async fn a_copy_that_fails_fails_nothing() {
    let name = fresh("spare-failing");
    let journal = filled(&name).await;
    interlude_web::fill_after(1);
    journal.record(&entry(6), Send::Now, None).await.unwrap();
    interlude_web::mend();
    journal.record(&entry(7), Send::Now, None).await.unwrap();
    drop(journal);
    if copies() {
        wipe(&name).await;
        assert_eq!(started(&name).await.tally().await.unwrap().revisions, 5);
    }
}

/// A copy may be a moment older than the store, and its form recorded meanwhile: the entry came back from the
/// clinic, and its draft must not be gone on with.
#[wasm_bindgen_test]
async fn a_draft_whose_entry_is_here_is_over() {
    let name = fresh("spare-spent");
    let journal = open(&name).await;
    let mut draft = make::draft(&mut Chance::new(71), day(1));
    draft.version = journal.save_draft(&draft).await.unwrap();
    let pulled = Entry { id: draft.id, ..entry(5) };
    journal.record(&pulled, Send::Now, None).await.unwrap();
    assert_eq!(journal.drafts().await.unwrap(), []);
    assert_eq!(journal.draft(&draft.key).await.unwrap(), None);
    // The form can be filled in anew, and a correction of that entry is no such draft.
    let anew = make::draft(&mut Chance::new(72), day(1));
    let anew = Draft { key: draft.key.clone(), ..anew };
    journal.save_draft(&anew).await.unwrap();
    let corrects =
        Draft { key: DraftKey::Correction(pulled.id), parent: Some(pulled.revision), version: 0, ..draft };
    journal.save_draft(&corrects).await.unwrap();
    assert_eq!(journal.drafts().await.unwrap().len(), 2);
}
