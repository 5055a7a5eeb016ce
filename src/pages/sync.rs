//! Sync: what waits and why, what was refused, and the clinic's last receipt.

use interlude_diary::entry::Body;
use interlude_diary::journal::{Outgoing, OutgoingState, Send};
use leptos::prelude::*;

use crate::components::page::framed;
use crate::state::language::Words;
use crate::state::pairing::Pairings;
use crate::state::sending::{Outbox, Phase, Sending, SendingView, due};
use crate::text::keys::SyncText;

/// Rows shown; more would only be counted.
const SHOWN: usize = 50;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let (paired, erased) = (Pairings::get().is_live(), Pairings::get().erased_there());
    let outbox = Outbox::open();
    let view = outbox.view();
    let body = move || match (paired.get(), view.get()) {
        (_, Some(Err(_))) => {
            view! { <p class="trouble-text" role="alert">{words.text().sync().failed}</p> }.into_any()
        }
        (_, None) => ().into_any(),
        (true, Some(Ok(view))) => list(words, &view),
        (false, Some(Ok(_))) => {
            if erased.get() {
                return gone(words);
            }
            let text = words.text().sync();
            view! {
                <p>{text.unpaired}</p>
                <a class="btn" href="/pair">{text.connect}</a>
            }
            .into_any()
        }
    };
    let damaged = move || {
        let damaged = outbox.damaged().get();
        (damaged > 0)
            .then(|| view! { <p class="note">{(words.text().sync().damaged)(damaged)}</p> }.into_any())
    };
    // With the list, and above what may come later: a button that moves is missed by the finger.
    let read = Memo::new(move |_| view.with(Option::is_some));
    framed(
        None,
        Signal::derive(move || words.text().sync().title.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            {body}
            <Show when=move || paired.get() && read.get()>{attempt(words)}</Show>
            {damaged}
        }
        .into_any(),
    )
}

/// The clinic erased this diary: what is here, and what can be done with it.
pub(super) fn gone(words: Words) -> AnyView {
    let text = words.text();
    view! {
        <p class="note" role="status">{text.erase().gone}</p>
        <a class="btn quiet" href="/move">{text.files().moving}</a>
        <a class="btn quiet" href="/erase">{text.erase().leads}</a>
    }
    .into_any()
}

/// The button, and how the last attempt went.
fn attempt(words: Words) -> AnyView {
    let sending = Sending::get();
    let phase = sending.phase();
    let said = move || {
        let text = words.text().sync();
        match phase.get() {
            Phase::Quiet => "",
            Phase::Sending => text.sending,
            Phase::Offline => text.offline,
            Phase::Later => text.later,
            Phase::SignIn => text.sign_in,
        }
    };
    view! {
        <div class="stack low">
            <p role="status">{said}</p>
            <Show when=move || phase.get() == Phase::SignIn>
                <a class="btn" href="/pair">{move || words.text().sync().connect}</a>
            </Show>
            <button type="button" class="btn" on:click=move |_| sending.wake()>
                {move || words.text().sync().now}
            </button>
        </div>
    }
    .into_any()
}

fn list(words: Words, view: &SendingView) -> AnyView {
    let text = words.text().sync();
    let parked = |row: &&Outgoing| matches!(row.state, OutgoingState::Parked { .. });
    let refused: Vec<_> = view.rows.iter().filter(parked).collect();
    let waiting: Vec<_> = view.rows.iter().filter(|row| !parked(row)).collect();
    let receipt = view
        .tally
        .last_receipt_ms
        .map_or_else(|| text.no_receipt.to_owned(), |last_ms| (text.last)(&words.when(last_ms)));
    let more = waiting.len().saturating_sub(SHOWN);
    let heading = if waiting.is_empty() { text.nothing.to_owned() } else { (text.waiting)(waiting.len()) };
    let rows: Vec<_> = waiting.iter().take(SHOWN).map(|row| waits(words, row)).collect();
    let refused: Vec<_> = refused.into_iter().take(SHOWN).map(|row| parked_row(words, row)).collect();
    view! {
        {(!refused.is_empty())
            .then(|| {
                view! {
                    <section class="card flag">
                        <h2>{text.parked}</h2>
                        <p class="sub">{text.parked_means}</p>
                        <ul class="lines">{refused}</ul>
                    </section>
                }
            })}
        {view
            .clock_min
            .map(|ahead| {
                view! {
                    <section class="card">
                        <h2>{text.clock}</h2>
                        <p>{(text.clock_off)(ahead)}</p>
                        <p class="sub">{text.clock_means}</p>
                    </section>
                }
            })}
        <section class="card">
            <h2>{heading}</h2>
            {(!rows.is_empty()).then(|| view! { <ul class="lines">{rows}</ul> })}
            {(more > 0).then(|| view! { <p class="sub">{(text.and_more)(more)}</p> })}
            <p class="sub">{receipt}</p>
        </section>
    }
    .into_any()
}

fn waits(words: Words, row: &Outgoing) -> AnyView {
    let text = words.text().sync();
    let why = match (row.send, row.attempts) {
        (Send::Held, _) => text.held.to_owned(),
        (Send::First, 0) => text.first.to_owned(),
        (_, 0) => text.fresh.to_owned(),
        (_, n) => (text.tried)(n, &words.time(due(row))),
    };
    view! {
        <li>
            <b class="block">{title(words, row)}</b>
            <span class="sub">{why}</span>
        </li>
    }
    .into_any()
}

fn parked_row(words: Words, row: &Outgoing) -> AnyView {
    let text: &SyncText = words.text().sync();
    let OutgoingState::Parked { status, reason } = &row.state else { return ().into_any() };
    let sending = Sending::get();
    let (revision, kept) = (row.entry.revision, row.clone());
    let not_saved = RwSignal::new(false);
    let reason = if reason.is_empty() { text.no_reason.to_owned() } else { reason.clone() };
    view! {
        <li class="tight">
            <b>{title(words, row)}</b>
            <span class="sub">{(text.status)(*status)}</span>
            <q>{reason}</q>
            <div class="pair">
                <button type="button" class="btn quiet" on:click=move |_| sending.try_again(revision)>
                    {text.try_again}
                </button>
                <button type="button" class="btn quiet" on:click=move |_| not_saved.set(!sending.save(&kept))>
                    {text.save_file}
                </button>
            </div>
            <p class="trouble-text" role="alert">
                {move || not_saved.get().then(|| words.text().files().export_failed)}
            </p>
        </li>
    }
    .into_any()
}

/// What the row is, and about which day.
fn title(words: Words, row: &Outgoing) -> String {
    let text = words.text();
    let kind = match &row.entry.body {
        Body::Response(response) | Body::Retracted(response) => words.form(&response.questionnaire),
        Body::Consent(_) => text.diary().consent.to_owned(),
        Body::Chosen(_) => text.diary().chosen.to_owned(),
        Body::Session(_) => text.diary().session.to_owned(),
    };
    format!("{kind}, {}", (text.sync().about)(&words.day(row.entry.day)))
}
