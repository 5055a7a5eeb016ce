//! First run: new here or not, country, language. Nothing else is asked.

use leptos::prelude::*;

use super::settings::{country_field, language_choice};
use crate::components::page::framed;
use crate::state::first_run::FirstRun;
use crate::state::language::Words;
use crate::state::pairing::Pairings;
use crate::state::route::Route;
use crate::state::router::Router;
use crate::state::storage::{Opened, Storage};

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let first_run = FirstRun::get();
    first_run.look();
    let before =
        RwSignal::new(Storage::get().opened() == Opened::Installed && first_run.wiped().get_untracked());
    let body = move || if before.get() { restore(words) } else { question(words, before) };
    framed(
        None,
        Signal::derive(move || words.text().welcome().title.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            <p>{move || words.text().welcome().what}</p>
            <p class="note">{move || words.text().welcome().not_watched}</p>
            <Show when=move || first_run.wiped().get()>
                <p class="trouble-text" role="status">{move || words.text().welcome().wiped}</p>
            </Show>
            {language_choice(words)}
            {country_field(words)}
            {body}
        }
        .into_any(),
    )
}

/// Two answers of equal weight.
fn question(words: Words, before: RwSignal<bool>) -> AnyView {
    let pairings = Pairings::get();
    view! {
        <section class="card">
            <h2>{move || words.text().welcome().question}</h2>
            <Show when=move || pairings.code().get().is_some()>
                <p class="sub">{move || words.text().welcome().code_waits}</p>
            </Show>
            <button type="button" class="btn quiet" on:click=move |_| enter()>
                {move || words.text().welcome().fresh}
            </button>
            <button
                type="button"
                class="btn quiet"
                on:click=move |_| {
                    // With a clinic's code in hand the diary comes back by pairing.
                    if pairings.code().get_untracked().is_some() { enter() } else { before.set(true) }
                }
            >
                {move || words.text().welcome().before}
            </button>
        </section>
    }
    .into_any()
}

/// Where an earlier diary may be.
fn restore(words: Words) -> AnyView {
    view! {
        <section class="card">
            <h2>{move || words.text().welcome().before_title}</h2>
            <p>{move || words.text().welcome().before_paired}</p>
            <button
                type="button"
                class="btn"
                on:click=move |_| {
                    FirstRun::get().done();
                    Router::get().replace(Route::Pair);
                }
            >
                {move || words.text().settings().connect}
            </button>
            <p>{move || words.text().files().have_file}</p>
            <button
                type="button"
                class="btn quiet"
                on:click=move |_| {
                    FirstRun::get().done();
                    Router::get().replace(Route::Move);
                }
            >
                {move || words.text().files().have_file_do}
            </button>
            <p>{move || words.text().welcome().before_unpaired}</p>
            <button type="button" class="btn quiet" on:click=move |_| enter()>
                {move || words.text().welcome().start_empty}
            </button>
        </section>
    }
    .into_any()
}

/// Goes on: to the clinic's code where there is one, else to Today.
fn enter() {
    FirstRun::get().done();
    let code = Pairings::get().code().get_untracked();
    Router::get().replace(if code.is_some() { Route::Pair } else { Route::Today });
}
