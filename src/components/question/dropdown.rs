//! A native drop-down, for lists too long to be read as rows.

use interlude_diary::questionnaire::{Kind, Value};
use leptos::prelude::*;

use super::own_words::{self, OwnWords};
use super::radios::offered;
use super::{Act, Part, frame, values_of};

/// The drop-down. Its first line is empty: nothing is preset.
pub(super) fn dropdown(part: &Part) -> AnyView {
    let (values, labels): (Vec<Value>, Vec<String>) = offered(part).into_iter().unzip();
    let own = (part.ask.item.kind == Kind::OpenChoice).then(|| OwnWords::new(part, &values));
    let own_at = values.len();
    let (given, on_act) = (part.given, part.on_act);
    let chosen = {
        let values = values.clone();
        move || {
            if own.is_some_and(|own| own.open.get()) {
                return own_at.to_string();
            }
            let given = values_of(given.get());
            let at = given.first().and_then(|value| values.iter().position(|one| one == value));
            at.map(|n| n.to_string()).unwrap_or_default()
        }
    };
    let pick = move |picked: String| {
        let n = picked.parse::<usize>().ok();
        if let Some(own) = own {
            own.open.set(n == Some(own_at));
        }
        match (n.and_then(|n| values.get(n)), own) {
            (Some(value), _) => on_act.run(Act::Give(vec![value.clone()])),
            (None, Some(own)) => on_act.run(own.act(Vec::new())),
            (None, None) => on_act.run(Act::Give(Vec::new())),
        }
    };
    let option =
        |(n, label): (usize, String)| view! { <option value=n.to_string()>{label}</option> }.into_any();
    let mut options: Vec<AnyView> = labels.into_iter().enumerate().map(option).collect();
    if own.is_some() {
        options.push(option((own_at, part.words.other.to_owned())));
    }
    let invalid = part.error;
    let field =
        own.map(|own| own_words::field(part, own, Callback::new(move |()| on_act.run(own.act(Vec::new())))));
    frame::labelled(
        part,
        view! {
            <select class="q-input" id=part.ask.id.clone() required=part.ask.item.required
                lang=part.ask.lang.clone()
                aria-describedby=frame::described(part, &[])
                aria-invalid=move || invalid.get().is_some().then_some("true")
                prop:value=chosen
                on:change=move |event| pick(event_target_value(&event))>
                <option value="">{part.words.choose}</option>
                {options}
            </select>
            {field}
        }
        .into_any(),
    )
}
