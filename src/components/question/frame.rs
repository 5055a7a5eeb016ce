//! What stands around a control: the question's words, help, and what is wrong.

use leptos::prelude::*;

use super::Part;
use crate::components::live::said;

/// Ids of what describes the control, for `aria-describedby`.
pub(super) fn described(part: &Part, more: &[&str]) -> String {
    let id = &part.ask.id;
    let mut ids: Vec<String> = more.iter().map(|name| format!("{id}-{name}")).collect();
    if !part.ask.lead.is_empty() {
        ids.insert(0, format!("{id}-lead"));
    }
    if part.ask.item.help.is_some() {
        ids.push(format!("{id}-help"));
    }
    if part.ask.item.required {
        ids.push(format!("{id}-required"));
    }
    ids.push(format!("{id}-error"));
    ids.join(" ")
}

/// The heading. Whoever shows a question gives it the focus, so that a screen reader begins with
/// the question and the keyboard with its first answer.
fn heading(part: &Part, label: bool) -> AnyView {
    let ask = &part.ask;
    let prefix = ask.item.prefix.clone().map(|prefix| format!("{prefix} "));
    let stem = ask.stem.clone();
    let words = if label {
        view! { <label for=ask.id.clone()>{prefix}{stem}</label> }.into_any()
    } else {
        view! { {prefix}{stem} }.into_any()
    };
    view! {
        <span class="q-over">{ask.over.clone()}</span>
        <h1 tabindex="-1" id=format!("{}-stem", ask.id) class="q-stem" lang=ask.lang.clone()>
            {words}
        </h1>
    }
    .into_any()
}

/// Words before the question. They stand above it; the control is described by them.
fn lead(part: &Part) -> AnyView {
    let ask = &part.ask;
    if ask.lead.is_empty() {
        return ().into_any();
    }
    let words: Vec<AnyView> =
        ask.lead.iter().map(|words| view! { <p>{words.clone()}</p> }.into_any()).collect();
    view! { <div id=format!("{}-lead", ask.id) class="q-lead" lang=ask.lang.clone()>{words}</div> }.into_any()
}

fn notes(part: &Part) -> AnyView {
    let id = &part.ask.id;
    let help = part.ask.item.help.clone().map(|help| {
        view! { <p id=format!("{id}-help") class="q-help" lang=part.ask.lang.clone()>{help}</p> }
    });
    let required = (part.ask.item.required && !part.ask.item.read_only).then(|| {
        view! { <p id=format!("{id}-required") class="q-required">{part.words.required}</p> }
    });
    let foreign =
        part.ask.lang.is_some().then(|| view! { <p class="q-help">{part.words.other_language}</p> });
    view! { {help} {foreign} {required} }.into_any()
}

fn error(part: &Part) -> AnyView {
    let error = part.error;
    view! { <p id=format!("{}-error", part.ask.id) class="q-error" role="alert">{said(move || error.get().unwrap_or_default())}</p> }
        .into_any()
}

/// Around several controls: a fieldset whose legend is the question.
pub(super) fn grouped(part: &Part, more: &[&str], body: AnyView) -> AnyView {
    view! {
        {lead(part)}
        <fieldset class="q" aria-describedby=described(part, more)>
            <legend class="q-ask">{heading(part, false)}</legend>
            {notes(part)}
            <div class="q-answer">{error(part)} {body}</div>
        </fieldset>
    }
    .into_any()
}

/// Around one control, whose id is the question's: its label is the question.
pub(super) fn labelled(part: &Part, body: AnyView) -> AnyView {
    view! {
        {lead(part)}
        <div class="q">
            <div class="q-ask">{heading(part, true)}</div>
            {notes(part)}
            <div class="q-answer">{error(part)} {body}</div>
        </div>
    }
    .into_any()
}

/// Around no control at all.
pub(super) fn plain(part: &Part, body: AnyView) -> AnyView {
    view! {
        {lead(part)}
        <div class="q">
            <div class="q-ask">{heading(part, false)}</div>
            {notes(part)}
            <div class="q-answer">{body}</div>
        </div>
    }
    .into_any()
}
