//! After each act: the card of a call-now answer, and the draft on disk.

use std::rc::Rc;

use interlude_diary::flags::{Level, RULES, flags_now};
use interlude_diary::journal::JournalError;
use interlude_diary::occasion::Draft;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::keeper::{Job, Outcome};
use super::late;
use super::machine::Stage;
use super::{Fill, Status, View};
use crate::later::NotHere;
use crate::platform::timeout;

/// How soon what writes is asked for again.
const AGAIN_MS: u32 = 3_000;

/// What writes is not on this phone yet.
pub(super) fn not_here() -> JournalError {
    JournalError::Failed { name: "NotFetched".to_owned() }
}

impl Fill {
    /// Shows the card of a call-now answer at once, on the tap.
    pub(super) fn raise(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        let now = self.filling.with_untracked(|filling| {
            filling.as_ref().map(|f| flags_now(RULES, &f.draft().questionnaire, &f.draft().answers))
        });
        let call = now.unwrap_or_default().into_iter().filter(|flag| flag.level == Level::CallNow);
        let new: Vec<&'static str> =
            call.map(|flag| flag.rule).filter(|rule| desk.raised.borrow_mut().insert(rule)).collect();
        if !new.is_empty() {
            self.shown();
            self.flags.raise(&new);
        }
    }

    /// Stores the draft as it is now.
    pub fn keep(self) {
        let draft = self.filling.with_untracked(|filling| {
            let filling = filling.as_ref()?;
            let asking = matches!(filling.stage(), Stage::Asking | Stage::Open | Stage::Reason);
            let draft = filling.draft();
            (asking && !(draft.version == 0 && draft.answers.is_empty())).then(|| draft.clone())
        });
        if let (Some(mut draft), Some(desk)) = (draft, self.desk.try_get_value()) {
            if draft.zone.is_empty() {
                draft.zone = desk.ports.now().zone;
            }
            self.status.set(Status::Keeping);
            self.push(Job::Save(draft));
        }
    }

    pub(super) fn push(self, job: Job) {
        let Some(desk) = self.desk.try_get_value() else { return };
        let start = desk.queue.borrow_mut().push(job);
        if start {
            spawn_local(async move {
                // What writes may be fetched only now. Until it is here nothing is kept, and that is
                // said; it is asked for again without anybody's help.
                loop {
                    match late::drain(Rc::clone(&desk), self).await {
                        Ok(work) => return work.await,
                        Err(NotHere) => {
                            self.status.try_set(Status::NotKept(not_here()));
                            timeout::wait(AGAIN_MS).await;
                        }
                    }
                }
            });
        }
    }

    pub(super) fn told(self, outcome: Outcome) {
        match outcome {
            Outcome::Kept(version) => {
                self.stored(version);
                self.status.try_set(Status::Kept);
            }
            Outcome::KeptOlder(version) => self.stored(version),
            Outcome::Moved(draft) => self.moved(draft),
            Outcome::NotKept(error) | Outcome::NotRecorded(error) => {
                self.status.try_set(Status::NotKept(error));
            }
            Outcome::Recorded(entry, _) => self.recorded(entry),
            Outcome::Undone(draft) => self.undone(draft),
            Outcome::NotUndone(error) => self.not_undone(error),
        }
    }

    fn stored(self, version: u32) {
        self.filling.try_update_untracked(|filling| {
            if let Some(filling) = filling {
                filling.stored(version);
            }
        });
    }

    fn moved(self, draft: Option<Draft>) {
        match draft {
            Some(draft) => {
                self.filling.try_update(|filling| {
                    if let Some(filling) = filling {
                        filling.reload(draft);
                    }
                });
                self.status.try_set(Status::Moved);
            }
            None => {
                self.view.try_set(View::Gone);
            }
        }
    }
}
