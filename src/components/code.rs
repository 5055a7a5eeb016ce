//! A field for a code: hidden as it is typed, shown on a switch, pasted as it likes.

use leptos::prelude::*;

/// The words of one field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its id in the page.
    pub id: &'static str,
    /// What a password keeper should do: `current-password`, `new-password`.
    pub keeper: &'static str,
}

/// The field. `shown` is of the whole form: one switch shows all its fields.
pub fn code_field(
    field: Field,
    label: Signal<&'static str>,
    value: RwSignal<String>,
    shown: RwSignal<bool>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=field.id>{label}</label>
            <input
                id=field.id
                class="input"
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=field.keeper
                autocapitalize="none"
                spellcheck="false"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// The switch that shows what is typed.
pub fn show_switch(words: Signal<&'static str>, shown: RwSignal<bool>) -> AnyView {
    view! {
        <label class="opt">
            <input
                type="checkbox"
                role="switch"
                prop:checked=shown
                on:change=move |event| shown.set(event_target_checked(&event))
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
