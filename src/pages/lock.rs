//! The lock screen, in the place of the app: a code, whom to call, and what to do without a code.

use leptos::prelude::*;

use crate::components::code::{Field, code_field, show_switch};
use crate::components::confirm::{Step, confirm};
use crate::components::help_card::help_card;
use crate::components::live::live;
use crate::state::aid::{Aid, Reason};
use crate::state::language::Words;
use crate::state::locked::{Locked, Loss, Phase};

/// The page.
pub fn page(locked: Locked) -> AnyView {
    let words = Words::get();
    let seen = locked.seen();
    let known = Memo::new(move |_| seen.read().is_some());
    let coded = Memo::new(move |_| matches!(&*seen.read(), Some(Ok(seen)) if seen.coded));
    let body = move || {
        if !known.get() {
            return view! { <p class="unseen" role="status">{words.text().shell().busy}</p> }.into_any();
        }
        let door = if coded.get() { code_form(words, locked) } else { keyless(words, locked) };
        view! {
            {cards(words, locked)}
            {door}
            {standing(words, locked)}
            {help(words, locked)}
            {forgotten(words, locked)}
        }
        .into_any()
    };
    view! {
        <main class="page">
            <header class="top">
                <div>
                    <h1 tabindex="-1">{move || words.text().lock().title}</h1>
                </div>
            </header>
            <div class="stack">{live(body)}</div>
        </main>
    }
    .into_any()
}

/// Red-flag cards that were open stay open, and are closed behind the door alone.
fn cards(words: Words, locked: Locked) -> AnyView {
    let porch = untrack(|| locked.porch());
    let flags = porch.flags();
    if flags.is_empty() {
        return ().into_any();
    }
    let aid = Aid::outside(&porch);
    live(move || help_card(&aid.card(words, &Reason::Flags(flags.clone())), false))
}

fn code_form(words: Words, locked: Locked) -> AnyView {
    let (code, shown) = (RwSignal::new(String::new()), RwSignal::new(false));
    let phase = locked.phase();
    let busy = Memo::new(move |_| matches!(&*phase.read(), Phase::Opening | Phase::Waits(_)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        locked.give(code.get_untracked());
    };
    let said = move || {
        let text = words.text().lock();
        match phase.get() {
            Phase::Ready => String::new(),
            Phase::Opening => text.opening.to_owned(),
            Phase::Wrong => text.wrong.to_owned(),
            Phase::Waits(ms) => (text.wait)(ms.saturating_add(999) / 1_000),
            Phase::NotByPasskey => text.passkey_failed.to_owned(),
            Phase::Failed(_) => text.failed.to_owned(),
        }
    };
    let keyed = move || {
        let keyed = matches!(&*locked.seen().read(), Some(Ok(seen)) if seen.passkey);
        keyed.then(|| {
            view! {
                <button type="button" class="btn quiet" on:click=move |_| locked.by_passkey()>
                    {move || words.text().lock().passkey}
                </button>
            }
            .into_any()
        })
    };
    let field = Field { id: "code", keeper: "current-password" };
    view! {
        <form class="card" on:submit=submit>
            {code_field(field, Signal::derive(move || words.text().lock().code), code, shown)}
            {show_switch(Signal::derive(move || words.text().lock().show), shown)}
            <p role="status">{said}</p>
            <button type="submit" class="btn" disabled=busy>{move || words.text().lock().open}</button>
            {keyed}
        </form>
    }
    .into_any()
}

/// The store could not be looked at, or its key is gone.
fn keyless(words: Words, locked: Locked) -> AnyView {
    let seen = locked.seen();
    let said = move || match &*seen.read() {
        Some(Ok(_)) => words.text().lock().keyless,
        Some(Err(_)) | None => words.text().lock().failed,
    };
    view! {
        <div class="card">
            <p role="alert">{said}</p>
            <button type="button" class="btn" on:click=move |_| locked.look()>
                {move || words.text().shell().again}
            </button>
        </div>
    }
    .into_any()
}

/// How many entries wait, by the counts in clear.
fn standing(words: Words, locked: Locked) -> AnyView {
    let seen = locked.seen();
    let said = move || {
        let text = words.text().lock();
        match &*seen.read() {
            Some(Ok(seen)) if seen.parked > 0 => {
                format!("{} {}", (text.waiting)(seen.waiting), (text.parked)(seen.parked))
            }
            Some(Ok(seen)) => (text.waiting)(seen.waiting),
            Some(Err(_)) | None => String::new(),
        }
    };
    view! { <p>{said}</p> }.into_any()
}

/// Whom to call, without a code.
fn help(words: Words, locked: Locked) -> AnyView {
    let aid = Aid::outside(&untrack(|| locked.porch()));
    let card = move || help_card(&aid.card(words, &Reason::Asked), false);
    view! {
        <details class="card">
            <summary>{move || words.text().help().now}</summary>
            {live(card)}
        </details>
    }
    .into_any()
}

/// Without the code: what would be lost is named first; then two steps, both the person's.
fn forgotten(words: Words, locked: Locked) -> AnyView {
    let loss = locked.loss();
    let step = Signal::derive(move || {
        let text = words.text().lock();
        Step { open: text.discard, means: text.discard_means, yes: text.discard_do, no: text.keep }
    });
    let named = move || match loss.get() {
        None => view! { <p role="status">{words.text().shell().busy}</p> }.into_any(),
        Some(loss) => view! {
            {loss_list(words, &loss)}
            {confirm(step, Callback::new(move |()| locked.discard()))}
        }
        .into_any(),
    };
    view! {
        <details class="card" on:toggle=move |_| locked.forgot()>
            <summary>{move || words.text().lock().forgot}</summary>
            <p>{move || words.text().lock().forgot_means}</p>
            {live(named)}
        </details>
    }
    .into_any()
}

fn loss_list(words: Words, loss: &Loss) -> AnyView {
    let text = words.text().lock();
    let mut said = Vec::new();
    if loss.entries > 0 {
        said.push((text.here_alone)(loss.entries));
        if !loss.days.is_empty() {
            let days: Vec<String> = loss.days.iter().map(|day| words.date(*day)).collect();
            said.push((text.begun_on)(&days.join("; ")));
        }
    }
    if loss.drafts > 0 {
        said.push((text.drafts)(loss.drafts));
    }
    if said.is_empty() {
        said.push(text.nothing_lost.to_owned());
    }
    said.push((text.held)(loss.held));
    said.push(text.also.to_owned());
    let lines: Vec<_> = said.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    view! { <ul class="dots">{lines}</ul> }.into_any()
}
