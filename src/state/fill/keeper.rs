//! Keeping a draft on disk, one store after another.
//!
//! Taps may come faster than a disk: while one store is on its way only the newest draft waits
//! behind it. A record waits its turn too, so that no late store can bring a draft back. The
//! keeper outlives the page: what was tapped before leaving is still stored.

use std::cell::RefCell;
use std::collections::VecDeque;

use interlude_diary::entry::Entry;
use interlude_diary::journal::{Journal, JournalError, Kept, Send};
use interlude_diary::occasion::{Draft, DraftKey};

/// Something to be done on disk.
#[derive(Debug, Clone)]
pub enum Job {
    /// Store the draft.
    Save(Draft),
    /// Record the entry that the draft has become.
    Record(Box<Entry>, Send, DraftKey),
    /// Take a record back and have the draft again.
    Undo(Box<Entry>, Draft),
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// The draft is on disk, as this version.
    Kept(u32),
    /// The same, and the person has gone on since: what is on screen waits still.
    KeptOlder(u32),
    /// Another tab stored the draft: what it holds now; nothing when it was finished there.
    Moved(Option<Draft>),
    /// The draft is not on disk.
    NotKept(JournalError),
    /// The entry is on disk and was read back.
    Recorded(Box<Entry>, Kept),
    /// The entry is not on disk.
    NotRecorded(JournalError),
    /// The record was taken back; the draft as it is on disk.
    Undone(Option<Draft>),
    /// It could not be taken back.
    NotUndone(JournalError),
}

/// Jobs that wait, and the version that the next store must find.
#[derive(Debug, Default)]
pub struct Queue {
    jobs: VecDeque<Job>,
    busy: bool,
    version: u32,
}

impl Queue {
    /// Begins at the version of the draft that was read.
    #[must_use]
    pub fn at(version: u32) -> Self {
        Self { version, ..Self::default() }
    }

    /// Puts a job behind the others; a newer draft takes the place of one that still waits.
    /// Answers whether somebody must start [`drain`].
    #[must_use]
    pub fn push(&mut self, job: Job) -> bool {
        if let (Job::Save(_), Some(Job::Save(_))) = (&job, self.jobs.back()) {
            self.jobs.pop_back();
        }
        self.jobs.push_back(job);
        !std::mem::replace(&mut self.busy, true)
    }

    /// Whether nothing is on its way.
    #[must_use]
    pub const fn idle(&self) -> bool {
        !self.busy
    }

    fn take(&mut self) -> Option<(Job, u32)> {
        let job = self.jobs.pop_front();
        self.busy = job.is_some();
        job.map(|job| (job, self.version))
    }
}

/// Does the jobs one by one until none waits, and tells what came of each.
pub async fn drain<J: Journal>(journal: &J, queue: &RefCell<Queue>, tell: &dyn Fn(Outcome)) {
    loop {
        // Not `while let`: the queue must not stay borrowed while a job is on its way.
        let next = queue.borrow_mut().take();
        let Some((job, version)) = next else { return };
        let mut outcome = act(journal, job, version).await;
        if let (Outcome::Kept(version), false) = (&outcome, queue.borrow().jobs.is_empty()) {
            outcome = Outcome::KeptOlder(*version);
        }
        match &outcome {
            Outcome::Kept(version) | Outcome::KeptOlder(version) => queue.borrow_mut().version = *version,
            Outcome::Moved(draft) | Outcome::Undone(draft) => {
                let mut queue = queue.borrow_mut();
                queue.version = draft.as_ref().map_or(0, |draft| draft.version);
                // They build on answers that are not on disk any more.
                queue.jobs.clear();
            }
            Outcome::NotKept(_) | Outcome::Recorded(..) | Outcome::NotRecorded(_) | Outcome::NotUndone(_) => {
            }
        }
        tell(outcome);
    }
}

async fn act<J: Journal>(journal: &J, job: Job, version: u32) -> Outcome {
    match job {
        Job::Save(mut draft) => {
            draft.version = version;
            match journal.save_draft(&draft).await {
                Ok(version) => Outcome::Kept(version),
                Err(JournalError::DraftMoved { .. }) => match journal.draft(&draft.key).await {
                    Ok(draft) => Outcome::Moved(draft),
                    Err(error) => Outcome::NotKept(error),
                },
                Err(error) => Outcome::NotKept(error),
            }
        }
        Job::Record(entry, send, key) => match journal.record(&entry, send, Some(&key)).await {
            Ok(kept) => Outcome::Recorded(entry, kept),
            Err(error) => Outcome::NotRecorded(error),
        },
        Job::Undo(entry, draft) => match journal.undo(entry.revision, &draft).await {
            Ok(()) => match journal.draft(&draft.key).await {
                Ok(draft) => Outcome::Undone(draft),
                Err(error) => Outcome::NotUndone(error),
            },
            Err(error) => Outcome::NotUndone(error),
        },
    }
}
