//! Locked, and still never lost: a code opens the store and nothing else does, and nothing that is
//! done with codes costs an entry.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use interlude::journal::IdbJournal;
use interlude::journal::lock::{Cost, Denied, NewCode, Proof};
use interlude::platform::passkey::Made;
use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::journal::{Journal, JournalError, Mark, MetaKey, Send};
use interlude_diary::lock::{LONGEST_MS, pause_ms};
use interlude_testkit::{Chance, make};
use interlude_web::views::views;
use interlude_web::{fresh, open};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Small, so that a thousand codes are soon tried; the measured cost is that of `Cost::NOW`.
const COST: Cost = Cost { memory_kib: 16, passes: 1, lanes: 1 };
const NOW_MS: i64 = 1_800_000_000_000;

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

fn entry(seed: u64) -> Entry {
    make::daily(&mut Chance::new(seed), day(0))
}

async fn set(journal: &IdbJournal, code: &str) {
    journal.change_code(Proof::NoneYet, NewCode::Is(code, COST), NOW_MS).await.unwrap();
}

/// A journal with an entry that waits, one that the server has, and a draft.
async fn filled(name: &str) -> IdbJournal {
    let journal = open(name).await;
    journal.record(&entry(1), Send::Now, None).await.unwrap();
    journal.record(&entry(2), Send::Now, None).await.unwrap();
    journal.settle(&[Mark::Settled(make::receipt(&entry(2), 1))], None).await.unwrap();
    journal.save_draft(&make::draft(&mut Chance::new(3), day(1))).await.unwrap();
    journal.set_meta(MetaKey::Settings, "{}").await.unwrap();
    journal
}

#[wasm_bindgen_test]
async fn a_code_opens_what_is_locked_and_nothing_else_does() {
    let name = fresh("coded");
    let journal = filled(&name).await;
    let before = views(&journal).await;
    set(&journal, "a few words, ñ").await;
    assert_eq!(views(&journal).await, before, "who has it open goes on");

    journal.shut();
    assert_eq!(journal.tally().await.err(), Some(JournalError::Locked));
    assert_eq!(journal.record(&entry(4), Send::Now, None).await.err(), Some(JournalError::Locked));
    assert_eq!(IdbJournal::open(&name).await.err(), Some(JournalError::Locked));

    let again = IdbJournal::at(&name);
    assert_eq!(again.unlock("A few words, ñ", NOW_MS).await, Err(Denied::Wrong));
    assert_eq!(again.tally().await.err(), Some(JournalError::Locked));
    // As another keyboard writes the same letter.
    again.unlock("a few words, n\u{303}", NOW_MS).await.unwrap();
    assert_eq!(views(&again).await, before);
    again.record(&entry(4), Send::Now, None).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_locked_store_outlives_dead_connections_once_it_is_open() {
    let name = fresh("coded-dead");
    let journal = filled(&name).await;
    set(&journal, "code").await;
    interlude_web::kill(2);
    journal.record(&entry(5), Send::Now, None).await.unwrap();
    interlude_web::mend();
    assert_eq!(journal.tally().await.unwrap().revisions, 3);
}

#[wasm_bindgen_test]
async fn a_thousand_wrong_codes_cost_time_and_no_data() {
    let name = fresh("thousand");
    let journal = filled(&name).await;
    let before = views(&journal).await;
    set(&journal, "the right one").await;
    journal.shut();
    let (mut now_ms, mut waits) = (NOW_MS, 0_u32);
    for n in 1..=1_000_u32 {
        // Each from a page that was just opened: what was counted is on disk.
        let page = IdbJournal::at(&name);
        loop {
            match page.unlock(&format!("wrong {n}"), now_ms).await {
                Err(Denied::Wait { ms }) => {
                    assert_eq!(ms, pause_ms(n - 1), "after {} wrong codes", n - 1);
                    (now_ms, waits) = (now_ms + ms, waits + 1);
                }
                other => {
                    assert_eq!(other, Err(Denied::Wrong));
                    break;
                }
            }
        }
    }
    assert_eq!(waits, 1_000 - 4, "four are free, every other waits");
    assert_eq!(journal.unlock("the right one", now_ms).await, Err(Denied::Wait { ms: LONGEST_MS }));
    journal.unlock("the right one", now_ms + LONGEST_MS).await.unwrap();
    assert_eq!(views(&journal).await, before);
    assert_eq!(journal.seen().await.unwrap().tries.wrong, 0, "a right code ends the counting");
}

#[wasm_bindgen_test]
async fn the_clock_set_back_neither_shortens_the_wait_nor_locks_out() {
    let name = fresh("set-back");
    let journal = filled(&name).await;
    set(&journal, "code").await;
    journal.shut();
    for _ in 0..4 {
        assert_eq!(journal.unlock("wrong", NOW_MS).await, Err(Denied::Wrong));
    }
    let year = 365 * 86_400_000;
    let ms = pause_ms(4);
    assert_eq!(journal.unlock("code", NOW_MS - year).await, Err(Denied::Wait { ms }));
    assert_eq!(journal.unlock("code", NOW_MS - year + ms - 1).await, Err(Denied::Wait { ms: 1 }));
    journal.unlock("code", NOW_MS - year + ms).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_change_writes_one_row_in_one_transaction() {
    let name = fresh("one-row");
    let journal = filled(&name).await;
    interlude_web::follow();
    set(&journal, "first").await;
    assert_eq!(interlude_web::followed(), "1 keys data\n1 keys porch\n1 keys tries");
    interlude_web::mend();
    interlude_web::follow();
    journal.change_code(Proof::Code("first"), NewCode::Is("second", COST), NOW_MS).await.unwrap();
    // The code is counted as tried before it is looked at.
    assert_eq!(interlude_web::followed(), "1 keys tries\n2 keys data\n2 keys tries");
    interlude_web::mend();
    let wrong = journal.change_code(Proof::Code("first"), NewCode::None, NOW_MS).await;
    assert_eq!(wrong, Err(Denied::Wrong));
    journal.change_code(Proof::Code("second"), NewCode::None, NOW_MS).await.unwrap();
    journal.shut();
    assert_eq!(open(&name).await.tally().await.unwrap().revisions, 2, "without a code it opens by itself");
}

#[wasm_bindgen_test]
async fn a_change_that_fails_leaves_the_old_code_and_one_that_went_through_the_new() {
    let name = fresh("half");
    let journal = filled(&name).await;
    let before = views(&journal).await;
    // The transaction aborts, as it does when the phone dies in it: of the first code, then of another.
    interlude_web::fill();
    let first = journal.change_code(Proof::NoneYet, NewCode::Is("old", COST), NOW_MS).await;
    assert_eq!(first, Err(Denied::Store(JournalError::Full)));
    interlude_web::mend();
    assert_eq!(views(&open(&name).await).await, before, "it opens by itself still");
    set(&journal, "old").await;
    interlude_web::fill_after(1);
    let second = journal.change_code(Proof::Code("old"), NewCode::Is("new", COST), NOW_MS).await;
    assert_eq!(second, Err(Denied::Store(JournalError::Full)));
    interlude_web::mend();
    journal.shut();
    journal.unlock("old", NOW_MS).await.unwrap();
    assert_eq!(views(&journal).await, before);
    // It commits, and the answer is lost.
    interlude_web::deafen(2);
    journal.change_code(Proof::Code("old"), NewCode::Is("new", COST), NOW_MS).await.unwrap();
    interlude_web::mend();
    journal.shut();
    assert_eq!(journal.unlock("old", NOW_MS).await, Err(Denied::Wrong));
    journal.unlock("new", NOW_MS).await.unwrap();
    assert_eq!(views(&journal).await, before);
}

#[wasm_bindgen_test]
async fn a_locked_store_tells_what_waits_and_the_porch_and_no_plain_word() {
    let name = fresh("porch");
    let journal = filled(&name).await;
    journal.set_porch("Porchword").await.unwrap();
    assert_eq!(journal.seen().await.unwrap().porch, None, "without a code there is no porch");
    set(&journal, "Codeword").await;
    journal.set_porch("Porchword").await.unwrap();
    journal.shut();
    let seen = journal.seen().await.unwrap();
    assert_eq!((seen.coded, seen.passkey, seen.waiting, seen.parked), (true, false, 1, 0));
    assert_eq!(seen.porch.as_deref(), Some("Porchword"));
    let disk = interlude_web::everything(&name).await.as_string().unwrap();
    assert!(disk.contains(&entry(1).id.to_string()), "the check sees words that are there");
    for word in ["Porchword", "Codeword", "pain", "Questionnaire", "Madrid", "daily"] {
        assert!(!disk.contains(word), "`{word}` lies on disk in clear");
    }
}

#[wasm_bindgen_test]
async fn what_would_be_lost_is_named_without_the_code_and_a_locked_diary_can_be_erased() {
    let name = fresh("forgotten");
    let journal = filled(&name).await;
    let late = interlude::platform::ids::entry_id();
    let dated = Entry { id: late, ..entry(6) };
    journal.record(&dated, Send::Now, None).await.unwrap();
    set(&journal, "forgotten").await;
    journal.shut();
    let unproved = journal.unproved().await.unwrap();
    assert_eq!((unproved.entries.len(), unproved.held, unproved.drafts), (2, 1, 1));
    let near = |ms: &&i64| (interlude::platform::clock::unix_ms() - **ms).abs() < 60_000;
    assert_eq!(unproved.entries.iter().flatten().filter(near).count(), 1, "{unproved:?}");
    journal.erase().await.unwrap();
    assert_eq!(journal.tally().await.unwrap().revisions, 0, "a new diary with keys of its own");
    assert!(!journal.seen().await.unwrap().coded);
}

#[wasm_bindgen_test]
async fn a_passkey_is_a_second_way_in_and_the_code_stays_the_first() {
    let name = fresh("passkey");
    let journal = filled(&name).await;
    let before = views(&journal).await;
    let (made, secret) = (Made { id: vec![1, 2, 3], input: [4; 32] }, [5; 32]);
    set(&journal, "code").await;
    assert_eq!(journal.add_passkey("other", &made, &secret, NOW_MS).await, Err(Denied::Wrong));
    journal.add_passkey("code", &made, &secret, NOW_MS).await.unwrap();
    // Another code wraps the keys anew; the passkey's row holds the same keys still.
    journal.change_code(Proof::Code("code"), NewCode::Is("new", COST), NOW_MS).await.unwrap();
    journal.shut();
    assert_eq!(journal.passkey().await, Ok(Some(made)));
    assert_eq!(journal.unlock_by_passkey(&[6; 32]).await, Err(Denied::Wrong));
    journal.unlock_by_passkey(&secret).await.unwrap();
    assert_eq!(views(&journal).await, before);
    journal.shut();
    journal.unlock("new", NOW_MS).await.unwrap();
    // Without a code there is no passkey either.
    journal.change_code(Proof::Code("new"), NewCode::None, NOW_MS).await.unwrap();
    assert_eq!(journal.passkey().await, Ok(None));
}
