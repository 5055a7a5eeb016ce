//! The store cannot be opened: why, and what to do. The numbers to call are here too.

use interlude_diary::journal::JournalError;
use leptos::prelude::*;

use crate::state::language::Words;

/// The page, in the place of the app.
pub fn page(error: &JournalError, again: Callback<()>) -> AnyView {
    let words = Words::get();
    let text = words.text().shell();
    let why = if matches!(error, JournalError::Blocked) {
        text.blocked
    } else if matches!(error, JournalError::TooNew { .. }) {
        text.too_new
    } else if matches!(error, JournalError::Locked) {
        text.locked
    } else {
        text.store_failed
    };
    view! {
        <main class="page">
            <header class="top"><h1 tabindex="-1">{text.no_store}</h1></header>
            <div class="stack">
                <p>{why}</p>
                <button type="button" class="btn" on:click=move |_| again.run(())>{text.again}</button>
            </div>
        </main>
    }
    .into_any()
}
