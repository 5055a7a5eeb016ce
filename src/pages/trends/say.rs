//! Sentences about a change.

use interlude_diary::change::{Judged, Recent, Verdict};
use interlude_diary::questionnaire::score::{Meaningful, instrument};
use leptos::prelude::*;

use crate::state::language::Words;
use crate::text::trends::TrendsText;

/// What a score is called.
pub(in crate::pages) fn score(text: &'static TrendsText, score: &str) -> &'static str {
    text.scores.iter().find(|(name, _)| *name == score).map_or("", |(_, words)| words)
}

/// What has an average, in a sentence.
fn subject(text: &'static TrendsText, score: &str) -> &'static str {
    text.subjects.iter().find(|(name, _)| *name == score).map_or("", |(_, words)| words)
}

/// Tenths as a number of the language.
pub(in crate::pages) fn tenths(words: Words, tenths: i32) -> String {
    words.number(f64::from(tenths) / 10.0)
}

/// "38 % lower", "1.2 higher", "the same".
pub(in crate::pages) fn difference(words: Words, judged: &Judged) -> Option<String> {
    let text = words.text().trends();
    let points = judged.points?;
    Some(match judged.percent {
        Some(percent) if percent < 0 => (text.lower_percent)(-percent),
        Some(percent) if percent > 0 => (text.higher_percent)(percent),
        _ if points < 0 => (text.lower)(&tenths(words, -points)),
        _ if points > 0 => (text.higher)(&tenths(words, points)),
        _ => text.same.to_owned(),
    })
}

/// The word of a verdict.
pub(in crate::pages) const fn verdict(text: &'static TrendsText, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes { substantial: false } => text.yes,
        Verdict::Yes { substantial: true } => text.substantial,
        Verdict::No => text.no,
        Verdict::Worse => text.worse,
        Verdict::NotEnough => text.few,
        Verdict::NoRule => text.no_rule,
    }
}

/// This week against the week before the infusions; of a form the last one against the one before.
pub(super) fn recent(words: Words, of: &str, recent: &Recent) -> String {
    let text = words.text().trends();
    let forms = instrument(of).is_some_and(|instrument| instrument.form != "daily-checkin");
    let (week, before) = if forms { of_form(words, of, recent) } else { of_week(words, of, recent) };
    let before = match (before, difference(words, &recent.judged)) {
        (Some(before), Some(difference)) => format!("{before}: {difference}."),
        (Some(before), None) => format!("{before}."),
        (None, _) if forms => text.form_before_none.to_owned(),
        (None, _) => (text.before_few)(recent.before.count.on_time),
    };
    format!("{week} {before}")
}

/// What there is now, as a sentence, and the time before without its end.
fn of_week(words: Words, of: &str, recent: &Recent) -> (String, Option<String>) {
    let text = words.text().trends();
    let week = match recent.week.mean {
        Some(mean) => (text.week)(subject(text, of), &tenths(words, mean.shown()), recent.week.count.days),
        None => (text.week_few)(recent.week.count.on_time, recent.week.count.days),
    };
    (week, recent.before.mean.map(|mean| (text.before)(&tenths(words, mean.shown()))))
}

fn of_form(words: Words, of: &str, recent: &Recent) -> (String, Option<String>) {
    let text = words.text().trends();
    let last = match (recent.week.mean, recent.week.day) {
        (Some(mean), Some(day)) => {
            (text.form)(subject(text, of), &tenths(words, mean.shown()), &words.date_short(day))
        }
        _ => text.form_none.to_owned(),
    };
    (last, recent.before.mean.map(|mean| (text.form_before)(&tenths(words, mean.shown()))))
}

/// The rule of a score, with its source on a tap.
pub(super) fn rule(words: Words, of: &str) -> AnyView {
    let text = words.text().trends();
    let instrument = instrument(of);
    let rule = match instrument.and_then(|instrument| instrument.meaningful) {
        Some(Meaningful::Percent { .. }) => text.rule_percent,
        Some(Meaningful::Points(_)) => text.rule_points,
        Some(Meaningful::Answer { .. }) => text.rule_answer,
        None => text.rule_none,
    };
    let source = instrument.map_or("", |instrument| instrument.source);
    view! {
        <section class="tight">
            <p>{rule}</p>
            <details class="rule">
                <summary>{text.source}</summary>
                <p class="sub" lang="en">{source}</p>
            </details>
        </section>
    }
    .into_any()
}
