//! The person's choices that belong to the diary: country, and how forms behave.

use interlude_diary::calendar::LocalDay;
use interlude_diary::flags::may_note;
use interlude_diary::journal::{Journal, MetaKey};
use interlude_diary::lock::USUAL_LIMIT;
use interlude_diary::reminder::TimeOfDay;
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;

use super::kept::member;
use super::outside::{Outside, Ports};

/// The choices, as the journal's `Settings` value keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choices {
    /// Country of the emergency numbers, ISO 3166 in capitals.
    pub country: Option<String>,
    /// Whether a tap on an answer goes on to the next question.
    pub advance: bool,
    /// The day of the last quiet note: there is at most one a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noted: Option<LocalDay>,
    /// The day on which the offer of a calmer screen was last answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calm: Option<LocalDay>,
    /// Minutes out of sight after which a diary with a code is locked.
    pub lock_after: u32,
    /// When to be reminded; the usual time where nobody chose.
    pub remind_at: TimeOfDay,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            country: None,
            advance: true,
            noted: None,
            calm: None,
            lock_after: USUAL_LIMIT,
            remind_at: TimeOfDay::USUAL,
        }
    }
}

impl Choices {
    /// Whether a quiet note may be shown on `day`.
    #[must_use]
    pub fn may_note(&self, day: LocalDay) -> bool {
        may_note(self.noted, day)
    }

    /// Reads what was kept; what cannot be read counts as never chosen.
    #[must_use]
    pub fn read(kept: Option<&str>) -> Self {
        let kept = kept.unwrap_or_default();
        Self {
            country: member(kept, "country").map(str::to_owned),
            advance: member(kept, "advance") != Some("false"),
            noted: member(kept, "noted").and_then(|day| day.parse().ok()),
            calm: member(kept, "calm").and_then(|day| day.parse().ok()),
            lock_after: member(kept, "lock_after").and_then(|min| min.parse().ok()).unwrap_or(USUAL_LIMIT),
            remind_at: member(kept, "remind_at").and_then(|at| at.parse().ok()).unwrap_or(TimeOfDay::USUAL),
        }
    }
}

/// The choices of the running app.
#[derive(Clone, Copy)]
pub struct Settings {
    choices: RwSignal<Choices>,
    kept: RwSignal<bool>,
}

impl Settings {
    /// Puts itself into the context. Call once, in the composition root.
    pub fn provide(choices: Choices) {
        provide_context(Self { choices: RwSignal::new(choices), kept: RwSignal::new(true) });
    }

    /// The settings of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The choices.
    #[must_use]
    pub fn choices(self) -> Signal<Choices> {
        self.choices.into()
    }

    /// Whether the last choice is on disk.
    #[must_use]
    pub fn kept(self) -> Signal<bool> {
        self.kept.into()
    }

    /// Whether a tap goes on by itself.
    #[must_use]
    pub fn advance(self) -> Signal<bool> {
        Signal::derive(move || self.choices.read().advance)
    }

    /// Chooses the country.
    pub fn choose_country(self, country: Option<String>) {
        self.change(|choices| choices.country = country);
    }

    /// Chooses whether a tap goes on by itself.
    pub fn choose_advance(self, advance: bool) {
        self.change(|choices| choices.advance = advance);
    }

    /// Chooses after how many minutes out of sight the diary is locked.
    pub fn choose_lock_after(self, minutes: u32) {
        self.change(|choices| choices.lock_after = minutes);
    }

    /// Chooses when to be reminded.
    pub fn choose_remind_at(self, at: TimeOfDay) {
        self.change(|choices| choices.remind_at = at);
    }

    /// A quiet note is shown on `day`.
    pub fn note(self, day: LocalDay) {
        if self.choices.read_untracked().noted != Some(day) {
            self.change(|choices| choices.noted = Some(day));
        }
    }

    /// The offer of a calmer screen was answered on `day`, either way.
    pub fn answer_calm(self, day: LocalDay) {
        self.change(|choices| choices.calm = Some(day));
    }

    /// Reads what is kept: a diary out of a file may have brought it.
    pub async fn read_again(self, ports: &Ports) {
        if let Ok(kept) = ports.journal.meta(MetaKey::Settings).await {
            self.choices.try_set(Choices::read(kept.as_deref()));
        }
    }

    fn change(self, change: impl FnOnce(&mut Choices)) {
        self.choices.update(change);
        let Ok(text) = serde_json::to_string(&*self.choices.read_untracked()) else { return };
        let ports = Outside::get();
        spawn_local(async move {
            let kept = ports.journal.set_meta(MetaKey::Settings, &text).await.is_ok();
            self.kept.set(kept);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_unreadable_is_as_never_chosen() {
        assert_eq!(Choices::read(None), Choices::default());
        assert_eq!(Choices::read(Some("{")), Choices::default());
        let all = Choices {
            country: Some("ES".to_owned()),
            advance: false,
            noted: Some(LocalDay::from_number(20_000)),
            calm: Some(LocalDay::from_number(20_010)),
            lock_after: 15,
            remind_at: TimeOfDay::from_minutes(451).unwrap(),
        };
        assert_eq!(Choices::read(serde_json::to_string(&all).ok().as_deref()), all);
        let older = Choices::read(Some(r#"{"country":"ES"}"#));
        assert_eq!(older, Choices { country: Some("ES".to_owned()), ..Choices::default() });
    }
}
