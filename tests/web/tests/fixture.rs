//! Prints a fixture of the present version: run it before a release that raises the version, and
//! keep what it prints for ever.
//!
//!     cargo test -p interlude-web --target wasm32-unknown-unknown --features fixture --test fixture -- \
//!         --nocapture
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

use interlude_diary::journal::{Journal, Mark, MetaKey, Send};
use interlude_testkit::{Chance, make};
use interlude_web::views::{day, views};
use interlude_web::{fresh, open};
use serde_json::{Value, json};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
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
