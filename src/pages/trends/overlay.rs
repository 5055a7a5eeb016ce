//! Series laid over each other from the last infusion of each, with the time until the earlier level.

use interlude_diary::change::overlay::Overlaid;
use leptos::prelude::*;

use super::changes;
use crate::components::chart::{Around, SERIES, chart, overlaid};
use crate::state::language::Words;

/// At most so many, the latest: more lines are a tangle.
const MOST: usize = 3;

/// The figure; nothing of nothing.
pub(super) fn figure(words: Words, all: &[Overlaid]) -> AnyView {
    let text = words.text().trends();
    let all = all.get(all.len().saturating_sub(MOST)..).unwrap_or_default();
    if all.is_empty() {
        return ().into_any();
    }
    let name = |one: &Overlaid| (text.series)(one.place, &words.date_year(one.first));
    let said = |one: &Overlaid| {
        let back = changes::back(words, one.back).unwrap_or_else(|| text.few.to_owned());
        format!("{}: {back}", name(one))
    };
    let last = all.iter().filter_map(|one| one.weeks.last()).map(|(week, _)| *week).max().unwrap_or(1).max(2);
    let around = Around {
        label: format!("{} {}", text.overlay, all.iter().map(said).collect::<Vec<_>>().join(" ")),
        values: [0.0, 5.0, 10.0].map(|value| words.number(value)),
        days: [text.week_before.to_owned(), String::new(), (text.week_after)(last)],
        signs: SERIES.into_iter().cycle().zip(all.iter().map(name)).collect(),
    };
    let lines: Vec<AnyView> = all.iter().map(|one| view! { <p>{said(one)}</p> }.into_any()).collect();
    view! {
        <figure class="card">
            <h2>{text.overlay}</h2>
            {chart(&overlaid(all, (0.0, 10.0)), around)}
            <figcaption class="tight">{lines}<p class="sub">{text.overlay_means}</p></figcaption>
        </figure>
    }
    .into_any()
}
