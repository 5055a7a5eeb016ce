//! Support for the tests that only a browser can run: raw access to the store, behind the
//! journal's back. See tests/README.md.
#![cfg(target_arch = "wasm32")]

pub mod views;

use std::cell::Cell;

use interlude::journal::IdbJournal;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/raw.js")]
extern "C" {
    /// Every record of every store as one text in which plain words would show.
    pub async fn everything(name: &str) -> JsValue;
    /// Version, stores, key paths and indexes, as JSON.
    pub async fn shape(name: &str) -> JsValue;
    /// The whole store as JSON; wants keys made after [`loosen`].
    pub async fn dump(name: &str) -> JsValue;
    /// Makes a store from a dump with nothing of the app's own code.
    pub async fn restore(name: &str, text: &str);
    /// Lets keys made from now on be exported.
    pub fn loosen();
    /// Changes one byte of every seal in a store.
    pub async fn scratch(name: &str, store: &str);
    /// Gives every record the seal of the one before it.
    pub async fn swap(name: &str, store: &str);
    /// Removes one record.
    pub async fn lose(name: &str, store: &str, key: &str);
    /// Deletes a database, as an eviction does.
    pub async fn wipe(name: &str);
    /// Whether this browser keeps a second copy.
    pub fn copies() -> bool;
    /// Every record of the copy as one text in which plain words would show.
    pub async fn copied(name: &str) -> JsValue;
    /// Deletes the copy.
    pub async fn uncopy(name: &str);
    /// Opens a database at a newer version and hangs up.
    pub async fn raise(name: &str, version: u32);
    /// Takes back what the functions below did.
    pub fn mend();
    /// Notes the durability of writing transactions.
    pub fn watch();
    /// What [`watch`] noted.
    pub fn durabilities() -> String;
    /// The next transactions fail as on a dead connection.
    pub fn kill(times: u32);
    /// The next writing transactions commit and seem to have aborted.
    pub fn deafen(times: u32);
    /// Writing transactions abort for want of room.
    pub fn fill();
    /// The same, once some went through.
    pub fn fill_after(times: u32);
    /// Notes what is put and deleted, by transaction.
    pub fn follow();
    /// What [`follow`] noted.
    pub fn followed() -> String;
    /// Changes one byte of every seal there is in a store.
    pub async fn spoil(name: &str, store: &str);
    /// The records of a store as they are now.
    pub async fn keep(name: &str, store: &str) -> JsValue;
    /// Puts records of an earlier time back.
    pub async fn put_back(name: &str, store: &str, records: &JsValue);
    /// Shortens every seal in a store to its half.
    pub async fn cut(name: &str, store: &str);
    /// Entries are written other than asked.
    pub fn garble();
    /// The browser gives no store.
    pub fn forbid();
    /// It does again.
    pub fn allow();
    /// Milliseconds of a steady clock.
    pub fn now() -> f64;
}

#[wasm_bindgen(module = "/src/faults.js")]
extern "C" {
    /// The `nth` operation on IndexedDB from now on fails so, and those that follow up to `times`
    /// failures: `lost`, `closing`, `backing`, `abort`, `quota`, `upgrade` (a step of it), or `hang`,
    /// which never answers.
    pub fn inject(kind: &str, nth: u32, times: u32);
    /// How many failed.
    pub fn hit() -> u32;
    /// Nothing fails any more.
    pub fn heal();
    /// What never answered answers late.
    pub fn wake();
    /// Waits of seconds take milliseconds.
    pub fn hurry();
    /// Whether a database can be deleted: nobody holds it open and does not give way.
    pub async fn deletes(name: &str) -> JsValue;
}

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// A name no other test and no other run uses. Mends what a failed test left broken: a panic does
/// not unwind here.
#[must_use]
pub fn fresh(test: &str) -> String {
    mend();
    heal();
    allow();
    COUNT.set(COUNT.get() + 1);
    format!("{test}-{}-{}", COUNT.get(), interlude::platform::ids::entry_id())
}

/// The journal called so.
///
/// # Panics
/// When it does not open: then the test has failed.
#[expect(clippy::expect_used, reason = "tests alone use it")]
pub async fn open(name: &str) -> IdbJournal {
    IdbJournal::open(name).await.expect("the journal opens")
}
