//! What is written reads back the same, whoever carried it.

use interlude_diary::entry::VersionId;
use interlude_diary::entry::{Body, SessionOutcome};
use interlude_fhir::bundle::read_list;
use interlude_fhir::digest::digest;
use interlude_fhir::json::{Writer, parse};
use interlude_fhir::wire::{
    WireError, read, read_receipt, read_session, with_meta, write_entry, write_receipt,
};
use proptest::prelude::*;

use crate::sample::{PATIENT, any_entry, any_receipt, entry, now, plan, session};

proptest! {
    #[test]
    fn an_entry_reads_back_as_it_was(entry in any_entry()) {
        let text = write_entry(&entry, PATIENT);
        let back = read(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&back.entry).unwrap(), serde_json::to_string(&entry).unwrap());
        prop_assert_eq!(back.digest, digest(&entry));
        prop_assert_eq!(back.patient.as_deref(), Some(PATIENT));
        prop_assert_eq!(write_entry(&back.entry, PATIENT), text);
    }

    /// Another server's JSON library: other key order, white space, escapes, 6.50 become 6.5.
    #[test]
    fn a_server_that_prints_it_anew_changes_nothing_that_counts(entry in any_entry()) {
        let tree: serde_json::Value = serde_json::from_str(&write_entry(&entry, PATIENT)).unwrap();
        let ascii = |text: String| -> String {
            text.chars().map(|c| match c {
                ' '..='~' | '\n' => c.to_string(),
                _ => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
            }).collect()
        };
        let anew = ascii(serde_json::to_string_pretty(&tree).unwrap());
        let back = read(&anew).unwrap();
        prop_assert_eq!(back.digest, digest(&entry));
        prop_assert_eq!(digest(&back.entry), digest(&entry));
    }

    #[test]
    fn meta_is_spliced_in_and_read_out(entry in any_entry(), mut receipt in any_receipt()) {
        receipt.revision = entry.revision;
        let stored = write_entry(&entry, PATIENT);
        let served = with_meta(&stored, &receipt.version, now(), Some(&receipt)).unwrap();
        let back = read(&served).unwrap();
        prop_assert_eq!(back.receipt.as_ref(), Some(&receipt));
        prop_assert_eq!(back.version.as_ref(), Some(&receipt.version));
        prop_assert_eq!(back.last_updated, Some(now()));
        prop_assert_eq!(back.digest, digest(&entry));
        // Said once more with another version: the old meta is gone, the rest is byte for byte.
        let other = VersionId("other".to_owned());
        let again = with_meta(&served, &other, now(), None).unwrap();
        prop_assert!(again.ends_with(stored.trim_start_matches('{')), "{again}");
        let back = read(&again).unwrap();
        prop_assert_eq!((back.version, back.receipt), (Some(other), None));
    }

    #[test]
    fn a_receipt_reads_back(receipt in any_receipt()) {
        let mut to = Writer::new();
        to.open('{').name("extension").open('[');
        write_receipt(&mut to, &receipt);
        to.close(']').close('}');
        prop_assert_eq!(read_receipt(&parse(&to.finish()).unwrap()), Some(receipt));
    }
}

#[test]
fn every_outcome_of_a_session_reads_back() {
    for outcome in [
        SessionOutcome::Completed,
        SessionOutcome::Stopped,
        SessionOutcome::NotDone,
        SessionOutcome::Mistaken,
        SessionOutcome::Planned,
        SessionOutcome::Cancelled,
    ] {
        let text = write_entry(&plan(outcome), PATIENT);
        assert_eq!(read_session(&text).unwrap(), plan(outcome));
        assert_eq!(text.contains("MedicationRequest"), outcome.is_plan());
        let mut bare = plan(outcome);
        if let Body::Session(session) = &mut bare.body {
            (session.minutes, session.dose_mg_per_kg) = (None, None);
        }
        assert_eq!(read_session(&write_entry(&bare, PATIENT)).unwrap(), bare);
    }
}

/// A hospital's server has every medicine of the patient.
#[test]
fn other_medicines_are_no_infusions() {
    let text = write_entry(&plan(SessionOutcome::Planned), PATIENT);
    let other = text.replace("6130", "161").replace("ketamine", "acetaminophen");
    assert_eq!(read(&other).unwrap_err(), WireError::OtherResource);
    let named = text.replace("\"code\":\"6130\"", "\"code\":\"x\"").replace("ketamine", "Ketamin-Infusion");
    assert!(read(&named).is_ok());
    let bundle = |one: &str| format!("{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{one}}}]}}");
    let listed = |one: &str| read_list(&bundle(one)).unwrap().rows.len();
    assert_eq!((listed(&text), listed(&other), listed(&write_entry(&entry(), PATIENT))), (1, 0, 1));
}

/// An entry is one session: a plan of several would be taken for its first day.
#[test]
fn a_plan_of_several_days_in_one_is_not_half_read() {
    let text = write_entry(&plan(SessionOutcome::Planned), PATIENT);
    let two = text.replace("\"event\":[", "\"event\":[\"2026-03-11\",");
    assert_eq!(read(&two).unwrap_err(), WireError::Part("event"));
    let odd = text.replace("\"status\":\"active\"", "\"status\":\"unknown\"");
    assert_eq!(read(&odd).unwrap_err(), WireError::Part("status"));
}

#[test]
fn a_session_reads_back() {
    let text = write_entry(&session(), PATIENT);
    assert_eq!(read_session(&text).unwrap(), session());
    assert_eq!(read(&text).unwrap().digest, digest(&session()));
}

#[test]
fn meta_that_was_there_stays_but_for_what_the_server_says() {
    let text = " {\"resourceType\":\"Basic\", \"meta\" : {\"tag\":[{\"code\":\"x\"}],\"versionId\":\"forged\",\
        \"extension\":[{\"url\":\"urn:a\",\"valueBoolean\":true},\
        {\"url\":\"https://interlude.health/fhir/StructureDefinition/receipt\",\"extension\":[]}]} , \"n\":6.50}\n";
    let out = with_meta(text, &VersionId("v2".to_owned()), now(), None).unwrap();
    assert_eq!(
        out,
        " {\"resourceType\":\"Basic\", \"meta\" : {\"extension\":[{\"url\":\"urn:a\",\"valueBoolean\":true}],\
         \"versionId\":\"v2\",\"lastUpdated\":\"2026-03-12T06:42:09.001+00:00\",\"tag\":[{\"code\":\"x\"}]} , \"n\":6.50}\n"
    );
}

#[test]
fn meta_under_an_escaped_name_is_found() {
    let text = "{\"m\\u0065ta\":{\"versionId\":\"forged\"},\"n\":1}";
    let out = with_meta(text, &VersionId("v2".to_owned()), now(), None).unwrap();
    assert!(!out.contains("forged"), "{out}");
    assert_eq!(with_meta("{}", &VersionId("v".to_owned()), now(), None).unwrap().matches(',').count(), 1);
    assert!(with_meta("[]", &VersionId("v".to_owned()), now(), None).is_err());
}

#[test]
fn decimals_keep_their_spelling() {
    let text = write_entry(&entry(), PATIENT);
    assert!(text.contains("\"valueDecimal\":6.50"));
    let back = read(&text).unwrap().entry;
    assert!(serde_json::to_string(&back).unwrap().contains("\"6.50\""));
}
