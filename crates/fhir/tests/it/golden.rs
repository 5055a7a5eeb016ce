//! Every shape on the wire, as it is written. A change here is a change of format.

use interlude_diary::entry::{Body, SessionOutcome};
use interlude_diary::questionnaire::{Decimal, Score};
use interlude_fhir::bundle::push_bundle;
use interlude_fhir::observation::{self, Observation};
use interlude_fhir::outcome::Outcome;
use interlude_fhir::wire::{derived_id, read, with_meta, write_entry};

use crate::sample::{PATIENT, consent, corrected, entry, now, outgoing, plan, receipt, session};

/// What is written must be the golden file, printed with line breaks for people; set
/// `UPDATE_GOLDEN` to write it.
fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/it/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let lines = text.replace("},{", "},\n{").replace(":[{", ":[\n{") + "\n";
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &lines).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path} is not there"));
    assert_eq!(lines, kept, "{name} is written in another way than its golden file");
    serde_json::from_str::<serde_json::Value>(text).unwrap();
}

#[test]
fn response() {
    golden("response", &write_entry(&entry(), PATIENT));
}

#[test]
fn correction() {
    golden("correction", &write_entry(&corrected(), PATIENT));
}

#[test]
fn retraction() {
    let mut entry = corrected();
    if let Body::Response(response) = entry.body {
        entry.body = Body::Retracted(response);
    }
    golden("retraction", &write_entry(&entry, PATIENT));
}

#[test]
fn consents() {
    golden("consent-permit", &write_entry(&consent(true), PATIENT));
    golden("consent-deny", &write_entry(&consent(false), PATIENT));
}

#[test]
fn infusion_session() {
    golden("session", &write_entry(&session(), PATIENT));
}

#[test]
fn infusion_planned() {
    golden("plan", &write_entry(&plan(SessionOutcome::Planned), PATIENT));
}

#[test]
fn served_with_its_receipt() {
    let own = receipt(&entry());
    let text = with_meta(&write_entry(&entry(), PATIENT), &own.version, now(), Some(&own)).unwrap();
    golden("served", &text);
    assert_eq!(read(&text).unwrap().receipt, Some(own));
}

#[test]
fn push() {
    golden(
        "push",
        &push_bundle(&[outgoing(entry(), None), outgoing(corrected(), Some(receipt(&entry())))], PATIENT),
    );
}

#[test]
fn outcomes() {
    golden("outcome-stored", &Outcome::stored(&receipt(&entry())).to_json());
    golden(
        "outcome-error",
        &Outcome::error("not-found", "no such \"thing\"").at("Bundle.entry[3]").to_json(),
    );
}

pub(crate) fn sample_observation() -> Observation {
    let score = Score {
        system: "http://loinc.org",
        code: "91148-7",
        display: "PEG total score",
        unit: "{score}",
        value: "6.7".parse::<Decimal>().unwrap(),
        name: "peg",
    };
    Observation { id: derived_id(&["observation", "x", "peg"]), status: "final", score }
}

#[test]
fn observation() {
    golden("observation", &observation::write(&sample_observation(), &entry(), PATIENT));
}

#[test]
fn nothing_is_written_of_what_stays_here() {
    let chosen = interlude_diary::entry::Entry { body: Body::Chosen(entry().id), ..entry() };
    assert_eq!(write_entry(&chosen, PATIENT), "");
}
