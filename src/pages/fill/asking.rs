//! The form being asked: the frame around each question.

use std::sync::Arc;

use interlude_diary::questionnaire::{Given, Item, Kind, StepKind, Value, stem};
use leptos::prelude::*;

use super::Desk;
use super::late::{self, Screen};
use crate::components::live::{live, said};
use crate::components::question::{Act, Ask, Decline, Question, Shape, shape};
use crate::state::fill::machine::{Filling, Trouble};
use crate::state::fill::{Fill, Status, named, offset_at};
use crate::text::fill::{FillText, given_words, problem_words};

/// Reads something of the form, following it.
fn read<T: Default>(fill: Fill, of: impl FnOnce(&Filling) -> T) -> T {
    fill.filling().with(|filling| filling.as_ref().map(of)).unwrap_or_default()
}

/// The frame, and in it the screen of the moment.
pub(super) fn part(desk: Desk) -> AnyView {
    let Desk { fill, text, .. } = desk;
    let screen = Memo::new(move |_| read(fill, |filling| Some(filling.screen())));
    let body = move || match screen.get_untracked().map(|(stage, ..)| stage) {
        Some(stage) => match Screen::of(&stage) {
            Some(screen) => late::screen(desk, screen),
            None => step(desk),
        },
        None => ().into_any(),
    };
    // Every screen is made of new elements: one that is used again would keep what the browser put
    // into it, and the next question would look answered. A closure inside a closure is never used
    // again.
    let fresh = live(move || {
        screen.track();
        live(move || untrack(body))
    });
    view! {
        <main class="fill">
            {top(fill, text)}
            <div class="fill-body">{fresh}</div>
            {trouble(desk)}
        </main>
    }
    .into_any()
}

fn top(fill: Fill, text: &'static FillText) -> AnyView {
    let can_go_back = Memo::new(move |_| read(fill, Filling::can_go_back));
    let share = move || {
        let (here, of) = read(fill, Filling::progress);
        (here * 100 / of.max(1)).to_string()
    };
    let back = live(move || {
        if can_go_back.get() {
            view! { <button type="button" class="link" on:click=move |_| fill.back()>{text.back}</button> }
                .into_any()
        } else {
            view! { <span class="fill-gap"></span> }.into_any()
        }
    });
    view! {
        <header class="fill-top">
            {back}
            // A drawing, because the content security policy takes no style from a script.
            <svg class="fill-progress" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width=share height="6"/>
            </svg>
            <button type="button" class="link" on:click=move |_| fill.leave()>{text.leave}</button>
        </header>
    }
    .into_any()
}

/// One step: a question, words, or "add another?".
fn step(desk: Desk) -> AnyView {
    let asked = desk.fill.filling().with_untracked(|filling| {
        let filling = filling.as_ref()?;
        let step = filling.step()?;
        let more = matches!(step.kind, StepKind::AnotherInstance { .. });
        Some((ask(filling, desk), more))
    });
    match asked {
        Some((_, true)) => late::screen(desk, Screen::Another),
        Some((Some(ask), false)) => question(desk, ask),
        Some((None, false)) | None => ().into_any(),
    }
}

/// What is asked, in words.
fn ask(filling: &Filling, desk: Desk) -> Option<Ask> {
    let (step, item, text) = (filling.step()?, filling.item()?, desk.text);
    let (here, of) = filling.progress();
    let words = step.kind == StepKind::Words;
    let mut over = vec![if words { text.to_read.to_owned() } else { (text.question_of)(here, of) }];
    over.extend(step.within.last().cloned());
    over.extend(filling.asked().past.as_deref().map(|day| (text.about_day)(day)));
    let correcting = filling.draft().parent.is_some() && !filling.completes();
    let over = over.join(" · ");
    let lead = step.lead.iter().filter(|words| !step.within.contains(words) && **words != item.text);
    let language =
        filling.form().language.as_deref().map(|tag| tag.split('-').next().unwrap_or(tag).to_owned());
    Some(Ask {
        item: Arc::new(item.clone()),
        id: "q".to_owned(),
        over: if correcting { (text.correcting)(&over) } else { over },
        lead: lead.cloned().collect(),
        stem: stem(item, filling.asked()),
        lang: language.filter(|tag| tag != desk.language),
    })
}

fn question(desk: Desk, ask: Ask) -> AnyView {
    let Desk { fill, text, .. } = desk;
    let words = &text.control;
    let shape = shape::of(&ask.item);
    let taps = matches!(shape, Shape::Scale | Shape::Radios) && ask.item.kind != Kind::OpenChoice;
    let given = Memo::new(move |_| read(fill, |filling| filling.given().cloned()));
    let error = {
        let item = Arc::clone(&ask.item);
        Memo::new(move |_| match read(fill, |filling| filling.trouble().cloned()) {
            Some(Trouble::Answer(problem)) => Some(problem_words(&problem, &item, words)),
            Some(Trouble::NoReason) | None => None,
        })
    };
    let slot =
        fill.filling().with_untracked(|f| f.as_ref().and_then(|f| f.step().map(|step| step.slot.clone())));
    let act = move |act: Act| {
        // A browser says `change` after `click`: by then the form may be at the next question, and
        // what this one still says must not become the other's answer.
        if !slot.as_ref().is_some_and(|slot| fill.asks(slot)) {
            return;
        }
        match act {
            Act::Give(values) => fill.give(values),
            Act::Unreadable(problem) => fill.unreadable(problem),
            Act::Chosen => fill.chosen(),
            Act::Next => fill.next(),
        }
    };
    // A tap is enough for one choice; the button comes when a choice is there to be left as it is.
    let next = live(move || {
        if !taps || !fill.auto_advance() || given.get().is_some() || error.get().is_some() {
            view! { <button type="button" class="btn" on:click=move |_| fill.next()>{words.next}</button> }
                .into_any()
        } else {
            ().into_any()
        }
    });
    let optional = !ask.item.required && shape != Shape::Words;
    let decline = optional.then(|| {
        let declined = Signal::derive(move || given.get() == Some(Given::Declined));
        view! { <Decline label=words.decline declined=declined on_press=move |()| fill.decline()/> }
    });
    let copyright = fill.filling().with_untracked(|filling| {
        let filling = filling.as_ref()?;
        let first = filling.progress().0 == 1;
        first.then(|| filling.form().copyright.clone()).flatten()
    });
    view! {
        {previous(fill, text)}
        <Question ask=ask given=given error=error words=words offset=offset_at on_act=act/>
        <div class="fill-next">{next}</div>
        <div class="fill-foot">
            {decline}
            <p class="sub fill-status" role="status">{said(move || status(fill, text))}</p>
        </div>
        {copyright.map(|words| view! {
            <details class="q-copyright"><summary>{text.about}</summary><p class="sub">{words}</p></details>
        })}
    }
    .into_any()
}

/// The answer before, with the way back to it.
fn previous(fill: Fill, text: &'static FillText) -> AnyView {
    let said = fill.filling().with_untracked(|filling| {
        let (item, given) = filling.as_ref()?.previous()?;
        Some(short(given_words(Some(item), given, &text.control)))
    });
    match said {
        Some(said) => view! {
            <p class="fill-before">
                <span class="sub">{(text.before)(&said)}</span>
                <button type="button" class="link" on:click=move |_| fill.change_previous()>{text.change}</button>
            </p>
        }
        .into_any(),
        None => ().into_any(),
    }
}

/// As much of an answer as fits one line.
fn short(words: String) -> String {
    const MOST: usize = 48;
    if words.chars().count() <= MOST { words } else { words.chars().take(MOST).chain(['…']).collect() }
}

/// What is known of the last act. "Kept" is said only once it is on disk.
fn status(fill: Fill, text: &'static FillText) -> String {
    match fill.status().get() {
        Status::Quiet | Status::NotKept(_) => String::new(),
        Status::Keeping => text.keeping.to_owned(),
        Status::Moved => text.moved.to_owned(),
        Status::Kept => read(fill, |filling| match filling.last() {
            Some((item, Some(given))) if spoken(item, given) => {
                (text.kept)(&short(given_words(Some(item), given, &text.control)))
            }
            Some((_, Some(_))) => text.kept_plain.to_owned(),
            Some((_, None)) => text.cleared.to_owned(),
            None => String::new(),
        }),
    }
}

/// Whether the answer is said again: what is being written would be read out at every letter.
fn spoken(item: &Item, given: &Given) -> bool {
    let written = |value: &Value| matches!(value, Value::Text(_) | Value::Uri(_)) && item.options.is_empty();
    match given {
        Given::Declined => true,
        Given::Values(values) => !values.iter().any(written),
    }
}

/// The answers are on screen and not on disk.
fn trouble(desk: Desk) -> AnyView {
    let note = live(move || match desk.fill.status().get() {
        Status::NotKept(_) => late::screen(desk, Screen::NotKept),
        Status::Quiet | Status::Keeping | Status::Kept | Status::Moved => ().into_any(),
    });
    view! { <div role="alert">{note}</div> }.into_any()
}

/// The name of a day in the page's language.
pub(super) fn day(desk: Desk, ahead: i32) -> String {
    let day = desk.fill.filling().with_untracked(|filling| filling.as_ref().map(|f| f.draft().day));
    day.map(|day| named(day.plus(ahead), &desk.locale())).unwrap_or_default()
}
