//! Words of the person's own questions, medicines and notes.

pub mod en;
pub mod es;

use interlude_diary::own::Words;

/// Words of the page Own, and of the forms made of it.
#[derive(Debug)]
pub struct OwnText {
    /// What they are, and what they are no part of.
    pub about: &'static str,
    /// There are none yet.
    pub none: &'static str,
    /// The ways of answering: 0 to 10, yes or no, a medicine.
    pub answers: [&'static str; 3],
    /// Asks a line no more.
    pub stop: &'static str,
    /// The same, read alone (the line).
    pub stop_this: fn(&str) -> String,
    /// What stopping means.
    pub stop_means: &'static str,
    /// Heading of the form that adds one.
    pub add_title: &'static str,
    /// Its field.
    pub label: &'static str,
    /// Help of its field.
    pub help: &'static str,
    /// Its choice.
    pub how: &'static str,
    /// Adds.
    pub add: &'static str,
    /// Nothing was written.
    pub empty: &'static str,
    /// Too long (most characters).
    pub long: fn(usize) -> String,
    /// Too many (most lines).
    pub full: fn(usize) -> String,
    /// It is there already.
    pub there: &'static str,
    /// Said when one was added (the line).
    pub added: fn(&str) -> String,
    /// Not on disk.
    pub not_kept: &'static str,
    /// Heading over what may be sent.
    pub share: &'static str,
    /// There is no clinic.
    pub share_none: &'static str,
    /// What turning on means (the clinic).
    pub share_about: fn(&str) -> String,
    /// Shares answers to the lines.
    pub share_lines: &'static str,
    /// Shares notes.
    pub share_notes: &'static str,
    /// On.
    pub share_on: &'static str,
    /// Off.
    pub share_off: &'static str,
    /// Words of the forms.
    pub words: Words,
}
