//! The part of Settings about the lock: the code, how soon it is asked for, locking now.

use interlude_diary::lock::LIMITS;
use leptos::prelude::*;

use crate::components::choice::choices;
use crate::components::code::{Field, code_field, show_switch};
use crate::components::live::live;
use crate::state::language::Words;
use crate::state::locks::{Done, Locks};
use crate::state::settings::Settings;

/// What is typed: the present code, the new one, the new one again, and whether it is shown.
#[derive(Clone, Copy)]
struct Typed {
    present: RwSignal<String>,
    new: RwSignal<String>,
    again: RwSignal<String>,
    shown: RwSignal<bool>,
}

impl Typed {
    fn nothing() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { present: empty(), new: empty(), again: empty(), shown: RwSignal::new(false) }
    }

    fn clear(self) {
        for field in [self.present, self.new, self.again] {
            field.set(String::new());
        }
    }
}

/// The part.
pub(super) fn section(words: Words) -> AnyView {
    let locks = Locks::get();
    let typed = Typed::nothing();
    Effect::new(move |_| {
        if matches!(*locks.done().read(), Done::Set | Done::Removed) {
            typed.clear();
        }
    });
    let body =
        live(
            move || {
                if locks.coded().get() {
                    with_code(words, locks, typed)
                } else {
                    without(words, locks, typed)
                }
            },
        );
    view! {
        <section class="card" id="lock">
            <h2>{move || words.text().lock().heading}</h2>
            {body}
            <p role="status">{move || said(words, &locks.done().get())}</p>
        </section>
        {live(move || if locks.coded().get() { limit(words) } else { ().into_any() })}
    }
    .into_any()
}

fn said(words: Words, done: &Done) -> String {
    let text = words.text().lock();
    match done {
        Done::Nothing => String::new(),
        Done::Busy => text.busy.to_owned(),
        Done::Set => text.set.to_owned(),
        Done::Removed => text.removed.to_owned(),
        Done::Keyed => text.keyed.to_owned(),
        Done::Unkeyed => text.unkeyed.to_owned(),
        Done::NoPasskey => text.no_passkey.to_owned(),
        Done::Differ => text.differ.to_owned(),
        Done::Wrong => text.wrong_present.to_owned(),
        Done::Wait(ms) => (text.wait)(ms.saturating_add(999) / 1_000),
        Done::Failed(_) => text.not_done.to_owned(),
    }
}

fn without(words: Words, locks: Locks, typed: Typed) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        locks.set(None, typed.new.get_untracked(), &typed.again.get_untracked());
    };
    view! {
        <p>{move || words.text().lock().none}</p>
        <form class="stack" on:submit=submit>
            {new_fields(words, typed)}
            {show_switch(Signal::derive(move || words.text().lock().show), typed.shown)}
            <button type="submit" class="btn quiet">{move || words.text().lock().set_do}</button>
        </form>
    }
    .into_any()
}

fn new_fields(words: Words, typed: Typed) -> AnyView {
    let field = |id| Field { id, keeper: "new-password" };
    view! {
        <p class="sub">{move || words.text().lock().means}</p>
        <p class="sub">{move || words.text().lock().forgetting}</p>
        {code_field(
            field("new-code"),
            Signal::derive(move || words.text().lock().new),
            typed.new,
            typed.shown,
        )}
        {code_field(
            field("new-code-again"),
            Signal::derive(move || words.text().lock().again),
            typed.again,
            typed.shown,
        )}
    }
    .into_any()
}

fn with_code(words: Words, locks: Locks, typed: Typed) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let present = typed.present.get_untracked();
        locks.set(Some(present), typed.new.get_untracked(), &typed.again.get_untracked());
    };
    view! {
        <p>{move || words.text().lock().is_set}</p>
        <button type="button" class="btn quiet" on:click=move |_| locks.lock_now()>
            {move || words.text().lock().lock_now}
        </button>
        <details>
            <summary>{move || words.text().lock().change}</summary>
            <form class="stack" on:submit=submit>
                {code_field(
                    Field { id: "present-code", keeper: "current-password" },
                    Signal::derive(move || words.text().lock().present),
                    typed.present,
                    typed.shown,
                )}
                {new_fields(words, typed)}
                {show_switch(Signal::derive(move || words.text().lock().show), typed.shown)}
                <button type="submit" class="btn quiet">{move || words.text().lock().change_do}</button>
                <button
                    type="button"
                    class="btn quiet"
                    on:click=move |_| locks.remove(typed.present.get_untracked())
                >
                    {move || words.text().lock().remove_do}
                </button>
                {live(move || passkey(words, locks, typed))}
            </form>
        </details>
    }
    .into_any()
}

/// A passkey in addition, where the browser has them.
fn passkey(words: Words, locks: Locks, typed: Typed) -> AnyView {
    if locks.keyed().get() {
        return view! {
            <button type="button" class="btn quiet" on:click=move |_| locks.remove_passkey()>
                {move || words.text().lock().unkey_do}
            </button>
        }
        .into_any();
    }
    if !locks.passkeys() {
        return ().into_any();
    }
    view! {
        <p class="sub">{move || words.text().lock().key_means}</p>
        <button
            type="button"
            class="btn quiet"
            on:click=move |_| locks.add_passkey(typed.present.get_untracked())
        >
            {move || words.text().lock().key_do}
        </button>
    }
    .into_any()
}

/// How long out of sight.
fn limit(words: Words) -> AnyView {
    let settings = Settings::get();
    let named = |(minutes, at): (u32, usize)| {
        let name = move || words.text().lock().limits.get(at).copied().unwrap_or_default().to_owned();
        (minutes, Signal::derive(name))
    };
    choices(
        "lock-after",
        Signal::derive(move || words.text().lock().after),
        LIMITS.into_iter().zip(0..).map(named).collect(),
        Signal::derive(move || settings.choices().read().lock_after),
        Callback::new(move |minutes| settings.choose_lock_after(minutes)),
    )
}
