//! What a cycle asks for, and what it is told.

use crate::calendar::Moment;
use crate::entry::{Digest, Entry, Receipt, VersionId};
use crate::ids::{EntryId, RevisionId};
use crate::journal::{Filed, Holding, Mark, Outgoing, Seq};
use crate::questionnaire::Response;

use super::{Create, Fate};

/// Kinds of resources that entries are, on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Answers: FHIR `QuestionnaireResponse`.
    Response,
    /// Sessions the clinic wrote down: FHIR `MedicationAdministration`. These only come down.
    Session,
    /// Sessions the clinic planned: FHIR `MedicationRequest`. These only come down too.
    Plan,
    /// What may be sent: FHIR `Consent`.
    Consent,
}

impl Kind {
    /// The kind an entry is on the wire; those that never travel count as answers.
    #[must_use]
    pub const fn of(entry: &Entry) -> Self {
        match &entry.body {
            crate::entry::Body::Consent(_) => Self::Consent,
            crate::entry::Body::Session(session) if session.outcome.is_plan() => Self::Plan,
            crate::entry::Body::Session(_) => Self::Session,
            crate::entry::Body::Response(_)
            | crate::entry::Body::Retracted(_)
            | crate::entry::Body::Chosen(_) => Self::Response,
        }
    }

    /// FHIR resource type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Response => "QuestionnaireResponse",
            Self::Session => "MedicationAdministration",
            Self::Plan => "MedicationRequest",
            Self::Consent => "Consent",
        }
    }
}

/// One row of the outbox, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// The row.
    pub row: Outgoing,
    /// Digest of its revision, computed here.
    pub digest: Digest,
    /// How large it is on the wire, in bytes.
    pub bytes: usize,
    /// The row whose due time decides when it goes: its own, or where only the newest of an entry is
    /// sent, that of the entry's oldest row that waits.
    pub gate: RevisionId,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Ask [`Journal::pending`](crate::journal::Journal::pending) with these. Tell [`Told::Rows`].
    Rows {
        /// Rows due by then, Unix milliseconds.
        due_by_ms: i64,
        /// At most so many.
        limit: usize,
    },
    /// Ask [`Journal::newest`](crate::journal::Journal::newest) for these. Tell [`Told::Rows`].
    Newest(Vec<EntryId>),
    /// Send these batches, side by side if there are several. Tell [`Told::Pushed`].
    Push(Vec<Vec<Outgoing>>),
    /// Ask the server for ids and versions. Tell [`Told::Listed`] or [`Told::Failed`].
    List {
        /// Of this kind.
        kind: Kind,
        /// Changed since; all when none.
        since: Option<Moment>,
        /// The page to ask for instead, as the server named it.
        next: Option<String>,
    },
    /// Ask the server for these resources. Tell [`Told::Fetched`] or [`Told::Failed`].
    Fetch {
        /// Of this kind.
        kind: Kind,
        /// Their names.
        resources: Vec<String>,
        /// What names them.
        by: By,
        /// The page to ask for instead, as the server named it.
        next: Option<String>,
    },
    /// Ask the server for all versions of each of these resources, by kind and name. Tell
    /// [`Told::Histories`].
    Histories(Vec<(Kind, String)>),
    /// Send the scores of these entries, as the server has their responses. Tell
    /// [`Told::Observed`].
    Observe {
        /// The entries.
        scored: Vec<Scored>,
        /// How the server takes new ids.
        create: Create,
    },
    /// Ask the journal for these entries' holdings. Tell [`Told::Holdings`].
    Holdings(Vec<EntryId>),
    /// Ask the journal for a page of all holdings. Tell [`Told::Holdings`].
    Census {
        /// After this place.
        after: Option<Seq>,
        /// At most so many.
        limit: usize,
    },
    /// Ask the journal for these entries' holdings, with the digest of each revision. Tell
    /// [`Told::Here`].
    Here(Vec<EntryId>),
    /// File these in one transaction. Tell [`Told::Filed`].
    File {
        /// In order.
        marks: Vec<Mark>,
        /// The cycle's memory.
        memory: String,
    },
    /// Nothing for now.
    Rest(Rest),
}

/// Why a cycle rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// All is done. Kick it when there is something new, or when the journal says that a row is
    /// due.
    Idle,
    /// Wait until then (Unix milliseconds), or until the phone is online or the page visible.
    Wait {
        /// When to ask again.
        until_ms: i64,
    },
    /// The server does not know the sign-in any more: the person must pair again.
    SignIn,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// The rows.
    Rows(Vec<Ready>),
    /// One answer for each batch, in order.
    Pushed(Vec<Pushed>),
    /// A page of a list.
    Listed(Page),
    /// What could be read of what was asked for. What is missing on the last page is not there.
    Fetched {
        /// What this page holds.
        rows: Vec<Incoming>,
        /// The next page, as the server names it.
        next: Option<String>,
    },
    /// What could be read of each history that was asked for, in that order.
    Histories(Vec<Result<Vec<Incoming>, Failure>>),
    /// What became of the scores, with one fate for each entry.
    Observed(Pushed),
    /// Holdings.
    Holdings(Vec<Holding>),
    /// Holdings with digests.
    Here(Vec<Here>),
    /// It is on disk.
    Filed,
    /// A list or a fetch failed.
    Failed(Failure),
}

/// The answer to one batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Pushed {
    /// HTTP status of the whole; 0 when there was no answer.
    pub status: u16,
    /// `Retry-After`, in milliseconds, where readable.
    pub after_ms: Option<i64>,
    /// What the server's clock said when it answered, where the answer tells. Not when it stored:
    /// what is said twice was stored long ago.
    pub at: Option<Moment>,
    /// What it means for each row, in the order sent.
    pub fates: Vec<Fate>,
}

/// An answer that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status; 0 when there was no answer, or none that could be read.
    pub status: u16,
    /// `Retry-After`, in milliseconds, where readable.
    pub after_ms: Option<i64>,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Its lines.
    pub rows: Vec<Listed>,
    /// The next page, as the server names it.
    pub next: Option<String>,
    /// The server's time when it made the page.
    pub at: Option<Moment>,
    /// The server's epoch, where it says one: of a list with no line in it too.
    pub epoch: Option<String>,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The entry.
    pub id: EntryId,
    /// Its id as the server names it.
    pub resource: String,
    /// Its current version.
    pub version: VersionId,
    /// When that was stored.
    pub updated: Option<Moment>,
    /// The server's receipt of it, where it gives them.
    pub receipt: Option<Receipt>,
}

/// An entry that came down.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The revision.
    pub entry: Box<Entry>,
    /// Id of its resource as the server has it.
    pub resource: String,
    /// The text as received.
    pub text: String,
    /// The server's receipt of it, or what stands in for one.
    pub receipt: Receipt,
    /// Digest of the text, where it was computed here.
    pub digest: Option<Digest>,
    /// What it says it was made on top of beside its parent ([`beneath`](crate::journal::beneath)). The
    /// server may never have been told of those.
    pub beneath: Vec<RevisionId>,
}

impl Incoming {
    /// The marks that put it into the journal: its light says so if the server's receipt is not
    /// about what it gave.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        let pulled = Mark::Pulled {
            entry: self.entry.clone(),
            text: self.text.clone(),
            receipt: self.receipt.clone(),
        };
        let other = self.digest.zip(self.receipt.digest).is_some_and(|(here, there)| here != there);
        let changed = other.then(|| Mark::Changed(self.receipt.clone()));
        std::iter::once(pulled).chain(changed).chain(self.overtaken()).collect()
    }

    /// What it was made on top of need not be sent any more.
    pub(super) fn overtaken(&self) -> impl Iterator<Item = Mark> {
        self.beneath.iter().map(|revision| Mark::Overtaken { revision: *revision })
    }
}

/// What names resources in a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Their ids, as the server has them.
    Id,
    /// The ids of their entries, which stand in `identifier` where a server makes ids of its own.
    Identifier,
}

/// An entry whose scores go up by themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The revision.
    pub entry: Box<Entry>,
    /// The answers of its entry's other revisions: whatever scores they had may stand there.
    pub others: Vec<Response>,
    /// Id of its response as the server has it.
    pub resource: String,
}

/// A revision that is here, with its digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Here {
    /// What is here.
    pub holding: Holding,
    /// The revision itself.
    pub entry: Box<Entry>,
    /// Digest of its content, computed here.
    pub digest: Digest,
}

impl Here {
    /// How a receipt of this revision is to be filed.
    #[must_use]
    pub fn filed(&self, receipt: &Receipt) -> Filed {
        let changed = receipt.digest.is_some_and(|digest| digest != self.digest);
        Filed { receipt: receipt.clone(), changed }
    }
}

/// The mark that files a receipt.
#[must_use]
pub(super) fn mark_of(filed: Filed) -> Mark {
    if filed.changed { Mark::Changed(filed.receipt) } else { Mark::Settled(filed.receipt) }
}
