//! Small curves beside each other, each with its scale and its days.

use interlude_diary::change::curve::Curve;
use interlude_diary::summary::Summary;
use leptos::prelude::*;

use crate::components::chart::{Around, chart, picture};
use crate::pages::trends::say;
use crate::state::language::Words;

/// All curves of a summary.
pub(super) fn all(words: Words, summary: &Summary) -> AnyView {
    let one = |(score, curve): &(&'static str, Curve)| one(words, score, curve);
    let figures: Vec<AnyView> = summary.curves.iter().map(one).collect();
    if figures.is_empty() {
        return view! { <p>{words.text().trends().nothing}</p> }.into_any();
    }
    view! { <div class="s-curves">{figures}</div> }.into_any()
}

fn one(words: Words, score: &'static str, curve: &Curve) -> AnyView {
    let (text, sheet) = (words.text().trends(), &words.text().doctor().sheet);
    let name = say::score(text, score);
    let before = curve.bands.last().map(|band| (sheet.before)(&say::tenths(words, band.mean.shown())));
    let long = curve.span.days() > 300;
    let day = |day| if long { words.month(day) } else { words.date_tick(day) };
    let (low, high) = curve.range;
    let infusions = curve.marks.iter().filter(|(_, outcome)| outcome.took_place()).count();
    let said = [Some(name.to_owned()), before.clone(), Some((text.infusions)(infusions))];
    let around = Around {
        label: said.into_iter().flatten().collect::<Vec<_>>().join("; "),
        values: [low, f64::midpoint(low, high), high].map(|value| words.number(value)),
        days: [day(curve.span.first), String::new(), day(curve.span.last)],
        signs: Vec::new(),
    };
    view! {
        <figure data-score=score>
            <figcaption><b>{name}</b> " " {before}</figcaption>
            {chart(&picture(curve), around)}
        </figure>
    }
    .into_any()
}
