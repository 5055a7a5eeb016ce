//! Whether an answer fits its question.

use std::cmp::Ordering;

use super::answers::{Answers, Given, Slot};
use super::enable::Shown;
use super::flow::{Asked, StepKind, steps};
use super::form::{Form, Item, Kind, Unit};
use super::parse::{is_date, time};
use super::value::{Quantity, Value};
use crate::calendar::Moment;

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
pub fn check(item: &Item, given: &Given) -> Result<(), Problem> {
    let values = match given {
        Given::Declined if item.required => return Err(Problem::Required),
        Given::Declined => return Ok(()),
        Given::Values(values) => values,
    };
    if values.is_empty() && item.required {
        return Err(Problem::Required);
    }
    if values.len() > 1 && !item.repeats {
        return Err(Problem::TooMany);
    }
    let alone = |value: &Value| item.options.iter().any(|choice| choice.exclusive && choice.value == *value);
    if values.len() > 1 && values.iter().any(alone) {
        return Err(Problem::NotAlone);
    }
    values.iter().try_for_each(|value| check_value(item, value))
}

fn check_value(item: &Item, value: &Value) -> Result<(), Problem> {
    right_kind(item, value)?;
    if let Value::Text(text) | Value::Uri(text) = value {
        if text.trim().is_empty() {
            return Err(Problem::Empty);
        }
        if let Some(most) = item.max_length
            && text.chars().count() > most as usize
        {
            return Err(Problem::TooLong(most));
        }
    }
    if let Value::Quantity(q) = value
        && !item.units.is_empty()
        && !item.units.iter().any(|unit| is_unit(unit, q))
    {
        return Err(Problem::NotAUnit);
    }
    match (&item.min, &item.max) {
        (Some(min), _) if against(value, min).is_some_and(Ordering::is_lt) => {
            Err(Problem::BelowMin(min.clone()))
        }
        (_, Some(max)) if against(value, max).is_some_and(Ordering::is_gt) => {
            Err(Problem::AboveMax(max.clone()))
        }
        _ => Ok(()),
    }
}

fn right_kind(item: &Item, value: &Value) -> Result<(), Problem> {
    let chosen = item.options.iter().any(|choice| choice.value == *value);
    let fits = match (item.kind, value) {
        (Kind::Choice, _) => return if chosen { Ok(()) } else { Err(Problem::NotAChoice) },
        (Kind::OpenChoice, Value::Text(_)) => true,
        (Kind::OpenChoice, _) => return if chosen { Ok(()) } else { Err(Problem::NotAChoice) },
        (Kind::Boolean, Value::Boolean(_)) | (Kind::Integer, Value::Integer(_)) => true,
        (Kind::Decimal, Value::Decimal(_) | Value::Integer(_)) | (Kind::Quantity, Value::Quantity(_)) => true,
        (Kind::Date, Value::Date(text)) => is_date(text),
        (Kind::Time, Value::Time(text)) => time(text).is_ok_and(|canonical| canonical == *value),
        (Kind::DateTime, Value::DateTime(text)) => is_date(text) || text.parse::<Moment>().is_ok(),
        (Kind::String | Kind::Text, Value::Text(_)) | (Kind::Url, Value::Uri(_)) => true,
        _ => false,
    };
    let listed = item.options.is_empty() || item.kind == Kind::OpenChoice || chosen;
    match (fits, listed) {
        (false, _) => Err(Problem::WrongKind),
        (true, false) => Err(Problem::NotAChoice),
        (true, true) => Ok(()),
    }
}

fn is_unit(unit: &Unit, q: &Quantity) -> bool {
    match (&unit.code, &q.code) {
        (Some(offered), Some(given)) => offered == given,
        _ => q.unit.as_deref() == Some(unit.display.as_str()),
    }
}

/// A value against a bound. A partial date is only outside when all its days are; a bare number
/// bounds an amount in whatever unit it stands.
fn against(value: &Value, bound: &Value) -> Option<Ordering> {
    match (value, bound) {
        (Value::Date(a) | Value::DateTime(a), Value::Date(b) | Value::DateTime(b)) => {
            if let (Ok(a), Ok(b)) = (a.parse::<Moment>(), b.parse::<Moment>()) {
                return Some(a.unix_ms().cmp(&b.unix_ms()));
            }
            let (a, b) = (a.get(..10).unwrap_or(a), b.get(..10).unwrap_or(b));
            let shorter = a.len().min(b.len());
            Some(a.get(..shorter)?.cmp(b.get(..shorter)?))
        }
        (Value::Quantity(q), Value::Integer(_) | Value::Decimal(_)) => {
            Value::Decimal(q.value.clone()).compare(bound)
        }
        _ => value.compare(bound),
    }
}

/// The required visible questions without an answer. Declining is no answer.
#[must_use]
pub fn missing(form: &Form, answers: &Answers, asked: &Asked) -> Vec<Slot> {
    let is_missing = |(slot, problem)| (problem == Problem::Required).then_some(slot);
    problems(form, answers, asked).into_iter().filter_map(is_missing).collect()
}

/// Every visible question whose answer breaks a rule, the missing ones included, in order.
#[must_use]
pub fn problems(form: &Form, answers: &Answers, asked: &Asked) -> Vec<(Slot, Problem)> {
    let shown = Shown::new(form, answers, asked);
    let mut found = Vec::new();
    for step in steps(form, answers, asked).into_iter().filter(|step| step.kind == StepKind::Question) {
        let Some(item) = super::flow::item(form, &step) else { continue };
        let nothing = Given::Values(Vec::new());
        let given = answers.get(&step.slot).unwrap_or(&nothing);
        if let Err(problem) = check(item, given) {
            let excused = problem == Problem::Required
                && shown.id(&item.link).is_some_and(|id| shown.excused(id, &step.slot.at));
            if !excused {
                found.push((step.slot, problem));
            }
        }
    }
    found
}
