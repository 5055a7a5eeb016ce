//! What must hold.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Doubles, Journal as _, Light, Mark, OutgoingState};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::sync::conflict::SUPERSEDED;
use interlude_diary::sync::{Kind, Server};
use interlude_testkit::{MemoryJournal, block_on};

use crate::clinic::{Clinic, Held};
use crate::host::Host;
use crate::phone::Phone;
use crate::plan::Plan;

/// A law that was broken, with the revision it was broken at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The light says that the clinic had what it never held.
    LightAhead(RevisionId),
    /// At the end the clinic does not hold what the light says it had.
    LightStale(RevisionId),
    /// The light says that the clinic's copy was changed, and it was not.
    FalseAlarm(RevisionId),
    /// A confirmed revision is nowhere on the server.
    Lost(RevisionId),
    /// The server holds something that nobody recorded.
    Invented(RevisionId),
    /// The server holds a revision twice.
    Doubled(RevisionId),
    /// The server holds other content, or another day.
    Altered(RevisionId),
    /// A row neither settled nor parked.
    Unsettled(RevisionId),
    /// A row parked for no reason of the server's.
    WronglyParked(RevisionId),
    /// A phone shows another revision as current than the server has.
    Diverged(EntryId),
    /// Two phones have another answer count of those to one occasion.
    Disagreed(EntryId),
    /// A phone lacks an entry that the server holds.
    NotPulled(EntryId),
    /// Nothing goes wrong any more, and still it does not come to rest.
    NoRest,
    /// A sign-in that the server never refused is gone.
    SignedOut,
    /// A phone does not have what its person recorded on it.
    Unkept(RevisionId),
    /// A phone holds what nobody recorded who may share it: another patient's, or what was kept to a phone.
    Stranger(RevisionId),
    /// A phone has an entry on another day, or of another time, than it was recorded with.
    Moved(RevisionId),
    /// A phone put its revision over one that it has never seen.
    Unseen(RevisionId),
    /// An older revision is current at the server, over one that was made of it.
    Undone(EntryId),
    /// A row is parked without a reason that a person can read.
    NoReason(RevisionId),
    /// What was erased is there.
    Risen(usize),
    /// The server answered whom it does not know any more.
    LetIn,
    /// A phone asked sooner than the server asked it to.
    Pushy(usize),
    /// A phone makes more requests than there is reason for.
    Busy,
}

/// At every moment: the light is never ahead of what the server held.
///
/// # Errors
/// The law that was broken.
pub fn lights(phone: &mut Phone, host: &impl Host) -> Result<(), Broken> {
    let Phone { journal, digests, .. } = phone;
    journal.each(|entry, light| {
        let revision = entry.revision;
        match light {
            Light::ClinicHadIt(receipt) => {
                let held = host.ever(revision);
                let when = receipt.stored.unix_ms();
                if !held.is_some_and(|held| held.contains(digests.of(entry).bytes()))
                    || !host.stored_at(revision, when)
                {
                    return Err(Broken::LightAhead(revision));
                }
            }
            Light::Sent { .. } if host.ever(revision).is_none() => {
                return Err(Broken::LightAhead(revision));
            }
            Light::ChangedCopy(_) => {
                let same = host.ever(revision);
                if same.is_some_and(|held| held.len() == 1 && held.contains(digests.of(entry).bytes())) {
                    return Err(Broken::FalseAlarm(revision));
                }
            }
            Light::OnThisPhone { .. } | Light::StaysHere | Light::Sent { .. } | Light::Refused { .. } => {}
        }
        Ok(())
    })
}

/// Revisions that something which speaks FHIR refused.
pub type Refused = BTreeSet<RevisionId>;

/// What the people recorded and did not undo.
pub(crate) type Recorded<'a> = BTreeMap<RevisionId, &'a Entry>;

/// At the end, when everything has come to rest.
///
/// # Errors
/// The law that was broken.
pub fn end(phones: &mut [Phone], clinic: &Clinic, plan: &Plan, refused: &Refused) -> Result<(), Broken> {
    for phone in &mut *phones {
        lights(phone, clinic)?;
    }
    for person in 0..clinic.people() {
        let phones: Vec<&Phone> = phones.iter().filter(|phone| phone.person == person).collect();
        let recorded = recorded(&phones);
        for phone in &phones {
            own(phone, &recorded)?;
        }
        if clinic.is_erased(person) {
            if clinic.has_any_of(person) {
                return Err(Broken::Risen(person));
            }
        } else {
            one(person, &phones, &recorded, clinic, plan.by_list, refused)?;
        }
    }
    Ok(())
}

/// What one patient's diary must be.
fn one(
    person: usize,
    phones: &[&Phone],
    recorded: &Recorded<'_>,
    clinic: &Clinic,
    by_list: bool,
    refused: &Refused,
) -> Result<(), Broken> {
    let versions = || clinic.now.values().filter(move |versions| versions[0].person == person);
    server(recorded, versions())?;
    order(phones, recorded, versions(), clinic.restores > 0)?;
    let parked = rows(phones, clinic, refused)?;
    held(phones, recorded, &parked, clinic)?;
    // What another phone may share is only looked for in comparisons.
    let seen =
        |versions: &Vec<Held>| !by_list || Server::Clinic.pulls().contains(&Kind::of(&versions[0].entry));
    for phone in phones {
        replay(phone, versions().filter(|versions| seen(versions)))?;
        if clinic.restores == 0 {
            stands(phone, versions())?;
        }
    }
    // A restore gives new times to what phones heard of before it.
    if clinic.restores == 0 { agreement(phones) } else { Ok(()) }
}

/// All that was to go: what the phones said was kept, and what they have of that of which they could not
/// say so.
pub(crate) fn recorded<'a>(phones: &[&'a Phone]) -> Recorded<'a> {
    let mut all: Recorded<'a> = BTreeMap::new();
    for phone in phones {
        all.extend(phone.recorded.iter().map(|(revision, entry)| (*revision, entry)));
        for (revision, entry) in &phone.unsure {
            let here = block_on(phone.journal.holdings_of(&[entry.id])).expect("holdings");
            if here.iter().any(|one| one.revision == *revision) {
                all.insert(*revision, entry);
            }
        }
    }
    all
}

/// A phone has all that its person recorded on it, each on its day, and nothing of anybody else's.
pub(crate) fn own(phone: &Phone, recorded: &Recorded<'_>) -> Result<(), Broken> {
    let mut here = BTreeSet::new();
    phone.journal.each(|entry, _light| {
        let revision = entry.revision;
        here.insert(revision);
        match recorded.get(&revision) {
            Some(was) if was.day != entry.day || was.authored != entry.authored || was.zone != entry.zone => {
                Err(Broken::Moved(revision))
            }
            Some(_) => Ok(()),
            None if phone.private.contains(&revision) => Ok(()),
            None => Err(Broken::Stranger(revision)),
        }
    })?;
    match phone.recorded.keys().find(|revision| !here.contains(revision)) {
        Some(revision) => Err(Broken::Unkept(*revision)),
        None => Ok(()),
    }
}

/// Nobody put a revision over one that this phone has not seen, nor over one that was made of it.
fn order<'a>(
    phones: &[&Phone],
    recorded: &Recorded<'_>,
    versions: impl Iterator<Item = &'a Vec<Held>>,
    restored: bool,
) -> Result<(), Broken> {
    for versions in versions.filter(|versions| versions.len() > 1) {
        let id = versions[0].entry.id;
        for pair in versions.windows(2) {
            let (before, after) = (pair[0].entry.revision, pair[1].entry.revision);
            // Its own phone; after a restore any that holds it may have put it there again.
            let saw = phones.iter().any(|phone| {
                let own = phone.recorded.contains_key(&after) || phone.unsure.contains_key(&after);
                let here = block_on(phone.journal.holdings_of(&[id])).expect("holdings");
                (own || restored)
                    && here.iter().any(|one| one.revision == before)
                    && here.iter().any(|one| one.revision == after)
            });
            if !saw {
                return Err(Broken::Unseen(after));
            }
        }
        let current = versions.last().map(|held| held.entry.revision);
        let above = |revision: &RevisionId| recorded.get(revision).and_then(|entry| entry.parent);
        for held in &versions[..versions.len() - 1] {
            let mut ancestors = std::iter::successors(held.entry.parent, above);
            if ancestors.any(|ancestor| Some(ancestor) == current) {
                return Err(Broken::Undone(id));
            }
        }
    }
    Ok(())
}

/// What is parked of `refused`, to be tried again; each with a reason that a person can read.
///
/// # Errors
/// The law that was broken.
pub fn refused(journal: &MemoryJournal, refused: &Refused) -> Result<Vec<Mark>, Broken> {
    let mut again = Vec::new();
    for row in block_on(journal.outbox()).expect("outbox") {
        let revision = row.entry.revision;
        if let OutgoingState::Parked { reason, .. } = row.state
            && reason != SUPERSEDED
            && refused.contains(&revision)
        {
            if reason.trim().is_empty() {
                return Err(Broken::NoReason(revision));
            }
            again.push(Mark::Withdrawn { revision });
        }
    }
    Ok(again)
}

/// Each revision exactly once, as it was recorded, on the day it was recorded for; nothing else.
fn server<'a>(recorded: &Recorded<'_>, versions: impl Iterator<Item = &'a Vec<Held>>) -> Result<(), Broken> {
    let mut seen = BTreeSet::new();
    for held in versions.flatten() {
        let revision = held.entry.revision;
        if !seen.insert(revision) {
            return Err(Broken::Doubled(revision));
        }
        let entry = recorded.get(&revision).ok_or(Broken::Invented(revision))?;
        if held.entry.day != entry.day || held.digest != interlude_fhir::digest::digest(entry) {
            return Err(Broken::Altered(revision));
        }
    }
    Ok(())
}

/// Every row is settled or parked, and parked only where a restored server has moved past it, or where
/// its correction went up while it was refused.
fn rows(phones: &[&Phone], clinic: &Clinic, refused: &Refused) -> Result<BTreeSet<RevisionId>, Broken> {
    let mut parked = BTreeSet::new();
    for phone in phones {
        for row in block_on(phone.journal.outbox()).expect("outbox") {
            let revision = row.entry.revision;
            match row.state {
                OutgoingState::Waiting => return Err(Broken::Unsettled(revision)),
                OutgoingState::Parked { reason, .. }
                    if reason == SUPERSEDED && (clinic.restores > 0 || refused.contains(&revision)) =>
                {
                    parked.insert(revision);
                }
                OutgoingState::Parked { .. } => return Err(Broken::WronglyParked(revision)),
            }
        }
    }
    Ok(parked)
}

/// Every confirmed revision is held.
///
/// One exception: a restored server may have lost an older revision of an entry for good, when a
/// later one of it, made on top of it or stored after it, reached the server first. It stays in
/// the phones' journals; to put it on top now would undo what came later.
fn held(
    phones: &[&Phone],
    recorded: &Recorded<'_>,
    parked: &BTreeSet<RevisionId>,
    clinic: &Clinic,
) -> Result<(), Broken> {
    let held: BTreeSet<RevisionId> = clinic.now.values().flatten().map(|held| held.entry.revision).collect();
    for (revision, entry) in recorded.iter().filter(|(revision, _)| !held.contains(revision)) {
        let current = clinic.now.get(&entry.id).and_then(|versions| versions.last());
        let excused = clinic.restores > 0 || parked.contains(revision);
        let Some(current) = current.filter(|_| excused) else {
            return Err(Broken::Lost(*revision));
        };
        let replaced = recorded.values().any(|other| other.parent == Some(*revision));
        let older = phones.iter().any(|phone| {
            let here = block_on(phone.journal.holdings_of(&[entry.id])).expect("holdings");
            here.iter().any(|one| {
                let stored = one.filed.as_ref().map(|filed| filed.receipt.stored.unix_ms());
                one.revision == *revision && stored.is_some_and(|at| at < current.stored_ms)
            })
        });
        if !(parked.contains(revision) || replaced || older) {
            return Err(Broken::Lost(*revision));
        }
    }
    Ok(())
}

/// Which of several answers to one occasion counts is the same on every phone that keeps none of
/// them to itself.
fn agreement(phones: &[&Phone]) -> Result<(), Broken> {
    let mut counts: BTreeMap<OccasionKey, EntryId> = BTreeMap::new();
    for phone in phones {
        let lines = block_on(phone.journal.days(LocalDay::from_number(0), LocalDay::from_number(40_000)));
        let mut all: BTreeMap<OccasionKey, (Doubles, bool)> = BTreeMap::new();
        for line in lines.expect("days") {
            let Some(occasion) = line.occasion else { continue };
            let revisions = block_on(phone.journal.revisions(line.id)).expect("revisions");
            let (doubles, kept) = all.entry(occasion).or_default();
            doubles.take(&revisions);
            *kept |= revisions.iter().any(|one| one.light == Light::StaysHere);
        }
        for (occasion, (doubles, _)) in all.into_iter().filter(|(_, (_, kept))| !kept) {
            let Some(here) = doubles.counting() else { continue };
            if *counts.entry(occasion).or_insert(here) != here {
                return Err(Broken::Disagreed(here));
            }
        }
    }
    Ok(())
}

/// A phone shows of every entry what the server holds as current.
fn replay<'a>(phone: &Phone, versions: impl Iterator<Item = &'a Vec<Held>>) -> Result<(), Broken> {
    let mut kept = BTreeSet::new();
    phone.journal.each(|entry, light| {
        kept.extend((*light == Light::StaysHere).then_some(entry.revision));
        Ok(())
    })?;
    let lines = block_on(phone.journal.days(LocalDay::from_number(0), LocalDay::from_number(40_000)));
    let lines: BTreeMap<EntryId, _> = lines.expect("days").into_iter().map(|line| (line.id, line)).collect();
    for versions in versions {
        let Some(current) = versions.last() else { continue };
        let id = current.entry.id;
        let line = lines.get(&id).ok_or(Broken::NotPulled(id))?;
        // A correction that the person keeps on this phone is what this phone shows.
        if kept.contains(&line.revision) && line.day == current.entry.day {
            continue;
        }
        if line.revision != current.entry.revision || line.day != current.entry.day {
            return Err(Broken::Diverged(id));
        }
    }
    Ok(())
}

/// What the clinic had, it has, where nothing was restored.
fn stands<'a>(phone: &Phone, versions: impl Iterator<Item = &'a Vec<Held>>) -> Result<(), Broken> {
    let held: BTreeSet<RevisionId> = versions.flatten().map(|held| held.entry.revision).collect();
    phone.journal.each(|entry, light| match light {
        Light::ClinicHadIt(_) if !held.contains(&entry.revision) => Err(Broken::LightStale(entry.revision)),
        _ => Ok(()),
    })
}
