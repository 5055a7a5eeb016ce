//! The scores of entries as Observations, for a server that does not derive them itself.

use std::collections::BTreeSet;

use interlude_diary::calendar::Moment;
use interlude_diary::sync::{Create, Fate, Scored};

use super::push::{batch, read_push_reply};
use crate::observation::{self, Observation};

/// A search token of an entry's or an Observation's identifier, escaped for an address.
#[must_use]
pub fn identifier_token(id: &str) -> String {
    format!("urn:ietf:rfc:3986%7Curn:uuid:{id}")
}

/// The batch Bundle of these entries' Observations. Their ids are the same whenever they are sent,
/// so a second time changes nothing. `None` when there are none.
#[must_use]
pub fn observations_bundle(scored: &[Scored], patient: &str, create: Create) -> Option<String> {
    let all: Vec<(&Scored, Observation, Create)> = scored
        .iter()
        .flat_map(|one| {
            requests(one, create).into_iter().map(move |(observation, way)| (one, observation, way))
        })
        .collect();
    if all.is_empty() {
        return None;
    }
    Some(batch(&all, None, |to, (scored, one, way)| {
        to.name("resource").raw(&observation::write_sent(one, scored, patient, *way == Create::Put));
        let id = one.id.as_hyphenated().to_string();
        let identifier = format!("identifier={}", identifier_token(&id));
        to.name("request").open('{');
        match way {
            Create::Put => to.text("method", "PUT").text("url", &format!("Observation/{id}")),
            Create::PutByIdentifier => {
                to.text("method", "PUT").text("url", &format!("Observation?{identifier}"))
            }
            Create::PostIfNoneExist => {
                to.text("method", "POST").text("url", "Observation").text("ifNoneExist", &identifier)
            }
        };
        to.close('}');
    }))
}

/// The requests of one entry. Where only a POST creates, a later revision first sees to it that
/// there is one, then updates it: a score may not have been there before.
fn requests(scored: &Scored, create: Create) -> Vec<(Observation, Create)> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    let others = scored.others.iter().flat_map(|other| observation::derive(&scored.entry, Some(other)));
    let current = observation::derive(&scored.entry, None);
    for one in current.into_iter().chain(others).filter(|one| seen.insert(one.id)) {
        if create == Create::PostIfNoneExist && scored.entry.parent.is_some() {
            all.push((one.clone(), create));
            all.push((one, Create::PutByIdentifier));
        } else {
            all.push((one, create));
        }
    }
    all
}

/// What the answer means for each entry: as good as the worst of its requests. Total, as
/// [`read_push_reply`] is.
#[must_use]
pub fn read_observations_reply(
    status: u16,
    text: &str,
    scored: &[Scored],
    create: Create,
    now: Moment,
) -> Vec<Fate> {
    let counts: Vec<usize> = scored.iter().map(|one| requests(one, create).len()).collect();
    let sent = scored.iter().zip(&counts);
    let revisions: Vec<_> = sent.flat_map(|(one, n)| vec![one.entry.revision; *n]).collect();
    let mut fates = read_push_reply(status, text, &revisions, now).into_iter();
    let worst = |n: usize| fates.by_ref().take(n).max_by_key(weight);
    counts.into_iter().map(worst).map(|fate| fate.unwrap_or(Fate::TryLater { after_ms: None })).collect()
}

const fn weight(fate: &Fate) -> u8 {
    match fate {
        Fate::Settled(_) => 0,
        Fate::Refused { .. } => 1,
        Fate::Conflict { .. } => 2,
        Fate::TryLater { .. } => 3,
        Fate::SignIn => 4,
    }
}
