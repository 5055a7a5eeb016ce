//! The app: wiring, pixels and browser handles; no rules.

pub mod journal;
pub mod platform;
