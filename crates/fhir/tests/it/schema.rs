//! Every resource we write is valid by the schema that HL7 gives for R4.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use interlude_diary::entry::SessionOutcome;
use interlude_diary::sync::Server;
use interlude_fhir::bundle::{push_bundle, push_bundle_as};
use interlude_fhir::observation;
use interlude_fhir::outcome::Outcome;
use interlude_fhir::wire::{with_meta, write_entry};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::golden::sample_observation;
use crate::sample::{PATIENT, any_entry, consent, corrected, entry, now, outgoing, plan, receipt, session};

/// The folder of shared fixtures: `INTERLUDE_SHARED`, or `shared` beside the checkout. Where it is
/// absent the tests that need it fail in CI and say loudly elsewhere that they proved nothing.
pub(crate) fn shared(for_what: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("INTERLUDE_SHARED").map_or(beside, PathBuf::from).join("fixtures");
    if folder.is_dir() {
        return Some(folder);
    }
    let sentence = format!(
        "SKIPPED, NOTHING PROVED: {for_what} needs the shared fixtures; {} is not there. \
         Set INTERLUDE_SHARED to the folder that holds them.\n",
        folder.display()
    );
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{sentence}");
    // Past the capture of the test harness, so that it is seen.
    std::io::stderr().write_all(sentence.as_bytes()).unwrap();
    None
}

/// Validators by resource type, made once: the schema is large.
static VALIDATORS: Mutex<BTreeMap<String, Arc<Validator>>> = Mutex::new(BTreeMap::new());
static SCHEMA: OnceLock<Option<Value>> = OnceLock::new();

fn validator(kind: &str) -> Option<Arc<Validator>> {
    let schema = SCHEMA.get_or_init(|| {
        let text =
            std::fs::read_to_string(shared("validation by the R4 schema")?.join("fhir.r4.schema.json"));
        Some(serde_json::from_str(&text.unwrap()).unwrap())
    });
    let schema = schema.as_ref()?;
    let mut made = VALIDATORS.lock().unwrap();
    let make = || {
        let root = json!({
            "$schema": schema["$schema"],
            "definitions": schema["definitions"],
            "allOf": [{ "$ref": format!("#/definitions/{kind}") }],
        });
        Arc::new(jsonschema::validator_for(&root).unwrap())
    };
    Some(made.entry(kind.to_owned()).or_insert_with(make).clone())
}

/// Fails unless `text` is valid. The kind is the one the text says it is.
pub(crate) fn valid(text: &str) -> Result<(), String> {
    let resource: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let kind = resource["resourceType"].as_str().unwrap_or_default();
    let Some(validator) = validator(kind) else {
        return Ok(());
    };
    let errors: Vec<String> =
        validator.iter_errors(&resource).map(|e| format!("{}: {e}", e.instance_path())).collect();
    if errors.is_empty() { Ok(()) } else { Err(format!("{kind}: {}", errors.join("\n"))) }
}

#[test]
fn the_validator_finds_faults() {
    if validator("QuestionnaireResponse").is_none() {
        return;
    }
    let good = write_entry(&entry(), PATIENT);
    for (from, to) in [
        ("\"status\":\"completed\"", "\"status\":\"done\""),
        ("\"status\":\"completed\"", "\"state\":\"completed\""),
        ("\"valueInteger\":7", "\"valueInteger\":\"7\""),
        ("\"linkId\":\"pain-worst\",", "\"linkId\":7,"),
        ("2026-03-12T07:42:05.120+01:00", "2026-03-12T07:42"),
        ("\"identifier\":{", "\"identifier\":[{}],\"x\":{"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        assert!(valid(&bad).is_err(), "{to} passed");
    }
}

#[test]
fn what_we_write_is_valid() {
    let own = receipt(&entry());
    let response = write_entry(&entry(), PATIENT);
    for text in [
        write_entry(&corrected(), PATIENT),
        write_entry(&consent(true), PATIENT),
        write_entry(&consent(false), PATIENT),
        write_entry(&session(), PATIENT),
        write_entry(&plan(SessionOutcome::Planned), PATIENT),
        write_entry(&plan(SessionOutcome::Cancelled), PATIENT),
        write_entry(&plan(SessionOutcome::Mistaken), PATIENT),
        with_meta(&response, &own.version, now(), Some(&own)).unwrap(),
        push_bundle(&[outgoing(entry(), None), outgoing(corrected(), Some(own.clone()))], PATIENT),
        push_bundle(&[], PATIENT),
        push_bundle_as(&[outgoing(entry(), None)], PATIENT, Server::Clinic, Some(now())),
        Outcome::stored(&own).to_json(),
        Outcome::error("not-found", "gone").at("Bundle.entry[3]").to_json(),
        observation::write(&sample_observation(), &entry(), PATIENT),
    ] {
        valid(&text).unwrap();
    }
}

#[test]
fn any_entry_is_valid() {
    let config = ProptestConfig { cases: 64, ..ProptestConfig::default() };
    let result = TestRunner::new(config)
        .run(&any_entry(), |entry| valid(&write_entry(&entry, PATIENT)).map_err(TestCaseError::fail));
    result.unwrap();
}
