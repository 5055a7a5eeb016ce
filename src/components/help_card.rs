//! The card with numbers to call: on the page Help, and over a form that raised a red flag.
//!
//! Every number is a link that a phone dials. The card records nothing.

use leptos::prelude::*;

/// One number, ready to be dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What the link says.
    pub words: String,
    /// `tel:` or `sms:` address.
    pub href: String,
    /// When it answers and for whom, as far as known.
    pub note: Option<String>,
}

/// What the card shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Heading.
    pub title: String,
    /// What the person said that raised it; empty on the page Help.
    pub because: Vec<String>,
    /// What the clinic says to it.
    pub says: Vec<String>,
    /// The clinic, where its number is known.
    pub clinic: Option<Number>,
    /// Said in the clinic's place, where it is not.
    pub no_clinic: &'static str,
    /// Heading and sentence of the second part.
    pub danger: (&'static str, &'static str),
    /// Emergency numbers.
    pub emergency: Vec<Number>,
    /// Heading over the crisis lines.
    pub talk: &'static str,
    /// Crisis lines.
    pub crisis: Vec<Number>,
}

/// The card. Its title is the page's heading when `main` says so.
pub fn help_card(card: &Card, main: bool) -> AnyView {
    let title = card.title.clone();
    let title = if main {
        view! { <h1 tabindex="-1">{title}</h1> }.into_any()
    } else {
        view! { <h2>{title}</h2> }.into_any()
    };
    let because: Vec<_> = card.because.iter().map(|said| view! { <p>{said.clone()}</p> }).collect();
    let says: Vec<_> = card.says.iter().map(|said| view! { <p>{said.clone()}</p> }).collect();
    let clinic = card.clinic.as_ref().map_or_else(
        || view! { <p class="sub">{card.no_clinic}</p> }.into_any(),
        |clinic| dial(clinic, "btn call"),
    );
    // With no clinic to call, the emergency numbers are the loudest thing on the card.
    let loudest = if card.clinic.is_some() { "btn quiet" } else { "btn call" };
    let emergency: Vec<_> = card.emergency.iter().map(|number| dial(number, loudest)).collect();
    let crisis: Vec<_> = card.crisis.iter().map(|number| dial(number, "btn quiet")).collect();
    let talk = (!crisis.is_empty()).then(|| {
        view! {
            <h3>{card.talk}</h3>
            <div class="tight">{crisis}</div>
        }
    });
    view! {
        <section class="card flag">{title} {because} {says} {clinic}</section>
        <section class="card">
            <div>
                <h2>{card.danger.0}</h2>
                <p class="sub">{card.danger.1}</p>
            </div>
            <div class="pair">{emergency}</div>
            {talk}
        </section>
    }
    .into_any()
}

fn dial(number: &Number, class: &'static str) -> AnyView {
    let note = number.note.clone().map(|note| view! { <p class="sub">{note}</p> });
    view! {
        <div>
            <a class=class href=number.href.clone()>{number.words.clone()}</a>
            {note}
        </div>
    }
    .into_any()
}
