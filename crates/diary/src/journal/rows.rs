//! Outbox rows and receipts as an adapter keeps them, and the rules both adapters share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Filed, Holding, OutgoingState, Send, Seq};
use crate::entry::{Entry, Receipt};
use crate::ids::{EntryId, RevisionId};

/// One row of the outbox, without the revision it sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Place of its revision in the journal.
    pub seq: Seq,
    /// The entry.
    pub id: EntryId,
    /// The revision.
    pub revision: RevisionId,
    /// Whether it goes first, waits or is held. Never [`Send::Never`]: that has no row.
    pub send: Send,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is due, Unix milliseconds.
    pub due_ms: i64,
    /// Waiting or parked.
    pub state: OutgoingState,
}

impl Row {
    /// The row a new revision gets; none when it stays on the phone by its kind or the person's
    /// choice.
    #[must_use]
    pub fn new(seq: Seq, entry: &Entry, send: Send) -> Option<Self> {
        let goes = entry.goes_up() && send != Send::Never;
        goes.then_some(Self {
            seq,
            id: entry.id,
            revision: entry.revision,
            send,
            attempts: 0,
            due_ms: 0,
            state: OutgoingState::Waiting,
        })
    }

    /// The row of a revision whose receipt was withdrawn: due now. None for what this diary cannot
    /// send: kinds that only come down, and entries that another system made (their device is the
    /// nil UUID).
    #[must_use]
    pub fn again(seq: Seq, entry: &Entry) -> Option<Self> {
        if entry.device.uuid().is_nil() { None } else { Self::new(seq, entry, Send::Now) }
    }

    /// The row of a revision out of a backup file; none where it has a receipt or stays on the phone.
    #[must_use]
    pub fn brought(seq: Seq, entry: &Entry, filed: Option<&Filed>, stays: bool) -> Option<Self> {
        if filed.is_some() || stays { None } else { Self::again(seq, entry) }
    }

    /// Waits, held or not; parked rows do not.
    #[must_use]
    pub const fn waits(&self) -> bool {
        matches!(self.state, OutgoingState::Waiting)
    }

    /// Waits and may go when it is due.
    #[must_use]
    pub const fn may_go(&self) -> bool {
        self.waits() && matches!(self.send, Send::Now | Send::First)
    }

    /// Whether [`Journal::undo`](super::Journal::undo) is still possible.
    #[must_use]
    pub const fn held(&self) -> bool {
        self.waits() && matches!(self.send, Send::Held)
    }
}

/// No row is put off for longer, in milliseconds: one hour. A due time farther away was written
/// before the phone's clock was set back, and counts as come.
pub const FARTHEST_MS: i64 = 3_600_000;

/// Which of `rows` may go at `now_ms`, and in which order: [`Journal::pending`]'s rule.
///
/// Of each entry only its oldest waiting row counts: while that one is held or not due, the
/// entry's later ones stay. An entry with a row marked first goes first, whichever of its rows
/// that is.
///
/// [`Journal::pending`]: super::Journal::pending
#[must_use]
pub fn next_rows<'a>(rows: impl IntoIterator<Item = &'a Row>, now_ms: i64, limit: usize) -> Vec<&'a Row> {
    let mut oldest: BTreeMap<EntryId, (&Row, bool)> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.waits()) {
        let first = row.may_go() && row.send == Send::First;
        oldest
            .entry(row.id)
            .and_modify(|(kept, any_first)| {
                *any_first |= first;
                if row.seq < kept.seq {
                    *kept = row;
                }
            })
            .or_insert((row, first));
    }
    let due = |row: &Row| row.due_ms <= now_ms || row.due_ms > now_ms.saturating_add(FARTHEST_MS);
    let mut ready: Vec<_> = oldest.into_values().filter(|(row, _)| row.may_go() && due(row)).collect();
    ready.sort_by_key(|(row, first)| (!first, row.seq));
    ready.into_iter().take(limit).map(|(row, _)| row).collect()
}

/// Of one entry's rows the newest that may go, where only that is sent:
/// [`Journal::newest`](super::Journal::newest)'s rule. What came after a row that is held waits with it.
#[must_use]
pub fn newest_row<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Option<&'a Row> {
    let mut rows: Vec<&Row> = rows.into_iter().filter(|row| row.waits()).collect();
    rows.sort_by_key(|row| row.seq);
    rows.into_iter().take_while(|row| row.may_go()).last()
}

/// Unix milliseconds of the earliest due row that may go: [`Tally`](super::Tally)'s rule.
///
/// As in [`next_rows`] only the oldest waiting row of each entry counts: what waits behind one that
/// was put off is due no sooner than that.
#[must_use]
pub fn next_due_ms<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Option<i64> {
    let mut oldest: BTreeMap<EntryId, &Row> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.waits()) {
        let kept = oldest.entry(row.id).or_insert(row);
        if row.seq < kept.seq {
            *kept = row;
        }
    }
    oldest.into_values().filter(|row| row.may_go()).map(|row| row.due_ms).min()
}

/// On which version of the server's a waiting `revision` builds: the newest, by the server's order,
/// that any revision of its entry has a receipt for. `family` is what is here of the entry.
///
/// None where one that has a receipt was made on top of `revision` ([`superseded`]): an older
/// revision would undo it. So it goes as if nothing were known to be there, and the server answers
/// that it has it already, or what is in the way.
#[must_use]
pub fn base_of(revision: RevisionId, family: &[Holding]) -> Option<&Receipt> {
    if superseded(revision, family) {
        return None;
    }
    let receipts = family.iter().filter_map(|one| Some((one.seq, &one.filed.as_ref()?.receipt)));
    let (_, newest) = receipts
        .filter(|(_, receipt)| !receipt.version.0.is_empty())
        .max_by_key(|(seq, receipt)| (receipt.stored, *seq))?;
    Some(newest)
}

/// Whether any of `family`, what is here of an entry, that has a receipt was made on top of
/// `revision`.
#[must_use]
pub fn superseded<'a>(
    revision: RevisionId,
    family: impl IntoIterator<Item = &'a Holding, IntoIter: Clone>,
) -> bool {
    let family = family.into_iter();
    let mut receipted = family.clone().filter(|one| one.filed.is_some());
    receipted.any(|one| stands_on(one.parent, revision, family.clone()))
}

/// Whether any of `family`, what is here of an entry, was made on top of `revision`.
#[must_use]
pub fn followed<'a>(revision: RevisionId, family: impl IntoIterator<Item = &'a Holding>) -> bool {
    family.into_iter().any(|one| one.parent == Some(revision))
}

/// What `revision` was made on top of, its parent left out, nearest first, as far as `family` shows: what
/// is here of its entry. At most [`BENEATH`].
#[must_use]
pub fn beneath(revision: RevisionId, family: &[Holding]) -> Vec<RevisionId> {
    let above = |revision: &RevisionId| family.iter().find(|one| one.revision == *revision)?.parent;
    std::iter::successors(above(&revision), above).skip(1).take(BENEATH).collect()
}

/// So many revisions beneath its parent are named with one that is sent in the place of all of them.
pub const BENEATH: usize = 32;

/// Whether what has this parent was made on top of `ancestor`, as far as `family` shows: what is
/// here of their entry.
#[must_use]
pub fn stands_on<'a>(
    parent: Option<RevisionId>,
    ancestor: RevisionId,
    family: impl IntoIterator<Item = &'a Holding>,
) -> bool {
    let parents: BTreeMap<RevisionId, Option<RevisionId>> =
        family.into_iter().map(|one| (one.revision, one.parent)).collect();
    let mut at = parent;
    // Each step uses a parent up, so that a ring of parents ends too.
    for _step in 0..=parents.len() {
        let Some(parent) = at else { return false };
        if parent == ancestor {
            return true;
        }
        match parents.get(&parent) {
            Some(above) => at = *above,
            // Not here. Whatever it is, it stands on the entry's first revision.
            None => return parents.get(&ancestor) == Some(&None),
        }
    }
    false
}

/// Longest reason kept with a parked row, in characters.
pub const REASON_CHARS: usize = 500;

/// A server's words, cut to what is kept.
#[must_use]
pub fn cut_reason(reason: &str) -> String {
    reason.chars().take(REASON_CHARS).collect()
}
