//! Words of one's own beside the choices of an open choice.

use interlude_diary::questionnaire::{Problem, Value};
use leptos::prelude::*;

use super::{Act, Part};

/// Whether the field is open, and what is written in it.
#[derive(Clone, Copy)]
pub(super) struct OwnWords {
    pub(super) open: RwSignal<bool>,
    pub(super) written: RwSignal<String>,
}

impl OwnWords {
    /// Open when what was given holds words that are none of the choices.
    pub(super) fn new(part: &Part, choices: &[Value]) -> Self {
        let own = part.values().into_iter().find_map(|value| {
            let none_of_them = !choices.contains(&value);
            if let Value::Text(text) = value { none_of_them.then_some(text) } else { None }
        });
        Self { open: RwSignal::new(own.is_some()), written: RwSignal::new(own.unwrap_or_default()) }
    }

    /// The answer with these words after `values`; not one yet while nothing is written.
    pub(super) fn act(self, mut values: Vec<Value>) -> Act {
        if self.open.get_untracked() {
            let words = self.written.with_untracked(|text| text.trim().to_owned());
            if words.is_empty() {
                return Act::Unreadable(Problem::Empty);
            }
            values.push(Value::Text(words));
        }
        Act::Give(values)
    }
}

/// The field, shown while open.
pub(super) fn field(part: &Part, own: OwnWords, changed: Callback<()>) -> AnyView {
    let (label, on_act) = (part.words.own_words, part.on_act);
    let id = format!("{}-own", part.ask.id);
    let (described, invalid) = (format!("{}-error", part.ask.id), part.error);
    let most = part.ask.item.max_length.map(|n| n.to_string());
    let shown = move || {
        own.open.get().then(|| {
            view! {
                <div class="q-own">
                    <label for=id.clone()>{label}</label>
                    <input type="text" class="q-input" id=id.clone() autocomplete="off" maxlength=most.clone()
                        aria-describedby=described.clone()
                        aria-invalid=move || invalid.get().is_some().then_some("true")
                        prop:value=own.written.get_untracked()
                        on:input=move |event| { own.written.set(event_target_value(&event)); changed.run(()); }
                        on:keydown=move |event| if event.key() == "Enter" { on_act.run(Act::Next) }/>
                </div>
            }
        })
    };
    view! { {shown} }.into_any()
}
