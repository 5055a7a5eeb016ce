//! The fields: one native input each.

use std::sync::Arc;

use interlude_diary::questionnaire::{Item, Value};
use leptos::html;
use leptos::prelude::*;

use super::parse::{self, Entered, OffsetAt};
use super::several::below_zero;
use super::shape::FieldKind;
use super::{date, number};
use crate::text::fill::ControlText;

/// Everything one field is told.
#[derive(Clone)]
pub(super) struct Field {
    pub(super) kind: FieldKind,
    /// Its id; the label of the question points to it.
    pub(super) id: String,
    /// Its name where it is one of several.
    pub(super) name: Option<String>,
    pub(super) described: String,
    pub(super) item: Arc<Item>,
    /// What it begins with.
    pub(super) first: Option<Value>,
    /// Takes the focus when it comes.
    pub(super) focus: bool,
    pub(super) invalid: Signal<Option<String>>,
    pub(super) words: &'static ControlText,
    pub(super) offset: OffsetAt,
    /// Told what stands in it, at every change.
    pub(super) on: Callback<Entered>,
    /// Told of Enter.
    pub(super) next: Callback<()>,
}

impl Field {
    /// What a text in it is.
    pub(super) fn read(&self, text: &str) -> Entered {
        parse::entered(&self.item, text, None, self.offset)
    }
}

/// The field of its kind.
pub(super) fn field(f: Field) -> AnyView {
    let first = written(f.first.as_ref());
    match f.kind {
        FieldKind::Integer => input(&f, Native::number(&f.item, "numeric"), first),
        FieldKind::Decimal => input(&f, Native::number(&f.item, "decimal"), first),
        FieldKind::Quantity => number::quantity(&f),
        FieldKind::Line => input(&f, Native::of("text"), first),
        FieldKind::Lines => lines(&f),
        FieldKind::Url => input(&f, Native::of("url"), first),
        FieldKind::Time => {
            input(&f, Native::of("time"), first.get(..5).map(str::to_owned).unwrap_or_default())
        }
        FieldKind::Date => date::date(&f),
        FieldKind::DateTime => date::date_time(&f),
    }
}

/// A value as it is written in a field.
fn written(value: Option<&Value>) -> String {
    match value {
        Some(Value::Integer(n)) => n.to_string(),
        Some(Value::Decimal(n)) => n.to_string(),
        Some(Value::Text(text) | Value::Uri(text) | Value::Time(text)) => text.clone(),
        _ => String::new(),
    }
}

/// What the browser is told of an input.
#[derive(Clone, Copy)]
pub(super) struct Native {
    kind: &'static str,
    mode: Option<&'static str>,
}

impl Native {
    pub(super) const fn of(kind: &'static str) -> Self {
        Self { kind, mode: None }
    }

    /// Numbers are written in a text field: `type=number` changes by scrolling, refuses the decimal
    /// comma in some languages and hides what it could not read.
    pub(super) fn number(item: &Item, mode: &'static str) -> Self {
        // Number pads have no minus sign.
        Self { kind: "text", mode: (!below_zero(item)).then_some(mode) }
    }
}

/// A native input that tells at every change what stands in it.
pub(super) fn input(f: &Field, native: Native, first: String) -> AnyView {
    let node = NodeRef::<html::Input>::new();
    if f.focus {
        Effect::new(move |_| {
            if let Some(input) = node.get() {
                drop(input.focus());
            }
        });
    }
    let (on, next, invalid, reader) = (f.on, f.next, f.invalid, f.clone());
    let most = matches!(f.kind, FieldKind::Line | FieldKind::Url).then_some(f.item.max_length).flatten();
    view! {
        <input node_ref=node class="q-input" id=f.id.clone() type=native.kind inputmode=native.mode
            autocomplete="off" maxlength=most.map(|n| n.to_string())
            aria-label=f.name.clone() aria-describedby=f.described.clone()
            aria-invalid=move || invalid.get().is_some().then_some("true")
            required=f.item.required && f.name.is_none()
            prop:value=first
            on:input=move |event| on.run(reader.read(&event_target_value(&event)))
            on:keydown=move |event| if event.key() == "Enter" { event.prevent_default(); next.run(()) }/>
    }
    .into_any()
}

fn lines(f: &Field) -> AnyView {
    let (on, invalid, reader) = (f.on, f.invalid, f.clone());
    view! {
        <textarea class="q-input q-lines" id=f.id.clone() rows="4"
            maxlength=f.item.max_length.map(|n| n.to_string())
            aria-label=f.name.clone() aria-describedby=f.described.clone()
            aria-invalid=move || invalid.get().is_some().then_some("true")
            required=f.item.required && f.name.is_none()
            prop:value=written(f.first.as_ref())
            on:input=move |event| on.run(reader.read(&event_target_value(&event)))></textarea>
    }
    .into_any()
}
