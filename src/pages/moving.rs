//! Backup and moving: the diary kept in a locked file, and brought in from one.

use leptos::prelude::*;

use crate::components::choice::{choices, switch};
use crate::components::page::framed;
use crate::state::language::Words;
use crate::state::moving::{Bringing, Joined, Keeping, LEAST, Moving, Secret, Trouble};
use crate::state::pairing::Pairings;

/// The field of the file.
const FILE: &str = "backup-file";

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let moving = Moving::open();
    framed(
        None,
        Signal::derive(move || words.text().files().title.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            {keep(words, moving)}
            {bring(words, moving)}
            <a class="btn quiet" href="/settings">{move || words.text().files().back}</a>
        }
        .into_any(),
    )
}

fn keep(words: Words, moving: Moving) -> AnyView {
    let by = RwSignal::new(Secret::Passphrase);
    let named =
        |secret, name: fn(Words) -> &'static str| (secret, Signal::derive(move || name(words).to_owned()));
    let options = vec![
        named(Secret::Passphrase, |words| words.text().files().by_words),
        named(Secret::Recovery, |words| words.text().files().by_code),
    ];
    let choose = Callback::new(move |secret| {
        by.set(secret);
        moving.start_over();
    });
    let kept = moving.keeping();
    // What is typed stays while the file is made: only the kind of lock draws the fields anew.
    let fields = move || match by.get() {
        Secret::Passphrase => passphrase(words, moving),
        Secret::Recovery => code(words, moving),
    };
    let said = move || {
        let text = words.text().files();
        match kept.get() {
            Keeping::Making => Some(text.saving.to_owned()),
            Keeping::Saved(name) => Some((text.saved)(&name)),
            Keeping::Ready | Keeping::Code(_) | Keeping::Failed(_) => None,
        }
    };
    let failed = move || match kept.get() {
        Keeping::Failed(Trouble::Store) => Some(words.text().files().not_read.to_owned()),
        Keeping::Failed(why) => Some(sentence(words, &why)),
        Keeping::Ready | Keeping::Code(_) | Keeping::Making | Keeping::Saved(_) => None,
    };
    view! {
        <section class="stack">
            <h2>{move || words.text().files().keep}</h2>
            <p class="sub">{move || words.text().files().keep_means}</p>
            {choices(
                "lock",
                Signal::derive(move || words.text().files().lock),
                options,
                by.into(),
                choose,
            )}
            {fields}
            <p role="status">{said}</p>
            <p class="trouble-text" role="alert">{failed}</p>
        </section>
    }
    .into_any()
}

/// A field for words that nobody else need see.
fn secret_field(
    id: &'static str,
    name: Signal<&'static str>,
    help: Option<Signal<&'static str>>,
    value: RwSignal<String>,
    shown: Signal<bool>,
) -> AnyView {
    let help_id = format!("{id}-help");
    let described = help.map(|_| help_id.clone());
    view! {
        <div class="field">
            <label for=id>{name}</label>
            {help.map(|help| view! { <p class="sub" id=help_id>{help}</p> })}
            <input
                id=id
                class="input"
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                maxlength="500"
                aria-describedby=described
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

fn passphrase(words: Words, moving: Moving) -> AnyView {
    let (first, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (shown, wrong) = (RwSignal::new(false), RwSignal::new(None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = words.text().files();
        let (first, again) = (first.get_untracked(), again.get_untracked());
        if first.trim().chars().count() < LEAST {
            wrong.set(Some(text.words_short));
        } else if first == again {
            wrong.set(None);
            moving.keep_by_words(first);
        } else {
            wrong.set(Some(text.words_differ));
        }
    };
    let help = Signal::derive(move || words.text().files().words_help);
    view! {
        <form class="stack" on:submit=submit>
            {secret_field("words", Signal::derive(move || words.text().files().words), Some(help), first, shown.into())}
            {secret_field("words-again", Signal::derive(move || words.text().files().words_again), None, again, shown.into())}
            <div class="card">{reveal(words, shown)}</div>
            <p class="trouble-text" role="alert">{wrong}</p>
            <button type="submit" class="btn" disabled=move || moving.keeping().get() == Keeping::Making>
                {move || words.text().files().save}
            </button>
        </form>
    }
    .into_any()
}

fn reveal(words: Words, shown: RwSignal<bool>) -> AnyView {
    switch(
        Signal::derive(move || words.text().files().show),
        Signal::derive(move || words.text().files().show_means),
        shown.into(),
        Callback::new(move |on| shown.set(on)),
    )
}

fn code(words: Words, moving: Moving) -> AnyView {
    let body = move || {
        let text = words.text().files();
        match moving.keeping().get() {
            Keeping::Code(code) => view! {
                <p class="note">{text.code_once}</p>
                <p class="card secret" id="recovery-code">{code}</p>
                <button type="button" class="btn" on:click=move |_| moving.keep_by_code()>{text.code_kept}</button>
            }
            .into_any(),
            Keeping::Making => ().into_any(),
            Keeping::Ready | Keeping::Saved(_) | Keeping::Failed(_) => view! {
                <button type="button" class="btn quiet" on:click=move |_| moving.make_code()>{text.make_code}</button>
            }
            .into_any(),
        }
    };
    view! { <div class="stack">{body}</div> }.into_any()
}

fn bring(words: Words, moving: Moving) -> AnyView {
    let stage = moving.bringing();
    let wants = Memo::new(move |_| match *stage.read() {
        Bringing::Wants(secret, _) => Some(secret),
        Bringing::NoFile | Bringing::Opening | Bringing::Failed(_) | Bringing::Joined(..) => None,
    });
    let typed = RwSignal::new(String::new());
    let body = move || match (wants.get(), stage.get()) {
        (Some(secret), _) => asked(words, moving, secret, typed),
        (None, Bringing::Joined(joined, clinic)) => done(words, joined, clinic.as_deref()),
        (None, _) => ().into_any(),
    };
    let said = move || (stage.get() == Bringing::Opening).then(|| words.text().files().opening);
    let failed = move || match stage.get() {
        Bringing::Failed(why) | Bringing::Wants(_, Some(why)) => Some(sentence(words, &why)),
        Bringing::NoFile | Bringing::Opening | Bringing::Wants(_, None) | Bringing::Joined(..) => None,
    };
    view! {
        <section class="stack">
            <h2>{move || words.text().files().bring}</h2>
            <p class="sub">{move || words.text().files().bring_means}</p>
            <div class="field">
                <label for=FILE>{move || words.text().files().file}</label>
                <input
                    id=FILE
                    class="input file"
                    type="file"
                    on:change=move |_| {
                        typed.set(String::new());
                        moving.choose(FILE);
                    }
                />
            </div>
            {body}
            <p role="status">{said}</p>
            <p class="trouble-text" role="alert">{failed}</p>
        </section>
    }
    .into_any()
}

/// The field for what opens the file.
fn asked(words: Words, moving: Moving, secret: Secret, typed: RwSignal<String>) -> AnyView {
    let (shown, nothing) = (RwSignal::new(secret == Secret::Recovery), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = typed.get_untracked();
        nothing.set(words.trim().is_empty());
        if !nothing.get_untracked() {
            moving.bring(words);
        }
    };
    let name = Signal::derive(move || {
        let text = words.text().files();
        match secret {
            Secret::Passphrase => text.file_words,
            Secret::Recovery => text.file_code,
        }
    });
    let help =
        (secret == Secret::Recovery).then(|| Signal::derive(move || words.text().files().file_code_help));
    let reveal =
        (secret == Secret::Passphrase).then(|| view! { <div class="card">{reveal(words, shown)}</div> });
    view! {
        <form class="stack" on:submit=submit>
            {secret_field("file-secret", name, help, typed, shown.into())}
            {reveal}
            <p class="trouble-text" role="alert">
                {move || nothing.get().then(|| words.text().files().nothing_typed)}
            </p>
            <button type="submit" class="btn">{move || words.text().files().bring_do}</button>
        </form>
    }
    .into_any()
}

fn done(words: Words, joined: Joined, clinic: Option<&str>) -> AnyView {
    let text = words.text().files();
    let Joined { new, more, .. } = joined;
    let said = if new + more == 0 { text.nothing_new.to_owned() } else { (text.joined)(new, more) };
    let live = Pairings::get().is_live().get_untracked();
    let sent = (live && new + more > 0).then(|| view! { <p>{text.goes_up}</p> });
    let again = clinic.map(|clinic| {
        view! {
            <p>{(text.connect_again)(clinic)}</p>
            <a class="btn quiet" href="/pair">{words.text().settings().connect}</a>
        }
    });
    view! {
        <div class="card" role="status">
            <p><b>{said}</b></p>
            {sent}
        </div>
        <a class="btn" href="/diary">{text.open_diary}</a>
        {again}
    }
    .into_any()
}

fn sentence(words: Words, why: &Trouble) -> String {
    let text = words.text().files();
    match why {
        Trouble::Other => text.other,
        Trouble::Newer => text.newer,
        Trouble::Cut => text.cut,
        Trouble::Large => text.large,
        Trouble::Unreadable => text.unreadable,
        Trouble::Mistyped => text.mistyped,
        Trouble::Shut => text.shut,
        Trouble::Damaged => text.damaged,
        Trouble::Browser => text.browser,
        Trouble::Another(initials, clinic) => return (text.another)(initials, clinic),
        Trouble::Store => text.store,
    }
    .to_owned()
}
