//! Native radio buttons, for every kind that takes one of a few.

use interlude_diary::questionnaire::{Kind, Value};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::own_words::{self, OwnWords};
use super::{Act, Part, frame, values_of};

/// One radio button: its words, and the id of what describes it.
pub(super) struct Radio {
    pub(super) label: String,
    pub(super) described: Option<String>,
}

impl From<String> for Radio {
    fn from(label: String) -> Self {
        Self { label, described: None }
    }
}

/// A group of radio buttons. A tap or Enter says [`Act::Chosen`] too; arrow keys and the space bar
/// only choose.
pub(super) fn group(
    part: &Part,
    look: &'static str,
    radios: Vec<Radio>,
    chosen: Signal<Option<usize>>,
    pick: Callback<usize>,
) -> AnyView {
    // Browsers send the same click for an arrow key as for a tap: remember which of them it was.
    let by_key = StoredValue::new(false);
    let on_act = part.on_act;
    let (name, required, lang) = (part.ask.id.clone(), part.ask.item.required, part.ask.lang.clone());
    let one = |(n, radio): (usize, Radio)| {
        let on_enter = move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                pick.run(n);
                on_act.run(Act::Chosen);
            }
        };
        let on_click = move |_| {
            pick.run(n);
            if !by_key.get_value() {
                on_act.run(Act::Chosen);
            }
        };
        view! {
            <label class="q-radio">
                <input type="radio" name=name.clone() value=n.to_string() required=required
                    aria-describedby=radio.described
                    prop:checked=move || chosen.get() == Some(n)
                    on:click=on_click on:keydown=on_enter on:change=move |_| pick.run(n)/>
                <span lang=lang.clone()>{radio.label}</span>
            </label>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = radios.into_iter().enumerate().map(one).collect();
    view! {
        <div class=look
            on:keydown=move |event| by_key.set_value(event.key() != "Tab")
            on:pointerdown=move |_| by_key.set_value(false)>
            {rows}
        </div>
    }
    .into_any()
}

/// The values a question with choices offers, with their words.
pub(super) fn offered(part: &Part) -> Vec<(Value, String)> {
    let item = &part.ask.item;
    if item.kind == Kind::Boolean {
        let words = part.words;
        return vec![
            (Value::Boolean(true), words.yes.to_owned()),
            (Value::Boolean(false), words.no.to_owned()),
        ];
    }
    item.options.iter().map(|choice| (choice.value.clone(), choice.label.clone())).collect()
}

/// One of the choices; for an open choice, or words of one's own.
pub(super) fn choice(part: &Part) -> AnyView {
    let (values, labels): (Vec<Value>, Vec<String>) = offered(part).into_iter().unzip();
    let mut radios: Vec<Radio> = labels.into_iter().map(Radio::from).collect();
    let own = (part.ask.item.kind == Kind::OpenChoice).then(|| OwnWords::new(part, &values));
    let own_at = radios.len();
    if own.is_some() {
        radios.push(part.words.other.to_owned().into());
    }
    let given = part.given;
    let chosen = {
        let values = values.clone();
        Signal::derive(move || {
            if own.is_some_and(|own| own.open.get()) {
                return Some(own_at);
            }
            let given = values_of(given.get());
            given.first().and_then(|value| values.iter().position(|one| one == value))
        })
    };
    let on_act = part.on_act;
    let pick = Callback::new(move |n: usize| match (values.get(n), own) {
        (Some(value), own) => {
            if let Some(own) = own {
                own.open.set(false);
            }
            on_act.run(Act::Give(vec![value.clone()]));
        }
        (None, Some(own)) => {
            own.open.set(true);
            on_act.run(own.act(Vec::new()));
        }
        (None, None) => {}
    });
    // "Something else" is not an answer by itself: the tap on it must not go on.
    let quiet = Part {
        on_act: Callback::new(move |act| {
            if act != Act::Chosen || !own.is_some_and(|own| own.open.get_untracked()) {
                on_act.run(act);
            }
        }),
        ..part.clone()
    };
    let rows = group(&quiet, "q-rows", radios, chosen, pick);
    let field =
        own.map(|own| own_words::field(part, own, Callback::new(move |()| on_act.run(own.act(Vec::new())))));
    frame::grouped(part, &[], view! { {rows} {field} }.into_any())
}
