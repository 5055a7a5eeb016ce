//! Erasing everything: what goes, what the clinic does, one last question, and the receipt.

use leptos::prelude::*;

use crate::components::choice::choices;
use crate::components::page::framed;
use crate::state::erasing::{Clinic, Did, Does, Erasing, Receipt, Stage, Told};
use crate::state::language::Words;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let erasing = Erasing::open();
    let stage = erasing.stage();
    let title = move || {
        let text = words.text().erase();
        if matches!(*stage.read(), Stage::Done(_)) { text.done } else { text.title }.to_owned()
    };
    // Asked now: it says nothing of a clinic any more once all is gone.
    let clinic = erasing.clinic();
    let body = move || match stage.get() {
        Stage::Choosing => choosing(words, erasing, &clinic),
        Stage::Sure => sure(words, erasing),
        Stage::Going => view! { <p role="status">{words.text().erase().asking}</p> }.into_any(),
        Stage::NoAnswer => no_answer(words, erasing),
        Stage::Failed => failed(words, erasing),
        Stage::Done(told) => done(words, erasing, told),
    };
    framed(
        None,
        Signal::derive(title),
        Signal::derive(move || words.text().shell().help),
        view! { {body} }.into_any(),
    )
}

fn choosing(words: Words, erasing: Erasing, clinic: &Clinic) -> AnyView {
    let text = words.text().erase();
    let missing = RwSignal::new(false);
    let asks = matches!(clinic, Clinic::Asked(_));
    let next = move |_| {
        missing.set(asks && erasing.choice().get_untracked().is_none());
        if !missing.get_untracked() {
            erasing.go_on();
        }
    };
    let unsent = move || match erasing.unsent().get() {
        0 => None,
        n => Some(view! { <p class="note">{(words.text().erase().unsent)(n)}</p> }),
    };
    let there = match clinic {
        Clinic::None => ().into_any(),
        Clinic::Asked(name) => at_the_clinic(words, erasing, name.clone()),
        Clinic::Elsewhere(name) => view! { <p class="note">{(text.elsewhere)(name)}</p> }.into_any(),
    };
    view! {
        <p>{text.means}</p>
        {asks.then_some(unsent)}
        <a class="btn quiet" href="/move">{text.keep_first}</a>
        {there}
        <p class="trouble-text" role="alert">{move || missing.get().then(|| words.text().erase().choose)}</p>
        <button type="button" class="btn low" on:click=next>{text.next}</button>
        <a class="btn quiet" href="/settings">{text.no}</a>
    }
    .into_any()
}

fn at_the_clinic(words: Words, erasing: Erasing, name: String) -> AnyView {
    let text = words.text().erase();
    let option = |does, words: &str| (Some(does), Signal::stored(words.to_owned()));
    let options = vec![option(Does::Keeps, text.clinic_keeps), option(Does::Erases, text.clinic_erases)];
    let means = move || {
        let text = words.text().erase();
        match erasing.choice().get() {
            None => "",
            Some(Does::Keeps) => text.keeps_means,
            Some(Does::Erases) => text.erases_means,
        }
    };
    view! {
        <p>{(text.clinic)(&name)}</p>
        {choices(
            "clinic",
            Signal::derive(move || words.text().erase().clinic_asks),
            options,
            erasing.choice(),
            Callback::new(move |does: Option<Does>| {
                if let Some(does) = does {
                    erasing.choose(does);
                }
            }),
        )}
        <p class="sub" role="status">{means}</p>
    }
    .into_any()
}

fn sure(words: Words, erasing: Erasing) -> AnyView {
    let text = words.text().erase();
    let both = erasing.choice().get_untracked() == Some(Does::Erases);
    view! {
        <div class="card flag" role="status">
            <p><b>{if both { text.sure_both } else { text.sure_here }}</b></p>
            <button type="button" class="btn call" on:click=move |_| erasing.erase()>{text.yes}</button>
            <button type="button" class="btn quiet" on:click=move |_| erasing.go_back()>{text.no}</button>
        </div>
    }
    .into_any()
}

fn no_answer(words: Words, erasing: Erasing) -> AnyView {
    let text = words.text().erase();
    view! {
        <p class="trouble-text" role="alert">{text.no_answer}</p>
        <button type="button" class="btn" on:click=move |_| erasing.erase()>{text.again}</button>
        <div class="card">
            <p class="sub">{text.only_here_means}</p>
            <button type="button" class="btn quiet" on:click=move |_| erasing.only_here()>{text.only_here}</button>
        </div>
        <a class="btn quiet" href="/settings">{text.no}</a>
    }
    .into_any()
}

fn failed(words: Words, erasing: Erasing) -> AnyView {
    let text = words.text().erase();
    view! {
        <p class="trouble-text" role="alert">{text.failed}</p>
        <button type="button" class="btn" on:click=move |_| erasing.only_here()>{text.again}</button>
    }
    .into_any()
}

fn done(words: Words, erasing: Erasing, told: Told) -> AnyView {
    let text = words.text().erase();
    let said = match told {
        Told::Nobody => Vec::new(),
        Told::Receipt(receipt) => receipt_words(words, &receipt),
        Told::Before(words) => vec![words],
        Told::Ended => vec![text.was_ended.to_owned()],
        Told::NotTold => vec![text.not_told.to_owned()],
    };
    let not_saved = RwSignal::new(false);
    let receipt = said.join("\n");
    let save = (!receipt.is_empty()).then(|| {
        view! {
            <button
                type="button"
                class="btn quiet"
                on:click=move |_| not_saved.set(!erasing.save(&format!("Interlude\n{receipt}\n")))
            >
                {text.receipt_save}
            </button>
            <p class="trouble-text" role="alert">
                {move || not_saved.get().then(|| words.text().files().export_failed)}
            </p>
        }
    });
    let said: Vec<_> = said.into_iter().map(|said| view! { <p>{said}</p> }).collect();
    view! {
        <div class="stack" role="status">
            <p>{text.done_here}</p>
            {said}
        </div>
        {save}
        <button type="button" class="btn low" on:click=move |_| erasing.start()>{text.start}</button>
    }
    .into_any()
}

fn receipt_words(words: Words, receipt: &Receipt) -> Vec<String> {
    let text = words.text().erase();
    let when = words.when(receipt.at_ms);
    let did = match receipt.clinic {
        Did::Erased => (text.receipt_erased)(receipt.records, &when),
        Did::Kept => (text.receipt_kept)(receipt.records, &when),
    };
    vec![did, (text.receipt_mark)(&receipt.mark)]
}
