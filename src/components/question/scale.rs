//! A row of numbers, each a native radio button with its number on it. None is preset.

use interlude_diary::questionnaire::{Kind, Value};
use leptos::prelude::*;

use super::radios::{self, Radio};
use super::{Act, Part, frame, shape, values_of};

/// The words at one end, with the number where the author did not write it.
fn end(part: &Part, number: i32, words: &str) -> String {
    let number = number.to_string();
    if words.starts_with(&number) { words.to_owned() } else { (part.words.end)(&number, words) }
}

/// The two ends in words, as `{id}-ends`; nothing when the form gives none.
pub(super) fn ends(part: &Part, least: i32, most: i32) -> Option<AnyView> {
    let (low, high) = part.ask.item.ends.as_ref()?;
    let id = &part.ask.id;
    Some(
        view! {
            <div class="q-ends" id=format!("{id}-ends") lang=part.ask.lang.clone()>
                <span id=format!("{id}-low")>{end(part, least, low)}</span>
                <span id=format!("{id}-high")>{end(part, most, high)}</span>
            </div>
        }
        .into_any(),
    )
}

/// The scale.
pub(super) fn scale(part: &Part) -> AnyView {
    let numbers = shape::numbers(&part.ask.item);
    let (least, most) = (numbers.first().copied().unwrap_or(0), numbers.last().copied().unwrap_or(0));
    let ends = ends(part, least, most);
    let describes = |n: i32| match n {
        n if n == least => Some(format!("{}-low", part.ask.id)),
        n if n == most => Some(format!("{}-high", part.ask.id)),
        _ => None,
    };
    let radios = numbers
        .iter()
        .map(|n| Radio { label: n.to_string(), described: describes(*n).filter(|_| ends.is_some()) })
        .collect();
    let values: Vec<Value> = numbers.iter().map(|n| number(part.ask.item.kind, *n)).collect();
    let (given, on_act) = (part.given, part.on_act);
    let chosen = {
        let values = values.clone();
        Signal::derive(move || {
            let given = values_of(given.get());
            given.first().and_then(|value| values.iter().position(|one| one == value))
        })
    };
    let pick = Callback::new(move |n: usize| {
        if let Some(value) = values.get(n) {
            on_act.run(Act::Give(vec![value.clone()]));
        }
    });
    let more: &[&str] = if ends.is_some() { &["ends"] } else { &[] };
    let rows = radios::group(part, "q-scale", radios, chosen, pick);
    frame::grouped(part, more, view! { {ends} {rows} }.into_any())
}

/// `n` as the item's kind wants it.
pub(super) fn number(kind: Kind, n: i32) -> Value {
    match (kind, n.to_string().parse()) {
        (Kind::Decimal, Ok(decimal)) => Value::Decimal(decimal),
        _ => Value::Integer(n),
    }
}
