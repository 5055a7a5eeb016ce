//! The part of Settings about the daily reminder.

use interlude_diary::calendar::Moment;
use interlude_diary::reminder::TimeOfDay;
use leptos::prelude::*;

use crate::components::live::live;
use crate::state::language::Words;
use crate::state::pairing::Pairings;
use crate::state::reminders::{File, Reminders, Said, Standing, Trouble};
use crate::text::reminders::RemindersText;

/// The part.
pub(super) fn section(words: Words) -> AnyView {
    let reminders = Reminders::open();
    let first = reminders.at().get_untracked().map(|at| at.to_string()).unwrap_or_default();
    let wrong = move || reminders.at().read().is_none();
    view! {
        <section class="card" id="reminders">
            <h2>{move || words.text().reminders().heading}</h2>
            <p class="sub">{move || words.text().reminders().means}</p>
            <div class="field">
                <label for="remind-at">{move || words.text().reminders().time}</label>
                <input
                    id="remind-at"
                    class="input"
                    type="time"
                    required
                    aria-describedby="remind-at-wrong"
                    aria-invalid=move || wrong().then_some("true")
                    prop:value=first
                    on:change=move |event| reminders.type_time(&event_target_value(&event))
                />
                <p class="trouble-text" id="remind-at-wrong" role="alert">
                    {move || wrong().then(|| words.text().reminders().no_time)}
                </p>
            </div>
            {by_calendar(words, reminders)}
            {by_clinic(words, reminders)}
        </section>
    }
    .into_any()
}

fn by_clinic(words: Words, reminders: Reminders) -> AnyView {
    let paired = Pairings::get().live();
    let own = Memo::new(move |_| paired.read().as_ref().is_some_and(|pairing| pairing.own));
    let body = live(move || {
        let text = words.text().reminders();
        match (own.get(), reminders.standing().get()) {
            (_, Standing::On) => view! {
                <p>{text.push_is_on}</p>
                {test(text, reminders)}
                <button type="button" class="btn quiet" on:click=move |_| reminders.turn_off()>
                    {text.push_off}
                </button>
            }
            .into_any(),
            (true, Standing::Unknown) => ().into_any(),
            (false, _) => view! { <p>{text.push_no_clinic}</p> }.into_any(),
            (true, Standing::Missing) => view! { <p>{text.push_missing}</p> }.into_any(),
            (true, Standing::Off) => view! {
                <button type="button" class="btn quiet" on:click=move |_| reminders.turn_on()>
                    {text.push_on}
                </button>
            }
            .into_any(),
        }
    });
    view! {
        <h3>{move || words.text().reminders().push}</h3>
        <p class="sub">{move || words.text().reminders().push_means}</p>
        {body}
        <p role="status">{move || said(words, reminders.said().get())}</p>
    }
    .into_any()
}

fn test(text: &'static RemindersText, reminders: Reminders) -> AnyView {
    view! {
        <button type="button" class="btn quiet" on:click=move |_| reminders.test()>
            {text.test}
        </button>
    }
    .into_any()
}

fn said(words: Words, said: Said) -> &'static str {
    let text = words.text().reminders();
    match said {
        Said::Nothing => "",
        Said::Busy => words.text().shell().busy,
        Said::On => text.said_on,
        Said::Off => text.said_off,
        Said::Denied => text.said_denied,
        Said::NotOffered => text.said_not_offered,
        Said::NoAnswer => text.said_no_answer,
        Said::NoService => text.said_no_service,
        Said::Tested => text.said_tested,
        Said::NotTaken => text.said_not_taken,
        Said::Ended => text.said_ended,
    }
}

/// On Today: that reminders do not come, why, and what to do.
pub(super) fn trouble(words: Words) -> AnyView {
    let reminders = Reminders::get();
    live(move || {
        let text = words.text().reminders();
        let (why, silent) = match reminders.trouble().get() {
            None => return ().into_any(),
            Some(Trouble::Denied) => (text.trouble_denied, false),
            Some(Trouble::Gone) => (text.trouble_gone, false),
            Some(Trouble::Silent) => (text.trouble_silent, true),
        };
        view! {
            <section class="card">
                <h2>{text.trouble}</h2>
                <p>{why}</p>
                {silent.then(|| test(text, reminders))}
                <p role="status">{move || said(words, reminders.said().get())}</p>
                <a class="btn quiet" href="/settings">{text.trouble_mend}</a>
            </section>
        }
        .into_any()
    })
}

fn by_calendar(words: Words, reminders: Reminders) -> AnyView {
    let made = move || match reminders.file().get() {
        File::Made(at) => (words.text().reminders().calendar_made)(&time(words, at)),
        File::Nothing | File::Failed => String::new(),
    };
    let failed =
        move || (reminders.file().get() == File::Failed).then(|| words.text().reminders().calendar_failed);
    view! {
        <h3>{move || words.text().reminders().calendar}</h3>
        <p class="sub">{move || words.text().reminders().calendar_means}</p>
        <button type="button" class="btn quiet" on:click=move |_| reminders.make_file()>
            {move || words.text().reminders().calendar_do}
        </button>
        <p role="status">{made}</p>
        <p class="trouble-text" role="alert">{failed}</p>
    }
    .into_any()
}

/// A time of the day as the person's language writes it.
fn time(words: Words, at: TimeOfDay) -> String {
    words.time(Moment::new(i64::from(at.minutes()) * 60_000, 0))
}
