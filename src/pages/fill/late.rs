//! Screens of a form that are fetched: all but a question.

use leptos::prelude::*;

use super::{Desk, before, card, ending, saved, stopped};
use crate::components::late::{Waiting, late, now};
use crate::state::fill::Status;
use crate::state::fill::machine::Stage;

/// Which screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Screen {
    Night,
    LeftOut,
    Another,
    Open,
    Reason,
    Finished,
    Stopped,
    Saved,
    Card { recorded: bool },
    NotKept,
}

impl Screen {
    /// The screen of a stage; a question has none here.
    pub(super) const fn of(stage: &Stage) -> Option<Self> {
        match stage {
            Stage::Night => Some(Self::Night),
            Stage::LeftOut => Some(Self::LeftOut),
            Stage::Asking => None,
            Stage::Open => Some(Self::Open),
            Stage::Reason => Some(Self::Reason),
            Stage::Finished => Some(Self::Finished),
        }
    }
}

part! { rest:
    /// The screen.
    pub(super) fn made[ready](desk: Desk, screen: Screen) -> AnyView {
        match screen {
            Screen::Night => before::night(desk),
            Screen::LeftOut => before::left_out(desk),
            Screen::Another => ending::another(desk),
            Screen::Open => ending::open(desk),
            Screen::Reason => ending::reason(desk),
            Screen::Finished => ending::finished(desk),
            Screen::Stopped => stopped::part(desk),
            Screen::Saved => saved::part(desk),
            Screen::Card { recorded } => card::over(recorded),
            Screen::NotKept => match desk.fill.status().get_untracked() {
                Status::NotKept(error) => stopped::not_kept(desk, &error),
                Status::Quiet | Status::Keeping | Status::Kept | Status::Moved => ().into_any(),
            },
        }
    }
}

/// A screen, fetched where it must be.
pub(super) fn screen(desk: Desk, screen: Screen) -> AnyView {
    let words = &desk.text.control;
    let failed = match screen {
        Screen::NotKept => words.not_kept,
        // Whatever does not come, who is to be called does.
        Screen::Card { .. } => desk.help_not_fetched(),
        Screen::Night
        | Screen::LeftOut
        | Screen::Another
        | Screen::Open
        | Screen::Reason
        | Screen::Finished
        | Screen::Stopped
        | Screen::Saved => words.not_fetched,
    };
    let words = Waiting { busy: words.fetching, failed, again: words.again };
    late(fetch!(ready), Box::new(move || now(made(desk, screen))), words, Callback::new(|()| ()))
}
