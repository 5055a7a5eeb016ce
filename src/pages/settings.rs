//! Settings: the person's choices, the clinic, the store on this phone, and what Interlude is.

use leptos::prelude::*;

use super::{lock_choice, reminders, storage, sync};
use crate::components::choice::{choices, switch};
use crate::components::confirm::{Step, confirm};
use crate::components::page::framed;
use crate::state::aid;
use crate::state::language::Words;
use crate::state::pairing::{Pairings, Stage};
use crate::state::route::Route;
use crate::state::router::Router;
use crate::state::settings::Settings;
use crate::state::theme::{Colours, Theme};
use crate::text::Language;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    framed(
        None,
        Signal::derive(move || words.text().shell().settings.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            {language_choice(words)}
            {theme_choice(words)}
            {filling(words)}
            {country_field(words)}
            {reminders::section(words)}
            {clinic(words)}
            {lock_choice::section(words)}
            {storage::section(words)}
            {server(words)}
            {about(words)}
        }
        .into_any(),
    )
}

/// Language, each by its own name.
pub(super) fn language_choice(words: Words) -> AnyView {
    let options = Language::ALL.map(|l| (l, Signal::stored(l.name().to_owned())));
    choices(
        "language",
        Signal::derive(move || words.text().settings().language),
        options.into(),
        Signal::derive(move || words.language()),
        Callback::new(move |language| words.choose(language)),
    )
}

fn theme_choice(words: Words) -> AnyView {
    let colours = Colours::get();
    let named = |(theme, n): (Theme, usize)| {
        let name = move || words.text().settings().themes.get(n).copied().unwrap_or_default().to_owned();
        (theme, Signal::derive(name))
    };
    choices(
        "theme",
        Signal::derive(move || words.text().settings().theme),
        Theme::ALL.into_iter().zip(0..).map(named).collect(),
        colours.theme(),
        Callback::new(move |theme| colours.choose(theme)),
    )
}

fn filling(words: Words) -> AnyView {
    let settings = Settings::get();
    view! {
        <section class="card">
            <h2>{move || words.text().settings().filling}</h2>
            {switch(
                Signal::derive(move || words.text().settings().advance),
                Signal::derive(move || words.text().settings().advance_means),
                settings.advance(),
                Callback::new(move |on| settings.choose_advance(on)),
            )}
            <p class="trouble-text" role="alert">
                {move || (!settings.kept().get()).then(|| words.text().settings().not_kept)}
            </p>
        </section>
    }
    .into_any()
}

/// Country of the emergency numbers.
pub(super) fn country_field(words: Words) -> AnyView {
    let settings = Settings::get();
    let chosen = Signal::derive(move || settings.choices().read().country.clone().unwrap_or_default());
    let options = move || {
        let none = view! { <option value="">{words.text().welcome().choose_country}</option> };
        let countries = aid::countries(words.language()).into_iter().map(|(code, name)| {
            let is = code.clone();
            view! { <option value=code prop:selected=move || *chosen.read() == is>{name}</option> }
        });
        view! {
            {none}
            {countries.collect_view()}
        }
    };
    view! {
        <div class="card field">
            <label for="country">{move || words.text().settings().country}</label>
            <p class="sub" id="country-why">{move || words.text().settings().country_why}</p>
            <select
                id="country"
                class="input"
                aria-describedby="country-why"
                on:change=move |event| {
                    let code = event_target_value(&event);
                    settings.choose_country((!code.is_empty()).then_some(code));
                }
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn clinic(words: Words) -> AnyView {
    let pairings = Pairings::get();
    let live = pairings.live();
    let body = move || match live.get() {
        None if pairings.erased_there().get() => sync::gone(words),
        None => view! {
            <p>{words.text().settings().unpaired}</p>
            <a class="btn quiet" href="/pair">{words.text().settings().connect}</a>
        }
        .into_any(),
        Some(pairing) => {
            let initials = if pairing.patient.initials.is_empty() {
                &pairing.patient.id
            } else {
                &pairing.patient.initials
            };
            let step = Signal::derive(move || {
                let text = words.text().settings();
                Step { open: text.unpair, means: text.unpair_means, yes: text.unpair_do, no: text.keep }
            });
            view! {
                <p>{(words.text().settings().paired)(&pairing.clinic.name, initials)}</p>
                {confirm(step, Callback::new(move |()| pairings.end()))}
            }
            .into_any()
        }
    };
    let told = move || match pairings.stage().get() {
        Stage::Refused { told: true } => Some(words.text().pair().told),
        Stage::Refused { told: false } => Some(words.text().pair().not_told),
        Stage::StoreFailed => Some(words.text().pair().store),
        Stage::Code
        | Stage::InstallFirst
        | Stage::Asking
        | Stage::Failed(_)
        | Stage::Offered(..)
        | Stage::OtherPatient
        | Stage::Done => None,
    };
    view! {
        <section class="card">
            <h2>{move || words.text().settings().clinic}</h2>
            {body}
            <p role="status">{move || pairings.live().get().is_none().then(told).flatten()}</p>
            <a class="link" href="/sync">{move || words.text().shell().sync}</a>
        </section>
    }
    .into_any()
}

/// A hospital's own FHIR server; it goes through the same consent screen.
fn server(words: Words) -> AnyView {
    let (base, patient, token) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (base, patient) =
            (base.get_untracked().trim().to_owned(), patient.get_untracked().trim().to_owned());
        let allowed = base.starts_with("https://")
            || base.starts_with("http://127.0.0.1")
            || base.starts_with("http://localhost");
        wrong.set(!allowed || patient.is_empty());
        if !wrong.get_untracked() {
            Pairings::get().offer_server(base, patient, token.get_untracked().trim().to_owned());
            Router::get().go(Route::Pair);
        }
    };
    let field = move |id: &'static str,
                      kind: &'static str,
                      name: Signal<&'static str>,
                      value: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{name}</label>
                <input id=id class="input" type=kind autocomplete="off" autocapitalize="none" spellcheck="false"
                    prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </div>
        }
    };
    view! {
        <details class="card">
            <summary>{move || words.text().settings().server}</summary>
            <p class="sub">{move || words.text().settings().server_means}</p>
            <form class="stack" on:submit=submit>
                {field("fhir-base", "url", Signal::derive(move || words.text().settings().server_base), base)}
                {field("fhir-patient", "text", Signal::derive(move || words.text().settings().server_patient), patient)}
                {field("fhir-token", "password", Signal::derive(move || words.text().settings().server_token), token)}
                <p class="trouble-text" role="alert">
                    {move || wrong.get().then(|| words.text().settings().server_wrong)}
                </p>
                <button type="submit" class="btn quiet">{move || words.text().settings().server_next}</button>
            </form>
        </details>
    }
    .into_any()
}

fn about(words: Words) -> AnyView {
    view! {
        <section class="card">
            <h2>{move || words.text().settings().about}</h2>
            <p>{move || (words.text().settings().version)(env!("CARGO_PKG_VERSION"))}</p>
            <p>{move || words.text().settings().not_device}</p>
            <p class="sub">{move || words.text().settings().licence}</p>
            <p class="sub">{move || words.text().settings().forms}</p>
            <p class="sub" lang="en">{move || words.text().settings().loinc}</p>
        </section>
    }
    .into_any()
}
