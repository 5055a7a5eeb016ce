//! One entry: its answers, where it is, its history, and what can be done with it.

use interlude_diary::entry::Body;
use interlude_diary::ids::EntryId;
use interlude_diary::journal::Stored;
use interlude_diary::questionnaire::{Response, ResponseItem};
use leptos::prelude::*;

use super::session;
use super::words::{at, did, entry_name, light};
use crate::components::page::framed;
use crate::state::diary::page::{Double, Opened, Standing, State, View};
use crate::state::language::Words;
use crate::state::route::{FillKey, Route};
use crate::text::fill::given_words;

/// The page.
pub fn page(id: EntryId) -> AnyView {
    let words = Words::get();
    let opened = Opened::open(id);
    let title = Signal::derive(move || {
        let text = words.text().diary();
        opened.state().with(|state| match state {
            State::Open(view) => entry_name(&view.current.entry, text),
            State::Reading | State::Gone | State::Failed(_) => text.title.to_owned(),
        })
    });
    let over = Signal::derive(move || {
        opened.state().with(|state| match state {
            State::Open(view) => (words.text().diary().about)(&words.day(view.current.entry.day)),
            State::Reading | State::Gone | State::Failed(_) => String::new(),
        })
    });
    let body = move || {
        let text = words.text().diary();
        match opened.state().get() {
            State::Reading => view! { <p class="sub" role="status">{text.reading}</p> }.into_any(),
            State::Gone => view! { <p>{text.gone}</p> }.into_any(),
            State::Failed(_) => view! { <p class="card flag" role="alert">{text.damaged}</p> }.into_any(),
            State::Open(view) => entry(opened, words, &view),
        }
    };
    let back = move || words.text().diary().back;
    framed(
        Some(over),
        title,
        Signal::derive(move || words.text().shell().help),
        view! { {body} <a class="btn quiet" href="/diary">{back}</a> }.into_any(),
    )
}

fn entry(opened: Opened, words: Words, shown: &View) -> AnyView {
    let text = words.text().diary();
    let current = &shown.current;
    let answers = current.entry.response().map(|response| answers(response, words));
    let retracted = matches!(current.entry.body, Body::Retracted(_)).then(|| {
        view! { <p class="note">{(text.retracted_on)(&at(current.entry.authored, words))}</p> }
    });
    let of_clinic = match &current.entry.body {
        Body::Session(told) => Some(session::card(words, told)),
        Body::Response(_) | Body::Retracted(_) | Body::Consent(_) | Body::Chosen(_) => None,
    };
    view! {
        {retracted}
        {shown.counts.map(|whose| session::counts(words, whose))}
        {of_clinic}
        {shown.doubled.as_ref().map(|double| doubled(opened, words, double))}
        <p class="light"><span><b>{text.light}</b>": "{light(&current.light, words)}</span></p>
        {answers}
        {matches!(current.entry.body, Body::Response(_)).then(|| changes(opened, words, shown))}
        {history(words, &shown.revisions)}
    }
    .into_any()
}

fn doubled(opened: Opened, words: Words, double: &Double) -> AnyView {
    let text = words.text().diary();
    let act = match &double.standing {
        Standing::Counts => view! { <p><b>{text.counts}</b></p> }.into_any(),
        Standing::Same => view! { <p><b>{text.counts_same}</b></p> }.into_any(),
        Standing::Spare(_) => view! {
            <p><b>{text.counts_not}</b></p>
            <button type="button" class="btn quiet" on:click=move |_| opened.choose(text.choose_reason)>
                {text.choose}
            </button>
        }
        .into_any(),
    };
    let other = Route::Entry(double.other).to_string();
    view! {
        <section class="card">
            <h2>{text.doubled}</h2>
            <p class="sub">{text.choose_help}</p>
            {act}
            <a class="btn quiet" href=other>{text.other_answer}</a>
        </section>
    }
    .into_any()
}

/// The answers with their four states in words; a question hidden by a rule is not in a response.
fn answers(response: &Response, words: Words) -> AnyView {
    let text = words.text().diary();
    let mut rows = Vec::new();
    collect(&response.items, words, &mut rows);
    view! {
        <section class="card">
            <h2>{text.answers}</h2>
            <dl class="answers">{rows}</dl>
            <p class="sub">{text.hidden}</p>
        </section>
    }
    .into_any()
}

fn collect(items: &[ResponseItem], words: Words, rows: &mut Vec<AnyView>) {
    let (text, control) = (words.text().diary(), &words.text().fill().control);
    for item in items {
        let stem = item.text.clone().unwrap_or_default();
        match &item.given {
            Some(given) => {
                let said = given_words(None, given, control);
                rows.push(view! { <div><dt>{stem}</dt><dd>{said}</dd></div> }.into_any());
            }
            None if item.items.is_empty() && !stem.is_empty() => rows.push(
                view! { <div><dt>{stem}</dt><dd class="nothing">{text.untouched}</dd></div> }.into_any(),
            ),
            None => {}
        }
        collect(&item.items, words, rows);
    }
}

/// Correct, and take back with a reason.
fn changes(opened: Opened, words: Words, shown: &View) -> AnyView {
    let text = words.text().diary();
    let Some(response) = shown.current.entry.response() else { return ().into_any() };
    let correct = Route::Fill {
        questionnaire: response.questionnaire.clone(),
        key: FillKey::Correction(shown.current.entry.id),
        short: shown.current.entry.partial,
    };
    let asking = RwSignal::new(false);
    let label = if shown.draft { text.correct_on } else { text.correct };
    let part = move || {
        if asking.get() {
            take_back(opened, words, asking)
        } else {
            view! {
                <div class="pair">
                    <a class="btn quiet" href=correct.to_string()>{label}</a>
                    <button type="button" class="btn quiet" on:click=move |_| asking.set(true)>{text.take_back}</button>
                </div>
            }
            .into_any()
        }
    };
    let failed = move || opened.trouble().get().map(|_| words.text().screens().not_kept);
    view! {
        {part}
        <p class="q-error" role="alert">{failed}</p>
    }
    .into_any()
}

fn take_back(opened: Opened, words: Words, asking: RwSignal<bool>) -> AnyView {
    let (text, screens) = (words.text().diary(), words.text().screens());
    let reason = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let act = move |_| {
        if reason.with_untracked(|reason| reason.trim().is_empty()) {
            missing.set(true);
        } else {
            opened.take_back(&reason.get_untracked());
        }
    };
    view! {
        <section class="card">
            <h2>{text.take_back_title}</h2>
            <p class="sub" id="back-help">{text.take_back_help}</p>
            <label for="back-reason">{screens.reason_label}</label>
            <input id="back-reason" type="text" class="q-input" maxlength="500" autocomplete="off"
                aria-describedby="back-help back-error"
                aria-invalid=move || missing.get().then_some("true")
                on:input=move |event| { reason.set(event_target_value(&event)); missing.set(false); }/>
            <p id="back-error" class="q-error" role="alert">{move || missing.get().then_some(screens.reason_missing)}</p>
            <button type="button" class="btn" on:click=act>{text.take_back_do}</button>
            <button type="button" class="btn quiet" on:click=move |_| asking.set(false)>{text.keep}</button>
        </section>
    }
    .into_any()
}

/// Every revision, the newest first, with its reason; earlier answers can be opened.
fn history(words: Words, revisions: &[Stored]) -> AnyView {
    let text = words.text().diary();
    let row = |(n, stored): (usize, &Stored)| {
        let entry = &stored.entry;
        let reason = entry.reason.as_deref().map(|reason| view! { <p>{(text.reason)(reason)}</p> });
        let old =
            (n > 0).then(|| entry.response().map(|response| answers(response, words))).flatten().map(|old| {
                view! { <details><summary>{text.show_old}</summary>{old}</details> }
            });
        view! {
            <li>
                <p><b>{did(entry, words)}</b></p>
                <p class="sub">{light(&stored.light, words)}</p>
                {reason}
                {old}
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = revisions.iter().rev().enumerate().map(row).collect();
    view! { <section class="card"><h2>{text.history}</h2><ul class="lines">{rows}</ul></section> }.into_any()
}
