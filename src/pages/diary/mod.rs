//! Diary: past entries by day, and one entry opened.

mod entry;
mod session;
mod words;

pub use entry::page as entry;

use leptos::prelude::*;

use self::words::form_name;
use crate::components::page::framed;
use crate::state::diary::{Day, Diary, Line, List};
use crate::state::language::Words;
use crate::state::route::Route;

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let diary = Diary::open();
    let body = move || {
        let text = words.text().diary();
        match diary.list().get() {
            List::Reading => view! { <p class="sub" role="status">{text.reading}</p> }.into_any(),
            List::Failed(_) => view! { <p class="card flag" role="alert">{text.failed}</p> }.into_any(),
            List::Days { days, more } => list(diary, words, &days, more),
        }
    };
    framed(
        None,
        Signal::derive(move || words.text().diary().title.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! { {body} }.into_any(),
    )
}

fn list(diary: Diary, words: Words, days: &[Day], more: bool) -> AnyView {
    let text = words.text().diary();
    let nothing = days.is_empty().then_some(if more { text.nothing_here } else { text.empty });
    let days: Vec<AnyView> = days.iter().map(|day| one_day(words, day)).collect();
    let earlier = more.then(|| {
        view! {
            <button type="button" class="btn quiet" on:click=move |_| diary.earlier()>{text.earlier}</button>
        }
    });
    view! {
        {nothing.map(|words| view! { <p>{words}</p> })}
        {days}
        {earlier}
    }
    .into_any()
}

fn one_day(words: Words, day: &Day) -> AnyView {
    let lines: Vec<AnyView> = day.lines.iter().map(|line| one_line(words, line)).collect();
    view! {
        <section class="tight">
            <h2>{words.day(day.day)}</h2>
            <ul class="tight">{lines}</ul>
        </section>
    }
    .into_any()
}

fn one_line(words: Words, line: &Line) -> AnyView {
    let text = words.text().diary();
    let Line { line, doubled, spare } = line;
    let corrections = line.revisions.saturating_sub(1 + u32::from(line.retracted));
    let tags = [
        line.late.then(|| text.late.to_owned()),
        line.partial.then(|| text.partial.to_owned()),
        (corrections > 0).then(|| (text.corrected)(corrections)),
        line.retracted.then(|| text.retracted.to_owned()),
        doubled.then(|| text.doubled.to_owned()),
        spare.then(|| text.spare.to_owned()),
    ];
    let tags: Vec<AnyView> =
        tags.into_iter().flatten().map(|tag| view! { <span class="tag">{tag}</span> }.into_any()).collect();
    let tags = (!tags.is_empty()).then(|| view! { <span class="tags">{tags}</span> });
    view! {
        <li>
            <a class="entry" class:retracted=line.retracted href=Route::Entry(line.id).to_string()>
                <b>{form_name(&line.questionnaire, text)}</b>
                <span class="sub">{words.time(line.authored)}</span>
                {tags}
            </a>
        </li>
    }
    .into_any()
}
