//! The server as phones meet it: the router called without a socket.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails where it expects too much"
)]

mod authority;
mod bad_input;
mod bodies;
mod clocks;
mod filled;
mod guessing;
mod leaving;
mod paging;
mod pairing;
mod push_service;
mod reminding;
mod schema;
mod searching;
mod site;
mod slow;
mod statement;
mod storing;
mod support;
mod zones;
