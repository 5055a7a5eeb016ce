//! Which screens a form has, given the answers so far: one question a screen, in order.

use super::answers::{Answers, Slot};
use super::form::{Form, Item};

/// How the form is being asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only the short part ("Only pain today").
    pub short: bool,
    /// Words naming the past day it is about, such as "Tuesday 11 March"; `None` is today.
    pub past: Option<String>,
}

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The question; for [`StepKind::AnotherInstance`] the group, for words the last item of them.
    pub slot: Slot,
    /// Indexes into `form.items` and down.
    pub path: Vec<usize>,
    /// Group titles, display texts and read-only answers since the last question, in order.
    pub lead: Vec<String>,
    /// Titles of the groups around the question, outermost first: its context on every screen.
    pub within: Vec<String>,
    /// What the screen is.
    pub kind: StepKind,
}

/// What a screen is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// A question to answer.
    Question,
    /// Words only, after the last question.
    Words,
    /// After the last instance of a repeating group: "add another?"
    AnotherInstance {
        /// How many there are now.
        instances: u16,
        /// The group's title.
        title: String,
    },
}

/// The visible askable screens in order.
#[must_use]
pub fn steps(_form: &Form, _answers: &Answers, _asked: &Asked) -> Vec<Step> {
    Vec::new()
}

/// The item a step is about.
#[must_use]
pub fn item<'a>(form: &'a Form, step: &Step) -> Option<&'a Item> {
    let (last, groups) = step.path.split_last()?;
    let mut items = &form.items;
    for at in groups {
        items = &items.get(*at)?.items;
    }
    items.get(*last)
}

/// The question's words: about a past day, those that name it.
#[must_use]
pub fn stem(item: &Item, asked: &Asked) -> String {
    match (&asked.past, &item.past_text) {
        (Some(day), Some(text)) => text.replace("{day}", day),
        _ => item.text.clone(),
    }
}

/// What a fresh draft starts with.
#[must_use]
pub fn initial(_form: &Form) -> Answers {
    Answers::default()
}

/// Adds an instance of the repeating group at `group` (a step's slot) and answers its slot prefix.
pub fn add_instance(_form: &Form, _answers: &mut Answers, _group: &Slot) {}
