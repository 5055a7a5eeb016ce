//! Counts in clear, and the number that every write moves.
//!
//! A verb that must read before it writes (a day's lines, a family) cannot hold a transaction
//! while it opens and seals. So it notes `version` with what it read; its writing transaction goes
//! on only if `version` is still the same, and moves it. Otherwise another tab wrote in between,
//! and the verb runs again from its reading.

use interlude_diary::journal::Seq;
use js_sys::Object;
use wasm_bindgen::JsValue;

use super::row::{count, js_count, row};
use super::transaction::{Asked, Tx};
use super::trouble::Trouble;

const STORE: &str = "counts";

/// The one record of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Moved by every write to entries, outbox, receipts or days.
    pub(super) version: u64,
    /// Place of the last revision ever written.
    pub(super) last: u64,
    pub(super) revisions: u64,
    pub(super) waiting: u64,
    pub(super) parked: u64,
    pub(super) receipted: u64,
}

impl Counts {
    pub(super) fn ask(tx: &Tx) -> Result<Asked, Trouble> {
        tx.get(STORE, &JsValue::from_str("tally"))
    }

    /// A store in which nothing was written yet has no record: all zero.
    pub(super) fn of(record: Option<&Object>) -> Self {
        record.map_or_else(Self::default, |record| Self {
            version: count(record, "version"),
            last: count(record, "last"),
            revisions: count(record, "revisions"),
            waiting: count(record, "waiting"),
            parked: count(record, "parked"),
            receipted: count(record, "receipted"),
        })
    }

    /// The place of the next revision.
    pub(super) const fn next(&mut self) -> Seq {
        self.last += 1;
        Seq(self.last)
    }

    pub(super) fn put(&self, tx: &Tx) -> Result<(), Trouble> {
        let record = row(&[
            ("name", "tally".into()),
            ("version", js_count(self.version)),
            ("last", js_count(self.last)),
            ("revisions", js_count(self.revisions)),
            ("waiting", js_count(self.waiting)),
            ("parked", js_count(self.parked)),
            ("receipted", js_count(self.receipted)),
        ]);
        tx.put(STORE, &record)
    }
}
