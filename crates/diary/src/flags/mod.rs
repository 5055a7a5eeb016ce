//! Red flags: answers that are answered with a number to call, on the phone, offline.

use crate::questionnaire::{Answers, Response};

/// How loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The card with the numbers, at once.
    CallNow,
    /// A quiet note, at most weekly.
    Quiet,
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Name for good; also the key of its words.
    pub name: &'static str,
    /// How loud.
    pub level: Level,
    /// Name of the questionnaire it looks at.
    pub questionnaire: &'static str,
    /// What must hold, all of it.
    pub needs: &'static [Need],
}

/// What must hold of one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Need {
    /// The item has an answer with this code.
    Code(&'static str, &'static str),
    /// The item is answered yes.
    Yes(&'static str),
    /// The item has a number of at least this.
    AtLeast(&'static str, i32),
}

/// One rule that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Name of the rule; `src/text` has its words under this key.
    pub rule: &'static str,
    /// How loud.
    pub level: Level,
}

/// The rules shipped.
pub const RULES: &[Rule] = &[];

/// The rules that hold for a recorded response, the loudest first.
#[must_use]
pub fn flags(_rules: &[Rule], _response: &Response) -> Vec<Flag> {
    Vec::new()
}

/// The rules that hold for the answers of a draft of `canonical`; cheap enough for every tap.
#[must_use]
pub fn flags_now(_rules: &[Rule], _canonical: &str, _answers: &Answers) -> Vec<Flag> {
    Vec::new()
}
