//! Today: what can be answered now, and how the diary stands.

use leptos::prelude::*;

use crate::components::page::framed;
use crate::state::language::Words;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    framed(
        None,
        Signal::derive(move || words.text().shell.today.to_owned()),
        Signal::derive(move || words.text().shell.help),
        ().into_any(),
    )
}
