//! What is sent of what waits.

use super::batch::ENTRIES;
use super::cycle::{Cycle, Task};
use super::look::Before;
use super::step::Ready;
use crate::journal::{Mark, Send};

impl Cycle {
    /// These rows may go: the oldest of each entry.
    pub(super) fn rows(&mut self, rows: Vec<Ready>) {
        let flagged: Vec<Ready> =
            rows.iter().filter(|ready| ready.row.send == Send::First).cloned().collect();
        let rows = if flagged.is_empty() { rows } else { flagged };
        let calm = rows.iter().all(|ready| ready.row.send != Send::First);
        if calm && !self.calm {
            self.calm = true;
            if self.pulls() {
                return; // the list is shortest before the push
            }
        }
        if rows.is_empty() {
            self.push = self.again;
            self.eager = false;
            self.size = ENTRIES;
            self.tries.clear();
            return;
        }
        if self.server.takes_every_revision() {
            self.send(rows);
        } else {
            self.task = Task::Newest(rows);
        }
    }

    fn send(&mut self, rows: Vec<Ready>) {
        let mut batches = super::batch::cut(rows, self.size);
        batches.truncate(self.lanes);
        let unsure = |batch: &Vec<Ready>| batch.iter().any(|ready| ready.row.base.is_none());
        self.task = match batches.pop() {
            Some(batch) if !self.server.guards_new() && batches.is_empty() && unsure(&batch) => {
                Task::Before(Before::new(batch, self.server.names()))
            }
            last => Task::Push(batches.into_iter().chain(last).collect()),
        };
    }

    /// Where only the newest of an entry is sent: it is due when the entry's oldest row is, and counts
    /// the attempts made there. One that was refused leaves the next older one to go.
    pub(super) fn send_newest(&mut self, oldest: &[Ready], newest: Vec<Ready>) {
        let mut newest = newest;
        for ready in &mut newest {
            if let Some(gate) = oldest.iter().find(|one| one.row.entry.id == ready.row.entry.id) {
                ready.gate = gate.gate;
                ready.row.attempts = gate.row.attempts;
            }
        }
        let behind = newest.iter().filter(|ready| ready.row.behind).map(|ready| ready.row.entry.revision);
        self.marks.extend(behind.map(|revision| Mark::Overtaken { revision }));
        if self.marks.is_empty() && !newest.is_empty() {
            self.send(newest);
        } else {
            self.file(Task::Choose); // asks again; none are left where another tab was faster
        }
    }
}
