//! The sheet: who, which days, curves, changes, what was answered, side effects, what the person adds.

use interlude_diary::calendar::LocalDay;
use interlude_diary::change::curve::Step;
use interlude_diary::own::Summed;
use interlude_diary::summary::{Answered, Summary};
use leptos::prelude::*;

use super::{curves, series};
use crate::state::doctor::{Doctor, Known, SHEET};
use crate::state::language::Words;

/// Series told in full: more would not fit two sheets. The files of numbers have all.
const MOST: usize = 2;

/// The whole sheet.
pub(super) fn sheet(words: Words, doctor: Doctor, known: &Known, summary: &Summary) -> AnyView {
    let text = &words.text().doctor().sheet;
    let (first, last) = (summary.span.first, summary.span.last);
    let name = move || doctor.added().read().name.clone().filter(|name| !name.trim().is_empty());
    let earlier = summary.series.len().saturating_sub(MOST);
    let latest = summary.series.iter().skip(earlier).rev();
    let latest: Vec<AnyView> = latest.map(|course| series::series(words, known, course)).collect();
    let weekly = summary.curves.iter().any(|(_, curve)| curve.step == Step::Week);
    let rules: Vec<AnyView> =
        text.rules_say.iter().map(|rule| view! { <li>{*rule}</li> }.into_any()).collect();
    view! {
        <article class="sheet" id=SHEET aria-labelledby="sheet-title">
            <header>
                <h2 id="sheet-title">{text.title}</h2>
                <dl class="s-facts">
                    <div><dt>{text.who}</dt><dd>{move || name().unwrap_or_else(|| "\u{2013}".to_owned())}</dd></div>
                    <div><dt>{text.period}</dt><dd>{day_year(words, first)} " " {text.to} " " {day_year(words, last)}</dd></div>
                    <div><dt>{text.made}</dt><dd>{day_year(words, known.today)}</dd></div>
                </dl>
                <p>{text.caution}</p>
            </header>
            {added(words, doctor)}
            {own(words, doctor, summary.own.clone())}
            <section>
                <h3>{text.curves}</h3>
                {curves::all(words, summary)}
                <p class="s-small">{if weekly { text.legend_week } else { text.legend }}</p>
            </section>
            {summary.series.is_empty().then(|| view! { <p>{text.no_series}</p> })}
            {latest}
            {(earlier > 0).then(|| view! { <p>{(text.earlier)(earlier)}</p> })}
            <div class="s-pair">
                {answered(words, &summary.answered)}
                <section class="s-small">
                    <h3>{text.rules}</h3>
                    <ul>{rules}</ul>
                </section>
            </div>
        </article>
    }
    .into_any()
}

/// A day, named for machines too.
pub(super) fn day(words: Words, day: LocalDay) -> AnyView {
    view! { <time datetime=day.to_string()>{words.date_short(day)}</time> }.into_any()
}

/// The same with its year.
pub(super) fn day_year(words: Words, day: LocalDay) -> AnyView {
    view! { <time datetime=day.to_string()>{words.date_year(day)}</time> }.into_any()
}

fn answered(words: Words, all: &[Answered]) -> AnyView {
    let text = &words.text().doctor().sheet;
    let name =
        |form: &str| text.answered_of.iter().find(|(of, _)| *of == form).map_or("", |(_, words)| words);
    let [_, asked, on_time, late, missing] = text.answered_columns;
    let row = |one: &Answered| {
        view! {
            <tr data-form=one.form role="row">
                <th scope="row" role="rowheader">{name(one.form)}</th>
                <td role="cell" data-of=asked>{one.asked}</td>
                <td role="cell" data-of=on_time>{one.on_time}</td>
                <td role="cell" data-of=late>{one.late}</td>
                <td role="cell" data-of=missing>{one.missing()}</td>
            </tr>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = all.iter().filter(|one| one.asked > 0).map(row).collect();
    let heads: Vec<AnyView> = text
        .answered_columns
        .iter()
        .map(|head| match *head {
            "" => view! { <td role="cell"></td> }.into_any(),
            head => view! { <th scope="col" role="columnheader">{head}</th> }.into_any(),
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section>
            <h3>{text.answered}</h3>
            <table class="s-counts" role="table">
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Answers to the person's own questions, where they let them onto the sheet.
fn own(words: Words, doctor: Doctor, told: Vec<Summed>) -> AnyView {
    let part = move || {
        let text = &words.text().doctor().sheet;
        (doctor.added().read().with_own && !told.is_empty()).then(|| {
            let row = |one: &Summed| {
                let said = match (one.scale, one.yes) {
                    (Some((least, most)), _) => (text.own_scale)(one.times, least, most),
                    (None, yes) => (text.own_yes)(one.times, yes.unwrap_or_default()),
                };
                view! { <li><b>{one.text.clone()}</b> ": " {said}</li> }.into_any()
            };
            let rows: Vec<AnyView> = told.iter().map(row).collect();
            view! { <section class="s-words"><h3>{text.own}</h3><ul>{rows}</ul></section> }
        })
    };
    view! { <div class="s-added">{part}</div> }.into_any()
}

/// Medicines and notes, where the person lets them onto the sheet.
fn added(words: Words, doctor: Doctor) -> AnyView {
    let added = doctor.added();
    let part = |title: &'static str, said: String| {
        view! { <section class="s-words"><h3>{title}</h3><p>{said}</p></section> }.into_any()
    };
    let parts = move || {
        let (text, added) = (&words.text().doctor().sheet, added.get());
        let told = |with: bool, said: &str| (with && !said.trim().is_empty()).then(|| said.trim().to_owned());
        let medicines = told(added.with_medicines, &added.medicines).map(|said| part(text.medicines, said));
        let notes = told(added.with_notes, &added.notes).map(|said| part(text.notes, said));
        vec![medicines.into_any(), notes.into_any()]
    };
    view! { <div class="s-added">{parts}</div> }.into_any()
}
