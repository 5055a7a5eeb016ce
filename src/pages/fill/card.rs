//! The red-flag card: over the form that raised it, and over any page until it is closed.

use leptos::prelude::*;

use crate::components::help_card::help_card;
use crate::state::aid::{Aid, Reason};
use crate::state::flags::Flags;
use crate::state::language::Words;

/// The card over any page.
pub fn part() -> AnyView {
    over(false)
}

/// The card, with the way on. That the answer is safe and goes first is said only of one that was
/// recorded; the form may not be finished yet.
pub(super) fn over(recorded: bool) -> AnyView {
    let (words, flags, aid) = (Words::get(), Flags::get(), Aid::get());
    Effect::new(move |_| flags.focus());
    let card = move || help_card(&aid.card(words, &Reason::Flags(flags.open().get())), true);
    let kept = move || {
        if recorded { words.text().help().flag_kept } else { words.text().screens().saved.nobody }
    };
    view! {
        <main class="page">
            <div class="stack">
                {card}
                <p class="sub">{kept}</p>
                <button type="button" class="btn quiet low" on:click=move |_| flags.close()>
                    {move || words.text().help().flag_go_on}
                </button>
            </div>
        </main>
    }
    .into_any()
}
