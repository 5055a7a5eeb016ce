//! Screens that are no question: "add another?", what still wants an answer, the reason, the end.

use interlude_diary::questionnaire::StepKind;
use leptos::prelude::*;

use super::Desk;
use crate::state::fill::machine::Trouble;

/// After the last instance of a repeating group.
pub(super) fn another(desk: Desk) -> AnyView {
    let Desk { fill, .. } = desk;
    let (text, page) = (desk.screens(), desk.text);
    let (instances, title) = fill.filling().with_untracked(|filling| {
        match filling.as_ref().and_then(|f| f.step()).map(|step| &step.kind) {
            Some(StepKind::AnotherInstance { instances, title }) => (*instances, title.clone()),
            Some(StepKind::Question | StepKind::Words) | None => (0, String::new()),
        }
    });
    let name = if title.trim().is_empty() { text.group_plain.to_owned() } else { title };
    let heading = (text.group_more)(&name, usize::from(instances));
    view! {
        <div class="fill-words"><h1 tabindex="-1">{heading}</h1></div>
        <div class="fill-choices">
            <button type="button" class="btn quiet" on:click=move |_| fill.add_instance()>
                {(text.group_add)(&name)}
            </button>
            <button type="button" class="btn quiet" on:click=move |_| fill.remove_instance()>
                {(text.group_remove)(&name, usize::from(instances))}
            </button>
            <button type="button" class="btn" on:click=move |_| fill.next()>{page.control.next}</button>
        </div>
    }
    .into_any()
}

/// Questions that still need an answer.
pub(super) fn open(desk: Desk) -> AnyView {
    let Desk { fill, .. } = desk;
    let text = desk.screens();
    let open = fill.filling().with_untracked(|filling| {
        let Some(filling) = filling else { return Vec::new() };
        let open = filling.open_questions().into_iter();
        open.map(|(slot, _)| (filling.question(&slot).map(|(_, stem)| stem).unwrap_or_default(), slot))
            .collect()
    });
    let row = |(stem, slot): (String, interlude_diary::questionnaire::Slot)| {
        view! {
            <li><button type="button" class="btn quiet" on:click=move |_| fill.go_to(&slot)>{stem}</button></li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = open.into_iter().map(row).collect();
    view! {
        <div class="fill-words"><h1 tabindex="-1">{text.open_title}</h1><p>{text.open_help}</p></div>
        <ul class="fill-choices">{rows}</ul>
    }
    .into_any()
}

/// The reason of a correction.
pub(super) fn reason(desk: Desk) -> AnyView {
    let Desk { fill, .. } = desk;
    let text = desk.screens();
    let error = move || {
        let trouble = fill.filling().with(|filling| filling.as_ref().and_then(|f| f.trouble().cloned()));
        (trouble == Some(Trouble::NoReason)).then_some(text.reason_missing)
    };
    let written = fill.filling().with_untracked(|filling| filling.as_ref().map(|f| f.reason().to_owned()));
    view! {
        <div class="fill-words">
            <h1 tabindex="-1">{text.reason_title}</h1>
            <p id="reason-help">{text.reason_help}</p>
        </div>
        <div class="fill-choices">
            <p id="reason-error" class="q-error" role="alert">{error}</p>
            <label for="reason">{text.reason_label}</label>
            <textarea id="reason" class="q-input q-lines" rows="3" maxlength="500" required
                aria-describedby="reason-help reason-error"
                aria-invalid=move || error().is_some().then_some("true")
                prop:value=written.unwrap_or_default()
                on:input=move |event| fill.set_reason(event_target_value(&event))></textarea>
            <button type="button" class="btn" on:click=move |_| fill.next()>{text.reason_save}</button>
        </div>
    }
    .into_any()
}

/// All is answered and is being recorded. When that fails the note below says so.
pub(super) fn finished(desk: Desk) -> AnyView {
    view! { <div class="fill-words"><h1 tabindex="-1">{desk.text.keeping}</h1></div> }.into_any()
}
