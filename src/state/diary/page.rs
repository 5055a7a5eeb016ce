//! One entry: read, taken back with a reason, chosen among two.

use std::rc::Rc;

use interlude_diary::entry::{Body, Entry};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{Doubles, Journal, JournalError, Light, Send, Stored, shown};
use interlude_diary::occasion::DraftKey;
use interlude_diary::schedule::Teller;
use interlude_diary::schedule::infusion::counts;
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
    /// Another entry answers the same occasion.
    pub doubled: Option<Double>,
    /// Of an infusion that both the person and the clinic told of: whose word counts.
    pub counts: Option<Teller>,
}

/// How an entry stands among several answers to its occasion.
#[derive(Debug, Clone, PartialEq)]
pub struct Double {
    /// Whether it counts.
    pub standing: Standing,
    /// Another one: the one that counts, or the first of those that do not.
    pub other: EntryId,
}

/// Which answers count.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// This entry's.
    Counts,
    /// The other's, and they are the same as this entry's: chosen before.
    Same,
    /// The other's: its revision that would be corrected by a choice.
    Spare(Box<Entry>),
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
    state: RwSignal<State>,
    trouble: RwSignal<Option<JournalError>>,
}

impl Opened {
    /// Reads the entry now and at every beat of the pulse.
    #[must_use]
    pub fn open(id: EntryId) -> Self {
        let opened = Self { state: RwSignal::new(State::Reading), trouble: RwSignal::new(None) };
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
        let send = self.state.with_untracked(|state| match state {
            // What is made of an entry that stayed here stays too.
            State::Open(view) if view.revisions.iter().any(|one| one.light == Light::StaysHere) => {
                Send::Never
            }
            State::Open(_) | State::Reading | State::Gone | State::Failed(_) => Send::Now,
        });
        self.write(&ports, retraction, send);
    }

    /// From now on the answers of this entry count for its occasion: a correction of the entry that
    /// counts takes them over, with this reason. So the choice travels like any other correction, and
    /// every phone and the clinic see the same.
    pub fn choose(self, reason: &str) {
        let ports = Outside::get();
        let chosen = self.state.with_untracked(|state| match state {
            State::Open(view) => match &view.doubled {
                Some(Double { standing: Standing::Spare(counting), .. }) => {
                    Some((view.current.entry.clone(), counting.clone()))
                }
                Some(_) | None => None,
            },
            State::Reading | State::Gone | State::Failed(_) => None,
        });
        let Some((entry, counting)) = chosen else { return };
        let now = ports.now();
        let choice = Entry {
            revision: ports.revision_id(),
            parent: Some(counting.revision),
            device: ports.device,
            authored: now.moment,
            zone: now.zone,
            late: entry.late,
            partial: entry.partial,
            reason: Some(reason.to_owned()),
            body: entry.body,
            ..*counting
        };
        self.write(&ports, choice, Send::Now);
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
    let counts = counts(&journal.infusions().await?, id);
    Ok(Some(View { revisions, current, draft, doubled, counts }))
}

/// How this entry stands among several answers to its occasion; nothing when it is the only one.
async fn doubled(journal: &impl Journal, entry: &Entry) -> Result<Option<Double>, JournalError> {
    if !Doubles::concern(entry) {
        return Ok(None);
    }
    let mut doubles = Doubles::default();
    let mut answers: Vec<Entry> = Vec::new();
    for line in journal.days(entry.day, entry.day).await? {
        if line.occasion == entry.occasion {
            let revisions = journal.revisions(line.id).await?;
            doubles.take(&revisions);
            answers.extend(shown(&revisions).map(|one| one.entry.clone()).filter(Doubles::concern));
        }
    }
    let mut others = answers.into_iter().filter(|one| one.id != entry.id);
    let counting = doubles.counting();
    if counting == Some(entry.id) {
        return Ok(others.next().map(|other| Double { standing: Standing::Counts, other: other.id }));
    }
    Ok(others.find(|one| Some(one.id) == counting).map(|counting| {
        let other = counting.id;
        let same = counting.body == entry.body;
        let standing = if same { Standing::Same } else { Standing::Spare(Box::new(counting)) };
        Double { standing, other }
    }))
}
