//! One field, or several where the item repeats.

use interlude_diary::questionnaire::{Item, Value};
use leptos::prelude::*;

use super::field::{Field, field};
use super::parse::Entered;
use super::shape::FieldKind;
use super::{Act, Part, frame};

/// The field of an item, or its fields with buttons to add and remove one.
pub(super) fn fields(part: &Part, kind: FieldKind) -> AnyView {
    if part.ask.item.repeats { several(part, kind) } else { single(part, kind) }
}

fn blank(part: &Part, kind: FieldKind) -> Field {
    Field {
        kind,
        id: part.ask.id.clone(),
        name: None,
        described: frame::described(part, &[]),
        item: part.ask.item.clone(),
        first: None,
        focus: false,
        invalid: part.error,
        words: part.words,
        offset: part.offset,
        on: Callback::new(|_| ()),
        next: Callback::new(|()| ()),
    }
}

/// What the values in the fields are worth together: the first that is wrong, or all.
fn act(rows: &[Entered]) -> Act {
    let mut values = Vec::new();
    for row in rows {
        match row {
            Entered::Nothing => {}
            Entered::Value(value) => values.push(value.clone()),
            Entered::Wrong(wrong) => return Act::Unreadable(wrong.clone()),
        }
    }
    Act::Give(values)
}

fn single(part: &Part, kind: FieldKind) -> AnyView {
    let on_act = part.on_act;
    let one = Field {
        first: part.values().into_iter().next(),
        on: Callback::new(move |entered: Entered| on_act.run(act(&[entered]))),
        next: Callback::new(move |()| on_act.run(Act::Next)),
        ..blank(part, kind)
    };
    frame::labelled(part, field(one))
}

fn several(part: &Part, kind: FieldKind) -> AnyView {
    let on_act = part.on_act;
    let rows: Vec<Entered> = part.values().into_iter().map(Entered::Value).collect();
    let rows = if rows.is_empty() { vec![Entered::Nothing] } else { rows };
    // Written in place at every key; drawn anew only when a field comes or goes.
    let rows = StoredValue::new(rows);
    let drawn = RwSignal::new(Drawn { fields: rows.with_value(Vec::len), grown: false });
    let say = move || on_act.run(rows.with_value(|rows| act(rows)));
    let remove = move |n: usize| {
        rows.update_value(|rows| {
            if n < rows.len() {
                rows.remove(n);
            }
        });
        drawn.set(Drawn { fields: rows.with_value(Vec::len), grown: false });
        say();
    };
    let add = move |_| {
        rows.update_value(|rows| rows.push(Entered::Nothing));
        drawn.set(Drawn { fields: rows.with_value(Vec::len), grown: true });
    };
    let (words, like, id) = (part.words, blank(part, kind), part.ask.id.clone());
    let list = move || {
        let drawn = drawn.get();
        let row = |n: usize| {
            let one = Field {
                id: format!("{id}-{n}"),
                name: Some((words.nth)(n + 1)),
                first: rows.with_value(|rows| rows.get(n).and_then(Entered::value).cloned()),
                focus: drawn.grown && n + 1 == drawn.fields,
                on: Callback::new(move |entered| {
                    rows.update_value(|rows| {
                        if let Some(row) = rows.get_mut(n) {
                            *row = entered;
                        }
                    });
                    say();
                }),
                next: Callback::new(move |()| on_act.run(Act::Next)),
                ..like.clone()
            };
            let gone = (drawn.fields > 1).then(|| {
                view! {
                    <button type="button" class="q-step" aria-label=(words.remove_nth)(n + 1)
                        on:click=move |_| remove(n)>"×"</button>
                }
            });
            view! { <li class="q-several-row">{field(one)} {gone}</li> }.into_any()
        };
        (0..drawn.fields).map(row).collect::<Vec<_>>()
    };
    frame::grouped(
        part,
        &[],
        view! {
            <ol class="q-several">{list}</ol>
            <button type="button" class="q-add" on:click=add>{words.add}</button>
        }
        .into_any(),
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Drawn {
    fields: usize,
    grown: bool,
}

/// Whether an item may take numbers below zero: only then does the keyboard need a sign.
pub(super) fn below_zero(item: &Item) -> bool {
    item.min.as_ref().and_then(Value::number).is_some_and(|n| n < 0.0)
}
