//! An infusion as the clinic wrote it down or planned it, and whose word counts where both told of it.

use interlude_diary::entry::{Session, SessionOutcome};
use interlude_diary::questionnaire::Decimal;
use interlude_diary::schedule::Teller;
use leptos::prelude::*;

use super::words::at;
use crate::state::language::Words;

/// What the clinic says of it.
pub(super) fn card(words: Words, session: &Session) -> AnyView {
    let text = words.text().infusions();
    let outcome = match session.outcome {
        SessionOutcome::Completed => text.completed,
        SessionOutcome::Stopped => text.stopped,
        SessionOutcome::NotDone => text.missed,
        SessionOutcome::Mistaken => text.mistaken,
        SessionOutcome::Planned => text.planned,
        SessionOutcome::Cancelled => text.cancelled,
    };
    let dose = session.dose_mg_per_kg.as_ref().and_then(|dose| dose.parse::<Decimal>().ok());
    let rows = [
        Some((text.when, at(session.start, words))),
        Some((text.how, outcome.to_owned())),
        dose.map(|dose| (text.how_much, (text.dose)(&words.number(dose.to_f64())))),
        session.minutes.map(|minutes| (text.how_long, (text.minutes)(minutes))),
    ];
    let rows: Vec<AnyView> = rows
        .into_iter()
        .flatten()
        .map(|(name, said)| view! { <div><dt>{name}</dt><dd>{said}</dd></div> }.into_any())
        .collect();
    view! { <section class="card"><dl class="answers">{rows}</dl></section> }.into_any()
}

/// Whose word counts, in a sentence.
pub(super) fn counts(words: Words, whose: Teller) -> AnyView {
    let text = words.text().infusions();
    let said = match whose {
        Teller::Clinic => text.clinic_counts,
        Teller::Person => text.yours_counts,
    };
    view! { <p class="note">{said}</p> }.into_any()
}
