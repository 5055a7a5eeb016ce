//! The doctor's page: what the person chooses and adds, and below it the sheet as it will be printed.

mod changes;
mod curves;
mod series;
mod sheet;

use leptos::prelude::*;

use crate::components::choice::{chips, switch};
use crate::components::page::framed;
use crate::state::doctor::{Added, Doctor, Keeping, Kind, MOST, Period};
use crate::state::language::Words;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let doctor = Doctor::open();
    let (view, period) = (doctor.view(), doctor.period());
    let body = move || {
        let text = words.text().doctor();
        match view.get() {
            None => view! { <p class="sub" role="status">{text.reading}</p> }.into_any(),
            Some(Err(_)) => view! { <p class="card flag" role="alert">{text.unread}</p> }.into_any(),
            Some(Ok(known)) => sheet::sheet(words, doctor, &known, &known.summary(period.get(), true)),
        }
    };
    let places = [0_usize, 1, 2];
    let periods = Period::ALL.into_iter().zip(places).map(|(period, at)| {
        let name = move || words.text().doctor().periods.get(at).copied().unwrap_or_default().to_owned();
        (period, Signal::derive(name))
    });
    framed(
        None,
        Signal::derive(move || words.text().shell().doctor.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            <div class="stack off-paper">
                <p>{move || words.text().doctor().means}</p>
                {chips(
                    "sheet-days",
                    Signal::derive(move || words.text().doctor().days),
                    periods.collect(),
                    period,
                    Callback::new(move |period| doctor.look(period)),
                )}
                {adds(words, doctor)}
                {leaves(words, doctor)}
            </div>
            {body}
            <a class="btn quiet off-paper" href="/trends">{move || words.text().doctor().back}</a>
        }
        .into_any(),
    )
}

/// What the person may add.
fn adds(words: Words, doctor: Doctor) -> AnyView {
    let added = doctor.added();
    let medicines = Signal::derive(move || added.read().medicines.clone());
    let notes = Signal::derive(move || added.read().notes.clone());
    let turn =
        move |change: fn(&mut Added, bool)| Callback::new(move |on| doctor.write(|added| change(added, on)));
    view! {
        <details
            class="card"
            aria-busy=move || (doctor.keeping().get() == Keeping::Writing).then_some("true")
        >
            <summary>{move || words.text().doctor().adds}</summary>
            <div class="stack">
                <p class="sub">{move || words.text().doctor().adds_means}</p>
                {name_field(words, doctor)}
                {switch(
                    Signal::derive(move || words.text().doctor().medicines),
                    Signal::derive(move || words.text().doctor().medicines_means),
                    Signal::derive(move || added.read().with_medicines),
                    turn(|added, on| added.with_medicines = on),
                )}
                {area(
                    doctor,
                    "sheet-medicines",
                    Signal::derive(move || words.text().doctor().medicines_field),
                    medicines,
                    |added, said| added.medicines = said,
                )}
                {switch(
                    Signal::derive(move || words.text().doctor().notes),
                    Signal::derive(move || words.text().doctor().notes_means),
                    Signal::derive(move || added.read().with_notes),
                    turn(|added, on| added.with_notes = on),
                )}
                {area(
                    doctor,
                    "sheet-notes",
                    Signal::derive(move || words.text().doctor().notes_field),
                    notes,
                    |added, said| added.notes = said,
                )}
                {switch(
                    Signal::derive(move || words.text().doctor().own),
                    Signal::derive(move || words.text().doctor().own_means),
                    Signal::derive(move || added.read().with_own),
                    turn(|added, on| added.with_own = on),
                )}
                <p class="trouble-text" role="alert">
                    {move || (doctor.keeping().get() == Keeping::Failed).then(|| words.text().doctor().not_kept)}
                </p>
            </div>
        </details>
    }
    .into_any()
}

fn name_field(words: Words, doctor: Doctor) -> AnyView {
    let added = doctor.added();
    let name = Signal::derive(move || added.read().name.clone().unwrap_or_default());
    view! {
        <div class="field">
            <label for="sheet-name">{move || words.text().doctor().name}</label>
            <input
                id="sheet-name"
                class="input"
                type="text"
                autocomplete="off"
                maxlength="80"
                prop:value=name
                on:input=move |event| doctor.write(|added| added.name = Some(event_target_value(&event)))
            />
        </div>
    }
    .into_any()
}

fn area(
    doctor: Doctor,
    id: &'static str,
    name: Signal<&'static str>,
    value: Signal<String>,
    write: fn(&mut Added, String),
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{name}</label>
            <textarea
                id=id
                class="input"
                rows="4"
                maxlength=MOST
                prop:value=value
                on:input=move |event| doctor.write(|added| write(added, event_target_value(&event)))
            ></textarea>
        </div>
    }
    .into_any()
}

/// How it leaves the phone.
fn leaves(words: Words, doctor: Doctor) -> AnyView {
    let ready = move || matches!(&*doctor.view().read(), Some(Ok(_)));
    let share = doctor.can_share().then(|| {
        view! {
            <button type="button" class="btn quiet" disabled=move || !ready() on:click=move |_| doctor.share()>
                {move || words.text().doctor().share}
            </button>
        }
    });
    let save = |kind: Kind, at: usize| {
        view! {
            <button type="button" class="btn quiet" disabled=move || !ready() on:click=move |_| doctor.save(kind)>
                {move || words.text().doctor().save.get(at).copied().unwrap_or_default()}
            </button>
        }
        .into_any()
    };
    view! {
        <button type="button" class="btn" disabled=move || !ready() on:click=move |_| doctor.print()>
            {move || words.text().doctor().print}
        </button>
        <p class="sub">{move || words.text().doctor().print_means}</p>
        {share}
        <details class="card">
            <summary>{move || words.text().doctor().files}</summary>
            <div class="stack">
                <p class="sub">{move || words.text().doctor().files_means}</p>
                {save(Kind::Page, 0)}
                {save(Kind::Table, 1)}
                {save(Kind::Bundle, 2)}
            </div>
        </details>
        <p class="trouble-text" role="alert">
            {move || doctor.failed().get().then(|| words.text().doctor().failed)}
        </p>
    }
    .into_any()
}
