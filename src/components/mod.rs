//! Dumb parts: told what to show, they call back what was done.
//!
//! A part knows no port, no context and no browser. Sentences come in as text.

#[macro_use]
pub mod late;

pub mod chart;
pub mod choice;
pub mod code;
pub mod confirm;
pub mod help_card;
pub mod light;
pub mod live;
pub mod nav;
pub mod page;
pub mod question;
