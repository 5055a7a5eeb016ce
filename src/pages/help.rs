//! Help: whom to call, with no network and from every page. It records nothing.

use leptos::prelude::*;

use super::settings::country_field;
use crate::components::help_card::help_card;
use crate::components::page::framed_beside;
use crate::state::aid::{Aid, Reason};
use crate::state::language::Words;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let aid = Aid::get();
    let card = move || help_card(&aid.card(words, &Reason::Asked), false);
    let of = move || {
        let text = words.text().help();
        aid.country_name(words).map_or_else(|| text.no_country.to_owned(), |name| (text.of_country)(&name))
    };
    let when =
        move || words.text().help().when_list.iter().map(|what| view! { <li>{*what}</li> }).collect_view();
    framed_beside(
        None,
        Signal::derive(move || words.text().shell().help.to_owned()),
        "/",
        Signal::derive(move || words.text().shell().today),
        view! {
            <p class="note">{move || words.text().help().nobody}</p>
            {card}
            <section class="card">
                <h2>{move || words.text().help().when}</h2>
                <ul class="dots">{when}</ul>
            </section>
            <p class="sub">{of}" "{move || (words.text().help().checked)(&words.date(aid.checked()))}</p>
            {country_field(words)}
            <p class="sub">{move || words.text().help().records_nothing}</p>
        }
        .into_any(),
    )
}
