//! The curve as a table, for those who read it by ear and for those who want the numbers.

use interlude_diary::calendar::LocalDay;
use interlude_diary::change::curve::{Curve, Step};
use leptos::prelude::*;

use super::say;
use crate::state::language::Words;

/// Closed until it is asked for; its rows are made then. Ten years have five hundred.
pub(super) fn table(words: Words, curve: Curve) -> AnyView {
    let text = words.text().trends();
    let opened = RwSignal::new(false);
    let rows = move || if opened.get() { rows(words, &curve) } else { Vec::new() };
    let [day, value, entered] = text.number_columns;
    view! {
        <details on:toggle=move |_| opened.set(true)>
            <summary>{text.numbers}</summary>
            <table class="changes" role="table">
                <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{day}</th><th scope="col" role="columnheader">{value}</th><th scope="col" role="columnheader">{entered}</th></tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn rows(words: Words, curve: &Curve) -> Vec<AnyView> {
    let text = words.text().trends();
    // Whether it is a step, and not one late day.
    let mut rows: Vec<(LocalDay, bool, String, String)> = Vec::new();
    for dot in curve.runs.iter().flatten() {
        let note = match curve.step {
            Step::Day => text.on_time.to_owned(),
            Step::Week => (text.from_to)(&say::tenths(words, dot.least), &say::tenths(words, dot.greatest)),
        };
        rows.push((dot.day, true, say::tenths(words, dot.mean.shown()), note));
    }
    let late = curve.late.iter();
    rows.extend(late.map(|(day, value)| (*day, false, say::tenths(words, *value), text.was_late.to_owned())));
    rows.sort_by_key(|(day, ..)| std::cmp::Reverse(*day));
    let long = curve.span.days() > 300;
    rows.into_iter()
        .map(|(day, step, value, note)| {
            let name = if long { words.date_year(day) } else { words.date_short(day) };
            let name = match curve.step {
                Step::Week if step => (text.week_of)(&name),
                Step::Day | Step::Week => name,
            };
            view! { <tr role="row"><th scope="row" role="rowheader">{name}</th><td role="cell">{value}</td><td role="cell">{note}</td></tr> }.into_any()
        })
        .collect()
}
