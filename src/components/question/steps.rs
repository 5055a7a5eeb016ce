//! Where an entry is, in three steps drawn one below the other.

use leptos::prelude::*;

/// The steps, each with what is known of it.
#[component]
pub fn Steps(
    /// Name of the list.
    name: &'static str,
    /// Name, what is known, whether it is reached.
    steps: Vec<(&'static str, String, bool)>,
    /// Said of a step that is reached.
    done: &'static str,
    /// Said of one that is not.
    open: &'static str,
) -> impl IntoView {
    let row = |(step, known, reached): (&'static str, String, bool)| {
        let state = if reached { done } else { open };
        view! {
            <li class="step" class:reached=reached>
                <svg viewBox="0 0 30 30" width="30" height="30" aria-hidden="true">
                    <circle cx="15" cy="15" r="12"></circle>
                    <path d="M9.5 15.5l4 4 7-8"></path>
                </svg>
                <div><b>{step}</b><span class="unseen">{format!(", {state}")}</span><p class="sub">{known}</p></div>
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = steps.into_iter().map(row).collect();
    view! { <ol class="steps" aria-label=name>{rows}</ol> }
}
