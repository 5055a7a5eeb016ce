//! A step that is asked twice: what it means is said before it is done.

use leptos::prelude::*;

/// Words of such a step.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Opens the question.
    pub open: &'static str,
    /// What it means.
    pub means: &'static str,
    /// Does it.
    pub yes: &'static str,
    /// Leaves it.
    pub no: &'static str,
}

/// The step, closed until opened. The focus goes to the meaning, so that it is read first.
pub fn confirm(step: Signal<Step>, on_yes: Callback<()>) -> AnyView {
    let open = RwSignal::new(false);
    let meaning = NodeRef::<leptos::html::P>::new();
    Effect::new(move |_| {
        if open.get()
            && let Some(meaning) = meaning.get()
        {
            // An element without the focus is still on screen.
            drop(meaning.focus());
        }
    });
    view! {
        <Show
            when=move || open.get()
            fallback=move || {
                view! {
                    <button type="button" class="btn quiet" on:click=move |_| open.set(true)>
                        {move || step.read().open}
                    </button>
                }
            }
        >
            <div class="card flag">
                <p tabindex="-1" node_ref=meaning>
                    {move || step.read().means}
                </p>
                <button type="button" class="btn call" on:click=move |_| on_yes.run(())>
                    {move || step.read().yes}
                </button>
                <button type="button" class="btn quiet" on:click=move |_| open.set(false)>
                    {move || step.read().no}
                </button>
            </div>
        </Show>
    }
    .into_any()
}
