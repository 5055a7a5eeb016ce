//! One series on the sheet: its infusions with their side effects, and what changed since.

use interlude_diary::calendar::LocalDay;
use interlude_diary::schedule::{Infusion, Outcome};
use interlude_diary::summary::{Course, Effect, Report, Told};
use leptos::prelude::*;

use super::changes;
use super::sheet::{day, day_year};
use crate::state::doctor::Known;
use crate::state::language::Words;

/// The series.
pub(super) fn series(words: Words, known: &Known, course: &Course) -> AnyView {
    let (text, trends) = (&words.text().doctor().sheet, words.text().trends());
    let change = &course.change;
    let given = course.infusions.iter().filter(|one| one.outcome.took_place()).count();
    let told = course.infusions.iter().filter(|one| one.outcome != Outcome::Planned).count();
    let alike = alike(&course.infusions);
    let amount = alike.map(|(dose, minutes)| format!(" \u{b7} {}", amount(words, dose, minutes)));
    let row = |one: &Infusion| session(words, known, course, one, alike.is_none());
    let rows: Vec<AnyView> = course.infusions.iter().map(row).collect();
    let [when, infusion, effects] = text.session_columns;
    let since = match change.last {
        Some(_) => changes::table(words, change),
        None => view! { <p>{trends.runs}</p> }.into_any(),
    };
    view! {
        <section class="s-series" data-series=change.place>
            <h3>{(trends.series)(change.place, "")} {day_year(words, change.first)}</h3>
            <p>{(text.infusions)(given, told)} {amount}</p>
            <table class="s-sessions" role="table">
                <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{when}</th><th scope="col" role="columnheader">{infusion}</th><th scope="col" role="columnheader">{effects}</th></tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
            {since}
        </section>
    }
    .into_any()
}

type Amount = (Option<f64>, Option<u16>);

/// Dose and length, where they are the same for all that were given.
fn alike(infusions: &[Infusion]) -> Option<Amount> {
    let mut given = infusions.iter().filter(|one| one.outcome.took_place());
    let first = given.next().map(|one| (one.dose_mg_per_kg, one.minutes))?;
    given.all(|one| (one.dose_mg_per_kg, one.minutes) == first).then_some(first)
}

fn amount(words: Words, dose: Option<f64>, minutes: Option<u16>) -> String {
    let text = &words.text().doctor().sheet;
    let dose = dose.map(|dose| (text.dose)(&words.dose(dose)));
    let minutes = minutes.map(text.minutes);
    let said: Vec<String> = dose.into_iter().chain(minutes).collect();
    if said.is_empty() { "\u{2013}".to_owned() } else { said.join(", ") }
}

fn session(words: Words, known: &Known, course: &Course, one: &Infusion, amounts: bool) -> AnyView {
    let text = &words.text().doctor().sheet;
    let [planned, missed, stopped, completed] = text.outcomes;
    let outcome = match one.outcome {
        Outcome::Planned => planned,
        Outcome::Missed => missed,
        Outcome::Stopped => stopped,
        Outcome::Completed => completed,
    };
    let amount = (amounts && one.outcome.took_place())
        .then(|| format!(", {}", amount(words, one.dose_mg_per_kg, one.minutes)));
    let [_, infusion, effects] = text.session_columns;
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{day(words, one.day)}</th>
            <td role="cell" data-of=infusion>{outcome} {amount}</td>
            <td role="cell" data-of=effects>{told(words, known, course, one.day, one.outcome.took_place())}</td>
        </tr>
    }
    .into_any()
}

fn told(words: Words, known: &Known, course: &Course, session: LocalDay, given: bool) -> String {
    let text = &words.text().doctor().sheet;
    if !given {
        return "\u{2013}".to_owned();
    }
    let of_it = course.reports.iter().filter(|told| told.session == session);
    let said: Vec<String> = of_it.map(|told| report(words, known, told)).collect();
    if said.is_empty() { text.untold.to_owned() } else { said.join("; ") }
}

fn report(words: Words, known: &Known, told: &Told) -> String {
    let text = &words.text().doctor().sheet;
    let said = noticed(words, known, &told.report);
    if told.after == 0 { said } else { format!("{}: {said}", (text.after)(told.after)) }
}

fn noticed(words: Words, known: &Known, report: &Report) -> String {
    let text = &words.text().doctor().sheet;
    let one = |effect: &Effect| {
        let name = known.label(&effect.code, &effect.words);
        let how = effect.how.as_ref().map(|(code, shown)| known.label(code, shown).to_lowercase());
        let still = (effect.still == Some(true)).then(|| text.still.to_owned());
        let more: Vec<String> = how.into_iter().chain(still).collect();
        if more.is_empty() { name } else { format!("{name} ({})", more.join(", ")) }
    };
    let said: Vec<String> = report.effects.iter().map(one).collect();
    if said.is_empty() { text.none.to_owned() } else { said.join(", ") }
}
