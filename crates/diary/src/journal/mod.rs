//! The journal's port: a few verbs, each one whole transaction.
//!
//! No transaction leaves an adapter. On `Ok` the fact is on disk and was read back. The contract
//! suite in `interlude-testkit` says the same in tests and runs over every adapter.
//!
//! What adapters would otherwise each decide by themselves is decided here: [`Row::new`],
//! [`Row::again`], [`next_rows`], [`next_due_ms`] and [`base_of`] for the outbox, [`Light::of`] for
//! the save light, [`line`] and [`days_of`] for the table of days. Which of several answers to one
//! occasion counts is asked of [`Doubles`].

mod doubles;
mod error;
mod light;
mod replay;
mod rows;
mod views;

pub use doubles::{Doubles, Standing, shown};
pub use error::JournalError;
pub use light::Light;
pub use replay::{Rank, Revision, current, days_of, line, rank};
pub use rows::{
    BENEATH, FARTHEST_MS, REASON_CHARS, Row, base_of, beneath, cut_reason, followed, newest_row, next_due_ms,
    next_rows, stands_on, superseded,
};
pub use views::{DayLine, Filed, Holding, Kept, Outgoing, OutgoingState, Stored, Tally};

use crate::calendar::LocalDay;
use crate::entry::{Entry, Receipt};
use crate::ids::{EntryId, RevisionId};
use crate::occasion::{Draft, DraftKey};
use crate::schedule::infusion::tells;

/// Number of an entry's revision in this phone's journal: 1, 2, 3, … in the order written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

/// When an outbox row may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Send {
    /// Waits for Done, for the page to be hidden, or for the next start ([`Journal::release`]).
    Held,
    /// May go.
    Now,
    /// May go, before all others: a red-flag answer.
    First,
    /// Stays on the phone: no outbox row.
    Never,
}

/// One outcome of a sync, filed by [`Journal::settle`].
///
/// A mark about a revision that is not here changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// The server holds this revision. The outbox row goes, the receipt stays, in one transaction;
    /// an older receipt is replaced.
    Settled(Receipt),
    /// Not now: the waiting row is due again at `due_ms` (Unix milliseconds). Counts one more
    /// attempt.
    Later {
        /// The row's revision.
        revision: RevisionId,
        /// When it is due again.
        due_ms: i64,
    },
    /// The server will not have it. Parked with its reason, shown, exportable, blocks nothing.
    Parked {
        /// The row's revision.
        revision: RevisionId,
        /// HTTP status, 0 when there was none.
        status: u16,
        /// The server's words, cut to 500 characters.
        reason: String,
    },
    /// What a reconcile disproved: the receipt goes, and there is a waiting row, due now
    /// ([`Row::again`]). On the person's word a parked row is made to wait again in the same way.
    /// A row that waits stays as it is.
    Withdrawn {
        /// The revision the server turned out not to hold.
        revision: RevisionId,
    },
    /// Not sent any more, where a server is sent only the newest of an entry: it holds what was made on
    /// top of this one. The waiting row goes; the revision stays here.
    Overtaken {
        /// The row's revision.
        revision: RevisionId,
    },
    /// The server holds this revision with other content than is here. The outbox row goes, the
    /// receipt stays as [`Filed::changed`].
    Changed(Receipt),
    /// An entry that came down. Written, with no outbox row, unless its revision is here already:
    /// then nothing changes, its receipt neither.
    Pulled {
        /// The revision, with its entry.
        entry: Box<Entry>,
        /// The text as received, so that fields not known here survive.
        text: String,
        /// Its receipt: the server holds what it just gave.
        receipt: Receipt,
    },
    /// A revision out of a backup file. Written, with what was known of it, unless it is here already:
    /// then nothing changes, its receipt neither. Without a receipt it waits to be sent
    /// ([`Row::brought`]): a server that has it says so.
    Brought {
        /// The revision.
        entry: Box<Entry>,
        /// Of one that came down: the text as received.
        received: Option<String>,
        /// The receipt it had, if it had one.
        filed: Option<Filed>,
        /// It stays on the phone by the person's choice.
        stays: bool,
    },
}

/// Small values kept beside the entries, sealed like them. One writer each; see the rooms that
/// use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetaKey {
    /// This installation's id and first-run answers.
    Device,
    /// The clinic this phone is paired with, and its token.
    Pairing,
    /// Cursor, epoch, back-off: what the sync cycle must remember.
    Sync,
    /// The person's settings.
    Settings,
    /// Red-flag cards still open.
    Flags,
    /// What the clinic last said of itself: its number, and its words on the cards.
    Clinic,
    /// What the person adds to the doctor's page.
    Sheet,
    /// The person's own questions, and which kinds are shared.
    Own,
}

/// The journal of one person, on one phone.
#[expect(async_fn_in_trait, reason = "adapters in a browser are not Send, and need not be")]
pub trait Journal {
    /// Writes an entry's revision, its outbox row and its day's line, and removes the draft it
    /// came from: all or nothing. Then reads the revision back. Recording a revision that is here
    /// already changes nothing and answers as the first time.
    ///
    /// # Errors
    /// Nothing was written, or it could not be proved: the caller must not say "saved".
    async fn record(&self, entry: &Entry, send: Send, draft: Option<&DraftKey>)
    -> Result<Kept, JournalError>;

    /// Takes back a revision whose row is still [`Send::Held`] and puts the draft in its place, with
    /// the version it says.
    ///
    /// # Errors
    /// [`JournalError::TooLate`] when the row is not held any more: that wants a correction.
    /// [`JournalError::DraftMoved`] when another tab has begun a draft of the same key meanwhile.
    async fn undo(&self, revision: RevisionId, draft: &Draft) -> Result<(), JournalError>;

    /// Lets every held row go. Answers how many there were.
    ///
    /// # Errors
    /// As the store gives them.
    async fn release(&self) -> Result<u32, JournalError>;

    /// Stores a draft if the one on disk has `draft.version` (0: if there is none); answers the new
    /// version, one more.
    ///
    /// # Errors
    /// [`JournalError::DraftMoved`] when another tab stored it meanwhile.
    async fn save_draft(&self, draft: &Draft) -> Result<u32, JournalError>;

    /// The draft of `key`, if there is one.
    ///
    /// # Errors
    /// As the store gives them.
    async fn draft(&self, key: &DraftKey) -> Result<Option<Draft>, JournalError>;

    /// All drafts, oldest first by when they were opened.
    ///
    /// # Errors
    /// As the store gives them.
    async fn drafts(&self) -> Result<Vec<Draft>, JournalError>;

    /// Removes a draft on the person's word.
    ///
    /// # Errors
    /// As the store gives them.
    async fn drop_draft(&self, key: &DraftKey) -> Result<(), JournalError>;

    /// Lines of the days from `first` to `last`, both included, by day and then by [`DayLine::seq`].
    /// Its cost grows with the number of days asked for and with nothing else.
    ///
    /// # Errors
    /// As the store gives them.
    async fn days(&self, first: LocalDay, last: LocalDay) -> Result<Vec<DayLine>, JournalError>;

    /// Lines of every infusion told, by the person or the clinic, taken back or not, in the order of
    /// [`Journal::days`]. An adapter keeps them so that the cost grows with their number and with
    /// nothing else: Today asks for them at every start.
    ///
    /// # Errors
    /// As the store gives them.
    async fn infusions(&self) -> Result<Vec<DayLine>, JournalError> {
        let (first, last) = (LocalDay::from_number(i32::MIN), LocalDay::from_number(i32::MAX));
        let mut lines = self.days(first, last).await?;
        lines.retain(tells);
        Ok(lines)
    }

    /// Every revision of one entry, oldest first by [`Seq`], with its light.
    ///
    /// # Errors
    /// As the store gives them; [`JournalError::Damaged`] names a record that cannot be opened.
    async fn revisions(&self, id: EntryId) -> Result<Vec<Stored>, JournalError>;

    /// Revisions after `after` in the order written, at most `limit`: for export and reconcile.
    ///
    /// # Errors
    /// As [`Journal::revisions`].
    async fn page(&self, after: Option<Seq>, limit: usize) -> Result<Vec<Stored>, JournalError>;

    /// Outbox rows that may go and are due at `now_ms`: those marked first, then by order
    /// written; at most `limit`, and of each entry only its oldest waiting revision.
    ///
    /// # Errors
    /// As the store gives them.
    async fn pending(&self, now_ms: i64, limit: usize) -> Result<Vec<Outgoing>, JournalError>;

    /// Of each of these entries the row that goes where only the newest does ([`newest_row`]): in the
    /// order of `ids`, none for an entry of which no row may go.
    ///
    /// # Errors
    /// As the store gives them.
    async fn newest(&self, ids: &[EntryId]) -> Result<Vec<Outgoing>, JournalError>;

    /// All outbox rows, held, waiting and parked, in order written: the Sync page.
    ///
    /// # Errors
    /// As the store gives them.
    async fn outbox(&self) -> Result<Vec<Outgoing>, JournalError>;

    /// What is here of these entries, in order written. Opens no entry.
    ///
    /// # Errors
    /// As the store gives them.
    async fn holdings_of(&self, ids: &[EntryId]) -> Result<Vec<Holding>, JournalError>;

    /// What is here after `after` in the order written, at most `limit`: for a reconcile. Opens no
    /// entry.
    ///
    /// # Errors
    /// As the store gives them.
    async fn holdings(&self, after: Option<Seq>, limit: usize) -> Result<Vec<Holding>, JournalError>;

    /// Counts without reading the journal.
    ///
    /// # Errors
    /// As the store gives them.
    async fn tally(&self) -> Result<Tally, JournalError>;

    /// Files the outcomes of one exchange, in order, and the cycle's memory ([`MetaKey::Sync`]), in
    /// one transaction.
    ///
    /// # Errors
    /// Nothing was filed; filing the same again later is harmless.
    async fn settle(&self, marks: &[Mark], sync: Option<&str>) -> Result<(), JournalError>;

    /// A small value.
    ///
    /// # Errors
    /// As the store gives them.
    async fn meta(&self, key: MetaKey) -> Result<Option<String>, JournalError>;

    /// Sets a small value.
    ///
    /// # Errors
    /// As the store gives them.
    async fn set_meta(&self, key: MetaKey, value: &str) -> Result<(), JournalError>;

    /// Erases everything: entries, drafts, outbox, keys.
    ///
    /// # Errors
    /// As the store gives them; some of it may be left.
    async fn erase(&self) -> Result<(), JournalError>;
}
