//! The screen after the last tap: where the answers are, in three steps.

use interlude_diary::journal::Light;
use leptos::prelude::*;

use super::Desk;
use crate::components::question::Steps;
use crate::state::fill::saved::Saved;
use crate::state::fill::{View, clock, dated};
use crate::state::language::Words;
use crate::state::pairing::Pairings;
use crate::text::fill::SavedText;

fn heading(saved: &Saved, text: &'static SavedText) -> &'static str {
    if saved.corrects() {
        return text.corrected;
    }
    match saved.at.local_minute() / 60 {
        4..12 => text.morning,
        12..18 => text.afternoon,
        18..22 => text.evening,
        _ => text.night,
    }
}

/// The three steps: name, what is known, whether it is reached.
fn steps(
    saved: &Saved,
    paired: bool,
    text: &'static SavedText,
    language: &str,
) -> [(&'static str, String, bool); 3] {
    let phone = (text.phone, (text.phone_at)(&clock(saved.at, language)), true);
    let sent = |said: String, reached| (text.sent, said, reached);
    let clinic = |said: String, reached| (text.clinic, said, reached);
    let waits = || clinic(text.clinic_waits.to_owned(), false);
    let (sent, clinic) = match &saved.light {
        Light::StaysHere => (sent(text.sent_stays.to_owned(), false), waits()),
        Light::OnThisPhone { .. } if !paired => (sent(text.sent_unpaired.to_owned(), false), waits()),
        Light::OnThisPhone { held: true } => (sent(text.sent_held.to_owned(), false), waits()),
        Light::OnThisPhone { held: false } => (sent(text.sent_waits.to_owned(), false), waits()),
        Light::Sent { at } => (sent((text.sent_at)(&clock(*at, language)), true), waits()),
        Light::ClinicHadIt(receipt) => {
            let at = receipt.stored;
            (
                sent((text.sent_at)(&clock(at, language)), true),
                clinic((text.clinic_at)(&dated(at, language)), true),
            )
        }
        Light::ChangedCopy(receipt) => (
            sent((text.sent_at)(&clock(receipt.stored, language)), true),
            clinic(text.clinic_changed.to_owned(), false),
        ),
        Light::Refused { .. } => {
            (sent(text.sent.to_owned(), true), clinic(text.clinic_refused.to_owned(), false))
        }
    };
    [phone, sent, clinic]
}

/// The screen.
pub(super) fn part(desk: Desk) -> AnyView {
    let Desk { fill, .. } = desk;
    let text = desk.screens();
    fill.follow();
    let (language, paired) = (desk.locale(), Pairings::get().is_live());
    let text = &text.saved;
    let shell = untrack(|| Words::get().text().shell());
    let of =
        move |view: &View| if let View::Saved(saved) = view { Some(saved.as_ref().clone()) } else { None };
    let saved = Memo::new(move |_| fill.view().with(of));
    let title = saved.get_untracked().map(|saved| heading(&saved, text)).unwrap_or_default();
    let list = move || {
        saved.get().map(|saved| {
            let steps = steps(&saved, paired.get(), text, &language).to_vec();
            view! { <Steps name=text.steps steps=steps done=text.done_step open=text.open_step/> }
        })
    };
    let undo = move || {
        let saved = saved.get()?;
        Some(if saved.can_undo() {
            view! { <button type="button" class="btn quiet" on:click=move |_| fill.undo()>{text.undo}</button> }.into_any()
        } else if saved.too_late {
            view! { <p class="sub" role="status">{text.too_late}</p> }.into_any()
        } else {
            ().into_any()
        })
    };
    view! {
        <main class="fill">
            <header class="fill-top"><span class="fill-gap"></span><a class="link" href="/help">{shell.help}</a></header>
            <div class="fill-body fill-saved">
                <h1 tabindex="-1">{title}</h1>
                {list}
                <p class="sub">{text.nobody}</p>
                <div class="fill-choices">
                    {undo}
                    <button type="button" class="btn" on:click=move |_| fill.done()>{text.done}</button>
                </div>
            </div>
        </main>
    }
    .into_any()
}
