//! How forms are asked, judged, recorded and scored.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests: what is not as expected is a failure"
)]

mod check;
mod enable;
mod flags;
mod flow;
mod laws;
mod parse;
mod respond;
mod score;
mod shipped;
mod support;
