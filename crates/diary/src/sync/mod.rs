//! The sync cycle without I/O: asked what is next, told what happened.
//!
//! A [`Cycle`] is asked for its next [`Step`] and told ([`Told`]) what came of it, until it
//! [rests](Rest). The driver around it is a dumb loop: it asks the journal or the server and
//! decides nothing. [`Fate`] is what one exchange meant for one revision, decided where the status
//! code is read ([`fate_of`]); the cycle makes [`Mark`](crate::journal::Mark)s of fates, and
//! [`Step::File`] hands them to [`Journal::settle`](crate::journal::Journal::settle) together with
//! the cycle's [`Memory`]. Killed between any two steps, a cycle made anew from that memory goes
//! on: everything may be said twice.
//!
//! The decisions stand apart as pure functions: [`conflict`] for a version in the way,
//! [`compare`] for a list, [`backoff`] for when to try again, [`Server`] for what kind of server it
//! is. There is no FHIR here: a driver translates.

mod ancestry;
pub mod backoff;
mod batch;
pub mod compare;
pub mod conflict;
mod cycle;
mod fate;
mod look;
mod memory;
mod prove;
mod pull;
mod push;
mod rows;
mod server;
mod step;

pub use cycle::{Cycle, Kick};
pub use fate::{Fate, Verdict, fate_of};
pub use memory::{CLOCK_MS, Memory};
pub use server::{Create, Server};
pub use step::{By, Failure, Here, Incoming, Kind, Listed, Page, Pushed, Ready, Rest, Scored, Step, Told};
