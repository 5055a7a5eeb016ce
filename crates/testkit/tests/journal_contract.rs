//! The journal in memory keeps the contract.

use interlude_testkit::{MemoryJournal, Shelf, journal_contract};

thread_local! {
    static SHELF: Shelf = Shelf::default();
}

async fn open(name: &str) -> MemoryJournal {
    std::future::ready(SHELF.with(|shelf| shelf.open(name))).await
}

journal_contract!(test, open);

#[test]
fn all_runs_every_promise_on_one_shelf() {
    let shelf = Shelf::default();
    interlude_testkit::block_on(interlude_testkit::contract::all(&async |name: &str| shelf.open(name)));
}
