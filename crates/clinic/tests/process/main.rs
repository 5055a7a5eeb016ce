//! The built program, as its own process over a real SQLite file.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails where it expects too much")]

mod audit;
mod canary;
mod copies;
mod entries;
mod full;
mod http;
mod kills;
mod people;
mod place;
mod server;
mod usage;
