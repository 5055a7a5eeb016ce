//! A family: every revision of one entry that is here, with its outbox row and its receipt.
//!
//! All verbs that touch entries think in families: load, change in memory, write what changed
//! ([`write`](super::write)). Sealed entries are opened only when a verb needs to read them.

use std::collections::BTreeMap;
use std::str::FromStr;

use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{
    Filed, Holding, JournalError, Light, OutgoingState, Revision, Row, Send, Seq, Stored,
};
use js_sys::{Object, Uint8Array};
use serde::{Deserialize, Serialize};

use super::connection::Open;
use super::row::{self, parsed, sealed, text};
use super::seal::{self, Place};
use super::trouble::Trouble;

/// What an entry's seal holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Body {
    #[serde(rename = "e")]
    pub(super) entry: Entry,
    /// The text as received, of an entry that came down.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub(super) received: Option<String>,
}

/// What an outbox row's seal holds. A row that was never tried has none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Tried {
    #[serde(rename = "n")]
    pub(super) attempts: u32,
    /// Why it is parked: status and the server's words.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(super) parked: Option<(u16, String)>,
}

/// One revision.
pub(super) struct Member {
    pub(super) seq: Seq,
    pub(super) revision: RevisionId,
    pub(super) parent: Option<RevisionId>,
    /// As it lies in the store; none for one about to be written.
    pub(super) sealed: Option<Uint8Array>,
    /// Opened, or about to be written.
    pub(super) body: Option<Body>,
    pub(super) row: Option<Row>,
    pub(super) filed: Option<Filed>,
    /// What the store has, to write only what changed.
    pub(super) stored_row: Option<Row>,
    pub(super) stored_filed: Option<Filed>,
    /// Taken back by an undo.
    pub(super) gone: bool,
}

impl Member {
    /// A revision about to be written.
    pub(super) const fn new(seq: Seq, body: Body, row: Option<Row>, filed: Option<Filed>) -> Self {
        Self {
            seq,
            revision: body.entry.revision,
            parent: body.entry.parent,
            sealed: None,
            body: Some(body),
            row,
            filed,
            stored_row: None,
            stored_filed: None,
            gone: false,
        }
    }

    pub(super) fn entry(&self) -> Option<&Entry> {
        self.body.as_ref().map(|body| &body.entry)
    }

    /// As the port gives it out. None while it is sealed.
    pub(super) fn stored(&self) -> Option<Stored> {
        let body = self.body.as_ref()?;
        Some(Stored {
            seq: self.seq,
            entry: body.entry.clone(),
            light: Light::of(self.row.as_ref(), self.filed.as_ref()),
            received: body.received.clone(),
        })
    }

    pub(super) fn place(&self, id: EntryId) -> Place {
        Place::new("entries", &id.to_string(), &self.revision.to_string())
    }
}

/// Every revision of one entry, in the order written here.
pub(super) struct Family {
    pub(super) id: EntryId,
    pub(super) members: Vec<Member>,
}

impl Family {
    pub(super) fn member(&mut self, revision: RevisionId) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.revision == revision && !member.gone)
    }

    /// As replay wants them. Sealed ones are left out: open first.
    pub(super) fn revisions(&self) -> Vec<Revision<'_>> {
        let here = self.members.iter().filter(|member| !member.gone);
        here.filter_map(|member| {
            let entry = member.entry()?;
            Some(Revision { seq: member.seq, entry, filed: member.filed.as_ref() })
        })
        .collect()
    }

    pub(super) fn holdings(&self) -> impl Iterator<Item = Holding> {
        self.members.iter().map(|member| Holding {
            seq: member.seq,
            id: self.id,
            revision: member.revision,
            parent: member.parent,
            filed: member.filed.clone(),
        })
    }
}

/// Families by entry.
pub(super) type Families = BTreeMap<EntryId, Family>;

/// The stores a family lies in.
pub(super) const STORES: [&str; 3] = ["entries", "outbox", "receipts"];

/// Records of a family or of a stretch of the journal, as they lie in the store.
pub(super) struct Raw {
    pub(super) entries: Vec<Object>,
    pub(super) outbox: Vec<Object>,
    pub(super) receipts: Vec<Object>,
}

/// Families as read; opens rows and receipts, not entries. After the transaction.
pub(super) async fn from_raw(open: &Open, raw: Raw) -> Result<Families, Trouble> {
    let mut rows = rows(open, &raw.outbox).await?;
    let mut filed = receipts_of(open, &raw.receipts).await?;
    let mut families = Families::new();
    for record in &raw.entries {
        let seq = row::seq(record);
        let (id, revision): (EntryId, RevisionId) = (id(record, "id", seq)?, id(record, "revision", seq)?);
        let (row, filed) = (rows.remove(&seq), filed.remove(&seq));
        let member = Member {
            seq,
            revision,
            parent: text(record, "parent").parse().ok(),
            sealed: sealed(record),
            body: None,
            stored_row: row.clone(),
            stored_filed: filed.clone(),
            row,
            filed,
            gone: false,
        };
        families.entry(id).or_insert_with(|| Family { id, members: Vec::new() }).members.push(member);
    }
    for family in families.values_mut() {
        family.members.sort_by_key(|member| member.seq);
    }
    Ok(families)
}

/// Opens every member that is still sealed, of all these families together. One that does not open is
/// an error: for verbs that must have read a family whole.
pub(super) async fn open_members<'a>(
    open: &Open,
    families: impl Iterator<Item = &'a mut Family>,
) -> Result<(), Trouble> {
    let damaged = open_what_opens(open, families).await?;
    damaged.first().map_or(Ok(()), |seq| Err(seal::damaged(Some(*seq))))
}

/// Opens every member that opens; answers the places of those that do not. They stay sealed, and what
/// shows members leaves them out: one that was damaged takes no other with it.
pub(super) async fn open_what_opens<'a>(
    open: &Open,
    families: impl Iterator<Item = &'a mut Family>,
) -> Result<Vec<Seq>, Trouble> {
    let mut shut: Vec<(EntryId, &mut Member)> = families
        .flat_map(|family| family.members.iter_mut().map(|member| (family.id, member)))
        .filter(|(_, member)| member.body.is_none())
        .collect();
    // What has no seal at all fails as one that does not open.
    let nothing = || Uint8Array::new_with_length(0);
    let seals: Vec<(Place, Uint8Array)> = shut
        .iter()
        .map(|(id, member)| (member.place(*id), member.sealed.clone().unwrap_or_else(nothing)))
        .collect();
    let opened = seal::open_all(&open.keys, &seals).await?;
    let mut damaged = Vec::new();
    for ((_, member), plain) in shut.iter_mut().zip(opened) {
        member.body = plain.and_then(|plain| parsed(&plain, Some(member.seq)).ok());
        if member.body.is_none() {
            damaged.push(member.seq);
        }
    }
    Ok(damaged)
}

/// States of an outbox row as they stand in clear, in the order they are sent.
pub(super) const FIRST: i64 = 0;
pub(super) const NOW: i64 = 1;
pub(super) const HELD: i64 = 2;
pub(super) const PARKED: i64 = 3;

/// The state in clear of a row.
pub(super) const fn state(row: &Row) -> i64 {
    match (&row.state, row.send) {
        (OutgoingState::Parked { .. }, _) => PARKED,
        (OutgoingState::Waiting, Send::First) => FIRST,
        (OutgoingState::Waiting, Send::Now | Send::Never) => NOW,
        (OutgoingState::Waiting, Send::Held) => HELD,
    }
}

/// A row by what stands in clear: enough to decide what goes. A parked row's reason is sealed.
pub(super) fn clear_row(record: &Object) -> Result<Row, Trouble> {
    let seq = row::seq(record);
    let (send, parked) = match row::whole(record, "state") {
        Some(FIRST) => (Send::First, false),
        Some(NOW) => (Send::Now, false),
        Some(HELD) => (Send::Held, false),
        Some(PARKED) => (Send::Now, true),
        _ => return Err(seal::damaged(Some(seq))),
    };
    let state = if parked {
        OutgoingState::Parked { status: 0, reason: String::new() }
    } else {
        OutgoingState::Waiting
    };
    Ok(Row {
        seq,
        id: id(record, "id", seq)?,
        revision: id(record, "revision", seq)?,
        send,
        attempts: 0,
        due_ms: row::whole(record, "due").unwrap_or_default(),
        state,
    })
}

/// Rows by their place, opened.
pub(super) async fn rows(open: &Open, records: &[Object]) -> Result<BTreeMap<Seq, Row>, Trouble> {
    let mut rows: BTreeMap<Seq, Row> = BTreeMap::new();
    let mut seals = Vec::new();
    for record in records {
        let row = clear_row(record)?;
        if let Some(bytes) = sealed(record) {
            seals.push((row.seq, row_place(&row), bytes));
        }
        rows.insert(row.seq, row);
    }
    let (seqs, seals): (Vec<Seq>, Vec<_>) =
        seals.into_iter().map(|(seq, place, bytes)| (seq, (place, bytes))).unzip();
    for (seq, plain) in seqs.into_iter().zip(seal::open_all(&open.keys, &seals).await?) {
        // One that does not open is as never tried: it goes again, and what comes of it is written anew.
        let tried: Tried = plain.and_then(|plain| parsed(&plain, Some(seq)).ok()).unwrap_or_default();
        if let Some(row) = rows.get_mut(&seq) {
            row.attempts = tried.attempts;
            if let (OutgoingState::Parked { status, reason }, Some(why)) = (&mut row.state, tried.parked) {
                (*status, *reason) = why;
            }
        }
    }
    Ok(rows)
}

pub(super) fn row_place(row: &Row) -> Place {
    Place::new("outbox", &row.id.to_string(), &row.revision.to_string())
}

/// Receipts by the place of their revision, opened. One that does not open proves nothing, and is as
/// none: the next reconcile asks the server again.
pub(super) async fn receipts_of(open: &Open, records: &[Object]) -> Result<BTreeMap<Seq, Filed>, Trouble> {
    let mut seals = Vec::with_capacity(records.len());
    for record in records {
        if let Some(bytes) = sealed(record) {
            let place = receipt_place(&text(record, "id"), &text(record, "revision"));
            seals.push((row::seq(record), (place, bytes)));
        }
    }
    let (seqs, seals): (Vec<Seq>, Vec<_>) = seals.into_iter().unzip();
    let opened = seal::open_all(&open.keys, &seals).await?;
    let whole = seqs.into_iter().zip(opened).filter_map(|(seq, plain)| {
        let filed = parsed(&plain?, Some(seq)).ok()?;
        Some((seq, filed))
    });
    Ok(whole.collect())
}

pub(super) fn receipt_place(id: &str, revision: &str) -> Place {
    Place::new("receipts", id, revision)
}

/// An id that stands in clear.
pub(super) fn id<T: FromStr>(record: &Object, name: &str, seq: Seq) -> Result<T, Trouble> {
    let damaged = Trouble::Final(JournalError::Damaged { seq: Some(seq) });
    text(record, name).parse().map_err(|_spelling| damaged)
}
