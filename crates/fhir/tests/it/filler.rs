//! A person who answers any form, in one of several ways.

use std::collections::BTreeSet;

use interlude_diary::questionnaire::{
    Answers, Asked, Form, Given, Item, Kind, Problem, Quantity, StepKind, Value, add_instance, check,
    initial, item, steps,
};

/// How a form is filled in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    /// The first choice of everything.
    First,
    /// The last choice, several answers where they are taken, two instances of repeating groups.
    LastAndSeveral,
    /// Only what is required.
    RequiredOnly,
    /// "Rather not say" to everything that is not required.
    Declining,
}

pub(crate) const WAYS: [Way; 4] = [Way::First, Way::LastAndSeveral, Way::RequiredOnly, Way::Declining];

/// Answers the screens one after the other, as they come up, until there are none left.
pub(crate) fn fill(form: &Form, way: Way) -> Answers {
    let asked = Asked::default();
    let mut answers = initial(form);
    let mut done = BTreeSet::new();
    for _ in 0..2_000 {
        let steps = steps(form, &answers, &asked);
        let seen = |kind: &StepKind| matches!(kind, StepKind::AnotherInstance { .. });
        let Some(step) = steps.iter().find(|s| !done.contains(&(s.slot.clone(), seen(&s.kind)))) else {
            return answers;
        };
        done.insert((step.slot.clone(), seen(&step.kind)));
        match &step.kind {
            StepKind::Words => {}
            StepKind::AnotherInstance { .. } => {
                if matches!(way, Way::LastAndSeveral) {
                    add_instance(form, &mut answers, &step.slot);
                }
            }
            StepKind::Question => {
                let item = item(form, step).unwrap();
                match way {
                    Way::RequiredOnly if !item.required => {}
                    Way::Declining if !item.required => answers.set(step.slot.clone(), Given::Declined),
                    _ => answers.set(step.slot.clone(), Given::Values(values(item, way))),
                }
            }
        }
    }
    panic!("{}: there is no end of screens", form.title);
}

/// Values that the item takes.
fn values(item: &Item, way: Way) -> Vec<Value> {
    let several = item.repeats && matches!(way, Way::LastAndSeveral);
    if !item.options.is_empty() {
        let all = item.options.iter().filter(|choice| !several || !choice.exclusive);
        let mut all: Vec<Value> = all.map(|choice| choice.value.clone()).collect();
        if matches!(way, Way::LastAndSeveral) {
            all.reverse();
            if item.kind == Kind::OpenChoice && several {
                all.insert(0, Value::Text("words of my own".to_owned()));
            }
        }
        all.truncate(if several { 3 } else { 1 });
        return all;
    }
    let value = match item.kind {
        Kind::Boolean => Value::Boolean(matches!(way, Way::LastAndSeveral)),
        Kind::Integer => Value::Integer(5),
        Kind::Decimal => Value::Decimal("5.50".parse().unwrap()),
        Kind::Date => Value::Date("2026-03-12".to_owned()),
        Kind::DateTime => Value::DateTime("2026-03-12T07:30:00+01:00".to_owned()),
        Kind::Time => Value::Time("07:30:00".to_owned()),
        Kind::String | Kind::Text | Kind::OpenChoice => Value::Text(words(item)),
        Kind::Url => Value::Uri("https://example.org/".to_owned()),
        Kind::Quantity => {
            let unit = item.units.last();
            Value::Quantity(Quantity {
                value: "5.50".parse().unwrap(),
                unit: unit.map(|unit| unit.display.clone()),
                system: unit.and_then(|unit| unit.system.clone()),
                code: unit.and_then(|unit| unit.code.clone()),
            })
        }
        Kind::Choice | Kind::Group | Kind::Display => panic!("{} cannot be answered", item.link),
    };
    // Out of bounds: the bound itself is in.
    match check(item, &Given::Values(vec![value.clone()])) {
        Err(Problem::BelowMin(bound) | Problem::AboveMax(bound)) => vec![like(&value, bound)],
        _ => vec![value],
    }
}

fn words(item: &Item) -> String {
    "some words".chars().take(item.max_length.unwrap_or(100) as usize).collect()
}

/// The bound as a value of the item's own kind.
fn like(value: &Value, bound: Value) -> Value {
    match (value, bound) {
        (Value::Decimal(_), Value::Integer(n)) => Value::Decimal(n.to_string().parse().unwrap()),
        (Value::Integer(_), Value::Decimal(n)) => Value::Integer(n.normalised().parse().unwrap()),
        (_, bound) => bound,
    }
}
