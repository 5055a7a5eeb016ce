//! Trends: a sentence, the curve, and what changed since the infusions. Words before numbers; gaps
//! stay gaps; worsening is said as plainly as improvement.

mod changes;
mod numbers;
mod overlay;
pub(super) mod say;
mod sessions;

use interlude_diary::change::curve::{Curve, Step};
use interlude_diary::questionnaire::score::{Meaningful, instrument};
use leptos::prelude::*;

use crate::components::chart::{Around, chart, picture};
use crate::components::choice::chips;
use crate::components::page::framed;
use crate::state::language::Words;
use crate::state::trends::{CURVES, Known, Reach, Trends};

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let trends = Trends::open();
    let view = trends.view();
    let body = move || {
        let text = words.text().trends();
        match view.get() {
            None => view! { <p class="sub" role="status">{text.reading}</p> }.into_any(),
            Some(Err(_)) => view! { <p class="card flag" role="alert">{text.failed}</p> }.into_any(),
            Some(Ok(known)) => shown(words, trends, &known),
        }
    };
    // Said again when it changes, so it is one element for good.
    let sentence = move || match view.get() {
        Some(Ok(known)) => said(words, trends, &known),
        None | Some(Err(_)) => String::new(),
    };
    // The choice of days stands below the curve and must not be made anew when it is used.
    let below = move || match view.get() {
        Some(Ok(known)) => since(words, trends, &known),
        None | Some(Err(_)) => ().into_any(),
    };
    let text = move || words.text().trends();
    let scores = CURVES.map(|score| (score, Signal::derive(move || say::score(text(), score).to_owned())));
    let places = [0_usize, 1, 2];
    let reaches = Reach::ALL.into_iter().zip(places).map(|(reach, at)| {
        (reach, Signal::derive(move || text().reaches.get(at).copied().unwrap_or_default().to_owned()))
    });
    framed(
        None,
        Signal::derive(move || text().title.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            {chips(
                "trend-score",
                Signal::derive(move || text().what),
                scores.into(),
                trends.score(),
                Callback::new(move |score| trends.show(score)),
            )}
            <p class="say" role="status">{sentence}</p>
            {body}
            {chips(
                "trend-days",
                Signal::derive(move || text().days),
                reaches.collect(),
                trends.reach(),
                Callback::new(move |reach| trends.look(reach)),
            )}
            <a class="btn quiet" href="/trends/doctor">{move || words.text().shell().doctor}</a>
            {below}
        }
        .into_any(),
    )
}

/// The sentence that says what the curve shows.
fn said(words: Words, trends: Trends, known: &Known) -> String {
    let score = trends.score().get();
    let recent = known.recent(score).map(|recent| say::recent(words, score, &recent));
    recent.unwrap_or_else(|| words.text().trends().no_series.to_owned())
}

fn shown(words: Words, trends: Trends, known: &Known) -> AnyView {
    let sentence = said(words, trends, known);
    let score = trends.score().get();
    let curve = known.curve(score, trends.reach().get());
    curve.map_or_else(|| ().into_any(), |curve| drawn(words, &sentence, score, &curve))
}

/// The rule, the series beside each other, and what changed since the latest.
fn since(words: Words, trends: Trends, known: &Known) -> AnyView {
    let (text, score, reach) = (words.text().trends(), trends.score().get(), trends.reach().get());
    let laid = overlay::figure(words, &known.overlay(score, reach));
    let rule = known.latest.is_some().then(|| say::rule(words, score));
    let latest = known.latest.as_ref().map(|latest| changes::card(words, latest, score));
    view! {
        {rule}
        {laid}
        {latest}
        {sessions::card(words, known, reach)}
        <p class="sub">{text.caution}</p>
    }
    .into_any()
}

/// The curve with its signs, or that there is nothing in these days.
fn drawn(words: Words, sentence: &str, score: &str, curve: &Curve) -> AnyView {
    let text = words.text().trends();
    if curve.runs.is_empty() && curve.late.is_empty() {
        return view! { <p class="note">{text.nothing}</p> }.into_any();
    }
    let long = curve.span.days() > 300;
    let name = |day| if long { words.month(day) } else { words.date_tick(day) };
    let half = curve.span.first.plus(i32::from(curve.span.days()) / 2);
    let (low, high) = curve.range;
    let values = [low, f64::midpoint(low, high), high].map(|value| words.number(value));
    let infusions = curve.marks.iter().filter(|(_, outcome)| outcome.took_place()).count();
    let band = curve.bands.last();
    let points = instrument(score).is_some_and(|one| matches!(one.meaningful, Some(Meaningful::Points(_))));
    let line = if points { text.line_points } else { text.line };
    let level = band.and_then(|band| Some(line(&words.number(f64::from(band.meaningful?) / 100.0))));
    let named = if curve.forms { text.band_form } else { text.band };
    let signs = [
        band.map(|band| ("c-of-band", named(&words.number(f64::from(band.mean.shown()) / 10.0)))),
        level.map(|level| ("c-of-level", level)),
        (infusions > 0).then(|| ("c-of-mark", (text.infusions)(infusions))),
    ];
    let legend = match curve.step {
        _ if curve.forms => text.legend_forms,
        Step::Day => text.legend,
        Step::Week => text.legend_week,
    };
    let ends = (text.ends)(&words.number(high));
    let around = Around {
        label: format!("{sentence} {ends} {}", (text.infusions)(infusions)),
        values,
        days: [name(curve.span.first), name(half), name(curve.span.last)],
        signs: signs.into_iter().flatten().collect(),
    };
    view! {
        <figure class="card">
            {chart(&picture(curve), around)}
            <figcaption class="sub">{ends} " " {legend}</figcaption>
            {numbers::table(words, curve.clone())}
        </figure>
    }
    .into_any()
}
