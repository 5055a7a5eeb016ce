//! Dates, whole or in part, and dates with a time.

use interlude_diary::questionnaire::Value;
use leptos::prelude::*;

use super::field::{Field, Native, input};
use super::parse;

/// A date: the browser's own field, or year and month where that is all that is known.
pub(super) fn date(f: &Field) -> AnyView {
    let first = match &f.first {
        Some(Value::Date(text)) => text.clone(),
        _ => String::new(),
    };
    let partial = RwSignal::new(!first.is_empty() && first.len() < 10);
    let (field, words) = (f.clone(), f.words);
    let shown = move || {
        if partial.get() {
            in_part(&field, &first)
        } else {
            let whole = if first.len() == 10 { first.clone() } else { String::new() };
            input(&field, Native::of("date"), whole)
        }
    };
    toggled(view! { {shown} }.into_any(), partial, words.partial_date, words.whole_date)
}

/// A date with its time; or the date alone, which FHIR takes too.
pub(super) fn date_time(f: &Field) -> AnyView {
    let first = match &f.first {
        Some(Value::DateTime(text)) => text.clone(),
        _ => String::new(),
    };
    let day_only = RwSignal::new(first.len() == 10);
    let (field, words) = (f.clone(), f.words);
    let shown = move || {
        let cut = |most: usize| first.get(..most).map(str::to_owned).unwrap_or_default();
        if day_only.get() {
            input(&field, Native::of("date"), cut(10))
        } else {
            input(&field, Native::of("datetime-local"), cut(16))
        }
    };
    toggled(view! { {shown} }.into_any(), day_only, words.date_only, words.with_time)
}

fn toggled(field: AnyView, on: RwSignal<bool>, to: &'static str, back: &'static str) -> AnyView {
    view! {
        <div class="q-date">
            {field}
            <button type="button" class="q-toggle" on:click=move |_| on.update(|on| *on = !*on)>
                {move || if on.get() { back } else { to }}
            </button>
        </div>
    }
    .into_any()
}

fn in_part(f: &Field, first: &str) -> AnyView {
    let (year, month) = first.split_once('-').unwrap_or((first, ""));
    let year = if first.len() < 10 { year.to_owned() } else { String::new() };
    let month: Option<u8> = if first.len() < 10 { month.parse().ok() } else { None };
    let now = StoredValue::new((year.clone(), month));
    let (on, next, invalid, words) = (f.on, f.next, f.invalid, f.words);
    let reader = f.clone();
    let say = Callback::new(move |()| {
        on.run(now.with_value(|(year, month)| reader.read(&parse::partial(year, *month))));
    });
    let months: Vec<AnyView> = words
        .months
        .iter()
        .enumerate()
        .map(|(n, name)| view! { <option value=(n + 1).to_string()>{*name}</option> }.into_any())
        .collect();
    let (year_id, month_id) = (format!("{}-year", f.id), format!("{}-month", f.id));
    view! {
        <div class="q-partial">
            <label for=year_id.clone()>{words.year}</label>
            <input type="text" inputmode="numeric" autocomplete="off" maxlength="4" class="q-input" id=year_id
                aria-describedby=f.described.clone()
                aria-invalid=move || invalid.get().is_some().then_some("true")
                prop:value=year
                on:input=move |event| {
                    now.update_value(|now| now.0 = event_target_value(&event));
                    say.run(());
                }
                on:keydown=move |event| if event.key() == "Enter" { next.run(()) }/>
            <label for=month_id.clone()>{words.month}</label>
            <select class="q-input" id=month_id prop:value=month.map(|m| m.to_string()).unwrap_or_default()
                on:change=move |event| {
                    now.update_value(|now| now.1 = event_target_value(&event).parse().ok());
                    say.run(());
                }>
                <option value="">{words.no_month}</option>
                {months}
            </select>
        </div>
    }
    .into_any()
}
