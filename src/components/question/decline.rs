//! "Rather not say".

use leptos::prelude::*;

/// Declines one question. Pressed while it is declined.
#[component]
pub fn Decline(
    /// Its words.
    label: &'static str,
    /// Whether the question is declined.
    #[prop(into)]
    declined: Signal<bool>,
    /// Told that it was pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="q-decline" aria-pressed=move || if declined.get() { "true" } else { "false" }
            on:click=move |_| on_press.run(())>
            {label}
        </button>
    }
}
