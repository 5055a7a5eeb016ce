//! The verbs that change entries: read families, change them in memory, write what changed.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Filed, JournalError, Mark, OutgoingState, Row, Send, Seq, cut_reason};
use interlude_diary::occasion::{Draft, DraftKey};

use super::connection::Open;
use super::counts::Counts;
use super::family::{self, Body, Families, Family, HELD, Member};
use super::row;
use super::transaction::{Access, Tx};
use super::trouble::Trouble;
use super::write::{Change, DraftChange, read_back, write};
use super::{drafts, load, read};

pub(super) async fn record(
    open: &Open,
    entry: &Entry,
    send: Send,
    draft: Option<&DraftKey>,
) -> Result<Seq, Trouble> {
    let (mut counts, mut families) = load::with_counts(open, &[entry.id], &[]).await?;
    let family = families.entry(entry.id).or_insert_with(|| Family { id: entry.id, members: Vec::new() });
    if family.member(entry.revision).is_none() {
        family::open_members(open, std::iter::once(&mut *family)).await?;
        let seq = counts.next();
        let body = Body { entry: entry.clone(), received: None };
        family.members.push(Member::new(seq, body, Row::new(seq, entry, send), None));
        let draft = draft.map_or(DraftChange::Stays, DraftChange::Goes);
        let redraw = BTreeSet::from([entry.id]);
        write(open, Change { counts, families, redraw, draft, sync: None }).await?;
    }
    read_back(open, entry).await
}

pub(super) async fn undo(open: &Open, revision: RevisionId, draft: &Draft) -> Result<(), Trouble> {
    let (counts, mut families) = load::with_counts(open, &[], &[revision]).await?;
    let Some(family) = families.values_mut().next() else {
        // Said again after a connection died with the answer: then the draft is back already.
        let back = drafts::one(open, &draft.key).await?.is_some_and(|stored| stored == *draft);
        return if back { Ok(()) } else { Err(JournalError::TooLate.into()) };
    };
    family::open_members(open, std::iter::once(&mut *family)).await?;
    let Some(member) = family.member(revision).filter(|member| member.row.as_ref().is_some_and(Row::held))
    else {
        return Err(JournalError::TooLate.into());
    };
    member.gone = true;
    let redraw = BTreeSet::from([family.id]);
    write(open, Change { counts, families, redraw, draft: DraftChange::Comes(draft), sync: None }).await
}

pub(super) async fn release(open: &Open) -> Result<u32, Trouble> {
    let tx = Tx::begin(&open.db, &["outbox"], Access::Read)?;
    let held = read::by_state(&tx, HELD)?.records().await?;
    drop(tx);
    if held.is_empty() {
        return Ok(0);
    }
    let ids = held.iter().map(|record| family::id(record, "id", row::seq(record)));
    let ids: Vec<EntryId> = ids.collect::<Result<BTreeSet<_>, _>>()?.into_iter().collect();
    let (counts, mut families) = load::with_counts(open, &ids, &[]).await?;
    let mut released = 0;
    let rows =
        families.values_mut().flat_map(|family| &mut family.members).filter_map(|member| member.row.as_mut());
    for row in rows.filter(|row| row.held()) {
        row.send = Send::Now;
        released += 1;
    }
    let change = Change { counts, families, redraw: BTreeSet::new(), draft: DraftChange::Stays, sync: None };
    write(open, change).await.map(|()| released)
}

pub(super) async fn settle(open: &Open, marks: &[Mark], sync: Option<&str>) -> Result<(), Trouble> {
    let ids: Vec<EntryId> = marks.iter().filter_map(arriving).map(|entry| entry.id).collect();
    let revisions: Vec<RevisionId> = marks.iter().filter_map(about).collect();
    let (mut counts, mut families) = load::with_counts(open, &ids, &revisions).await?;
    let mut owners: BTreeMap<RevisionId, EntryId> = BTreeMap::new();
    for family in families.values() {
        owners.extend(family.members.iter().map(|member| (member.revision, family.id)));
    }
    let redraw = to_redraw(&families, marks, &owners);
    let opened = families.iter_mut().filter(|(id, _)| redraw.contains(id)).map(|(_, family)| family);
    family::open_members(open, opened).await?;
    for mark in marks {
        if let Some(entry) = arriving(mark) {
            owners.insert(entry.revision, entry.id);
        }
        let owner = owners.get(&mark_revision(mark)).copied();
        if let Some(family) = owner.and_then(|id| families.get_mut(&id)) {
            file(family, mark, &mut counts);
        }
    }
    write(open, Change { counts, families, redraw, draft: DraftChange::Stays, sync }).await
}

/// Families whose line may change, or whose entry must be read: those that gain a revision, lose
/// a receipt, or have several revisions whose order a receipt decides.
fn to_redraw(
    families: &Families,
    marks: &[Mark],
    owners: &BTreeMap<RevisionId, EntryId>,
) -> BTreeSet<EntryId> {
    let several = |id: &EntryId| families.get(id).is_some_and(|family| family.members.len() > 1);
    let wanted = marks.iter().filter_map(|mark| match mark {
        Mark::Pulled { entry, .. } | Mark::Brought { entry, .. } => Some(entry.id),
        Mark::Withdrawn { revision } => owners.get(revision).copied(),
        Mark::Settled(receipt) | Mark::Changed(receipt) => {
            owners.get(&receipt.revision).copied().filter(several)
        }
        Mark::Later { .. } | Mark::Parked { .. } | Mark::Overtaken { .. } => None,
    });
    wanted.collect()
}

/// One mark, in memory.
fn file(family: &mut Family, mark: &Mark, counts: &mut Counts) {
    if let (Some(entry), None) = (arriving(mark), family.member(mark_revision(mark))) {
        let (seq, entry) = (counts.next(), entry.clone());
        let (received, row, filed) = match mark {
            Mark::Pulled { text, receipt, .. } => {
                (Some(text.clone()), None, Some(Filed::settled(receipt.clone())))
            }
            Mark::Brought { received, filed, stays, .. } => {
                (received.clone(), Row::brought(seq, &entry, filed.as_ref(), *stays), filed.clone())
            }
            Mark::Settled(_)
            | Mark::Later { .. }
            | Mark::Parked { .. }
            | Mark::Withdrawn { .. }
            | Mark::Overtaken { .. }
            | Mark::Changed(_) => return,
        };
        family.members.push(Member::new(seq, Body { entry, received }, row, filed));
        return;
    }
    let Some(member) = family.member(mark_revision(mark)) else { return };
    match mark {
        Mark::Settled(receipt) => receive(member, Filed::settled(receipt.clone())),
        Mark::Changed(receipt) => receive(member, Filed::changed(receipt.clone())),
        Mark::Later { due_ms, .. } => {
            if let Some(row) = member.row.as_mut().filter(|row| row.waits()) {
                row.due_ms = *due_ms;
                row.attempts = row.attempts.saturating_add(1);
            }
        }
        Mark::Parked { status, reason, .. } => {
            if let Some(row) = member.row.as_mut() {
                row.state = OutgoingState::Parked { status: *status, reason: cut_reason(reason) };
            }
        }
        Mark::Overtaken { .. } => {
            member.row = member.row.take().filter(|row| !row.waits());
        }
        Mark::Withdrawn { .. } => {
            let parked = member.row.as_ref().is_some_and(|row| !row.waits());
            if (member.filed.take().is_some() || parked)
                && let Some(row) = member.entry().and_then(|entry| Row::again(member.seq, entry))
            {
                member.row = Some(row);
            }
        }
        // It is here already.
        Mark::Pulled { .. } | Mark::Brought { .. } => {}
    }
}

fn receive(member: &mut Member, filed: Filed) {
    member.row = None;
    member.filed = Some(filed);
}

/// The entry of a mark that may write one.
fn arriving(mark: &Mark) -> Option<&Entry> {
    match mark {
        Mark::Pulled { entry, .. } | Mark::Brought { entry, .. } => Some(entry),
        Mark::Settled(_)
        | Mark::Later { .. }
        | Mark::Parked { .. }
        | Mark::Withdrawn { .. }
        | Mark::Overtaken { .. }
        | Mark::Changed(_) => None,
    }
}

fn about(mark: &Mark) -> Option<RevisionId> {
    arriving(mark).is_none().then(|| mark_revision(mark))
}

fn mark_revision(mark: &Mark) -> RevisionId {
    match mark {
        Mark::Settled(receipt) | Mark::Changed(receipt) => receipt.revision,
        Mark::Later { revision, .. }
        | Mark::Parked { revision, .. }
        | Mark::Withdrawn { revision }
        | Mark::Overtaken { revision } => *revision,
        Mark::Pulled { entry, .. } | Mark::Brought { entry, .. } => entry.revision,
    }
}
