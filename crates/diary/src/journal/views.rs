//! What the journal's verbs answer with.

use serde::{Deserialize, Serialize};

use super::{Light, Send, Seq};
use crate::calendar::{LocalDay, Moment};
use crate::entry::{Entry, Receipt};
use crate::ids::{EntryId, RevisionId};
use crate::occasion::OccasionKey;

/// Proof that a revision is on disk: given out only after it was read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the journal.
    pub seq: Seq,
}

/// One revision with its place and its light.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Place in this phone's journal.
    pub seq: Seq,
    /// The revision.
    pub entry: Entry,
    /// How far it has come.
    pub light: Light,
    /// For an entry that came down: the text as received.
    pub received: Option<String>,
}

/// One outbox row with its revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// Place in the journal.
    pub seq: Seq,
    /// The revision to send.
    pub entry: Entry,
    /// Receipt of the revision it replaces there: the newest, by the server's order, that this
    /// phone knows of the entry ([`base_of`](super::base_of)). Its version goes into `If-Match`.
    /// None when nothing of the entry is known to be there, or only what was made on top of this
    /// revision: then nothing may be.
    pub base: Option<Receipt>,
    /// One that has a receipt was made on top of this revision ([`superseded`](super::superseded)).
    pub behind: bool,
    /// One that is here was made on top of this revision, whatever became of it ([`followed`](super::followed)).
    pub followed: bool,
    /// What it was made on top of, its parent left out, nearest first ([`beneath`](super::beneath)).
    pub beneath: Vec<RevisionId>,
    /// Whether it goes first, waits or is held.
    pub send: Send,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is due, Unix milliseconds.
    pub due_ms: i64,
    /// Waiting, or parked with the server's reason.
    pub state: OutgoingState,
}

/// A receipt as it is kept, with what comparing its digest said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The server's word.
    pub receipt: Receipt,
    /// Its digest is not that of what is here.
    #[serde(default)]
    pub changed: bool,
}

impl Filed {
    /// Filed by [`Mark::Settled`](super::Mark::Settled) or [`Mark::Pulled`](super::Mark::Pulled).
    #[must_use]
    pub const fn settled(receipt: Receipt) -> Self {
        Self { receipt, changed: false }
    }

    /// Filed by [`Mark::Changed`](super::Mark::Changed).
    #[must_use]
    pub const fn changed(receipt: Receipt) -> Self {
        Self { receipt, changed: true }
    }

    /// Whether it proves that the server holds what is here.
    #[must_use]
    pub const fn matches(&self) -> bool {
        !self.changed && self.receipt.digest.is_some()
    }
}

/// What the sync cycle asks of one revision: that it is here, and how far it has come. Needs no
/// sealed entry to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Place in the journal.
    pub seq: Seq,
    /// The entry.
    pub id: EntryId,
    /// The revision.
    pub revision: RevisionId,
    /// The revision it replaces.
    pub parent: Option<RevisionId>,
    /// Its receipt, if the server gave one.
    pub filed: Option<Filed>,
}

/// State of an outbox row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutgoingState {
    /// Goes when it is due.
    Waiting,
    /// Refused by the server; goes again only on the person's word.
    Parked {
        /// HTTP status.
        status: u16,
        /// The server's words.
        reason: String,
    },
}

/// One entry's line in the table of its day: what Today, Diary and the curve need, so that none
/// of them reads the journal. Rewritten when a newer revision is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayLine {
    /// The day.
    pub day: LocalDay,
    /// The entry.
    pub id: EntryId,
    /// Its newest revision here.
    pub revision: RevisionId,
    /// Place of that revision.
    pub seq: Seq,
    /// `url|version` of the form, or the kind's name for entries without one.
    pub questionnaire: String,
    /// The occasion answered.
    pub occasion: Option<OccasionKey>,
    /// When that revision was made.
    pub authored: Moment,
    /// Entered late.
    pub late: bool,
    /// Only part was meant to be answered.
    pub partial: bool,
    /// Taken back.
    pub retracted: bool,
    /// How many revisions there are here.
    pub revisions: u32,
    /// Values that screens draw: (linkId or score name, number).
    pub values: Vec<(String, f64)>,
    /// Scales that the person would rather not answer: neither a number nor untouched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<String>,
}

/// Counts for the save light of the whole diary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Revisions in the journal.
    pub revisions: u64,
    /// Rows waiting, held ones included.
    pub waiting: u32,
    /// Rows parked.
    pub parked: u32,
    /// Unix milliseconds of the earliest due row that waits; `None` when none does.
    pub next_due_ms: Option<i64>,
    /// Revisions with a receipt that matches: [`Filed::matches`].
    pub receipted: u64,
    /// Unix milliseconds (server's clock) of the newest receipt that matches.
    pub last_receipt_ms: Option<i64>,
}
