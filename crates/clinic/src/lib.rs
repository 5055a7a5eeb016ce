//! The clinic's server: takes entries, keeps what it was sent, proves it with receipts, serves it.
//!
//! It knows HTTP and one port, [`store::Store`]; SQL stays in `store::sqlite`. It keeps no state
//! of its own between requests but rate limits, so that a second process (the command line, one
//! day a second server) may work on the same store. What an entry means is asked of
//! `interlude-diary`, how it is written of `interlude-fhir`.
//!
//! Start at [`routes`] for the table of routes, [`api`] for one file a resource,
//! [`store`] for what is kept.
#![forbid(unsafe_code)]

pub mod api;
pub mod app;
pub mod audit;
pub mod auth;
pub mod body;
pub mod chance;
#[cfg(feature = "serve")]
pub mod cli;
pub mod clock;
pub mod code;
pub mod derive;
pub mod headers;
pub mod ledger;
pub mod limits;
pub mod problem;
pub mod remind;
pub mod router;
pub mod routes;
pub mod search;
pub mod shape;
pub mod site;
pub mod store;

pub use app::{App, Config};
pub use chance::{Chance, OsChance};
pub use clock::{Clock, SystemClock};
pub use router::router;
