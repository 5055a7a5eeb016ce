//! The save light of the diary, in plain words. It leads to the page Sync.

use leptos::prelude::*;

/// How it looks; the words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// At the clinic.
    There,
    /// On the phone.
    Here,
    /// Wants to be looked at.
    Trouble,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// How it looks.
    pub tone: Tone,
    /// The state.
    pub title: String,
    /// What follows from it.
    pub more: String,
}

/// The light. A change is read out by a screen reader when it has nothing else to say.
pub fn light(words: Signal<Words>) -> AnyView {
    let class = move || match words.read().tone {
        Tone::There => "light ok",
        Tone::Here => "light",
        Tone::Trouble => "light trouble",
    };
    let picture = move || match words.read().tone {
        Tone::There => "M5 12.5l4.5 4.5L19 7.5",
        Tone::Here => {
            "M8.5 2.5h7a2.5 2.5 0 0 1 2.5 2.5v14a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 6 19V5a2.5 2.5 0 0 1 2.5-2.5zM10.5 18h3"
        }
        Tone::Trouble => "M12 4v10M12 18.5v.5",
    };
    view! {
        <div role="status" aria-live="polite">
            <a class=class href="/sync">
                <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=picture/></svg>
                <span>
                    <b class="block">{move || words.read().title.clone()}</b>
                    <span class="sub block">{move || words.read().more.clone()}</span>
                </span>
            </a>
        </div>
    }
    .into_any()
}
