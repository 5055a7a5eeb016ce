//! The promises, kept in real browsers.
//!
//! [`harness`] starts the clinic as a process, a proxy before it that can cut, delay and swallow
//! replies, and a browser with a profile that outlives it. Parts of a page are found as a person
//! with a screen reader finds them, by role and name. Nothing sleeps: [`harness::wait`] waits on
//! conditions, with a limit. The tests are in `promises`, one file a promise.
#![forbid(unsafe_code)]

pub mod bench;
pub mod harness;
pub mod kills;
#[cfg(test)]
mod promises;
pub mod screens;
