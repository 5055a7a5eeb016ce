//! What the store does beyond the contract: strict, sealed, and mended when it breaks.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

use interlude::journal::{IdbJournal, Trace};
use interlude::platform::ids;
use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::journal::{Journal, JournalError, Light, Mark, MetaKey, Send};
use interlude_testkit::{Chance, make};
use interlude_web::{fresh, open};
use wasm_bindgen_futures::future_to_promise;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

fn entry(seed: u64) -> Entry {
    make::daily(&mut Chance::new(seed), day(0))
}

async fn kept(journal: &IdbJournal) -> usize {
    journal.page(None, 100).await.unwrap().len()
}

#[wasm_bindgen_test]
async fn every_write_is_strict() {
    let journal = open(&fresh("strict")).await;
    let mut chance = Chance::new(1);
    interlude_web::watch();
    let mut draft = make::draft(&mut chance, day(1));
    draft.version = journal.save_draft(&draft).await.unwrap();
    let held = entry(2);
    journal.record(&held, Send::Held, Some(&draft.key)).await.unwrap();
    journal.undo(held.revision, &draft).await.unwrap();
    journal.record(&held, Send::Held, None).await.unwrap();
    journal.release().await.unwrap();
    journal.settle(&[Mark::Settled(make::receipt(&held, 1))], Some("memory")).await.unwrap();
    journal.set_meta(MetaKey::Settings, "{}").await.unwrap();
    journal.drop_draft(&draft.key).await.unwrap();
    journal.erase().await.unwrap();
    let seen = interlude_web::durabilities();
    assert!(seen.split(' ').count() >= 9, "{seen}");
    assert!(seen.split(' ').all(|one| one == "strict"), "{seen}");
}

#[wasm_bindgen_test]
async fn no_plain_word_lies_on_disk() {
    let name = fresh("sealed");
    let journal = open(&name).await;
    let mut chance = Chance::new(3);
    let first = entry(4);
    let mut second = make::correction(&mut chance, &first);
    second.reason = Some("Wrongnumber".to_owned());
    let draft = make::draft(&mut chance, day(0));
    journal.record(&first, Send::Now, None).await.unwrap();
    journal.record(&second, Send::First, None).await.unwrap();
    journal.record(&make::consent(&mut chance, day(0)), Send::Now, None).await.unwrap();
    journal.save_draft(&draft).await.unwrap();
    journal.set_meta(MetaKey::Pairing, "{\"token\":\"Verysecret\"}").await.unwrap();
    let parked = Mark::Parked { revision: second.revision, status: 422, reason: "Serverwords".to_owned() };
    journal.settle(&[Mark::Settled(make::receipt(&first, 1)), parked], Some("Cursorvalue")).await.unwrap();
    let disk = interlude_web::everything(&name).await.as_string().unwrap();
    // The check itself sees words that are there: ids stand in clear.
    assert!(disk.contains(&first.id.to_string()));
    let words = [
        "pain",
        "sleep",
        "Questionnaire",
        "interlude.health",
        "Madrid",
        "Wrongnumber",
        "Clinic",
        "clinic",
        "Verysecret",
        "Serverwords",
        "Cursorvalue",
        "TESTEPOC",
        "daily",
        "occasion",
        "\"e\":",
        &day(0).to_string(),
        &day(0).number().to_string(),
        &first.device.to_string(),
    ];
    for word in words {
        assert!(!disk.contains(word), "`{word}` lies on disk in clear");
    }
}

#[wasm_bindgen_test]
async fn a_dead_connection_is_opened_again() {
    let journal = open(&fresh("dead")).await;
    for (deaths, seed) in [(1, 10), (2, 11), (3, 12)] {
        interlude_web::kill(deaths);
        journal.record(&entry(seed), Send::Now, None).await.unwrap();
    }
    assert_eq!(kept(&journal).await, 3);
}

#[wasm_bindgen_test]
async fn a_connection_that_stays_dead_is_told_and_comes_back() {
    let journal = open(&fresh("lost")).await;
    interlude_web::kill(1_000);
    assert_eq!(journal.record(&entry(13), Send::Now, None).await, Err(JournalError::Lost));
    interlude_web::mend();
    assert_eq!(kept(&journal).await, 0);
    journal.record(&entry(13), Send::Now, None).await.unwrap();
    assert_eq!(kept(&journal).await, 1);
}

#[wasm_bindgen_test]
async fn an_answer_lost_after_the_commit_doubles_nothing() {
    let journal = open(&fresh("deaf")).await;
    let mut chance = Chance::new(5);
    let mut draft = make::draft(&mut chance, day(1));
    interlude_web::deafen(1);
    draft.version = journal.save_draft(&draft).await.unwrap();
    assert_eq!((draft.version, journal.drafts().await.unwrap().len()), (1, 1));

    let held = entry(14);
    interlude_web::deafen(1);
    journal.record(&held, Send::Held, Some(&draft.key)).await.unwrap();
    assert_eq!((kept(&journal).await, journal.tally().await.unwrap().waiting), (1, 1));

    interlude_web::deafen(1);
    journal.undo(held.revision, &draft).await.unwrap();
    assert_eq!((kept(&journal).await, journal.draft(&draft.key).await.unwrap()), (0, Some(draft)));

    journal.record(&held, Send::Now, None).await.unwrap();
    let pulled = Mark::Pulled {
        entry: Box::new(entry(15)),
        text: "{}".to_owned(),
        receipt: make::receipt(&entry(15), 2),
    };
    interlude_web::deafen(1);
    journal.settle(&[Mark::Settled(make::receipt(&held, 1)), pulled], None).await.unwrap();
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.revisions, tally.receipted, tally.waiting), (2, 2, 0));
}

#[wasm_bindgen_test]
async fn no_room_is_told_and_nothing_is_half_written() {
    let journal = open(&fresh("full")).await;
    let draft = make::draft(&mut Chance::new(6), day(0));
    interlude_web::fill();
    assert_eq!(journal.record(&entry(16), Send::Now, None).await, Err(JournalError::Full));
    assert_eq!(journal.save_draft(&draft).await, Err(JournalError::Full));
    interlude_web::mend();
    assert_eq!(kept(&journal).await, 0);
    assert!(journal.outbox().await.unwrap().is_empty());
    assert!(journal.days(day(-9), day(9)).await.unwrap().is_empty());
    assert!(journal.drafts().await.unwrap().is_empty());
    journal.record(&entry(16), Send::Now, None).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_did_not_read_back_is_not_said_to_be_kept() {
    let journal = open(&fresh("garbled")).await;
    interlude_web::garble();
    assert_eq!(journal.record(&entry(17), Send::Now, None).await, Err(JournalError::NotReadBack));
}

#[wasm_bindgen_test]
async fn a_newer_apps_store_is_left_as_it_is() {
    let name = fresh("newer");
    let journal = open(&name).await;
    journal.record(&entry(18), Send::Now, None).await.unwrap();
    // A handle that is open gives way to the upgrade instead of blocking it.
    interlude_web::raise(&name, 77).await;
    assert_eq!(journal.tally().await, Err(JournalError::TooNew { found: 77 }));
    assert_eq!(IdbJournal::open(&name).await.err(), Some(JournalError::TooNew { found: 77 }));
    let disk = interlude_web::everything(&name).await.as_string().unwrap();
    assert!(disk.contains(&entry(18).id.to_string()));
}

#[wasm_bindgen_test]
async fn a_browser_without_a_store_is_told() {
    let name = fresh("blocked");
    interlude_web::forbid();
    let outcome = IdbJournal::open(&name).await;
    interlude_web::allow();
    assert_eq!(outcome.err(), Some(JournalError::Blocked));
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_named_and_the_rest_opens() {
    let name = fresh("damaged");
    let journal = open(&name).await;
    let draft = make::draft(&mut Chance::new(7), day(0));
    let seq = journal.record(&entry(19), Send::Now, None).await.unwrap().seq;
    journal.save_draft(&draft).await.unwrap();
    interlude_web::scratch(&name, "entries").await;
    let later = entry(20);
    journal.record(&later, Send::Now, None).await.unwrap();
    let damaged = JournalError::Damaged { seq: Some(seq) };
    assert_eq!(journal.revisions(entry(19).id).await, Err(damaged));
    assert_eq!(journal.revisions(later.id).await.unwrap().len(), 1);
    assert_eq!(journal.page(Some(seq), 9).await.unwrap().len(), 1);
    assert!(journal.draft(&draft.key).await.unwrap().is_some());
    interlude_web::scratch(&name, "drafts").await;
    assert_eq!(journal.draft(&draft.key).await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_damaged_draft_hides_no_other() {
    let name = fresh("damaged-draft");
    let journal = open(&name).await;
    let (first, second) =
        (make::draft(&mut Chance::new(7), day(0)), make::draft(&mut Chance::new(8), day(1)));
    journal.save_draft(&first).await.unwrap();
    interlude_web::scratch(&name, "drafts").await;
    journal.save_draft(&second).await.unwrap();
    let keys: Vec<_> = journal.drafts().await.unwrap().into_iter().map(|draft| draft.key).collect();
    assert_eq!(keys, [second.key]);
    // Put aside, so that its form can be filled in again; and it is still there to be counted.
    assert_eq!(journal.draft(&first.key).await, Ok(None));
    assert_eq!(journal.save_draft(&first).await, Ok(1));
    assert_eq!((journal.drafts().await.unwrap().len(), journal.damaged().await.unwrap()), (2, 1));
}

#[wasm_bindgen_test]
async fn a_small_value_that_is_damaged_does_not_keep_the_diary_shut() {
    let name = fresh("damaged-memory");
    let journal = open(&name).await;
    journal.set_meta(MetaKey::Sync, "interlude-sync 1\n").await.unwrap();
    journal.set_meta(MetaKey::Device, "{}").await.unwrap();
    interlude_web::scratch(&name, "meta").await;
    let journal = open(&name).await;
    assert_eq!(journal.meta_at_start().await.unwrap(), [], "as if they had never been kept");
    journal.set_meta(MetaKey::Settings, "{}").await.unwrap();
    assert_eq!(journal.meta_at_start().await.unwrap(), [(MetaKey::Settings, "{}".to_owned())]);
    assert_eq!(journal.meta(MetaKey::Sync).await, Err(JournalError::Damaged { seq: None }));
    journal.set_meta(MetaKey::Sync, "interlude-sync 1\n").await.unwrap();
    assert!(journal.meta(MetaKey::Sync).await.is_ok(), "written anew, it opens");
}

#[wasm_bindgen_test]
async fn a_seal_opens_in_its_own_place_alone() {
    let name = fresh("swapped");
    let journal = open(&name).await;
    for seed in [21, 22] {
        journal.record(&entry(seed), Send::Now, None).await.unwrap();
    }
    interlude_web::swap(&name, "entries").await;
    assert_eq!(journal.revisions(entry(21).id).await.unwrap().len(), 1);
    let second = journal.holdings_of(&[entry(22).id]).await.unwrap()[0].seq;
    assert_eq!(journal.revisions(entry(22).id).await, Err(JournalError::Damaged { seq: Some(second) }));
}

#[wasm_bindgen_test]
async fn a_store_without_its_key_is_locked_and_left_as_it_is() {
    for key in ["device", "data"] {
        let name = fresh("keyless");
        open(&name).await.record(&entry(27), Send::Now, None).await.unwrap();
        interlude_web::lose(&name, "keys", key).await;
        assert_eq!(IdbJournal::open(&name).await.err(), Some(JournalError::Locked));
        let disk = interlude_web::everything(&name).await.as_string().unwrap();
        assert!(disk.contains(&entry(27).id.to_string()));
    }
}

#[wasm_bindgen_test]
async fn two_tabs_that_record_at_once_lose_nothing() {
    let name = fresh("tabs");
    let tabs = [open(&name).await, open(&name).await];
    let all = js_sys::Array::new();
    for n in 0..10_u64 {
        let tab = tabs[usize::try_from(n % 2).unwrap()].clone();
        all.push(&future_to_promise(async move {
            tab.record(&entry(100 + n), Send::Now, None).await.map_err(|error| error.to_string())?;
            Ok(wasm_bindgen::JsValue::UNDEFINED)
        }));
    }
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::all(&all)).await.unwrap();
    let lines = tabs[0].days(day(0), day(0)).await.unwrap();
    assert_eq!(lines.len(), 10);
    assert_eq!(lines.iter().map(|line| line.seq.0).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    let tally = tabs[1].tally().await.unwrap();
    assert_eq!((tally.revisions, tally.waiting), (10, 10));
}

#[wasm_bindgen_test]
async fn a_tab_that_slept_through_an_erasure_seals_under_the_new_keys() {
    let name = fresh("slept");
    let (here, there) = (open(&name).await, open(&name).await);
    there.record(&entry(23), Send::Now, None).await.unwrap();
    here.erase().await.unwrap();
    assert_eq!(here.tally().await.unwrap().revisions, 0);
    let mut draft = make::draft(&mut Chance::new(8), day(0));
    draft.version = there.save_draft(&draft).await.unwrap();
    there.record(&entry(24), Send::Now, None).await.unwrap();
    there.set_meta(MetaKey::Settings, "kept").await.unwrap();
    assert_eq!(here.draft(&draft.key).await.unwrap(), Some(draft));
    assert_eq!(here.revisions(entry(24).id).await.unwrap().len(), 1);
    assert_eq!(here.meta(MetaKey::Settings).await.unwrap().as_deref(), Some("kept"));
}

#[wasm_bindgen_test]
async fn a_wiped_store_is_recognised() {
    let name = fresh("wiped");
    let journal = open(&name).await;
    assert_eq!(journal.trace().await, Ok(Trace::NewPhone));
    journal.record(&entry(25), Send::Now, None).await.unwrap();
    assert_eq!(open(&name).await.trace().await, Ok(Trace::Known));
    interlude_web::wipe(&name).await;
    assert_eq!(journal.trace().await, Ok(Trace::Wiped));
    journal.record(&entry(25), Send::Now, None).await.unwrap();
    assert_eq!(journal.trace().await, Ok(Trace::Known));
    journal.erase().await.unwrap();
    assert_eq!(journal.trace().await, Ok(Trace::NewPhone));
}

/// Ids in order of time are read as one stretch; others between them must not be taken for them.
#[wasm_bindgen_test]
async fn a_batch_is_settled_among_strangers() {
    let journal = open(&fresh("batch")).await;
    let mut chance = Chance::new(30);
    let mut entries = Vec::new();
    for n in 0..40 {
        let mut entry = make::daily(&mut chance, day(n));
        (entry.id, entry.revision) = (ids::entry_id(), ids::revision_id());
        journal.record(&entry, Send::Now, None).await.unwrap();
        entries.push(entry);
    }
    // A correction of the tenth makes a family of two within the stretch.
    let correction = make::correction(&mut chance, &entries[10]);
    journal.record(&correction, Send::Now, None).await.unwrap();
    let pending = journal.pending(0, 64).await.unwrap();
    assert_eq!(pending.len(), 40);
    assert!(pending.iter().zip(&entries).all(|(out, entry)| out.entry == *entry && out.base.is_none()));

    let third = |n: usize| n.is_multiple_of(3);
    let marks = |from: &[Entry], n: u32| -> Vec<Mark> {
        let some = from.iter().enumerate().filter(|(at, _)| third(*at));
        some.map(|(_, entry)| Mark::Settled(make::receipt(entry, n))).collect()
    };
    journal.settle(&marks(&entries, 1), None).await.unwrap();
    for (at, entry) in entries.iter().enumerate() {
        let newest = journal.revisions(entry.id).await.unwrap().remove(0);
        assert_eq!(matches!(newest.light, Light::ClinicHadIt(_)), third(at), "{at}");
    }
    journal.settle(&[Mark::Settled(make::receipt(&entries[10], 2))], None).await.unwrap();
    let pending = journal.pending(0, 64).await.unwrap();
    assert_eq!(pending.len(), 26);
    let corrected = pending.iter().find(|out| out.entry == correction).unwrap();
    assert_eq!(corrected.base, Some(make::receipt(&entries[10], 2)));
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.revisions, tally.waiting, tally.receipted), (41, 26, 15));
}

#[wasm_bindgen_test]
async fn a_long_outbox_is_read_in_stretches_and_in_order() {
    let journal = open(&fresh("long")).await;
    let mut entries = Vec::new();
    let mut marks = Vec::new();
    for seed in 0..300 {
        let entry = make::daily(&mut Chance::new(1_000 + seed), day(i32::try_from(seed).unwrap()));
        marks.push(Mark::Pulled {
            entry: Box::new(entry.clone()),
            text: String::new(),
            receipt: make::receipt(&entry, u32::try_from(seed).unwrap()),
        });
        entries.push(entry);
    }
    journal.settle(&marks, None).await.unwrap();
    let again: Vec<Mark> = entries.iter().map(|entry| Mark::Withdrawn { revision: entry.revision }).collect();
    journal.settle(&again, None).await.unwrap();
    let later: Vec<Mark> =
        entries[..200].iter().map(|entry| Mark::Later { revision: entry.revision, due_ms: 9_000 }).collect();
    journal.settle(&later, None).await.unwrap();
    // The last entry has a correction that goes first, so the old revision under it must lead.
    let urgent = make::correction(&mut Chance::new(9), &entries[299]);
    journal.record(&urgent, Send::First, None).await.unwrap();
    let revisions = async |now_ms: i64, limit: usize| {
        let pending = journal.pending(now_ms, limit).await.unwrap();
        pending.into_iter().map(|out| out.entry.revision).collect::<Vec<_>>()
    };
    let of = |entries: &[Entry]| entries.iter().map(|entry| entry.revision).collect::<Vec<_>>();
    let due = revisions(1_000, 64).await;
    assert_eq!(due[0], entries[299].revision);
    assert_eq!(due[1..], of(&entries[200..263]));
    assert_eq!(revisions(9_000, 400).await.len(), 300);
    assert_eq!(revisions(1_000, 400).await.len(), 100);
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.waiting, tally.next_due_ms), (301, Some(0)));
}
