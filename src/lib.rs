//! The app: wiring, pixels and browser handles; no rules.
//!
//!     tap > page > state verb > diary (decides) > Journal::record > sync > receipt > pixels
//!
//! Start at [`app`], the composition root. [`pages`] are what a person sees, one file a route;
//! [`state`] holds the only signals; [`components`] are dumb parts; [`text`] every sentence.
//! [`journal`], [`platform`] and `sync` touch the outside, [`files`] makes and reads the person's files;
//! the rules live in `interlude-diary`.

#[macro_use]
pub mod later;

#[macro_use]
pub mod components;

pub mod app;
pub mod files;
pub mod journal;
pub mod pages;
pub mod platform;
pub mod state;
pub mod sync;
pub mod text;
