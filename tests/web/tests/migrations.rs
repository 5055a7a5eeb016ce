//! Stores that older versions of the app left behind, opened by this one.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

use interlude_diary::journal::{Journal, Send};
use interlude_testkit::{Chance, make};
use interlude_web::views::{day, views};
use interlude_web::{fresh, open};
use serde_json::Value;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Written by `tests/fixture.rs` when that version was new; never edited since.
const VERSION_1: &str = include_str!("../fixtures/version-1.json");

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
