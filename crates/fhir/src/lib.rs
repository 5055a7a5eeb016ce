//! The wire: FHIR R4 JSON to and from the diary's types, and the content digest.
//!
//! Pure, and the same on the phone and in the clinic. What a resource says is read into the
//! diary's types; the text itself is never written anew from what was read: it is kept and passed
//! on as received, because a parsed and reprinted decimal is another decimal.
//!
//! Start at [`wire`] for one entry, [`bundle`] for many, [`questionnaire`] for forms, [`digest`]
//! for what a receipt vouches for, [`organization`] for the clinic itself, [`backup`] for the file that moves
//! a whole diary. The formats stand in ARCHITECTURE.md.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod backup;
pub mod bundle;
pub mod digest;
pub mod exchange;
pub mod json;
pub mod observation;
pub mod organization;
pub mod outcome;
pub mod questionnaire;
pub mod wire;

/// Canonical base of everything this project names. It names things; nothing is fetched from it.
pub const BASE: &str = "https://interlude.health/fhir";
