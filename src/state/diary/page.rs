//! One entry: read, taken back with a reason, chosen among two.

use std::rc::Rc;

use interlude_diary::entry::{Body, Entry};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{Doubles, Journal, JournalError, Send, Standing, Stored, shown};
use interlude_diary::occasion::DraftKey;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::outside::{Outside, Ports};
use crate::state::pulse::Pulse;

/// One entry as the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Every revision, oldest first.
    pub revisions: Vec<Stored>,
    /// The one that counts.
    pub current: Stored,
    /// A correction was begun and left.
    pub draft: bool,
    /// Another entry answers the same occasion: whether this one counts.
    pub doubled: Option<bool>,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It is being read.
    Reading,
    /// It is not here.
    Gone,
    /// It could not be read.
    Failed(JournalError),
    /// The entry.
    Open(Box<View>),
}

/// One entry, opened. Made when the page opens.
#[derive(Clone, Copy)]
pub struct Opened {
    id: EntryId,
    state: RwSignal<State>,
    trouble: RwSignal<Option<JournalError>>,
}

impl Opened {
    /// Reads the entry now and at every beat of the pulse.
    #[must_use]
    pub fn open(id: EntryId) -> Self {
        let opened = Self { id, state: RwSignal::new(State::Reading), trouble: RwSignal::new(None) };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        Effect::new(move |_| {
            pulse.track();
            let ports = Rc::clone(&ports);
            spawn_local(async move {
                let state = match read(&ports.journal, id).await {
                    Ok(Some(view)) => State::Open(Box::new(view)),
                    Ok(None) => State::Gone,
                    Err(error) => State::Failed(error),
                };
                // The page may be gone by now.
                opened.state.try_set(state);
            });
        });
        opened
    }

    /// What the page shows.
    #[must_use]
    pub fn state(self) -> Signal<State> {
        self.state.into()
    }

    /// Why the last change is not on disk.
    #[must_use]
    pub fn trouble(self) -> Signal<Option<JournalError>> {
        self.trouble.into()
    }

    /// Takes the entry back: a revision that says so, with its reason.
    pub fn take_back(self, reason: &str) {
        let ports = Outside::get();
        let current = self.state.with_untracked(|state| match state {
            State::Open(view) => Some(view.current.entry.clone()),
            State::Reading | State::Gone | State::Failed(_) => None,
        });
        let Some(entry) = current else { return };
        let Body::Response(response) = entry.body.clone() else { return };
        let now = ports.now();
        let retraction = Entry {
            revision: ports.revision_id(),
            parent: Some(entry.revision),
            device: ports.device,
            authored: now.moment,
            zone: now.zone,
            reason: Some(reason.trim().to_owned()),
            body: Body::Retracted(response),
            ..entry
        };
        self.write(&ports, retraction, Send::Now);
    }

    /// Of the answers to its occasion this one counts from now on. The choice stays on this phone.
    pub fn choose(self) {
        let ports = Outside::get();
        let current = self.state.with_untracked(|state| match state {
            State::Open(view) => Some(view.current.entry.clone()),
            State::Reading | State::Gone | State::Failed(_) => None,
        });
        let Some(entry) = current else { return };
        let now = ports.now();
        let choice = Entry {
            id: ports.entry_id(),
            revision: ports.revision_id(),
            parent: None,
            device: ports.device,
            authored: now.moment,
            zone: now.zone,
            late: false,
            partial: false,
            reason: None,
            body: Body::Chosen(self.id),
            ..entry
        };
        self.write(&ports, choice, Send::Never);
    }

    fn write(self, ports: &Rc<Ports>, entry: Entry, send: Send) {
        let (ports, pulse) = (Rc::clone(ports), Pulse::get());
        spawn_local(async move {
            let written = ports.journal.record(&entry, send, None).await;
            self.trouble.try_set(written.err());
            pulse.changed();
        });
    }
}

async fn read(journal: &impl Journal, id: EntryId) -> Result<Option<View>, JournalError> {
    let revisions = journal.revisions(id).await?;
    let Some(current) = shown(&revisions).cloned() else { return Ok(None) };
    let draft = journal.draft(&DraftKey::Correction(id)).await?.is_some();
    let doubled = doubled(journal, &current.entry).await?;
    Ok(Some(View { revisions, current, draft, doubled }))
}

/// Whether this entry counts among several answers to its occasion; nothing when it is the only one.
async fn doubled(journal: &impl Journal, entry: &Entry) -> Result<Option<bool>, JournalError> {
    if !Doubles::concern(entry) {
        return Ok(None);
    }
    let mut doubles = Doubles::default();
    for line in journal.days(entry.day, entry.day).await? {
        if line.occasion == entry.occasion {
            doubles.take(&journal.revisions(line.id).await?);
        }
    }
    Ok(match doubles.standing(entry.id) {
        Standing::Alone => None,
        Standing::Counts => Some(true),
        Standing::Spare => Some(false),
    })
}
