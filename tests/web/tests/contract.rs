//! The journal on IndexedDB keeps the contract of its port.
#![cfg(target_arch = "wasm32")]

use interlude::journal::IdbJournal;
use interlude_testkit::journal_contract;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

thread_local! {
    /// Names are new in every run: some browsers keep their profile.
    static RUN: String = interlude::platform::ids::entry_id().to_string();
}

async fn open(name: &str) -> IdbJournal {
    interlude_web::open(&RUN.with(|run| format!("{name}-{run}"))).await
}

journal_contract!(wasm_bindgen_test, open);
