//! Fill: one form, one question a screen.

mod asking;
mod before;
pub mod card;
mod ending;
mod late;
mod saved;
mod stopped;

use self::late::{Screen, screen};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::components::live::live;
use crate::state::fill::{Fill, View};
use crate::state::flags::Flags;
use crate::state::language::Words;
use crate::state::route::FillKey;
use crate::text::Language;
use crate::text::fill::{FillText, ScreensText};

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Desk {
    fill: Fill,
    text: &'static FillText,
    words: Words,
    language: &'static str,
}

impl Desk {
    /// Said in the place of a card that could not be fetched.
    fn help_not_fetched(self) -> &'static str {
        Language::of_tag(self.language).unwrap_or_default().text().shell().help_not_fetched
    }

    /// The words of the screens that are no question.
    fn screens(self) -> &'static ScreensText {
        Language::of_tag(self.language).unwrap_or_default().text().screens()
    }

    /// The tag that dates are written by.
    fn locale(self) -> String {
        untrack(|| self.words.locale())
    }
}

/// Which part is shown. Within a part only its signals change, so that a light that comes on does
/// not take the focus away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Opening,
    Stopped,
    Asking,
    Saved,
}

/// The page.
pub fn page(questionnaire: String, key: FillKey, short: bool) -> AnyView {
    let words = Words::get();
    // A form keeps the language it was opened in: its words are part of the answer.
    let (text, language) = untrack(|| (words.text().fill(), words.language().tag()));
    let fill = Fill::open(questionnaire, key, short, language.to_owned());
    let desk = Desk { fill, text, words, language };
    let shown = Memo::new(move |_| {
        fill.view().with(|view| match view {
            View::Opening => Shown::Opening,
            View::NoForm(_) | View::Trouble(_) | View::Gone => Shown::Stopped,
            View::Asking => Shown::Asking,
            View::Saved(_) => Shown::Saved,
        })
    });
    let flagged = Flags::get().any();
    let part = live(move || match shown.get() {
        shown if flagged.get() => screen(desk, Screen::Card { recorded: shown == Shown::Saved }),
        Shown::Opening => {
            view! { <main class="page"><h1 tabindex="-1" class="q-opening">{text.opening}</h1></main> }
                .into_any()
        }
        Shown::Stopped => screen(desk, Screen::Stopped),
        Shown::Asking => asking::part(desk),
        Shown::Saved => screen(desk, Screen::Saved),
    });
    // A tap right after something came on screen was meant for what was there before.
    let guard = move |event: MouseEvent| {
        if !fill.settled() {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! { <div class="fill-page" on:click:capture=guard>{part}</div> }.into_any()
}
