//! The person's own Bundle.

use std::collections::BTreeSet;

use interlude_diary::entry::{Body, Entry};
use interlude_diary::journal::{Light, Seq, Stored};
use interlude_fhir::bundle::collection;
use interlude_fhir::wire::{read_entry, with_meta, write_entry};
use proptest::prelude::*;
use serde_json::Value;

use crate::sample::{PATIENT, any_entry, consent, corrected, entry, now, receipt, revision, session};
use crate::schema::valid;

fn stored(n: u64, entry: Entry, light: Light, received: Option<String>) -> Stored {
    Stored { seq: Seq(n), entry, light, received }
}

const HERE: Light = Light::OnThisPhone { held: false };

fn everything() -> Vec<Stored> {
    let had = Light::ClinicHadIt(receipt(&entry()));
    let mut chosen = entry();
    (chosen.body, chosen.revision) = (Body::Chosen(entry().id), revision(9));
    let mut theirs = session();
    theirs.revision = revision(10);
    let came = with_meta(&write_entry(&theirs, PATIENT), &receipt(&theirs).version, now(), None).unwrap();
    let came = came.replacen('{', "{\"note\":[{\"text\":\"by hand\"}],", 1);
    let mut agreed = consent(true);
    agreed.revision = revision(11);
    vec![
        stored(1, entry(), had, None),
        stored(2, corrected(), HERE, None),
        stored(3, chosen, Light::StaysHere, None),
        stored(4, theirs, Light::StaysHere, Some(came)),
        stored(5, agreed, HERE, None),
    ]
}

#[test]
fn it_holds_every_revision_and_is_valid() {
    let text = collection(&everything(), Some(PATIENT));
    valid(&text).unwrap();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(bundle["type"], "collection");
    let entries = bundle["entry"].as_array().unwrap();
    let kinds: Vec<&str> = entries.iter().map(|e| e["resource"]["resourceType"].as_str().unwrap()).collect();
    let wanted =
        ["QuestionnaireResponse", "QuestionnaireResponse", "Basic", "MedicationAdministration", "Consent"];
    assert_eq!(kinds, wanted);
    for (one, entry) in everything().iter().zip(entries) {
        let resource = &entry["resource"];
        valid(&resource.to_string()).unwrap();
        assert_eq!(resource["meta"]["versionId"], one.entry.revision.to_string());
        assert_eq!(entry["fullUrl"], format!("urn:uuid:{}", one.entry.id));
    }
    // bdl-7: entries of one address differ in their version.
    let named: BTreeSet<(String, String)> = entries
        .iter()
        .map(|e| (e["fullUrl"].to_string(), e["resource"]["meta"]["versionId"].to_string()))
        .collect();
    assert_eq!(named.len(), entries.len());
    assert!(entries[0]["resource"]["meta"]["extension"][0]["extension"][0]["valueString"].is_string());
    assert_eq!(entries[3]["resource"]["note"][0]["text"], "by hand", "what came down is given as it came");
}

#[test]
fn nobody_is_named_where_nobody_is_known() {
    let all: Vec<Stored> = everything().into_iter().filter(|one| one.received.is_none()).collect();
    let text = collection(&all, None);
    valid(&text).unwrap();
    assert!(!text.contains("Patient/"), "{text}");
    valid(&collection(&[], None)).unwrap();
}

#[test]
fn answers_read_back_from_it() {
    let bundle: Value = serde_json::from_str(&collection(&everything(), Some(PATIENT))).unwrap();
    assert_eq!(read_entry(&bundle["entry"][0]["resource"].to_string()).unwrap(), entry());
    assert_eq!(read_entry(&bundle["entry"][1]["resource"].to_string()).unwrap(), corrected());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_diary_is_valid_and_the_same_bytes_twice(entries in proptest::collection::vec(any_entry(), 0..4)) {
        let all: Vec<Stored> =
            entries.into_iter().zip(1..).map(|(entry, n)| stored(n, entry, HERE, None)).collect();
        let text = collection(&all, Some(PATIENT));
        prop_assert_eq!(&text, &collection(&all, Some(PATIENT)));
        valid(&text).map_err(TestCaseError::fail)?;
    }
}
