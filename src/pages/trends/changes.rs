//! What changed since the latest series, point by point, with what it is a mean of.

use interlude_diary::change::{At, Back, Change, Mean, Point, SeriesChange, Stage};
use leptos::prelude::*;

use super::say;
use crate::state::language::Words;

/// The card.
pub(super) fn card(words: Words, series: &SeriesChange, score: &str) -> AnyView {
    let text = words.text().trends();
    let title = (text.series)(series.place, &words.date_short(series.first));
    if series.last.is_none() {
        return view! { <section class="card"><h2>{title}</h2><p>{text.runs}</p></section> }.into_any();
    }
    let back = series.scores.iter().find(|change| change.score == score).and_then(|change| change.back);
    let back = back.and_then(|back| self::back(words, back));
    let points = At::ALL.into_iter().zip(text.points).map(|(at, name)| one_point(words, series, at, name));
    let points: Vec<AnyView> = points.collect();
    view! {
        <section class="card">
            <h2>{title}</h2>
            {back.map(|back| view! { <p>{back}</p> })}
            {points}
        </section>
    }
    .into_any()
}

/// When it was back at its earlier level.
pub(super) fn back(words: Words, back: Back) -> Option<String> {
    let text = words.text().trends();
    match back {
        Back::Weeks(weeks) => Some((text.back)(weeks)),
        Back::NotSeen { weeks } => Some((text.not_seen)(weeks)),
        Back::Stayed => Some(text.stayed.to_owned()),
        Back::NotEnough => None,
    }
}

fn one_point(words: Words, series: &SeriesChange, at: At, name: &'static str) -> AnyView {
    let text = words.text().trends();
    let of = |change: &Change| change.points.iter().find(|point| point.at == at).cloned();
    let rows: Vec<(&Change, Point)> =
        series.scores.iter().filter_map(|change| Some((change, of(change)?))).collect();
    let Some((_, first)) = rows.first() else { return ().into_any() };
    let nothing = match first.stage {
        Stage::NotYet => Some((text.not_yet)(&words.date_short(first.span.first))),
        Stage::Overtaken => Some(text.overtaken.to_owned()),
        Stage::Running | Stage::Past => None,
    };
    if let Some(nothing) = nothing {
        return view! { <div><h3>{name}</h3><p class="sub">{nothing}</p></div> }.into_any();
    }
    let [what, change, meaningful] = text.columns;
    let rows: Vec<AnyView> = rows.iter().map(|(change, point)| row(words, change, point)).collect();
    view! {
        <table class="changes" role="table">
            <caption>{name}</caption>
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{what}</th><th scope="col" role="columnheader">{change}</th><th scope="col" role="columnheader">{meaningful}</th></tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(words: Words, change: &Change, point: &Point) -> AnyView {
    let text = words.text().trends();
    let (before, after) = (&change.before, &point.measured);
    let said = if change.score == "pgic" {
        after.mean.and_then(|mean| {
            let place = usize::try_from(mean.shown() / 10 - 1).ok()?;
            text.pgic.get(place).map(|words| (*words).to_owned())
        })
    } else {
        say::difference(words, &point.judged)
    };
    let numbers = match (before.mean.map(Mean::shown), after.mean.map(Mean::shown)) {
        (Some(before), Some(after)) => {
            Some(format!("{} → {}", say::tenths(words, before), say::tenths(words, after)))
        }
        _ => None,
    };
    // Of whole forms there is one in each window; what it is a mean of needs no saying.
    let daily = change.back.is_some();
    let days = daily.then(|| {
        let pair = |count: &interlude_diary::change::Count| [count.on_time, count.days];
        (text.of_days)(pair(&before.count), pair(&after.count))
    });
    let late = before.count.late + after.count.late;
    let late = (late > 0).then(|| (text.late)(late));
    let more: Vec<String> = [days, late].into_iter().flatten().collect();
    let more = (!more.is_empty()).then(
        || view! { <tr class="more" role="row"><td role="cell" colspan="3">{more.join("; ")}</td></tr> },
    );
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{say::score(text, change.score)}</th>
            <td role="cell"><span lang=(change.score == "pgic").then_some("en")>{said.unwrap_or_else(|| "–".to_owned())}</span><span class="sub block">{numbers}</span></td>
            <td role="cell" data-of=text.columns[2]>{say::verdict(text, point.judged.verdict)}</td>
        </tr>
        {more}
    }
    .into_any()
}
