//! Stores that older versions of the app left behind, opened by this one.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

use interlude::journal::IdbJournal;
use interlude_diary::journal::{Journal, JournalError, Send};
use interlude_testkit::{Chance, make};
use interlude_web::views::{day, views};
use interlude_web::{fresh, open};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Written by `tests/fixture.rs` when that version was new; never edited since.
const VERSION_1: &str = include_str!("../fixtures/version-1.json");

/// Stores of every version there was. A step that is added to the app adds one here.
const VERSIONS: [&str; 1] = [VERSION_1];

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

/// An upgrade takes its steps all or not at all: cut off at any, the store is as it was, and the next
/// start takes them.
#[wasm_bindgen_test]
async fn an_upgrade_cut_off_at_any_step_loses_nothing() {
    for text in VERSIONS {
        let fixture: Value = serde_json::from_str(text).unwrap();
        for nth in 1.. {
            let name = fresh("cut-upgrade");
            interlude_web::restore(&name, &fixture["store"].to_string()).await;
            let before = interlude_web::shape(&name).await;
            interlude_web::inject("upgrade", nth, u32::MAX);
            let outcome = IdbJournal::open(&name).await;
            let hit = interlude_web::hit() > 0;
            interlude_web::heal();
            if !hit {
                // It takes no such step any more.
                assert!(outcome.is_ok());
                break;
            }
            assert_eq!(outcome.err(), Some(JournalError::Lost), "step {nth}");
            assert_eq!(interlude_web::shape(&name).await, before, "step {nth}");
            assert_eq!(views(&open(&name).await).await, fixture["views"], "step {nth}");
        }
    }
}

/// The first start of all is an upgrade from nothing: first of the store, whose every step is needed, then of
/// its copy, which a start can do without.
#[wasm_bindgen_test]
async fn a_first_start_cut_off_at_any_step_is_made_good() {
    let whole = fresh("whole");
    open(&whole).await;
    let whole = interlude_web::shape(&whole).await;
    let own = steps(&whole);
    for nth in 1.. {
        let (once, always) = (fresh("cut-once"), fresh("cut-always"));
        interlude_web::inject("upgrade", nth, 1);
        let mended = IdbJournal::open(&once).await;
        let hit = interlude_web::hit() > 0;
        interlude_web::heal();
        assert!(mended.is_ok(), "step {nth}");
        assert_eq!(interlude_web::shape(&once).await, whole, "step {nth}");
        assert!(hit || nth > own, "the store takes {own} steps, and {nth} was not taken");
        if !hit {
            break;
        }
        interlude_web::inject("upgrade", nth, u32::MAX);
        let cut = IdbJournal::open(&always).await.err();
        interlude_web::heal();
        assert_eq!(cut, (nth <= own).then_some(JournalError::Lost), "step {nth}");
        let journal = open(&always).await;
        assert_eq!(interlude_web::shape(&always).await, whole, "step {nth}");
        let entry = make::daily(&mut Chance::new(78), day(5));
        journal.record(&entry, Send::Now, None).await.unwrap();
    }
}

/// How many steps make a store of this shape: one for each of its stores and indexes.
fn steps(shape: &JsValue) -> u32 {
    let shape: Value = serde_json::from_str(&shape.as_string().unwrap()).unwrap();
    let stores = shape["stores"].as_array().unwrap();
    let each = stores.iter().map(|store| 1 + store["indexes"].as_array().unwrap().len());
    u32::try_from(each.sum::<usize>()).unwrap()
}
