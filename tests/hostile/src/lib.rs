//! What anybody may send: one function for each parser that sees the outside.
//!
//! Each takes bytes, gives them to all that would read them on the phone and at the clinic, and panics
//! where a promise is broken: a parser panicked, the router answered 5xx, something was read and does
//! not come back as it was. `fuzz/` searches for such bytes, and what it found stands in `corpus/`,
//! which `tests/replay.rs` plays on every run of the tests.
//!
//! [`clinic`] is the server under attack, [`twist`] makes hostile texts of good ones.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "to panic where a promise is broken is its work")]

pub mod clinic;
pub mod targets;
pub mod twist;

/// A function that reads what anybody may have written.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also its folder in `corpus/` and its program in `fuzz/`.
pub const TARGETS: &[(&str, Target)] = &[
    ("bundle", targets::bundle),
    ("questionnaire", targets::questionnaire),
    ("response", targets::response),
    ("search", targets::search),
    ("link", targets::link),
    ("backup", targets::backup),
];
