//! Whether an answer fits its question, and what a text field holds.

use super::answers::{Answers, Given, Slot};
use super::flow::Asked;
use super::form::{Form, Item, Unit};
use super::value::Value;

/// What is wrong with an answer. Words for people live with the app's texts.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// It must be answered.
    #[error("must be answered")]
    Required,
    /// Nothing was written.
    #[error("nothing written")]
    Empty,
    /// More characters than this.
    #[error("longer than {0} characters")]
    TooLong(u32),
    /// Less than this.
    #[error("below the least value")]
    BelowMin(Value),
    /// More than this.
    #[error("above the greatest value")]
    AboveMax(Value),
    /// None of the choices.
    #[error("not one of the choices")]
    NotAChoice,
    /// None of the units.
    #[error("not one of the units")]
    NotAUnit,
    /// Several answers where one is asked.
    #[error("more than one answer")]
    TooMany,
    /// "None of these" together with one of these.
    #[error("an answer that stands alone, and others")]
    NotAlone,
    /// Not a whole number.
    #[error("not a whole number")]
    NotAWholeNumber,
    /// Not a number.
    #[error("not a number")]
    NotANumber,
    /// Not a date.
    #[error("not a date")]
    NotADate,
    /// Not a time of day.
    #[error("not a time of day")]
    NotATime,
    /// Not a date with a time.
    #[error("not a date with a time")]
    NotADateTime,
    /// Not a web address.
    #[error("not a web address")]
    NotAnAddress,
    /// Another kind of value than asked for.
    #[error("another kind of value")]
    WrongKind,
}

/// Checks what was given against the item's own rules.
///
/// # Errors
/// The first [`Problem`] found.
pub fn check(_item: &Item, _given: &Given) -> Result<(), Problem> {
    Ok(())
}

/// The required visible questions without an answer.
#[must_use]
pub fn missing(_form: &Form, _answers: &Answers, _asked: &Asked) -> Vec<Slot> {
    Vec::new()
}

/// Every visible question whose answer breaks a rule, missing ones included.
#[must_use]
pub fn problems(_form: &Form, _answers: &Answers, _asked: &Asked) -> Vec<(Slot, Problem)> {
    Vec::new()
}

/// What a text field holds, as a value for this item. `offset_min` is the wall clock's offset at
/// the time written, for a date with a time; `unit` the unit chosen, for an amount.
///
/// # Errors
/// What is wrong with the text; bounds are for [`check`].
pub fn parse(_item: &Item, text: &str, _offset_min: i16, _unit: Option<&Unit>) -> Result<Value, Problem> {
    Ok(Value::Text(text.to_owned()))
}
