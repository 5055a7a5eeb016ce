//! One question on screen: one native control a kind.
//!
//! Dumb parts. They are told the item, what was given so far and every word they show, and call
//! back what was done ([`Act`]). When to go on, what to store and whether an answer will do is
//! decided by who listens. Start at [`Question`]; [`shape`] says which control an item gets.

mod checks;
mod date;
pub mod decline;
mod dropdown;
mod field;
mod frame;
mod late;
mod number;
mod own_words;
pub mod parse;
mod radios;
mod scale;
mod several;
pub mod shape;
mod slider;
pub mod steps;
mod words;

use std::sync::Arc;

use interlude_diary::questionnaire::{Given, Item, Problem, Value};
use leptos::prelude::*;

pub use decline::{Decline, DeclineProps};
pub use parse::OffsetAt;
pub use shape::Shape;
pub use steps::{Steps, StepsProps};

use crate::components::{
    self,
    late::{Waiting, now},
};
use crate::text::fill::ControlText;

/// What a question shows besides its control.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The item asked.
    pub item: Arc<Item>,
    /// Start of the ids of its parts, unique on the page.
    pub id: String,
    /// The line above: which question of how many, and what it is about.
    pub over: String,
    /// Words to be read before it: titles and texts since the last question.
    pub lead: Vec<String>,
    /// The question's words, with the day in them where it is about a past day.
    pub stem: String,
    /// Language of the form's words where it is not the page's.
    pub lang: Option<String>,
}

/// What the person did.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// The answer is this now; no values: untouched again.
    Give(Vec<Value>),
    /// What is written or chosen is not an answer yet.
    Unreadable(Problem),
    /// One choice was made by a tap or by Enter: enough to go on, where that is wanted.
    Chosen,
    /// Enter in a field: go on.
    Next,
}

/// Everything a control is handed. Copies are cheap.
#[derive(Clone)]
struct Part {
    ask: Ask,
    given: Signal<Option<Given>>,
    error: Signal<Option<String>>,
    words: &'static ControlText,
    offset: OffsetAt,
    on_act: Callback<Act>,
}

impl Part {
    /// The values given, or none.
    fn values(&self) -> Vec<Value> {
        values_of(self.given.get_untracked())
    }
}

fn values_of(given: Option<Given>) -> Vec<Value> {
    match given {
        Some(Given::Values(values)) => values,
        Some(Given::Declined) | None => Vec::new(),
    }
}

/// One question: its words, its help, its control, and what is wrong with the answer.
#[component]
pub fn Question(
    /// What is asked.
    ask: Ask,
    /// What was given so far.
    #[prop(into)]
    given: Signal<Option<Given>>,
    /// What is wrong with it, in words that tell what to do.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// The words of the controls.
    words: &'static ControlText,
    /// The offset of the wall clock at a local date and time.
    offset: OffsetAt,
    /// Told what was done.
    #[prop(into)]
    on_act: Callback<Act>,
) -> AnyView {
    let part = Part { ask, given, error, words, offset, on_act };
    match shape::of(&part.ask.item) {
        Shape::Words => words::words(&part),
        Shape::Scale => scale::scale(&part),
        Shape::Radios => radios::choice(&part),
        Shape::Checks | Shape::DropDown | Shape::Slider | Shape::Field(_) => {
            let waiting = Waiting { busy: words.fetching, failed: words.not_fetched, again: words.again };
            let make = Box::new(move || now(late::control(part.clone())));
            components::late::late(fetch!(late::ready), make, waiting, Callback::new(|()| ()))
        }
    }
}
