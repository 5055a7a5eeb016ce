//! Stores that older versions of the app left behind, opened by this one.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

use interlude::journal::IdbJournal;
use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{Journal, Mark, MetaKey, Send};
use interlude_testkit::{Chance, make};
use interlude_web::{fresh, open};
use serde_json::{Value, json};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Written by `a_fixture_of_this_version` below when that version was new; never edited since.
const VERSION_1: &str = include_str!("../fixtures/version-1.json");

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

/// Everything a journal tells, as one value.
async fn views(journal: &IdbJournal) -> Value {
    let page = journal.page(None, 1_000).await.unwrap();
    let entries: Vec<Value> = page.iter().map(|one| json!([one.seq, one.entry, one.received])).collect();
    let filed = journal.holdings(None, 1_000).await.unwrap();
    let filed: Vec<Value> = filed.iter().map(|one| json!([one.revision, one.parent, one.filed])).collect();
    let outbox = journal.outbox().await.unwrap();
    let outbox: Vec<Value> = outbox
        .iter()
        .map(|one| json!([one.seq, one.send, one.attempts, one.due_ms, one.state, one.base]))
        .collect();
    let mut meta = Vec::new();
    for key in [MetaKey::Device, MetaKey::Pairing, MetaKey::Sync, MetaKey::Settings, MetaKey::Flags] {
        meta.push(journal.meta(key).await.unwrap());
    }
    let tally = journal.tally().await.unwrap();
    json!({
        "entries": entries,
        "filed": filed,
        "outbox": outbox,
        "drafts": journal.drafts().await.unwrap(),
        "days": journal.days(day(-100), day(100)).await.unwrap(),
        "tally": [tally.revisions, u64::from(tally.waiting), u64::from(tally.parked), tally.receipted],
        "times": [tally.next_due_ms, tally.last_receipt_ms],
        "meta": meta,
    })
}

#[wasm_bindgen_test]
async fn version_1_opens_with_nothing_lost() {
    let fixture: Value = serde_json::from_str(VERSION_1).unwrap();
    let name = fresh("version-1");
    interlude_web::restore(&name, &fixture["store"].to_string()).await;
    let journal = open(&name).await;
    assert_eq!(views(&journal).await, fixture["views"]);
    // And it can be written to.
    let entry = make::daily(&mut Chance::new(77), day(5));
    journal.record(&entry, Send::Now, None).await.unwrap();
    let mut draft = journal.drafts().await.unwrap().remove(0);
    draft.version = journal.save_draft(&draft).await.unwrap();
    assert_eq!(journal.draft(&draft.key).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn a_new_store_has_the_shape_of_an_upgraded_one() {
    let fixture: Value = serde_json::from_str(VERSION_1).unwrap();
    let (old, new) = (fresh("upgraded"), fresh("new"));
    interlude_web::restore(&old, &fixture["store"].to_string()).await;
    open(&old).await;
    open(&new).await;
    assert_eq!(
        interlude_web::shape(&old).await.as_string().unwrap(),
        interlude_web::shape(&new).await.as_string().unwrap()
    );
}

/// Prints a fixture of the present version: run it before a release that raises the version, and
/// keep what it prints for ever.
///
///     cargo test -p interlude-web --target wasm32-unknown-unknown --test migrations -- \
///         --include-ignored --nocapture a_fixture
#[wasm_bindgen_test]
#[ignore = "a tool: prints a fixture"]
async fn a_fixture_of_this_version() {
    interlude_web::loosen();
    let name = fresh("fixture");
    let journal = open(&name).await;
    let mut chance = Chance::new(2026);
    let entries: Vec<_> = (0..6).map(|n| make::daily(&mut chance, day(n))).collect();
    for entry in &entries {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    let correction = make::correction(&mut chance, &entries[0]);
    journal.record(&correction, Send::First, None).await.unwrap();
    journal.record(&make::retraction(&mut chance, &entries[1]), Send::Held, None).await.unwrap();
    journal.record(&make::consent(&mut chance, day(2)), Send::Now, None).await.unwrap();
    journal.record(&make::chosen(&mut chance, &entries[2]), Send::Never, None).await.unwrap();
    let pulled = make::daily(&mut chance, day(9));
    let marks = [
        Mark::Settled(make::receipt(&entries[0], 1)),
        Mark::Changed(make::receipt(&entries[2], 2)),
        Mark::Later { revision: entries[3].revision, due_ms: 1_800_000_000_000 },
        Mark::Parked { revision: entries[4].revision, status: 422, reason: "no such form".to_owned() },
        Mark::Pulled {
            entry: Box::new(pulled.clone()),
            text: "{\"value\":6.50}".to_owned(),
            receipt: make::receipt(&pulled, 3),
        },
    ];
    journal.settle(&marks, Some("{\"cursor\":1}")).await.unwrap();
    journal.save_draft(&make::draft(&mut chance, day(11))).await.unwrap();
    journal.set_meta(MetaKey::Device, "device").await.unwrap();
    journal.set_meta(MetaKey::Pairing, "pairing").await.unwrap();
    let store = interlude_web::dump(&name).await.as_string().unwrap();
    let store: Value = serde_json::from_str(&store).unwrap();
    console_log!("FIXTURE {}", json!({ "store": store, "views": views(&journal).await }));
}
