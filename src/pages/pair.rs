//! Pairing and consent: to whom, as whom, and what. Nothing is sent before the yes.

use interlude_diary::pairing;
use leptos::prelude::*;

use crate::components::page::framed;
use crate::state::came_back::CameBack;
use crate::state::first_run::FirstRun;
use crate::state::language::Words;
use crate::state::pairing::{NotPaired, Pairing, Pairings, Stage};

/// The page.
pub fn page() -> AnyView {
    let words = Words::get();
    let pairings = Pairings::get();
    pairings.open();
    let stage = pairings.stage();
    // The diary had nothing when it was connected: what is here then came back.
    let empty = StoredValue::new(false);
    let title = move || {
        let text = words.text().pair();
        match *stage.read() {
            Stage::Offered(..) => text.consent,
            Stage::OtherPatient => text.other,
            Stage::Done => text.done,
            Stage::InstallFirst => text.ios,
            Stage::Code | Stage::Asking | Stage::Failed(_) | Stage::StoreFailed | Stage::Refused { .. } => {
                text.title
            }
        }
        .to_owned()
    };
    let body = move || match stage.get() {
        Stage::Code => code_form(words, None),
        Stage::Asking => view! { <p role="status">{words.text().pair().asking}</p> }.into_any(),
        Stage::Failed(why) => code_form(words, Some(trouble(words, why))),
        Stage::StoreFailed => code_form(words, Some(words.text().pair().store)),
        Stage::InstallFirst => install_first(words),
        Stage::Offered(offer, kinds) => {
            empty.set_value(kinds.is_empty());
            consent(words, &offer, &kinds)
        }
        Stage::OtherPatient => {
            let text = words.text().pair();
            ended(words, &[text.other_why, text.other_do], ("/settings", words.text().shell().settings))
        }
        Stage::Refused { told } => {
            let text = words.text().pair();
            let sent = if pairings.bound() { text.nothing_more } else { text.nothing_sent };
            let told = if told { text.told } else { text.not_told };
            ended(words, &[sent, told], ("/", words.text().shell().today))
        }
        Stage::Done => done(words, empty.get_value() || FirstRun::get().wiped().get_untracked()),
    };
    framed(None, Signal::derive(title), Signal::derive(move || words.text().shell().help), body.into_any())
}

fn trouble(words: Words, why: NotPaired) -> &'static str {
    let text = words.text().pair();
    match why {
        NotPaired::UnknownCode => text.unknown,
        NotPaired::TooManyTries => text.slow,
        NotPaired::NoNetwork => text.offline,
        NotPaired::ServerTrouble => text.failed,
    }
}

/// The field for a code. A code that waited for the network stands in it.
fn code_form(words: Words, wrong: Option<&'static str>) -> AnyView {
    let pairings = Pairings::get();
    let text = words.text().pair();
    let typed = RwSignal::new(pairings.code().get_untracked().unwrap_or_default());
    let said = RwSignal::new(wrong);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match pairing::typed(&typed.get_untracked()) {
            Some(code) => pairings.redeem(code),
            None => said.set(Some(text.not_a_code)),
        }
    };
    let live = pairings.live().get_untracked();
    view! {
        {live.map(|pairing| view! { <p class="note">{(text.already)(&pairing.clinic.name)}</p> })}
        <p>{text.what}</p>
        <form class="stack" on:submit=submit>
            <div class="field">
                <label for="code">{text.code}</label>
                <p class="sub" id="code-help">{text.code_help}</p>
                <input
                    id="code"
                    class="input code"
                    type="text"
                    autocomplete="one-time-code"
                    autocapitalize="characters"
                    spellcheck="false"
                    maxlength="12"
                    aria-describedby="code-help code-wrong"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <p class="trouble-text" id="code-wrong" role="alert">{move || said.get()}</p>
            </div>
            <button type="submit" class="btn">{text.next}</button>
            <a class="btn quiet" href="/">{text.not_now}</a>
        </form>
    }
    .into_any()
}

/// On an iPhone outside the installed app: the code stays good, the steps are shown.
fn install_first(words: Words) -> AnyView {
    let text = words.text().pair();
    let code = Pairings::get().code().get_untracked();
    let steps = words.text().settings().install_ios.map(|step| view! { <li>{step}</li> });
    view! {
        <p>{text.ios_why}</p>
        <ol class="card steps">{steps.collect_view()}</ol>
        {code.map(|code| view! { <p class="note">{(text.ios_code)(&code)}</p> })}
        <a class="btn quiet" href="/">{text.not_now}</a>
    }
    .into_any()
}

fn consent(words: Words, offer: &Pairing, kinds: &[(String, u32)]) -> AnyView {
    let text = words.text().pair();
    let pairings = Pairings::get();
    let initials =
        if offer.patient.initials.is_empty() { &offer.patient.id } else { &offer.patient.initials };
    let counts = kinds.iter().map(|(name, n)| view! { <dd>{(text.sends_kind)(*n, &words.form(name))}</dd> });
    let none = kinds.is_empty().then(|| view! { <dd>{text.sends_none}</dd> });
    view! {
        <dl class="card facts">
            <div>
                <dt>{text.to}</dt>
                <dd>
                    <b class="block">{offer.clinic.name.clone()}</b>
                    <span class="sub">{offer.base.clone()}</span>
                </dd>
            </div>
            <div>
                <dt>{text.patient}</dt>
                <dd><b>{initials.clone()}</b></dd>
            </div>
            <div>
                <dt>{text.sends}</dt>
                {none}
                {counts.collect_view()}
                <dd>{text.sends_later}</dd>
            </div>
        </dl>
        <p class="sub">{format!("{} {} {}", text.stays, text.can_end, text.not_me)}</p>
        <button type="button" class="btn low" on:click=move |_| pairings.agree()>{text.yes}</button>
        <button type="button" class="btn quiet" on:click=move |_| pairings.end()>{text.no}</button>
    }
    .into_any()
}

/// Connected. Of a diary that had nothing: how far it came back, and of which days nothing did.
fn done(words: Words, empty: bool) -> AnyView {
    let back = empty.then(CameBack::follow);
    let said = move || {
        back.and_then(|back| back.get()).map(|back| {
            let text = words.text().pair();
            let none =
                back.none_of.map(|(first, last)| match (words.date_year(first), words.date_year(last)) {
                    (first, last) if first == last => (text.none_of_day)(&first),
                    (first, last) => (text.none_of_days)(&first, &last),
                });
            let until = (text.came_back)(&words.date_year(back.until));
            view! { <p>{until}</p> {none.map(|none| view! { <p>{none}</p> })} }
        })
    };
    view! {
        <div class="stack" role="status"><p>{words.text().pair().done_means}</p> {said}</div>
        <a class="btn" href="/">{words.text().shell().today}</a>
    }
    .into_any()
}

/// The end of a way: sentences, and one way on.
fn ended(words: Words, said: &[&'static str], (to, name): (&'static str, &'static str)) -> AnyView {
    let said: Vec<_> = said.iter().map(|said| view! { <p>{*said}</p> }).collect();
    let again = matches!(*Pairings::get().stage().read_untracked(), Stage::Refused { .. }).then(|| {
        view! {
            <button type="button" class="btn quiet" on:click=move |_| Pairings::get().start_over()>
                {words.text().pair().title}
            </button>
        }
    });
    view! {
        <div class="stack" role="status">{said}</div>
        <a class="btn" href=to>{name}</a>
        {again}
    }
    .into_any()
}
