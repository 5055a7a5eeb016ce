//! An answer in words.

use interlude_diary::questionnaire::{Given, Item, Kind, Problem, Quantity, Value};

use super::ControlText;

/// The words of `value` as the form shows them, or its own.
#[must_use]
pub fn label_of(item: &Item, value: &Value, words: &ControlText) -> String {
    item.options
        .iter()
        .find(|choice| &choice.value == value)
        .map_or_else(|| value_words(value, words), |choice| choice.label.clone())
}

/// The words of `value` alone, where there is no form at hand.
#[must_use]
pub fn value_words(value: &Value, words: &ControlText) -> String {
    match value {
        Value::Boolean(true) => words.yes.to_owned(),
        Value::Boolean(false) => words.no.to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Decimal(n) => n.to_string(),
        Value::Date(text) | Value::Text(text) | Value::Uri(text) => text.clone(),
        Value::DateTime(text) => text.get(..16).map_or_else(|| text.clone(), |t| t.replace('T', " ")),
        Value::Time(text) => text.get(..5).unwrap_or(text).to_owned(),
        Value::Coding(coding) => coding.display.clone().or_else(|| coding.code.clone()).unwrap_or_default(),
        Value::Quantity(Quantity { value, unit, code, .. }) => match unit.as_ref().or(code.as_ref()) {
            Some(unit) => format!("{value} {unit}"),
            None => value.to_string(),
        },
    }
}

/// What was given, in words: values joined by commas, or that it was declined.
#[must_use]
pub fn given_words(item: Option<&Item>, given: &Given, words: &ControlText) -> String {
    match given {
        Given::Declined => words.declined.to_owned(),
        Given::Values(values) => {
            let each = values.iter().map(|value| match item {
                Some(item) => label_of(item, value, words),
                None => value_words(value, words),
            });
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

/// What is wrong with an answer, in words that tell what to do.
#[must_use]
pub fn problem_words(problem: &Problem, item: &Item, words: &ControlText) -> String {
    let wrong = &words.wrong;
    let chosen =
        matches!(item.kind, Kind::Boolean | Kind::Choice | Kind::OpenChoice) || !item.options.is_empty();
    let said = match problem {
        Problem::BelowMin(least) => return (wrong.least)(&value_words(least, words)),
        Problem::AboveMax(most) => return (wrong.most)(&value_words(most, words)),
        Problem::TooLong(most) => return (wrong.long)(*most),
        Problem::Required if chosen => wrong.missing_choice,
        Problem::Required => wrong.missing,
        Problem::Empty if item.kind == Kind::OpenChoice => wrong.own_words,
        Problem::Empty => wrong.missing,
        Problem::NotAChoice => wrong.missing_choice,
        Problem::NotAUnit => wrong.unit,
        Problem::TooMany | Problem::NotAlone => wrong.one,
        Problem::NotAWholeNumber => wrong.whole,
        Problem::NotANumber => wrong.number,
        Problem::NotADate | Problem::NotADateTime => wrong.date,
        Problem::NotATime => wrong.time,
        Problem::NotAnAddress => wrong.url,
        Problem::WrongKind => wrong.other,
    };
    said.to_owned()
}
