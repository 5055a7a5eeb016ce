//! Today: what can be answered now, and how the diary stands.

use interlude_diary::ids::EntryId;
use interlude_diary::occasion::OccasionKey;
use interlude_diary::own::Part;
use interlude_diary::schedule::offers_calm;
use leptos::prelude::*;

use super::reminders;
use crate::components::light::{self, Tone, light};
use crate::components::page::framed;
use crate::state::language::Words;
use crate::state::light::DiaryLight;
use crate::state::outside::Outside;
use crate::state::pairing::Pairings;
use crate::state::route::{FillKey, Route};
use crate::state::router::Router;
use crate::state::settings::Settings;
use crate::state::theme::{Colours, Theme};
use crate::state::today::{ANY_TIME, CHECK_IN, Due, Open, Progress, SLEEP, Today, TodayView};

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let today = Today::open();
    let view = today.view();
    let over = move || match &*view.read() {
        Some(Ok(view)) => words.day(view.day),
        Some(Err(_)) | None => String::new(),
    };
    let body = move || match view.get() {
        None => ().into_any(),
        Some(Err(_)) => {
            view! { <p class="trouble-text" role="alert">{words.text().today().failed}</p> }.into_any()
        }
        Some(Ok(view)) => first(words, &view),
    };
    let rows = move || view.read().as_ref().and_then(|view| Some(second(words, view.as_ref().ok()?)));
    let own = move || view.read().as_ref().and_then(|view| Some(own(words, view.as_ref().ok()?)));
    let rest = move || view.read().as_ref().and_then(|view| Some(more(words, view.as_ref().ok()?)));
    framed(
        Some(Signal::derive(over)),
        Signal::derive(move || words.text().shell().today.to_owned()),
        Signal::derive(move || words.text().shell().help),
        view! {
            {body}
            {standing(words, view)}
            {reminders::trouble(words)}
            {rows}
            {own}
            <a class="link" href="/help">{move || words.text().today().help_now}</a>
            {rest}
        }
        .into_any(),
    )
}

/// The shortcut of the installed app: goes straight to today's check-in, in its own place.
pub fn check_in_now() -> AnyView {
    Router::get().replace(Route::occasion(CHECK_IN, OccasionKey::daily(Outside::get().now().diary_day())));
    ().into_any()
}

/// The check-in and what is to be said beside it.
fn first(words: Words, view: &TodayView) -> AnyView {
    let text = words.text().today();
    let night = view.next.as_ref().map(|next| {
        let slept = matches!(next.progress, Progress::Fresh | Progress::Begun { .. }).then(|| {
            let to = Route::occasion(CHECK_IN, next.key.clone()).to_string();
            view! { <a class="link" href=to>{(text.slept)(&words.day(next.day))}</a> }
        });
        view! {
            <div class="note">
                <p>{(text.night)(&words.day(view.day))}</p>
                {slept}
            </div>
        }
    });
    view! {
        {night}
        {check_in(words, &view.check_in)}
        {quiet_note(words, view)}
        {calm(words, view)}
    }
    .into_any()
}

/// What else belongs to the day.
fn second(words: Words, view: &TodayView) -> AnyView {
    let text = words.text().today();
    let late = view
        .late
        .as_ref()
        .map(|late| row((text.late)(&words.day(late.day)), text.late_means, late, CHECK_IN, words));
    let sleep =
        view.sleep.as_ref().map(|sleep| row(text.sleep.to_owned(), text.sleep_about, sleep, SLEEP, words));
    let due: Vec<AnyView> = view.due.iter().map(|due| due_row(words, due)).collect();
    let due = (!due.is_empty()).then(|| {
        view! {
            <section class="tight">
                <h2 class="over">{text.due}</h2>
                <div class="card rows">{due}</div>
            </section>
        }
    });
    view! {
        {due}
        <div class="card rows">
            {any_time(words, "side-effects", view.begun.contains(&"side-effects"))} {sleep} {late}
        </div>
    }
    .into_any()
}

/// After very high values, at most once a week: no alarm, and no silence either.
fn quiet_note(words: Words, view: &TodayView) -> Option<AnyView> {
    let settings = Settings::get();
    if view.quiet.is_empty() || !settings.choices().read_untracked().may_note(view.day) {
        return None;
    }
    settings.note(view.day);
    let text = words.text().help();
    let said = |rule: &&str| text.rules.iter().find(|(name, _)| name == rule).map(|(_, said)| *said);
    let said: Vec<_> = view.quiet.iter().filter_map(said).collect();
    let note = view! {
        <section class="card">
            <h2>{text.quiet}</h2>
            <p>{said.join(" ")}</p>
            <p class="sub">{text.quiet_more}</p>
            <a class="btn quiet" href="/help">{words.text().shell().help}</a>
        </section>
    };
    Some(note.into_any())
}

/// Around a session light and movement may be too much: a calmer screen is offered, once, and left at that.
fn calm(words: Words, view: &TodayView) -> AnyView {
    let (settings, colours, day) = (Settings::get(), Colours::get(), view.day);
    let infusions = view.infusions.clone();
    let offered = Memo::new(move |_| {
        colours.theme().get() != Theme::Calm && offers_calm(&infusions, day, settings.choices().read().calm)
    });
    let answer = move |yes: bool| {
        settings.answer_calm(day);
        if yes {
            colours.choose(Theme::Calm);
        }
    };
    view! {
        <Show when=move || offered.get()>
            <section class="card">
                <h2>{words.text().today().calm}</h2>
                <p class="sub">{words.text().today().calm_about}</p>
                <button type="button" class="btn quiet" on:click=move |_| answer(true)>
                    {words.text().today().calm_yes}
                </button>
                <button type="button" class="btn quiet" on:click=move |_| answer(false)>
                    {words.text().today().calm_no}
                </button>
            </section>
        </Show>
    }
    .into_any()
}

/// The card of the day's check-in.
fn check_in(words: Words, open: &Open) -> AnyView {
    let text = words.text().today();
    let whole = || Route::occasion(CHECK_IN, open.key.clone()).to_string();
    let (about, buttons) = match &open.progress {
        Progress::Fresh => {
            let buttons = view! {
                <a class="btn" href=whole()>{text.begin}</a>
                <a class="btn quiet" href=short(&open.key)>{text.only_pain}</a>
            };
            (text.seven.to_owned(), buttons.into_any())
        }
        Progress::Begun { answers, .. } => {
            let buttons = view! {
                <a class="btn" href=whole()>{text.go_on}</a>
                <a class="btn quiet" href=short(&open.key)>{text.only_pain}</a>
            };
            ((text.kept)(*answers), buttons.into_any())
        }
        Progress::Done { entry, at, short } => {
            let about = if *short { text.done_short } else { text.done };
            let to = Route::Entry(*entry).to_string();
            let rest = short.then(|| view! { <a class="btn quiet" href=rest(*entry)>{text.the_rest}</a> });
            let buttons = view! { {rest} <a class="btn quiet" href=to>{text.open}</a> };
            (about(&words.time(*at)), buttons.into_any())
        }
    };
    view! {
        <section class="card">
            <div>
                <h2>{text.check_in}</h2>
                <p class="sub">{about}</p>
            </div>
            {buttons}
        </section>
    }
    .into_any()
}

fn short(key: &OccasionKey) -> String {
    let key = FillKey::Occasion(key.clone());
    Route::Fill { questionnaire: CHECK_IN.to_owned(), key, short: true }.to_string()
}

/// What the short part left open, asked of the same entry.
fn rest(entry: EntryId) -> String {
    let key = FillKey::Correction(entry);
    Route::Fill { questionnaire: CHECK_IN.to_owned(), key, short: false }.to_string()
}

/// One occasion as a row with one way on.
fn row(title: String, about: &str, open: &Open, questionnaire: &str, words: Words) -> AnyView {
    let text = words.text().today();
    let form = || match open.progress {
        Progress::Begun { short: true, .. } => short(&open.key),
        Progress::Fresh | Progress::Begun { .. } | Progress::Done { .. } => {
            Route::occasion(questionnaire, open.key.clone()).to_string()
        }
    };
    let (about, to, way) = match &open.progress {
        Progress::Fresh => (about.to_owned(), form(), text.begin),
        Progress::Begun { answers, .. } => ((text.kept)(*answers), form(), text.go_on),
        Progress::Done { entry, at, .. } => {
            ((text.done)(&words.time(*at)), Route::Entry(*entry).to_string(), text.open)
        }
    };
    line(title, about, to, way)
}

/// A questionnaire that the infusions ask for, with why and until when.
fn due_row(words: Words, due: &Due) -> AnyView {
    let text = words.text().today();
    let last = words.day(due.last);
    let why = match (due.questionnaire, due.before) {
        ("pgic", true) => text.due_before_again,
        (_, true) => text.due_before,
        ("peg", false) => text.due_peg,
        ("gad-7", false) => text.due_gad,
        _ => text.due_pgic,
    };
    row(words.form(due.questionnaire), &why(&last), &due.open, due.questionnaire, words)
}

/// What the person asks themselves, and a note.
fn own(words: Words, view: &TodayView) -> AnyView {
    let (text, own, title) = (words.text().today(), &view.own, words.text().shell().own);
    let form = |part: Part| Route::unscheduled(part.name()).to_string();
    let row = if own.lines == 0 {
        line(title.to_owned(), (text.own_about)(0), Route::Own.to_string(), text.own_change)
    } else {
        let (about, way) = match own.answered {
            _ if own.begun => (text.begun.to_owned(), text.go_on),
            Some(at) => ((text.done)(&words.time(at)), text.report),
            None => ((text.own_about)(own.lines), text.begin),
        };
        line(title.to_owned(), about, form(Part::Lines), way)
    };
    let change = (own.lines > 0).then(|| {
        let named = format!("{}: {title}", text.own_change);
        view! { <a class="link" href=Route::Own.to_string() aria-label=named>{text.own_change}</a> }
    });
    let (about, way) =
        if own.note_begun { (text.begun, text.go_on) } else { (text.note_about, text.note_write) };
    view! {
        <div class="card rows">
            {row} {line(text.note.to_owned(), about.to_owned(), form(Part::Note), way)}
        </div>
        {change}
    }
    .into_any()
}

/// The questionnaires that are not bound to a day, but for those that are due and stand above.
fn more(words: Words, view: &TodayView) -> AnyView {
    let due = |name: &str| view.due.iter().any(|due| due.questionnaire == name);
    let rest = ANY_TIME.into_iter().filter(|name| *name != "side-effects" && !due(name));
    let lines = rest.map(|name| any_time(words, name, view.begun.contains(&name)));
    view! {
        <section class="tight">
            <h2 class="over">{words.text().today().more}</h2>
            <div class="card rows">{lines.collect_view()}</div>
        </section>
    }
    .into_any()
}

fn any_time(words: Words, name: &'static str, begun: bool) -> AnyView {
    let text = words.text().today();
    let (title, about, way) = match name {
        "side-effects" => (text.effects.to_owned(), text.effects_about, text.report),
        "infusion-session" => (words.form(name), text.session_about, text.report),
        "peg" => (words.form(name), text.peg_about, text.begin),
        "gad-7" => (words.form(name), text.gad_about, text.begin),
        _ => (words.form(name), text.pgic_about, text.begin),
    };
    let (about, way) = if begun { (text.begun, text.go_on) } else { (about, way) };
    line(title, about.to_owned(), Route::unscheduled(name).to_string(), way)
}

/// A name, a sentence and a link. The link's name holds the title, so that it says where it leads
/// when it is read alone.
fn line(title: String, about: String, to: String, way: &'static str) -> AnyView {
    let named = format!("{way}: {title}");
    view! {
        <div class="row">
            <div>
                <h3>{title}</h3>
                <p class="sub">{about}</p>
            </div>
            <a class="link" href=to aria-label=named>{way}</a>
        </div>
    }
    .into_any()
}

/// The save light, once the counts are known.
fn standing(
    words: Words,
    view: Signal<Option<Result<TodayView, interlude_diary::journal::JournalError>>>,
) -> AnyView {
    let paired = Pairings::get().is_live();
    let said = Signal::derive(move || {
        let view = view.read();
        let tally = view.as_ref().and_then(|view| view.as_ref().ok()).map(|view| view.tally);
        tally.map_or_else(
            || light::Words { tone: Tone::Here, title: String::new(), more: String::new() },
            |tally| say(words, DiaryLight::of(&tally, paired.get())),
        )
    });
    let known = Memo::new(move |_| matches!(&*view.read(), Some(Ok(_))));
    view! { <Show when=move || known.get()>{light(said)}</Show> }.into_any()
}

fn say(words: Words, state: DiaryLight) -> light::Words {
    let text = words.text().light();
    let (tone, title, more) = match state {
        DiaryLight::Empty => (Tone::Here, text.empty.to_owned(), text.empty_more.to_owned()),
        DiaryLight::Unpaired { all } => (Tone::Here, text.safe.to_owned(), (text.unpaired)(all)),
        DiaryLight::Parked { parked } => (Tone::Trouble, (text.parked)(parked), text.parked_more.to_owned()),
        DiaryLight::Waiting { waiting, receipts } => {
            let had = receipts.map(|(n, last_ms)| (text.clinic_had)(n, &words.when(last_ms)));
            let more = format!("{} {}", (text.wait)(waiting), had.unwrap_or_default());
            (Tone::Here, text.safe.to_owned(), more.trim_end().to_owned())
        }
        DiaryLight::All { all, last_ms } => {
            (Tone::There, text.all.to_owned(), (text.all_more)(all, &words.when(last_ms)))
        }
        DiaryLight::Some { receipted, all, last_ms } => {
            (Tone::There, (text.some)(receipted, all), (text.some_more)(&words.when(last_ms)))
        }
        DiaryLight::Sent => (Tone::There, text.sent.to_owned(), text.sent_more.to_owned()),
    };
    light::Words { tone, title, more }
}
