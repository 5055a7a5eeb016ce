//! Replay: the revisions of one entry in order, and the line of its day that follows from them.

use std::collections::BTreeSet;

use super::{DayLine, Filed, Seq};
use crate::calendar::LocalDay;
use crate::entry::{Body, Entry};
use crate::ids::RevisionId;
use crate::questionnaire::score;

/// One revision as replay sees it.
#[derive(Debug, Clone, Copy)]
pub struct Revision<'a> {
    /// Place in this phone's journal.
    pub seq: Seq,
    /// What it says.
    pub entry: &'a Entry,
    /// Its receipt, if the server gave one.
    pub filed: Option<&'a Filed>,
}

impl Revision<'_> {
    /// What revisions of one entry are ordered by: the server's order, then those without a
    /// receipt by their place here.
    #[must_use]
    pub fn rank(&self) -> Rank {
        rank(self.seq, self.filed)
    }
}

/// A place in replay order; compared with that of another revision of the same entry.
pub type Rank = (bool, Option<crate::calendar::Moment>, Seq);

/// The replay order of one revision.
#[must_use]
pub fn rank(seq: Seq, filed: Option<&Filed>) -> Rank {
    (filed.is_none(), filed.map(|filed| filed.receipt.stored), seq)
}

/// The revision that counts among those of one entry.
///
/// It is the last in replay order of those that no other revision here replaces. (One that never went up, or was parked, has no receipt and would
/// else come after the correction that replaced it.)
#[must_use]
pub fn current<'a>(revisions: &[Revision<'a>]) -> Option<Revision<'a>> {
    let replaced: BTreeSet<RevisionId> = revisions.iter().filter_map(|one| one.entry.parent).collect();
    let open = revisions.iter().filter(|one| !replaced.contains(&one.entry.revision));
    // Parents in a ring are nobody's work but must not hide the entry.
    open.max_by_key(|one| one.rank()).or_else(|| revisions.iter().max_by_key(|one| one.rank())).copied()
}

/// The line of an entry's day, made of all its revisions that are here. None when there are none.
///
/// An adapter writes it after every change to the entry's revisions or, where there are several,
/// to their receipts, and removes the entry's old line from every day of [`days_of`].
#[must_use]
pub fn line(revisions: &[Revision<'_>]) -> Option<DayLine> {
    let Revision { seq, entry, .. } = current(revisions)?;
    let questionnaire = match &entry.body {
        Body::Response(response) | Body::Retracted(response) => response.questionnaire.clone(),
        Body::Consent(_) => "consent".to_owned(),
        Body::Chosen(_) => "chosen".to_owned(),
        Body::Session(_) => "session".to_owned(),
    };
    Some(DayLine {
        day: entry.day,
        id: entry.id,
        revision: entry.revision,
        seq,
        questionnaire,
        occasion: entry.occasion.clone(),
        authored: entry.authored,
        late: entry.late,
        partial: entry.partial,
        retracted: matches!(entry.body, Body::Retracted(_)),
        revisions: u32::try_from(revisions.len()).unwrap_or(u32::MAX),
        values: match &entry.body {
            Body::Response(response) | Body::Retracted(response) => score::values_for_day_line(response),
            Body::Session(session) => score::values_of_session(session),
            Body::Consent(_) | Body::Chosen(_) => Vec::new(),
        },
        declined: entry.response().map(score::declined_scales).unwrap_or_default(),
    })
}

/// Every day that an old line of the entry may stand on.
#[must_use]
pub fn days_of(revisions: &[Revision<'_>]) -> BTreeSet<LocalDay> {
    revisions.iter().map(|revision| revision.entry.day).collect()
}
