//! What a server holds of rows: read when a version is in the way, and, of a server that would
//! overwrite without a word, before they are sent.

use super::cycle::{Cycle, Task};
use super::push::Conflicts;
use super::step::{By, Failure, Incoming, Kind, Ready, Step, Told};
use super::{Verdict, fate_of};
use crate::calendar::Moment;
use crate::ids::EntryId;

/// Rows, each with what is current there; the outer `None` is not known yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Look {
    rows: Vec<(Ready, Option<Option<Incoming>>)>,
    by: By,
    /// Came down so far of the kind that is being asked for.
    came: Vec<Incoming>,
    next: Option<String>,
}

impl Look {
    pub(super) const fn new(rows: Vec<(Ready, Option<Option<Incoming>>)>, by: By) -> Self {
        Self { rows, by, came: Vec::new(), next: None }
    }

    /// What to read next, one kind at a time; `None` when all is known.
    pub(super) fn step(&self) -> Option<Step> {
        let kind = self.kind()?;
        let unknown = self.rows.iter().filter(|(ready, known)| known.is_none() && kind == of(ready));
        let resources = unknown.map(|(ready, _)| ready.row.entry.id.to_string()).collect();
        Some(Step::Fetch { kind, resources, by: self.by, next: self.next.clone() })
    }

    fn kind(&self) -> Option<Kind> {
        self.rows.iter().find(|(_, known)| known.is_none()).map(|(ready, _)| of(ready))
    }

    /// Takes a page in. What is missing is only known to be so on the last one.
    pub(super) fn fetched(&mut self, rows: Vec<Incoming>, next: Option<String>) {
        let Some(kind) = self.kind() else { return };
        self.came.extend(rows);
        // A server that names the page it gave as the next one has no next one.
        self.next = next.filter(|next| self.next.as_ref() != Some(next));
        if self.next.is_some() {
            return;
        }
        let came = std::mem::take(&mut self.came);
        for (ready, known) in
            self.rows.iter_mut().filter(|(ready, known)| known.is_none() && kind == of(ready))
        {
            let id: EntryId = ready.row.entry.id;
            *known = Some(came.iter().find(|one| one.entry.id == id).cloned());
        }
    }

    /// The entries it is about.
    pub(super) fn ids(&self) -> Vec<EntryId> {
        self.rows.iter().map(|(ready, _)| ready.row.entry.id).collect()
    }

    /// The rows with what was found.
    pub(super) fn into_rows(self) -> impl Iterator<Item = (Ready, Option<Incoming>)> {
        self.rows.into_iter().map(|(ready, known)| (ready, known.flatten()))
    }
}

const fn of(ready: &Ready) -> Kind {
    Kind::of(&ready.row.entry)
}

/// A batch that is about to be sent to a server that would overwrite what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Before {
    /// Rows of which nothing is known to be there.
    look: Look,
    /// Rows that name the version they build on.
    based: Vec<Ready>,
}

impl Before {
    pub(super) fn new(batch: Vec<Ready>, by: By) -> Self {
        let (based, new): (Vec<_>, Vec<_>) = batch.into_iter().partition(|ready| ready.row.base.is_some());
        Self { look: Look::new(new.into_iter().map(|ready| (ready, None)).collect(), by), based }
    }

    /// What to read.
    pub(super) fn step(&self) -> Option<Step> {
        self.look.step()
    }
}

impl Cycle {
    pub(super) fn before(&mut self, mut before: Before, told: Told, now: Moment, chance: u64) {
        match told {
            Told::Fetched { rows, next } => {
                self.answered();
                before.look.fetched(rows, next);
                if before.step().is_some() {
                    self.task = Task::Before(before);
                } else {
                    self.looked(before);
                }
            }
            Told::Failed(Failure { status, .. })
                if matches!(fate_of(status), Verdict::Refused | Verdict::Conflict) =>
            {
                // It cannot be searched: then a write is all there is, and said twice is harmless. But for
                // one that others were made of: these may be there, whatever was said to them.
                let new = before.look.into_rows().map(|(ready, _)| ready);
                let (followed, new): (Vec<_>, Vec<_>) = new.partition(|ready| ready.row.followed);
                for ready in &followed {
                    self.put_off(ready, None, now, chance);
                }
                let rows = in_order(before.based, new.into_iter());
                self.file(if rows.is_empty() { Task::Choose } else { Task::Push(vec![rows]) });
            }
            Told::Failed(failure) => self.failed(failure, now, chance),
            Told::Rows(_)
            | Told::Pushed(_)
            | Told::Listed(_)
            | Told::Observed(_)
            | Told::Histories(_)
            | Told::Holdings(_)
            | Told::Here(_)
            | Told::Filed => self.task = Task::Before(before),
        }
    }

    /// What is there already is a version in the way; the rest is sent.
    fn looked(&mut self, before: Before) {
        let by = self.server.names();
        let (there, absent): (Vec<_>, Vec<_>) =
            before.look.into_rows().partition(|(_, current)| current.is_some());
        self.task = if there.is_empty() {
            Task::Push(vec![in_order(before.based, absent.into_iter().map(|(ready, _)| ready))])
        } else {
            let there = there.into_iter().map(|(ready, current)| (ready, Some(current))).collect();
            Task::Conflicts(Conflicts::new(there, by))
        };
    }
}

/// As they stand in the outbox.
fn in_order(mut based: Vec<Ready>, new: impl Iterator<Item = Ready>) -> Vec<Ready> {
    based.extend(new);
    based.sort_by_key(|ready| ready.row.seq);
    based
}
