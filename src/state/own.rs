//! The person's own questions: kept as a small value, sealed like the rest; answers to them are entries.

use std::rc::Rc;

use interlude_diary::entry::{Entry, Share};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{Journal, JournalError, Light, MetaKey, Send, shown};
use interlude_diary::own::{Answer, NotAdded, Own, Part};
use interlude_diary::questionnaire::Form;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::outside::{Outside, Ports};
use super::pairing::{self, Pairings};
use super::pulse::Pulse;
use crate::text::Language;

/// What came of the last act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Told {
    /// Nothing was done yet.
    #[default]
    Quiet,
    /// This line was added.
    Added(String),
    /// It was not.
    NotAdded(NotAdded),
    /// The store failed.
    NotKept,
}

/// The page's handle. Made when the page opens.
#[derive(Clone, Copy)]
pub struct Owned {
    own: RwSignal<Option<Own>>,
    told: RwSignal<Told>,
}

impl Owned {
    /// Reads what is asked, and again when it changes.
    #[must_use]
    pub fn open() -> Self {
        let owned = Self { own: RwSignal::new(None), told: RwSignal::new(Told::default()) };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        Effect::new(move |_| {
            pulse.track();
            let ports = Rc::clone(&ports);
            spawn_local(async move {
                match kept(&ports.journal).await {
                    Ok(own) => owned.own.try_set(Some(own)),
                    Err(_store) => owned.told.try_set(Told::NotKept).map(|_told| None),
                };
            });
        });
        owned
    }

    /// What is asked; `None` until it is read.
    #[must_use]
    pub fn own(self) -> Signal<Option<Own>> {
        self.own.into()
    }

    /// What came of the last act.
    #[must_use]
    pub fn told(self) -> Signal<Told> {
        self.told.into()
    }

    /// Whether a kind is shared with the clinic of now.
    #[must_use]
    pub fn shares(self, kind: Share) -> Signal<bool> {
        let live = Pairings::get().live();
        Signal::derive(move || {
            live.read().as_ref().is_some_and(|pairing| {
                let own = self.own.read();
                own.as_ref().is_some_and(|own| own.shares(kind, &pairing.base, &pairing.patient.id))
            })
        })
    }

    /// Adds a line.
    pub fn add(self, answer: Answer, text: String) {
        let id = Outside::get().entry_id().to_string();
        let done = Told::Added(text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.change(done, move |own| own.add(id, answer, &text));
    }

    /// Asks a line no more.
    pub fn end(self, id: String) {
        self.change(Told::Quiet, move |own| {
            own.end(&id);
            Ok(())
        });
    }

    /// Turns a kind on or off, from now on. The choice is an entry. What would let more out is written
    /// down last, what would let less out first: a kill in between shares nothing.
    pub fn share(self, kind: Share, on: bool) {
        let Some(pairing) = Pairings::get().live().get_untracked() else { return };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        spawn_local(async move {
            let told = async {
                let mut own = kept(&ports.journal).await?;
                let at = (pairing.base.as_str(), pairing.patient.id.as_str());
                let mut kinds = vec![Share::Notes, Share::Trackers];
                kinds.retain(|one| if *one == kind { on } else { own.shares(*one, at.0, at.1) });
                own.share(&kinds, at.0, at.1);
                kinds.insert(0, Share::Questionnaires);
                let consent = pairing::consent(&ports, &pairing, true, kinds);
                if !on {
                    keep(&ports.journal, &own).await?;
                }
                ports.journal.record(&consent, Send::Now, None).await?;
                if on {
                    keep(&ports.journal, &own).await?;
                }
                Ok::<(), JournalError>(())
            };
            self.told.try_set(told.await.map_or(Told::NotKept, |()| Told::Quiet));
            pulse.changed();
        });
    }

    /// Changes what is on disk, not what this page last read: another tab may have changed it.
    fn change(self, done: Told, change: impl FnOnce(&mut Own) -> Result<(), NotAdded> + 'static) {
        let (ports, pulse) = (Outside::get(), Pulse::get());
        spawn_local(async move {
            let told = match kept(&ports.journal).await {
                Err(_store) => Told::NotKept,
                Ok(mut own) => match change(&mut own) {
                    Err(why) => Told::NotAdded(why),
                    Ok(()) => keep(&ports.journal, &own).await.map_or(Told::NotKept, |()| done),
                },
            };
            self.told.try_set(told);
            pulse.changed();
        });
    }
}

/// What is asked. What cannot be read counts as never added.
///
/// # Errors
/// As the store gives them.
pub async fn kept(journal: &impl Journal) -> Result<Own, JournalError> {
    let kept = journal.meta(MetaKey::Own).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

async fn keep(journal: &impl Journal, own: &Own) -> Result<(), JournalError> {
    let text = serde_json::to_string(own)
        .map_err(|_never| JournalError::Failed { name: "OwnNotWritten".to_owned() })?;
    journal.set_meta(MetaKey::Own, &text).await
}

/// The form of a part; of an entry that is corrected, the questions it answers.
///
/// # Errors
/// As the store gives them.
pub async fn form(
    journal: &impl Journal,
    part: Part,
    language: &str,
    corrects: Option<EntryId>,
) -> Result<Option<Form>, JournalError> {
    let words = &Language::of_tag(language).unwrap_or_default().text().own().words;
    let own = kept(journal).await?;
    if let (Part::Lines, Some(id)) = (part, corrects) {
        let revisions = journal.revisions(id).await?;
        let response = shown(&revisions).and_then(|stored| stored.entry.response().cloned());
        return Ok(response.and_then(|response| own.form_again(&response, language, words)));
    }
    Ok(own.form(part, language, words))
}

/// When an answer may go: not at all, unless its kind is shared with the clinic of now. What stayed here
/// stays, with all that is made of it.
///
/// # Errors
/// As the store gives them.
pub async fn send(ports: &Ports, entry: &Entry, part: Part) -> Result<Send, JournalError> {
    let journal = &ports.journal;
    if entry.parent.is_some() && stays(journal, entry.id).await? {
        return Ok(Send::Never);
    }
    let pairing = pairing::read(journal.meta(MetaKey::Pairing).await?.as_deref());
    let own = kept(journal).await?;
    let shared = pairing.is_some_and(|pairing| {
        pairing.live() && own.shares(part.share(), &pairing.base, &pairing.patient.id)
    });
    Ok(if shared { Send::Held } else { Send::Never })
}

/// Whether anything of an entry stays on this phone.
///
/// # Errors
/// As the store gives them.
pub async fn stays(journal: &impl Journal, id: EntryId) -> Result<bool, JournalError> {
    Ok(journal.revisions(id).await?.iter().any(|stored| stored.light == Light::StaysHere))
}
