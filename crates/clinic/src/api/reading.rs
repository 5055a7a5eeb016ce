//! What a stored text says: what its receipt vouches for, read once for each text.
//!
//! A comparison lists all that a diary has, and of each row the receipt is made of what the store gave
//! back just now. Reading a text takes ten times as long as hashing it, so what a text says is kept
//! under the text's own hash: another text, and be it by one flipped bit, is another hash and is read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use interlude_diary::entry::Digest;
use interlude_diary::ids::RevisionId;
use interlude_fhir::json::parse;
use interlude_fhir::wire;
use sha2::{Digest as _, Sha256};

use crate::store::{Kind, Row};

/// What one text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The revision it is; nil for a text that cannot be read.
    pub revision: RevisionId,
    /// The content digest; of a text that cannot be read, one that equals nobody's.
    pub digest: Digest,
    /// The members that R4 says must be there, as they stand in the text, each after a comma.
    pub parts: Arc<str>,
}

/// How many readings are kept, about 300 bytes each: the whole diaries of six people over ten years.
const MOST: usize = 1 << 16;

/// What texts said that were read before. It holds no answer.
#[derive(Debug, Default)]
pub struct Readings {
    held: Mutex<HashMap<(Kind, [u8; 32]), Reading>>,
}

impl Readings {
    /// What the text of a row says.
    #[must_use]
    pub fn of(&self, row: &Row) -> Reading {
        let name = (row.kind, Sha256::digest(row.text.as_bytes()).into());
        // What is held is whole at every moment, so a handler that panicked has spoilt nothing.
        let held = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held().get(&name) {
            return known.clone();
        }
        let reading = read(row);
        let mut held = held();
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(name, reading.clone());
        reading
    }

    /// Forgets all of them: what was erased leaves no digest behind.
    pub fn forget(&self) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Reads the text of a row.
fn read(row: &Row) -> Reading {
    let resource = parse(&row.text).ok();
    let resource = resource.as_ref();
    let mut parts = String::new();
    // A text that cannot be read any more has no parts; its receipt says so.
    for name in mandatory(row.kind) {
        if let Some(part) = resource.and_then(|resource| resource.get(name)) {
            parts.push_str(&format!(",\"{name}\":{}", part.raw()));
        }
    }
    let received = resource.and_then(|resource| wire::read_node(resource).ok());
    let (revision, digest) = received.map_or_else(
        || (RevisionId::new(uuid::Uuid::nil()), raw_digest(&row.text)),
        |received| (received.entry.revision, received.digest),
    );
    Reading { revision, digest, parts: parts.into() }
}

/// What R4 says must be there.
const fn mandatory(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::QuestionnaireResponse => &["status"],
        Kind::Consent => &["status", "scope", "category"],
        Kind::MedicationAdministration => {
            &["status", "medicationCodeableConcept", "medicationReference", "subject"]
        }
        Kind::MedicationRequest => {
            &["status", "intent", "medicationCodeableConcept", "medicationReference", "subject"]
        }
    }
}

fn raw_digest(text: &str) -> Digest {
    Digest::new(Sha256::digest(text.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use interlude_diary::calendar::LocalDay;
    use interlude_diary::entry::VersionId;
    use interlude_fhir::wire::write_entry;
    use interlude_testkit::{Chance, make};

    use super::*;

    fn row(kind: Kind, text: &str) -> Row {
        let entry = make::daily(&mut Chance::new(1), LocalDay::from_number(20_000));
        Row {
            n: 1,
            version: VersionId("1".to_owned()),
            kind,
            id: entry.id,
            stored_ms: 0,
            when_ms: 0,
            head: Vec::new(),
            text: text.into(),
        }
    }

    #[test]
    fn what_was_read_before_is_said_again_and_what_was_changed_is_read_anew() {
        let entry = make::daily(&mut Chance::new(1), LocalDay::from_number(20_000));
        let text = write_entry(&entry, "p");
        let readings = Readings::default();
        let first = readings.of(&row(Kind::QuestionnaireResponse, &text));
        assert_eq!(first, read(&row(Kind::QuestionnaireResponse, &text)));
        assert_eq!(first.revision, entry.revision);
        assert_eq!(&*first.parts, ",\"status\":\"completed\"");
        assert_eq!(readings.of(&row(Kind::QuestionnaireResponse, &text)), first);
        // The same text of another kind has other parts; each text on a disk that rots is another.
        assert_ne!(readings.of(&row(Kind::MedicationAdministration, &text)).parts, first.parts);
        for at in 0..text.len() {
            let mut rotten = text.clone().into_bytes();
            rotten[at] ^= 1;
            let Ok(rotten) = String::from_utf8(rotten) else { continue };
            let row = row(Kind::QuestionnaireResponse, &rotten);
            assert_eq!(readings.of(&row), read(&row), "byte {at}");
        }
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let readings = Readings::default();
        for n in 0..=MOST {
            drop(readings.of(&row(Kind::Consent, &n.to_string())));
        }
        assert_eq!(readings.held.lock().expect("nobody panicked").len(), 1);
        readings.forget();
        assert!(readings.held.lock().expect("nobody panicked").is_empty());
    }
}
