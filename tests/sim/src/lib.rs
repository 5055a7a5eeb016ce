//! Phones of one patient or several, the clinic's real router on its stores, and a world that goes wrong.
//!
//! Everything is decided by one seed: who acts when, what the network does to a request, how far
//! the clock moves. The phones run the real sync cycle and the real FHIR map over the journal in
//! memory; requests go through the real router without a socket. Nothing sleeps: time is a number.
//!
//! [`plan`] runs one schedule in its [`world`], [`laws`] says what must hold while it runs and at its end,
//! [`clinic`] is the server with its clock over its [`rack`], [`net`] what may happen to a request, [`phone`]
//! one phone with its [`disk`]; [`scenes`] says which are played, [`many`] plays them on all cores, [`mutants`]
//! which safety steps are left out to see a law break. `SIM_SEEDS` widens the run, `SIM_SEED` plays one seed
//! again; `cargo xtask torture` does both, and prints the [`toll`].
#![forbid(unsafe_code)]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::missing_panics_doc,
    reason = "a simulation is a test: what must not happen ends it"
)]

pub mod backing;
mod calm;
mod carry;
pub mod clinic;
pub mod disk;
pub mod echo;
pub mod foreign;
pub mod foreign_laws;
pub mod habits;
pub mod host;
pub mod laws;
pub mod many;
pub mod mutants;
pub mod net;
pub mod phone;
pub mod plan;
pub mod rack;
pub mod scenes;
pub mod toll;
pub mod warp;
pub mod world;
