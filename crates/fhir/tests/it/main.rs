//! The wire, tested from outside: what is written, read, digested, refused.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "tests: what is not as expected is a failure"
)]

mod backup;
mod bundles;
mod collection;
mod digests;
mod exchanges;
mod filler;
mod fixtures;
mod forms;
mod generated;
mod golden;
mod hostile;
mod organizations;
mod roundtrip;
mod rules;
mod sample;
mod schema;
mod strictness;
mod summary;
