//! For tests alone: a journal in memory, the contract suite of the journal's port, and makers of
//! plausible entries from seeds.
//!
//! Compiles for browsers too, where the same suite runs over IndexedDB. Panics when a promise is
//! broken: that is what it is for.
//!
//! Start at [`contract`] to test an adapter: [`journal_contract!`] makes one test of each promise.
#![forbid(unsafe_code)]

mod block_on;
pub mod chance;
pub mod contract;
pub mod make;
mod memory;

pub use block_on::block_on;
pub use chance::Chance;
pub use memory::{MemoryJournal, Shelf};
