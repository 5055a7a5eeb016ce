//! What has changed since the infusions: golden vectors and laws.
#![expect(clippy::unwrap_used, reason = "tests: what is not as expected is a failure")]

mod curve;
mod golden;
mod laws;
mod support;
mod verdicts;
