//! Many resources in one text.
use std::borrow::Cow;

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Entry, Receipt, VersionId};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::Outgoing;
use interlude_diary::sync::Fate;

use crate::wire::WireError;

/// The batch Bundle of PUTs for these rows.
#[must_use]
pub fn push_bundle(outgoing: &[Outgoing], patient: &str) -> String {
    format!("{}{patient}", outgoing.len())
}

/// What the answer to a push means for each revision sent, in the order sent. Total: any text
/// with any status has a meaning. `now` stands in where the server names no time.
#[must_use]
pub fn read_push_reply(status: u16, text: &str, sent: &[RevisionId], now: Moment) -> Vec<Fate> {
    sent.iter()
        .map(|_| Fate::TryLater { after_ms: (status == 1 && text.is_empty()).then(|| now.unix_ms()) })
        .collect()
}

/// Whether an answer of this status to several entries says nothing of each: they should go again
/// one by one, so that one bad entry does not stop the others.
#[must_use]
pub const fn wants_splitting(status: u16) -> bool {
    matches!(status, 400 | 404 | 405 | 409..=413 | 415..=422)
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Resource type.
    pub kind: String,
    /// The resource's id as the server has it.
    pub resource_id: String,
    /// The entry it is here.
    pub id: EntryId,
    /// Current version.
    pub version: VersionId,
    /// `meta.lastUpdated`.
    pub last_updated: Option<Moment>,
    /// The server's receipt, where it gives them.
    pub receipt: Option<Receipt>,
}

/// A page of a list of ids and versions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// Its lines.
    pub rows: Vec<Row>,
    /// The next page, verbatim.
    pub next: Option<String>,
    /// The server's time when it made this page (`Bundle.meta.lastUpdated`).
    pub at: Option<Moment>,
}

/// A page of whole resources.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Full {
    /// What could be read: the entry, its text as received, its receipt.
    pub entries: Vec<(Entry, String, Receipt)>,
    /// Ids of resources that could not.
    pub unreadable: Vec<String>,
    /// The next page, verbatim.
    pub next: Option<String>,
    /// The server's time when it made this page.
    pub at: Option<Moment>,
}

/// Reads a searchset of ids and versions (`_elements=id,meta`).
///
/// # Errors
/// When it is no Bundle.
pub fn read_list(text: &str) -> Result<List, WireError> {
    Err(WireError::NotJson(text.len().to_string()))
}

/// Reads a searchset (or history) of whole resources, or a single resource.
///
/// # Errors
/// When it is no Bundle and no resource of ours.
pub fn read_full(text: &str) -> Result<Full, WireError> {
    Err(WireError::NotJson(text.len().to_string()))
}

/// What a Bundle sent to a server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleKind {
    /// Each entry by itself.
    Batch,
    /// All or nothing.
    Transaction,
}

/// One request of a Bundle; texts point into the Bundle's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Request<'a> {
    /// HTTP method.
    pub method: Cow<'a, str>,
    /// Relative URL.
    pub url: Cow<'a, str>,
    /// `ifMatch`.
    pub if_match: Option<Cow<'a, str>>,
    /// `ifNoneMatch`.
    pub if_none_match: Option<Cow<'a, str>>,
    /// `ifNoneExist`.
    pub if_none_exist: Option<Cow<'a, str>>,
    /// The resource, exactly as it stands in the Bundle.
    pub resource: Option<&'a str>,
}

/// A Bundle sent to a server.
#[derive(Debug, Clone, PartialEq)]
pub struct Requests<'a> {
    /// Batch or transaction.
    pub kind: BundleKind,
    /// Its requests. One that cannot be read is named, so that the others go on.
    pub requests: Vec<Result<Request<'a>, WireError>>,
}

/// Reads a Bundle sent to a server.
///
/// # Errors
/// When it is no batch or transaction Bundle.
pub fn read_requests(text: &str) -> Result<Requests<'_>, WireError> {
    Err(WireError::NotJson(text.len().to_string()))
}
