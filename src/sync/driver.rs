//! The loop around the cycle: asks it what is next, does that, tells it what came of it.
//!
//! Decides nothing. One run at a time over all tabs: a run holds the lock `interlude-sync` and
//! begins by reading the cycle's memory, because another tab may have gone on meanwhile.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::join_all;
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{Journal, JournalError, MetaKey};
use interlude_diary::sync::{Cycle, Here, Kick, Memory, Rest, Server, Step, Told};
use interlude_fhir::digest::digest;
use interlude_fhir::exchange;
use interlude_fhir::outcome::erased;
use wasm_bindgen_futures::spawn_local;

use super::remote::Remote;
use crate::platform::lock::{self, Held, Mode};
use crate::platform::timeout::{self, Timeout};
use crate::platform::{clock, ids, online};

/// Batches side by side: a browser opens six connections to one host.
const LANES: usize = 6;
/// After the store failed under a run.
const STORE_PAUSE_MS: i64 = 30_000;

/// How a run went, and that it changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Entries are on their way.
    Sending,
    /// Outcomes were filed in the journal: views read again.
    Filed,
    /// All is done.
    Quiet,
    /// Waits, without a network.
    Offline,
    /// Waits: the server did not answer, or said later.
    Later,
    /// The server does not know this phone any more.
    SignIn,
    /// The server erased this diary.
    Erased,
}

/// Where to: the server, and the patient it knows.
#[derive(Debug, Clone)]
pub struct Link {
    /// The server.
    pub remote: Remote,
    /// Its kind.
    pub server: Server,
    /// FHIR id of the patient.
    pub patient: String,
}

/// The driver of one tab.
pub struct Driver<J>(Rc<Inner<J>>);

struct Inner<J> {
    journal: J,
    hear: Box<dyn Fn(News)>,
    link: RefCell<Option<Link>>,
    kicks: RefCell<Vec<Kick>>,
    running: Cell<bool>,
    /// The person asked before there was a link.
    asked: Cell<bool>,
    held: RefCell<Option<Held>>,
    /// The last refusal said that the diary was erased there.
    erased: Cell<bool>,
    timer: RefCell<Option<Timeout>>,
}

/// A clone is another handle on the same driver.
impl<J> Clone for Driver<J> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<J> std::fmt::Debug for Driver<J> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Driver").field("link", &self.0.link).finish_non_exhaustive()
    }
}

impl<J: Journal + 'static> Driver<J> {
    /// A driver with nowhere to send to yet. `hear` is told how it goes.
    #[must_use]
    pub fn new(journal: J, hear: impl Fn(News) + 'static) -> Self {
        Self(Rc::new(Inner {
            journal,
            hear: Box::new(hear),
            link: RefCell::default(),
            kicks: RefCell::default(),
            running: Cell::new(false),
            asked: Cell::new(false),
            held: RefCell::default(),
            erased: Cell::new(false),
            timer: RefCell::default(),
        }))
    }

    /// Sends there from now on; `None` stops it before its next request.
    pub fn link(&self, link: Option<Link>) {
        let begins = link.is_some();
        self.0.link.replace(link);
        if begins {
            self.kick(Kick::Start);
            if self.0.asked.take() {
                self.kick(Kick::Asked);
            }
        }
    }

    /// Wakes it. Cheap when there is nothing to do. What the person asked for before there was a clinic to
    /// ask is done as soon as there is.
    pub fn kick(&self, kick: Kick) {
        if self.0.link.borrow().is_none() {
            self.0.asked.set(self.0.asked.get() || kick == Kick::Asked);
            return;
        }
        self.0.kicks.borrow_mut().push(kick);
        if !self.0.running.replace(true) {
            let this = self.clone();
            spawn_local(async move { this.run().await });
        }
    }

    /// Lets the other tabs sync. A page that is put to sleep in the middle of a run calls this, and
    /// goes on without the lock when it wakes: said twice is harmless, asleep with the lock is not.
    pub fn yield_lock(&self) {
        drop(self.0.held.take());
    }

    async fn run(&self) {
        let held = lock::wait(lock::SYNC, Mode::Exclusive).await;
        self.0.held.replace(Some(held));
        let rest = self.cycle().await;
        self.yield_lock();
        self.0.running.set(false);
        match rest {
            Ok(rest) => self.rest(rest).await,
            Err(_store) => self.wait_until(clock::unix_ms().saturating_add(STORE_PAUSE_MS)),
        }
        // Kicked after the cycle had come to rest.
        let kick = self.0.kicks.borrow_mut().pop();
        if let Some(kick) = kick {
            self.kick(kick);
        }
    }

    /// One run, until there is nothing to do for now.
    async fn cycle(&self) -> Result<Rest, JournalError> {
        let journal = &self.0.journal;
        let memory = match journal.meta(MetaKey::Sync).await {
            Ok(text) => text.map(|text| Memory::from_text(&text)).unwrap_or_default(),
            // As if there were none: the next outcome writes it anew.
            Err(JournalError::Damaged { .. }) => Memory::default(),
            Err(other) => return Err(other),
        };
        let Some(first) = self.0.link.borrow().clone() else { return Ok(Rest::Idle) };
        let mut cycle = Cycle::new(first.server, memory, LANES);
        loop {
            for kick in self.0.kicks.take() {
                cycle.kick(kick, clock::unix_ms());
            }
            let Some(link) = self.0.link.borrow().clone() else { return Ok(Rest::Idle) };
            let step = cycle.next(clock::unix_ms());
            let told = match &step {
                Step::Rest(rest) => return Ok(*rest),
                Step::Push(_)
                | Step::Observe { .. }
                | Step::List { .. }
                | Step::Fetch { .. }
                | Step::Histories(_) => self.ask(&step, cycle.server(), &link).await,
                Step::Rows { .. }
                | Step::Newest(_)
                | Step::Holdings(_)
                | Step::Census { .. }
                | Step::Here(_)
                | Step::File { .. } => self.look(&step, &link).await?,
            };
            cycle.told(told, clock::moment(), u64::from_le_bytes(ids::random()));
        }
    }

    /// A step for the server.
    async fn ask(&self, step: &Step, server: Server, link: &Link) -> Told {
        if matches!(step, Step::Push(_)) {
            (self.0.hear)(News::Sending);
        }
        let calls = exchange::calls(step, server, &link.patient, clock::moment());
        let answers = join_all(calls.iter().map(|call| link.remote.carry(call))).await;
        let gone = |answer: &exchange::Answer| answer.status == 401 && erased(&answer.body).is_some();
        self.0.erased.set(answers.iter().any(gone));
        exchange::told(step, &answers, clock::moment()).unwrap_or(Told::Filed)
    }

    /// A step for the journal.
    async fn look(&self, step: &Step, link: &Link) -> Result<Told, JournalError> {
        let journal = &self.0.journal;
        Ok(match step {
            Step::Rows { due_by_ms, limit } => {
                let rows = journal.pending(*due_by_ms, *limit).await?;
                Told::Rows(exchange::ready(rows, &link.patient))
            }
            Step::Newest(ids) => Told::Rows(exchange::ready(journal.newest(ids).await?, &link.patient)),
            Step::Holdings(ids) => Told::Holdings(journal.holdings_of(ids).await?),
            Step::Census { after, limit } => Told::Holdings(journal.holdings(*after, *limit).await?),
            Step::Here(ids) => Told::Here(self.here(ids).await?),
            Step::File { marks, memory } => {
                journal.settle(marks, Some(memory)).await?;
                if !marks.is_empty() {
                    (self.0.hear)(News::Filed);
                }
                Told::Filed
            }
            Step::Push(_)
            | Step::Observe { .. }
            | Step::List { .. }
            | Step::Fetch { .. }
            | Step::Histories(_)
            | Step::Rest(_) => Told::Filed,
        })
    }

    async fn here(&self, ids: &[EntryId]) -> Result<Vec<Here>, JournalError> {
        let mut here = Vec::new();
        for holding in self.0.journal.holdings_of(ids).await? {
            let revisions = self.0.journal.revisions(holding.id).await?;
            let one = revisions.into_iter().find(|one| one.entry.revision == holding.revision);
            here.extend(one.map(|one| Here {
                digest: digest(&one.entry),
                holding,
                entry: Box::new(one.entry),
            }));
        }
        Ok(here)
    }

    /// Says how it went, and sets the timer for the next time.
    async fn rest(&self, rest: Rest) {
        match rest {
            Rest::SignIn => (self.0.hear)(if self.0.erased.get() { News::Erased } else { News::SignIn }),
            Rest::Wait { until_ms } => {
                (self.0.hear)(if online::now() { News::Later } else { News::Offline });
                self.wait_until(until_ms);
            }
            Rest::Idle => {
                (self.0.hear)(News::Quiet);
                if let Ok(tally) = self.0.journal.tally().await
                    && let Some(due_ms) = tally.next_due_ms.filter(|due_ms| *due_ms > clock::unix_ms())
                {
                    self.wait_until(due_ms);
                }
            }
        }
    }

    fn wait_until(&self, until_ms: i64) {
        let ms = until_ms.saturating_sub(clock::unix_ms()).clamp(1000, 3_600_000);
        let this = self.clone();
        let timer = timeout::after(u32::try_from(ms).unwrap_or(1000), move || this.kick(Kick::Timer));
        self.0.timer.replace(Some(timer));
    }
}
