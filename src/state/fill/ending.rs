//! The end of a form: recording it, taking that back, letting it go.

use std::rc::Rc;

use interlude_diary::entry::{Body, Entry};
use interlude_diary::flags::{self, Level, RULES};
use interlude_diary::ids::RevisionId;
use interlude_diary::journal::{Journal, JournalError, Light, Send};
use interlude_diary::occasion::{Draft, DraftKey};
use interlude_diary::own::Part;
use interlude_diary::questionnaire::{Given, Item, form_name, respond, score};
use interlude_diary::schedule::{self, Series, courses, infusions};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::keeper::Job;
use super::late;
use super::machine::Filling;
use super::saved::Saved;
use super::storing::not_here;
use super::{Desk, Fill, Status, View};
use crate::later::NotHere;
use crate::platform::{download, zone};
use crate::state::own;
use crate::state::route::Route;
use crate::state::router::Router;

impl Fill {
    /// Records the entry; again, the same one, after a failure.
    pub fn record(self) {
        self.status.set(Status::Keeping);
        spawn_local(async move {
            match late::record(self).await {
                Ok(work) => work.await,
                Err(NotHere) => {
                    self.status.try_set(Status::NotKept(not_here()));
                }
            }
        });
    }

    pub(super) async fn record_now(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        let key = self.filling.try_with_untracked(|f| f.as_ref().map(|f| f.draft().key.clone())).flatten();
        let Some(key) = key else { return };
        // What an infusion series asks for has its window by the infusions told.
        let series = match &key {
            DraftKey::Occasion(of) if of.series > 0 => match desk.ports.journal.infusions().await {
                Ok(lines) => courses(&infusions(&lines)),
                Err(error) => {
                    self.status.try_set(Status::NotKept(error));
                    return;
                }
            },
            DraftKey::Occasion(_) | DraftKey::Unscheduled(_) | DraftKey::Correction(_) => Vec::new(),
        };
        let entry =
            self.filling.try_with_untracked(|f| f.as_ref().map(|f| entry(&desk, f, &series))).flatten();
        let Some(entry) = entry else { return };
        let send = match entry.response().and_then(|response| Part::of(&response.questionnaire)) {
            None => send(&entry),
            Some(part) => match own::send(&desk.ports, &entry, part).await {
                Ok(send) => send,
                Err(error) => {
                    self.status.try_set(Status::NotKept(error));
                    return;
                }
            },
        };
        let (entry, send) = desk.attempt.borrow_mut().get_or_insert((entry, send)).clone();
        self.status.set(Status::Keeping);
        self.push(Job::Record(Box::new(entry), send, key));
    }

    /// Tries again what could not be stored.
    pub fn again(self) {
        let finished = self.desk.try_with_value(|desk| desk.attempt.borrow().is_some()).unwrap_or(false);
        if finished { self.record() } else { self.keep() }
    }

    /// Hands the answers over as a file of plain words.
    pub fn export(self, words: impl Fn(&Item, &Given) -> String) {
        let text = self.filling.with_untracked(|f| f.as_ref().map(|f| (f.draft().day, f.as_lines(words))));
        if let Some((day, text)) = text {
            let name = format!("interlude-{day}.txt");
            if !download::save(&name, "text/plain;charset=utf-8", text.as_bytes()) {
                self.status.set(Status::NotKept(JournalError::Blocked));
            }
        }
    }

    pub(super) fn recorded(self, entry: Box<Entry>) {
        let Some(desk) = self.desk.try_get_value() else { return };
        let at = desk.ports.now().moment;
        desk.open_form.borrow_mut().take();
        let light = match desk.attempt.borrow().as_ref().map(|(_, send)| *send) {
            Some(Send::Never) => Light::StaysHere,
            Some(send) => Light::OnThisPhone { held: send == Send::Held },
            None => Light::OnThisPhone { held: false },
        };
        let saved = Saved { entry, at, light, too_late: false };
        self.status.try_set(Status::Kept);
        self.shown();
        self.view.try_set(View::Saved(Box::new(saved)));
        // Every view reads again; so does this one, and the driver sends what may go.
        desk.pulse.changed();
    }

    /// Reads how far the saved entry has come.
    pub(super) fn look(self) {
        if self.saved(|_| ()).is_some() {
            // What cannot be fetched is looked at with the next beat.
            spawn_local(async move {
                let _fetched = late::look(self).await;
            });
        }
    }

    pub(super) fn look_now(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        let revision = self.saved(|saved| (saved.entry.id, saved.entry.revision));
        let Some((id, revision)) = revision else { return };
        spawn_local(async move {
            let journal = &desk.ports.journal;
            let light = journal.revisions(id).await.ok().and_then(|all| {
                all.into_iter().find(|stored| stored.entry.revision == revision).map(|stored| stored.light)
            });
            if let Some(light) = light {
                self.change_saved(revision, |saved| saved.light = light);
            }
        });
    }

    fn saved<T>(self, read: impl FnOnce(&Saved) -> T) -> Option<T> {
        self.view
            .try_with_untracked(|view| if let View::Saved(saved) = view { Some(read(saved)) } else { None })?
    }

    fn change_saved(self, revision: RevisionId, change: impl FnOnce(&mut Saved)) {
        self.view.try_update(|view| {
            if let View::Saved(saved) = view
                && saved.entry.revision == revision
            {
                change(saved);
            }
        });
    }

    /// Takes the record back: the form is open again at its last question.
    pub fn undo(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        let draft: Option<Draft> = self.filling.with_untracked(|f| f.as_ref().map(|f| f.draft().clone()));
        let entry = self.saved(|saved| saved.entry.clone());
        if let (Some(draft), Some(entry)) = (draft, entry) {
            desk.attempt.borrow_mut().take();
            self.push(Job::Undo(entry, draft));
        }
    }

    pub(super) fn undone(self, draft: Option<Draft>) {
        self.filling.try_update(|filling| {
            if let Some(filling) = filling {
                if let Some(draft) = draft {
                    filling.reload(draft);
                }
                filling.back();
            }
        });
        self.status.try_set(Status::Quiet);
        self.shown();
        self.view.try_set(View::Asking);
        let _known = self.desk.try_with_value(|desk| desk.pulse.changed());
    }

    pub(super) fn not_undone(self, error: JournalError) {
        let revision = self.saved(|saved| saved.entry.revision);
        if let Some(revision) = revision {
            self.change_saved(revision, |saved| saved.too_late = true);
        }
        if error != JournalError::TooLate {
            self.status.try_set(Status::NotKept(error));
        }
        self.look();
    }

    /// The page went out of sight or came back. Out of sight is the last it can count on: what is
    /// held may go.
    pub(super) fn seen(self, hidden: bool) {
        let Some(desk) = self.desk.try_get_value() else { return };
        if self.saved(|_| ()).is_none() {
            return;
        }
        if hidden {
            self.let_go(desk, None);
        }
    }

    /// Done: the row may go, and the page is left.
    pub fn done(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        self.let_go(desk, Some(Router::get()));
    }

    /// Lets the row go, then leaves where a router is given.
    fn let_go(self, desk: Rc<Desk>, leave: Option<Router>) {
        spawn_local(async move {
            // A failure leaves the row held; the next start lets it go.
            if let Ok(work) = late::release(Rc::clone(&desk)).await {
                drop(work.await);
            }
            desk.pulse.changed();
            if let Some(router) = leave {
                router.replace(Route::Today);
            }
        });
    }

    /// Leaves. What was tapped is stored already or on its way.
    pub fn leave(self) {
        let correcting = self.filling.with_untracked(|f| f.as_ref().is_some_and(|f| !f.completes()));
        let correction = self.filling.with_untracked(|f| match f.as_ref().map(|f| &f.draft().key) {
            Some(DraftKey::Correction(id)) if correcting => Some(*id),
            _ => None,
        });
        Router::get().replace(correction.map_or(Route::Today, Route::Entry));
    }
}

/// The entry that the draft has become, with the clock and the zone of now.
fn entry(desk: &Desk, filling: &Filling, series: &[Series]) -> Entry {
    let (draft, now) = (filling.draft(), desk.ports.now());
    let base = desk.base.borrow();
    let occasion = match (&draft.key, base.as_ref()) {
        (DraftKey::Occasion(key), _) => Some(key.clone()),
        (_, Some(base)) => base.occasion.clone(),
        (DraftKey::Unscheduled(_) | DraftKey::Correction(_), None) => None,
    };
    let late = base.as_ref().map_or_else(
        || occasion.as_ref().is_some_and(|key| schedule::is_late(key, &now, series)),
        |base| base.late,
    );
    let mut answers = draft.answers.clone();
    if form_name(&draft.questionnaire) == Some("sleep-times") {
        score::note_clock_change(&mut answers, draft.day, |day, minute| zone::at(day, minute).offset_min());
    }
    Entry {
        id: draft.id,
        revision: desk.ports.revision_id(),
        parent: draft.parent,
        device: desk.ports.device,
        day: draft.day,
        authored: now.moment,
        zone: now.zone,
        occasion,
        late,
        partial: draft.short,
        reason: draft.parent.filter(|_| !filling.completes()).map(|_| filling.reason().to_owned()),
        body: Body::Response(respond(filling.form(), &answers, filling.asked())),
    }
}

/// Call-now answers go first and are not held; the rest waits for Done.
fn send(entry: &Entry) -> Send {
    let flags = entry.response().map(|response| flags::flags(RULES, response)).unwrap_or_default();
    if flags.iter().any(|flag| flag.level == Level::CallNow) { Send::First } else { Send::Held }
}
