//! Controls that are fetched: all but scales and choices, which the daily forms are made of.

use leptos::prelude::*;

use super::{Part, Shape, checks, dropdown, radios, scale, several, shape, slider, words};

part! { rest:
    /// The control of a question.
    pub(super) fn control[ready](part: Part) -> AnyView {
        match shape::of(&part.ask.item) {
            Shape::Words => words::words(&part),
            Shape::Scale => scale::scale(&part),
            Shape::Radios => radios::choice(&part),
            Shape::Checks => checks::checks(&part),
            Shape::DropDown => dropdown::dropdown(&part),
            Shape::Slider => slider::slider(&part),
            Shape::Field(kind) => several::fields(&part, kind),
        }
    }
}
