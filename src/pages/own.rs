//! The person's own questions: what is asked, adding one, and what may be sent.

use interlude_diary::entry::Share;
use interlude_diary::own::{Answer, LONGEST, Line, MOST, NotAdded};
use leptos::prelude::*;

use crate::components::choice::{choices, switch};
use crate::components::page::framed;
use crate::state::language::Words;
use crate::state::own::{Owned, Told};
use crate::state::pairing::Pairings;

/// The page.
pub fn page() -> AnyView {
    let (words, owned) = (Words::get(), Owned::open());
    // All at once: what came later would move the rest from under a finger.
    let read = Memo::new(move |_| owned.own().read().is_some() || *owned.told().read() == Told::NotKept);
    let lines = move || {
        let own = owned.own().get()?;
        Some(asked(words, owned, &own.lines))
    };
    let parts = move || read.get().then(|| (lines, add(words, owned), sharing(words, owned)));
    framed(
        None,
        Signal::derive(move || words.text().shell().own.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            <p>{move || words.text().own().about}</p>
            {parts}
        }
        .into_any(),
    )
}

/// What is asked now, each with the way to stop it.
fn asked(words: Words, owned: Owned, lines: &[Line]) -> AnyView {
    let text = words.text().own();
    if lines.is_empty() {
        return view! { <p class="sub">{text.none}</p> }.into_any();
    }
    let row = |line: &Line| {
        let id = line.id.clone();
        let how = Answer::ALL.iter().zip(text.answers).find(|(answer, _)| **answer == line.answer);
        view! {
            <li class="row">
                <div>
                    <h3>{line.text.clone()}</h3>
                    <p class="sub">{how.map(|(_, words)| words)}</p>
                </div>
                <button
                    type="button"
                    class="link"
                    aria-label=(text.stop_this)(&line.text)
                    on:click=move |_| owned.end(id.clone())
                >
                    {text.stop}
                </button>
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = lines.iter().map(row).collect();
    view! {
        <ul class="card rows">{rows}</ul>
        <p class="sub">{text.stop_means}</p>
    }
    .into_any()
}

/// The form that adds one.
fn add(words: Words, owned: Owned) -> AnyView {
    let (written, answer) = (RwSignal::new(String::new()), RwSignal::new(Answer::Scale));
    let told = owned.told();
    Effect::new(move |_| {
        if matches!(&*told.read(), Told::Added(_)) {
            written.set(String::new());
        }
    });
    let wrong = move || complaint(words, &told.read());
    let said = move || match &*told.read() {
        Told::Added(line) => (words.text().own().added)(line),
        Told::Quiet | Told::NotAdded(_) | Told::NotKept => String::new(),
    };
    let named = |(answer, n): (Answer, usize)| {
        let name = move || words.text().own().answers.get(n).copied().unwrap_or_default().to_owned();
        (answer, Signal::derive(name))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        owned.add(answer.get_untracked(), written.get_untracked());
    };
    view! {
        <form class="stack" on:submit=submit>
            <h2>{move || words.text().own().add_title}</h2>
            <div class="field">
                <label for="own-text">{move || words.text().own().label}</label>
                <p class="sub" id="own-help">{move || words.text().own().help}</p>
                <input
                    id="own-text"
                    class="input"
                    type="text"
                    autocomplete="off"
                    maxlength=LONGEST
                    aria-describedby="own-help own-wrong"
                    aria-invalid=move || matches!(&*told.read(), Told::NotAdded(_)).then_some("true")
                    prop:value=written
                    on:input=move |event| written.set(event_target_value(&event))
                />
                <p class="trouble-text" id="own-wrong" role="alert">{wrong}</p>
            </div>
            {choices(
                "own-answer",
                Signal::derive(move || words.text().own().how),
                Answer::ALL.into_iter().zip(0..).map(named).collect(),
                answer.into(),
                Callback::new(move |chosen| answer.set(chosen)),
            )}
            <button type="submit" class="btn">{move || words.text().own().add}</button>
            <p class="sub" role="status">{said}</p>
        </form>
    }
    .into_any()
}

/// Why the last act did nothing.
fn complaint(words: Words, told: &Told) -> String {
    let text = words.text().own();
    match told {
        Told::NotAdded(NotAdded::Empty) => text.empty.to_owned(),
        Told::NotAdded(NotAdded::Long) => (text.long)(LONGEST),
        Told::NotAdded(NotAdded::Full) => (text.full)(MOST),
        Told::NotAdded(NotAdded::There) => text.there.to_owned(),
        Told::NotKept => text.not_kept.to_owned(),
        Told::Quiet | Told::Added(_) => String::new(),
    }
}

/// What may be sent, where there is somebody to send it to.
fn sharing(words: Words, owned: Owned) -> AnyView {
    let live = Pairings::get().live();
    let means = move |on: Signal<bool>| {
        Signal::derive(move || {
            let text = words.text().own();
            if on.get() { text.share_on } else { text.share_off }
        })
    };
    let part = move || {
        let Some(clinic) = live.read().as_ref().map(|pairing| pairing.clinic.name.clone()) else {
            return view! { <p class="sub">{move || words.text().own().share_none}</p> }.into_any();
        };
        let (lines, notes) = (owned.shares(Share::Trackers), owned.shares(Share::Notes));
        view! {
            <p class="sub">{move || (words.text().own().share_about)(&clinic)}</p>
            {switch(
                Signal::derive(move || words.text().own().share_lines),
                means(lines),
                lines,
                Callback::new(move |on| owned.share(Share::Trackers, on)),
            )}
            {switch(
                Signal::derive(move || words.text().own().share_notes),
                means(notes),
                notes,
                Callback::new(move |on| owned.share(Share::Notes, on)),
            )}
        }
        .into_any()
    };
    view! {
        <section class="card">
            <h2>{move || words.text().own().share}</h2>
            {part}
        </section>
    }
    .into_any()
}
