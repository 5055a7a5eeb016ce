//! What changed since a series, every score at every point, with what each number is of.

use interlude_diary::change::{At, Back, Change, Count, Mean, Measured, Point, SeriesChange, Stage, Verdict};
use interlude_diary::summary::at;
use leptos::prelude::*;

use super::sheet::day;
use crate::pages::trends::say;
use crate::state::language::Words;

/// The table, and when each scale was back at its earlier level.
pub(super) fn table(words: Words, series: &SeriesChange) -> AnyView {
    let (text, trends) = (&words.text().doctor().sheet, words.text().trends());
    let rows: Vec<AnyView> = series.scores.iter().map(|change| row(words, change)).collect();
    let [what, before] = text.change_columns;
    let points: Vec<AnyView> = trends
        .points
        .iter()
        .map(|name| view! { <th scope="col" role="columnheader">{*name}</th> }.into_any())
        .collect();
    view! {
        <table class="s-changes" role="table">
            <caption>{text.changes}</caption>
            <thead role="rowgroup"><tr role="row"><td role="cell">{what}</td><th scope="col" role="columnheader">{before}</th>{points}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {back(words, series)}
    }
    .into_any()
}

fn row(words: Words, change: &Change) -> AnyView {
    let (text, trends) = (&words.text().doctor().sheet, words.text().trends());
    let [_, before] = text.change_columns;
    let points: Vec<AnyView> = change
        .points
        .iter()
        .zip(trends.points)
        .map(|(point, name)| {
            view! { <td role="cell" data-at=at(point.at) data-of=name>{cell(words, change, point)}</td> }
                .into_any()
        })
        .collect();
    let first = if change.score == "pgic" {
        ().into_any()
    } else {
        let value = change.before.mean.map(|mean| value(words, mean));
        view! { {value} " " {of(words, change, &change.before)} }.into_any()
    };
    view! {
        <tr data-score=change.score role="row">
            <th scope="row" role="rowheader">{say::score(trends, change.score)}</th>
            <td role="cell" data-at="before" data-of=before>{first}</td>
            {points}
        </tr>
    }
    .into_any()
}

fn value(words: Words, mean: Mean) -> AnyView {
    view! { <b>{say::tenths(words, mean.shown())}</b> }.into_any()
}

fn cell(words: Words, change: &Change, point: &Point) -> AnyView {
    let (text, trends) = (&words.text().doctor().sheet, words.text().trends());
    match point.stage {
        Stage::NotYet => {
            return view! { <span class="s-of">{text.not_yet} " " {day(words, point.span.first)}</span> }
                .into_any();
        }
        Stage::Overtaken => return view! { <span class="s-of">{text.overtaken}</span> }.into_any(),
        Stage::Running | Stage::Past => {}
    }
    let mean = point.measured.mean;
    let (shown, difference) = if change.score == "pgic" {
        let place = mean.and_then(|mean| usize::try_from(mean.shown() / 10 - 1).ok());
        let words = place.and_then(|place| trends.pgic.get(place).copied());
        (words.map(|words| view! { <span lang="en">{words}</span> }.into_any()), None)
    } else {
        (mean.map(|mean| value(words, mean)), say::difference(words, &point.judged))
    };
    let verdict = match point.judged.verdict {
        Verdict::NoRule => None,
        Verdict::NotEnough => Some(text.few.to_owned()),
        other @ (Verdict::Yes { .. } | Verdict::No | Verdict::Worse) => {
            let [_, _, meaningful] = trends.columns;
            Some(format!("{meaningful}: {}", say::verdict(trends, other)))
        }
    };
    let said: Vec<AnyView> = difference
        .into_iter()
        .chain(verdict)
        .map(|words| view! { <span class="s-line">{words}</span> " " }.into_any())
        .collect();
    view! { {shown} " " {said} " " {of(words, change, &point.measured)} }.into_any()
}

/// What a number is of: answers on time of days, and late ones; of a form its day.
fn of(words: Words, change: &Change, measured: &Measured) -> AnyView {
    let text = &words.text().doctor().sheet;
    let Count { days, on_time, late, .. } = measured.count;
    let counted = if change.back.is_some() {
        Some((text.of)(on_time, days).into_any())
    } else {
        measured.day.map(|of| day(words, of))
    };
    let between = (counted.is_some() && late > 0).then_some("; ");
    let late = (late > 0).then(|| (text.late)(late));
    view! { <span class="s-of">{counted} {between} {late}</span> }.into_any()
}

/// When each daily scale was back at its earlier level.
fn back(words: Words, series: &SeriesChange) -> AnyView {
    let (text, trends) = (&words.text().doctor().sheet, words.text().trends());
    let said = |change: &Change| {
        let back = match change.back? {
            Back::Weeks(weeks) => (text.back_after)(weeks),
            Back::NotSeen { weeks } => (text.back_not_seen)(weeks),
            Back::Stayed => text.back_stayed.to_owned(),
            Back::NotEnough => text.few.to_owned(),
        };
        let name = say::score(trends, change.score);
        Some(view! { <li data-back=change.score>{name} ": " {back}</li> }.into_any())
    };
    let lines: Vec<AnyView> = series.scores.iter().filter_map(said).collect();
    view! { <div class="s-back"><b>{text.back}</b><ul>{lines}</ul></div> }.into_any()
}

/// Every point has a column.
const _: () = assert!(At::ALL.len() == 4, "the table has four columns of points");
