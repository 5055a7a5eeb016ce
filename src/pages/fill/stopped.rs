//! When there is nothing to ask, or nothing could be stored.

use interlude_diary::journal::JournalError;
use leptos::prelude::*;

use super::{Desk, before};
use crate::state::fill::{NoForm, View};
use crate::text::fill::{ScreensText, given_words};

/// Why an answer is not on disk, in words that tell what to do.
fn why(error: &JournalError, text: &'static ScreensText) -> &'static str {
    match error {
        JournalError::Full => text.why_full,
        JournalError::Blocked => text.why_blocked,
        JournalError::Locked => text.why_locked,
        JournalError::TooNew { .. } => text.why_newer,
        // What is left cannot be helped but by trying again; new kinds of trouble too.
        JournalError::Lost | JournalError::NotReadBack | _ => text.why_other,
    }
}

/// The answers are still on screen: try again, or take them as a file.
pub(super) fn not_kept(desk: Desk, error: &JournalError) -> AnyView {
    let Desk { fill, .. } = desk;
    let (text, page) = (desk.screens(), desk.text);
    view! {
        <div class="card flag fill-trouble">
            <h2>{text.not_kept}</h2>
            <p>{why(error, text)}</p>
            <button type="button" class="btn" on:click=move |_| fill.again()>{text.again}</button>
            <button type="button" class="btn quiet"
                on:click=move |_| fill.export(|item, given| given_words(Some(item), given, &page.control))>
                {text.export}
            </button>
        </div>
    }
    .into_any()
}

/// There is nothing to ask.
pub(super) fn part(desk: Desk) -> AnyView {
    let Desk { fill, .. } = desk;
    let (text, page) = (desk.screens(), desk.text);
    let (title, words, what) = fill.view().with_untracked(|view| match view {
        View::NoForm(NoForm::Needs(what)) => {
            (text.refused, text.refused_help, Some(before::list(what, text)))
        }
        View::NoForm(NoForm::Unreadable) => (text.refused, text.refused_unreadable, None),
        View::NoForm(NoForm::Empty) => (text.refused, text.refused_empty, None),
        View::NoForm(NoForm::Damaged(link)) => {
            let link = link.clone();
            (text.refused, text.refused_unreadable, Some(view! { <p class="sub">{link}</p> }.into_any()))
        }
        View::Trouble(error) => (text.no_form, why(error, text), None),
        View::Gone => (text.gone, text.gone_help, None),
        View::NoForm(NoForm::NotHad) | View::Opening | View::Asking | View::Saved(_) => {
            (text.no_form, text.no_form_help, None)
        }
    });
    let again =
        matches!(fill.view().get_untracked(), View::NoForm(NoForm::NotHad) | View::Trouble(_)).then(|| {
            view! { <button type="button" class="btn" on:click=move |_| fill.load()>{text.again}</button> }
        });
    view! {
        <main class="fill">
            <div class="fill-body">
                <div class="fill-words"><h1 tabindex="-1">{title}</h1><p>{words}</p>{what}</div>
                <div class="fill-choices">
                    {again}
                    <button type="button" class="btn quiet" on:click=move |_| fill.leave()>{page.leave}</button>
                </div>
            </div>
        </main>
    }
    .into_any()
}
