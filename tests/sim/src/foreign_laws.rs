//! What must hold at another R4 server when everything has come to rest (DESIGN section 6): one
//! resource for each entry, with its latest content, and its scores.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Journal as _, Light, OutgoingState};
use interlude_diary::sync::conflict::SUPERSEDED;
use interlude_fhir::json::parse;
use interlude_fhir::observation::derive;
use interlude_fhir::wire;
use interlude_testkit::block_on;

use crate::foreign::Foreign;
use crate::laws::{self, Broken, Recorded};
use crate::phone::Phone;

/// Checks everything.
///
/// # Errors
/// The law that was broken.
pub fn end(phones: &mut [Phone], server: &Foreign) -> Result<(), Broken> {
    for phone in &mut *phones {
        laws::lights(phone, server)?;
        for row in block_on(phone.journal.outbox()).expect("outbox") {
            let revision = row.entry.revision;
            match row.state {
                OutgoingState::Waiting => return Err(Broken::Unsettled(revision)),
                OutgoingState::Parked { .. } if server.refuses(&row.entry) => {}
                // It has moved past this one, which stays in the phone's journal.
                OutgoingState::Parked { reason, .. } if reason == SUPERSEDED => {}
                OutgoingState::Parked { .. } => return Err(Broken::WronglyParked(revision)),
            }
        }
    }
    let phones: Vec<&Phone> = phones.iter().collect();
    let recorded = laws::recorded(&phones);
    for phone in &phones {
        laws::own(phone, &recorded)?;
    }
    nothing_undone(&recorded, server)?;
    let held = one_of_each(&recorded, server)?;
    for phone in phones {
        shows(phone, &held)?;
    }
    scores(&held, server)
}

/// No revision was ever put over one that was made of it. But for a request that came late,
/// which nothing there stands in the way of, and what followed from it.
fn nothing_undone(recorded: &Recorded<'_>, server: &Foreign) -> Result<(), Broken> {
    let above = |revision: &RevisionId| recorded.get(revision).and_then(|entry| entry.parent);
    for versions in server.resources.values().filter(|versions| versions.len() > 1) {
        let timely = || versions.iter().take_while(|version| !version.late);
        let revisions = || timely().filter_map(|version| version.revision);
        for (n, revision) in revisions().enumerate() {
            let mut earlier = revisions().take(n).filter_map(|earlier| above(&earlier));
            let of_it = |parent| std::iter::successors(Some(parent), above).any(|one| one == revision);
            if earlier.any(of_it) {
                return Err(Broken::Undone(recorded[&revision].id));
            }
        }
    }
    Ok(())
}

/// One resource of every entry that was recorded, none of any other, as it was recorded.
fn one_of_each(recorded: &Recorded<'_>, server: &Foreign) -> Result<BTreeMap<EntryId, Held>, Broken> {
    let mut held = BTreeMap::new();
    for kind in ["QuestionnaireResponse", "Consent"] {
        for (id, text) in server.current(kind) {
            let received = wire::read(text).expect("the server holds what can be read");
            let revision = received.entry.revision;
            let entry = recorded.get(&revision).ok_or(Broken::Invented(revision))?;
            if received.entry.day != entry.day || received.digest != interlude_fhir::digest::digest(entry) {
                return Err(Broken::Altered(revision));
            }
            let one = Held { entry: received.entry, resource: id.to_owned() };
            if held.insert(entry.id, one).is_some() {
                return Err(Broken::Doubled(revision));
            }
        }
    }
    for (revision, entry) in recorded {
        if !held.contains_key(&entry.id) && !server.refuses(entry) {
            return Err(Broken::Lost(*revision));
        }
    }
    Ok(held)
}

struct Held {
    entry: Entry,
    resource: String,
}

/// The phone shows what is current there, and says that it was read back as it was sent.
fn shows(phone: &Phone, held: &BTreeMap<EntryId, Held>) -> Result<(), Broken> {
    for (id, held) in held {
        let here = block_on(phone.journal.revisions(*id)).expect("revisions");
        let one = here.iter().find(|one| one.entry.revision == held.entry.revision);
        let one = one.ok_or(Broken::NotPulled(*id))?;
        if !matches!(one.light, Light::ClinicHadIt(_)) {
            return Err(Broken::LightStale(one.entry.revision));
        }
        // The latest confirmed content: nothing that was sent has this one as its parent.
        let sent = |light: &Light| !matches!(light, Light::StaysHere);
        let later =
            here.iter().find(|other| other.entry.parent == Some(held.entry.revision) && sent(&other.light));
        let put_on_top = |other: RevisionId| {
            here.iter()
                .any(|one| one.entry.revision == held.entry.revision && one.entry.parent != Some(other))
        };
        if later.is_some_and(|later| !put_on_top(later.entry.revision)) {
            return Err(Broken::Diverged(*id));
        }
    }
    Ok(())
}

/// Every score of what is current stands there as an Observation of it; of what is not, none that
/// is not taken back.
fn scores(held: &BTreeMap<EntryId, Held>, server: &Foreign) -> Result<(), Broken> {
    let mut there = BTreeMap::new();
    for (_, text) in server.current("Observation") {
        let root = parse(text).expect("JSON");
        let value = root.get("valueQuantity").and_then(|value| value.get("value"));
        let from = root.list("derivedFrom").first().and_then(|from| from.str("reference"));
        let identifier = root.list("identifier").first().and_then(|one| one.str("value"));
        let one = (
            root.str("status").unwrap_or_default().to_owned(),
            value.map(|value| value.raw().to_owned()),
            from.unwrap_or_default().to_owned(),
        );
        let doubled = there.insert(identifier.unwrap_or_default().to_owned(), one).is_some();
        assert!(!doubled, "an Observation stands there twice");
    }
    let mut expected = BTreeSet::new();
    for held in held.values() {
        for one in derive(&held.entry, None) {
            if server.takes_no_scores() {
                continue;
            }
            let name = format!("urn:uuid:{}", one.id.as_hyphenated());
            let (status, value, from) = there.get(&name).ok_or(Broken::Lost(held.entry.revision))?;
            let right = status == one.status
                && value.as_deref() == Some(one.score.value.as_str())
                && from.ends_with(&format!("/{}", held.resource));
            if !right {
                return Err(Broken::Altered(held.entry.revision));
            }
            expected.insert(name);
        }
    }
    let stale =
        there.iter().find(|(name, (status, ..))| !expected.contains(*name) && status != "entered-in-error");
    match stale {
        None => Ok(()),
        Some(_) => Err(Broken::Invented(held.values().next().map_or_else(
            || RevisionId::new(interlude_testkit::Chance::new(0).uuid()),
            |held| held.entry.revision,
        ))),
    }
}
