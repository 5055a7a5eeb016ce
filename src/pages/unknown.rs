//! An address that is none.

use leptos::prelude::*;

use crate::components::page::framed;
use crate::state::language::Words;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    framed(
        None,
        Signal::derive(move || words.text().shell().unknown.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! { <a class="btn" href="/">{move || words.text().shell().today}</a> }.into_any(),
    )
}
