//! What is said before the first question.

use interlude_diary::questionnaire::{LeftOut, Why};
use leptos::prelude::*;

use super::Desk;
use super::asking::day;
use crate::text::fill::ScreensText;

/// After midnight: which day is meant.
pub(super) fn night(desk: Desk) -> AnyView {
    let Desk { fill, .. } = desk;
    let text = desk.screens();
    let (before, today) = (day(desk, 0), day(desk, 1));
    view! {
        <div class="fill-words">
            <h1 tabindex="-1">{(text.night_title)(&before)}</h1>
            <p>{(text.night_about)(&before)}</p>
        </div>
        <div class="fill-choices">
            <button type="button" class="btn" on:click=move |_| fill.next()>{(text.night_stay)(&before)}</button>
            <button type="button" class="btn quiet" on:click=move |_| fill.start_new_day()>
                {(text.night_new)(&today)}
            </button>
        </div>
    }
    .into_any()
}

/// What the form has and is left out.
pub(super) fn left_out(desk: Desk) -> AnyView {
    let Desk { fill, .. } = desk;
    let text = desk.screens();
    let form = fill.filling().with_untracked(|filling| filling.as_ref().map(|f| f.form().clone()));
    let (title, what) = form.map(|form| (form.title.clone(), form.left_out.clone())).unwrap_or_default();
    view! {
        <div class="fill-words">
            <p class="sub">{title}</p>
            <h1 tabindex="-1">{text.left_out}</h1>
            {list(&what, text)}
        </div>
        <div class="fill-choices">
            <button type="button" class="btn" on:click=move |_| fill.next()>{text.go_on}</button>
        </div>
    }
    .into_any()
}

/// What is left out, by name, each with its reason.
pub(super) fn list(what: &[LeftOut], text: &'static ScreensText) -> AnyView {
    let row = |left: &LeftOut| {
        let why = match &left.why {
            Why::Type(kind) => (text.why_type)(kind),
            Why::ChoicesElsewhere(_) => text.why_choices.to_owned(),
            Why::NotCalculated => text.why_total.to_owned(),
            Why::NotPrefilled => text.why_prefilled.to_owned(),
            Why::RuleNotEvaluated => text.why_rule.to_owned(),
        };
        let name = if left.text.trim().is_empty() { left.link.clone() } else { left.text.clone() };
        view! { <li><b>{name}</b><p class="sub">{why}</p></li> }.into_any()
    };
    let rows: Vec<AnyView> = what.iter().map(row).collect();
    view! { <ul class="lines">{rows}</ul> }.into_any()
}
