//! The diary itself: questionnaires, entries, the journal's port, the sync cycle, the schedule.
//!
//! Pure. There is no browser here, no clock, no FHIR, no async runtime and no chance: the time,
//! ids and random numbers are arguments. Phone and clinic link the same code, so that a score or
//! a diary day is decided once. Words are those of the glossary in ARCHITECTURE.md.
//!
//! Start at [`entry`] for what is kept, [`questionnaire`] for how it is asked, [`journal`] for how
//! it is kept, [`sync`] for how it travels.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod calendar;
pub mod change;
pub mod csv;
pub mod entry;
pub mod flags;
pub mod ids;
pub mod journal;
pub mod lock;
pub mod occasion;
pub mod own;
pub mod pairing;
pub mod questionnaire;
pub mod reminder;
pub mod schedule;
pub mod summary;
pub mod sync;
