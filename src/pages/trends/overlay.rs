//! Series laid over each other from the last infusion of each, with the time until the earlier level.

use interlude_diary::change::overlay::Overlaid;
use interlude_diary::change::{Back, Mean};
use leptos::prelude::*;

use super::{changes, say};
use crate::components::chart::{Around, SERIES, chart, last_week, overlaid};
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
    let last = last_week(all);
    let signs = SERIES.into_iter().cycle().zip(all.iter().map(name));
    let around = Around {
        label: format!("{} {}", text.overlay, all.iter().map(said).collect::<Vec<_>>().join(" ")),
        values: [0.0, 5.0, 10.0].map(|value| words.number(value)),
        days: [text.week_before.to_owned(), String::new(), (text.week_after)(last)],
        signs: signs.chain([("c-of-mark", text.day_zero.to_owned())]).collect(),
    };
    let lines: Vec<AnyView> = all.iter().map(|one| view! { <p>{said(one)}</p> }.into_any()).collect();
    view! {
        <figure class="card">
            <h2>{text.overlay}</h2>
            {chart(&overlaid(all, (0.0, 10.0)), around)}
            <figcaption class="tight">{lines}<p class="sub">{text.overlay_means}</p></figcaption>
            {numbers(words, all, last)}
        </figure>
    }
    .into_any()
}

/// The same as a table: a row a week, a column a series, and how long until the earlier level.
fn numbers(words: Words, all: &[Overlaid], last: i32) -> AnyView {
    let text = words.text().trends();
    let heads: Vec<AnyView> = all
        .iter()
        .map(|one| view! { <th scope="col" role="columnheader">{words.date_year(one.first)}</th> }.into_any())
        .collect();
    let row = |name: String, cells: Vec<(String, String)>| {
        let cells: Vec<AnyView> = cells
            .into_iter()
            .map(|(of, said)| view! { <td role="cell" data-of=of>{said}</td> }.into_any())
            .collect();
        view! { <tr role="row"><th scope="row" role="rowheader">{name}</th>{cells}</tr> }.into_any()
    };
    let cells = |of: &dyn Fn(&Overlaid) -> String| {
        all.iter().map(|one| (words.date_year(one.first), of(one))).collect()
    };
    let value = |mean: Option<Mean>| {
        mean.map_or_else(|| "\u{2013}".to_owned(), |mean| say::tenths(words, mean.shown()))
    };
    let in_week =
        |one: &Overlaid, week: i32| one.weeks.iter().find(|(of, _)| *of == week).map(|(_, mean)| *mean);
    let mut rows = vec![row(text.week_before.to_owned(), cells(&|one| value(one.before)))];
    let weeks = (1..=last).map(|week| row((text.week_after)(week), cells(&|one| value(in_week(one, week)))));
    rows.extend(weeks);
    rows.push(row(text.overlay_back.to_owned(), cells(&|one| back(words, one.back))));
    view! {
        <details>
            <summary>{text.numbers}</summary>
            <table class="changes" role="table">
                <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{text.overlay_week}</th>{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn back(words: Words, back: Back) -> String {
    let text = words.text().trends();
    match back {
        Back::Weeks(weeks) => (text.back_short)(weeks),
        Back::NotSeen { weeks } => (text.not_seen_short)(weeks),
        Back::Stayed => text.stayed_short.to_owned(),
        Back::NotEnough => text.few.to_owned(),
    }
}
