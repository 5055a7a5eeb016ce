//! A diary out of a file joins the one that is here.
//!
//! Entries are facts: what is here stays as it is, what is not here is added, and which of two
//! revisions or answers counts is decided by the rules that decide it for two phones. So the same
//! file twice is the same as once, and a kill in the middle is mended by bringing it once more.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Journal, JournalError, MetaKey};
use interlude_diary::occasion::Draft;
use interlude_diary::sync::Memory;
use interlude_fhir::backup::Contents;

use super::all;
use crate::platform::lock::{self, Mode};

/// Revisions filed in one transaction.
const AT_ONCE: usize = 100;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    /// Entries that were not here.
    pub new: usize,
    /// Entries that were here and have new corrections.
    pub more: usize,
    /// Entries of the file in all.
    pub all: usize,
}

/// Files what is in the file. On `Ok` all of it is on disk and was read back.
///
/// # Errors
/// As the store gives them. What was filed before stays: bringing the file once more goes on.
pub async fn bring(journal: &impl Journal, contents: &Contents) -> Result<Joined, JournalError> {
    // The cycle's memory has one writer at a time: whoever holds this lock.
    let _held = lock::wait(lock::SYNC, Mode::Exclusive).await;
    join(journal, contents).await
}

/// The same for who holds the lock.
pub(super) async fn join(journal: &impl Journal, contents: &Contents) -> Result<Joined, JournalError> {
    let before = here(journal).await?;
    let memory = journal.meta(MetaKey::Sync).await.ok().flatten();
    let mut memory = memory.map(|text| Memory::from_text(&text)).unwrap_or_default();
    // A receipt out of a file is the word of an earlier day: it is compared at the next sync.
    memory.owed = true;
    let memory = memory.to_string();
    for marks in contents.marks().chunks(AT_ONCE) {
        journal.settle(marks, Some(&memory)).await?;
    }
    let ids: BTreeSet<EntryId> = contents.revisions.iter().map(|one| one.entry.id).collect();
    for draft in &contents.drafts {
        begun(journal, draft, &ids).await?;
    }
    let small = [
        (MetaKey::Settings, &contents.settings),
        (MetaKey::Own, &contents.own),
        (MetaKey::Sheet, &contents.sheet),
    ];
    for (key, brought) in small {
        if let Some(text) = brought
            && journal.meta(key).await?.is_none()
        {
            journal.set_meta(key, text).await?;
        }
    }
    read_back(journal, contents, &before).await?;
    let known: BTreeSet<EntryId> = before.values().copied().collect();
    let gained = contents.revisions.iter().filter(|one| !before.contains_key(&one.entry.revision));
    let gained: BTreeSet<EntryId> = gained.map(|one| one.entry.id).collect();
    let new = gained.difference(&known).count();
    Ok(Joined { new, more: gained.len() - new, all: ids.len() })
}

async fn here(journal: &impl Journal) -> Result<BTreeMap<RevisionId, EntryId>, JournalError> {
    let mut here = BTreeMap::new();
    let mut after = None;
    loop {
        let page = journal.holdings(after, super::PAGE).await?;
        let Some(last) = page.last() else { return Ok(here) };
        after = Some(last.seq);
        here.extend(page.into_iter().map(|one| (one.revision, one.id)));
    }
}

/// A draft is taken where none of its kind is here and what it would become was not recorded.
async fn begun(
    journal: &impl Journal,
    draft: &Draft,
    brought: &BTreeSet<EntryId>,
) -> Result<(), JournalError> {
    let correction = draft.parent.is_some();
    let recorded = brought.contains(&draft.id) || !journal.revisions(draft.id).await?.is_empty();
    if recorded != correction || journal.draft(&draft.key).await?.is_some() {
        return Ok(());
    }
    let first = Draft { version: 0, ..draft.clone() };
    match journal.save_draft(&first).await {
        // Begun in another tab meanwhile: that one stays.
        Ok(_) | Err(JournalError::DraftMoved { .. }) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Whether every revision of the file is on disk, and those that were not here `before` as they stand
/// in the file.
async fn read_back(
    journal: &impl Journal,
    contents: &Contents,
    before: &BTreeMap<RevisionId, EntryId>,
) -> Result<(), JournalError> {
    let stored = all(journal).await?;
    let stored: BTreeMap<RevisionId, &Entry> =
        stored.iter().map(|one| (one.entry.revision, &one.entry)).collect();
    let kept = |entry: &Entry| {
        let there = stored.get(&entry.revision);
        there.is_some_and(|there| *there == entry || before.contains_key(&entry.revision))
    };
    if contents.revisions.iter().all(|one| kept(&one.entry)) {
        Ok(())
    } else {
        Err(JournalError::NotReadBack)
    }
}
