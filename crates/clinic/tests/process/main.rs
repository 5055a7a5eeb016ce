//! The built program, as its own process over a real SQLite file.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails where it expects too much, and says how much it tried"
)]

mod audit;
mod canary;
mod copies;
mod entries;
mod full;
mod http;
mod kills;
mod long_chain;
mod people;
mod place;
mod reminders;
mod server;
mod usage;
