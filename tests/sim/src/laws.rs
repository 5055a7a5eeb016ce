//! What must hold.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Doubles, Journal as _, Light, OutgoingState};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::sync::conflict::SUPERSEDED;
use interlude_testkit::block_on;

use crate::clinic::Clinic;
use crate::host::Host;
use crate::phone::Phone;

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
            Light::ClinicHadIt(_) => {
                let held = host.ever(revision);
                if !held.is_some_and(|held| held.contains(digests.of(entry).bytes())) {
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

/// What the people recorded and did not undo.
type Recorded<'a> = BTreeMap<RevisionId, &'a Entry>;

/// At the end, when everything has come to rest.
///
/// # Errors
/// The law that was broken.
pub fn end(phones: &mut [Phone], clinic: &Clinic) -> Result<(), Broken> {
    for phone in &mut *phones {
        lights(phone, clinic)?;
    }
    let recorded: Recorded<'_> =
        phones.iter().flat_map(|phone| &phone.recorded).map(|(revision, entry)| (*revision, entry)).collect();
    server(&recorded, clinic)?;
    let parked = rows(phones, clinic)?;
    held(phones, &recorded, &parked, clinic)?;
    for phone in &*phones {
        replay(phone, clinic)?;
    }
    // A restore gives new times to what phones heard of before it.
    if clinic.restores == 0 { agreement(phones) } else { Ok(()) }
}

/// Each revision exactly once, as it was recorded, on the day it was recorded for; nothing else.
fn server(recorded: &Recorded<'_>, clinic: &Clinic) -> Result<(), Broken> {
    let mut seen = BTreeSet::new();
    for held in clinic.now.values().flatten() {
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

/// Every row is settled or parked, and parked only where a restored server has moved past it.
fn rows(phones: &[Phone], clinic: &Clinic) -> Result<BTreeSet<RevisionId>, Broken> {
    let mut parked = BTreeSet::new();
    for phone in phones {
        for row in block_on(phone.journal.outbox()).expect("outbox") {
            let revision = row.entry.revision;
            match row.state {
                OutgoingState::Waiting => return Err(Broken::Unsettled(revision)),
                OutgoingState::Parked { reason, .. } if reason == SUPERSEDED && clinic.restores > 0 => {
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
    phones: &[Phone],
    recorded: &Recorded<'_>,
    parked: &BTreeSet<RevisionId>,
    clinic: &Clinic,
) -> Result<(), Broken> {
    let held: BTreeSet<RevisionId> = clinic.now.values().flatten().map(|held| held.entry.revision).collect();
    for (revision, entry) in recorded.iter().filter(|(revision, _)| !held.contains(revision)) {
        let current = clinic.now.get(&entry.id).and_then(|versions| versions.last());
        let Some(current) = current.filter(|_| clinic.restores > 0) else {
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
fn agreement(phones: &[Phone]) -> Result<(), Broken> {
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

/// Every phone shows of every entry what the server holds as current, and its light stands.
fn replay(phone: &Phone, clinic: &Clinic) -> Result<(), Broken> {
    let mut kept = BTreeSet::new();
    phone.journal.each(|entry, light| {
        kept.extend((*light == Light::StaysHere).then_some(entry.revision));
        Ok(())
    })?;
    let lines = block_on(phone.journal.days(LocalDay::from_number(0), LocalDay::from_number(40_000)));
    let lines: BTreeMap<EntryId, _> = lines.expect("days").into_iter().map(|line| (line.id, line)).collect();
    for (id, versions) in &clinic.now {
        let current = versions.last().ok_or(Broken::NotPulled(*id))?;
        let line = lines.get(id).ok_or(Broken::NotPulled(*id))?;
        // A correction that the person keeps on this phone is what this phone shows.
        if kept.contains(&line.revision) && line.day == current.entry.day {
            continue;
        }
        if line.revision != current.entry.revision || line.day != current.entry.day {
            return Err(Broken::Diverged(*id));
        }
    }
    let held: BTreeSet<RevisionId> = clinic.now.values().flatten().map(|held| held.entry.revision).collect();
    phone.journal.each(|entry, light| {
        let stands = held.contains(&entry.revision) || clinic.restores > 0;
        match light {
            Light::ClinicHadIt(_) if !stands => Err(Broken::LightStale(entry.revision)),
            _ => Ok(()),
        }
    })
}
