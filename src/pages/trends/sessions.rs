//! The infusions themselves: what was planned and what became of it, and who says so.

use interlude_diary::schedule::{Infusion, Outcome, Teller};
use leptos::prelude::*;

use crate::state::language::Words;
use crate::state::trends::{Known, Reach};

/// The card; nothing where there are no infusions in these days.
pub(super) fn card(words: Words, known: &Known, reach: Reach) -> Option<AnyView> {
    let text = words.text().infusions();
    let series: Vec<AnyView> =
        known.courses(reach).iter().map(|(place, all)| one_series(words, known, *place, all)).collect();
    (!series.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{text.title}</h2>
                {series}
            </section>
        }
        .into_any()
    })
}

fn one_series(words: Words, known: &Known, place: u16, all: &[&Infusion]) -> AnyView {
    let text = words.text().infusions();
    let first = all.first().map(|one| words.date_year(one.day)).unwrap_or_default();
    let rows: Vec<AnyView> = all.iter().map(|one| row(words, known, one)).collect();
    view! {
        <div>
            <h3>{(text.series)(place, &first)}</h3>
            <dl class="answers">{rows}</dl>
        </div>
    }
    .into_any()
}

fn row(words: Words, known: &Known, one: &Infusion) -> AnyView {
    let text = words.text().infusions();
    let outcome = match one.outcome {
        Outcome::Completed => text.completed,
        Outcome::Stopped => text.stopped,
        Outcome::Missed => text.missed,
        Outcome::Planned if known.is_untold(one) => text.untold,
        Outcome::Planned => text.planned,
    };
    let by = match one.by {
        Teller::Clinic => text.by_clinic,
        Teller::Person => text.by_you,
    };
    let dose = one.dose_mg_per_kg.map(|dose| (text.dose)(&words.number(dose)));
    let said = [Some(outcome.to_owned()), dose, one.minutes.map(text.minutes), Some(by.to_owned())];
    let said: Vec<String> = said.into_iter().flatten().collect();
    view! { <div><dt>{words.date_short(one.day)}</dt><dd>{said.join(", ")}</dd></div> }.into_any()
}
