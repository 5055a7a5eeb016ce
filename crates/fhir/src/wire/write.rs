//! An entry as its resource.

use interlude_diary::entry::{Body, Entry};

use super::{consent, names, response, session, value::clean};
use crate::json::Writer;

/// The FHIR resource of one revision; `patient` is the Patient's id.
///
/// An entry that stays on the phone by its kind ([`Body::Chosen`]) has no resource: the text is
/// empty.
#[must_use]
pub fn write_entry(entry: &Entry, patient: &str) -> String {
    write_with_id(entry, patient, true)
}

/// The same, with or without `id`: a server that makes its own ids wants none.
pub(crate) fn write_with_id(entry: &Entry, patient: &str, id: bool) -> String {
    let mut to = Writer::new();
    if matches!(entry.body, Body::Chosen(_)) {
        return to.finish();
    }
    to.open('{').text("resourceType", kind_of(entry));
    if id {
        to.text("id", &entry.id.to_string());
    }
    root_extensions(&mut to, entry);
    match &entry.body {
        Body::Response(answers) | Body::Retracted(answers) => {
            response::write(&mut to, entry, answers, patient);
        }
        Body::Consent(consent) => consent::write(&mut to, entry, consent, patient),
        Body::Session(session) => session::write(&mut to, entry, session, patient),
        Body::Chosen(_) => {}
    }
    to.close('}');
    to.finish()
}

/// The resource type of an entry.
#[must_use]
pub const fn kind_of(entry: &Entry) -> &'static str {
    match &entry.body {
        Body::Response(_) | Body::Retracted(_) => "QuestionnaireResponse",
        Body::Consent(_) => "Consent",
        Body::Session(_) => "MedicationAdministration",
        Body::Chosen(_) => "Basic", // stays on the phone; never written
    }
}

/// The extensions at the root, in the order of ARCHITECTURE.md's table.
pub(super) fn root_extensions(to: &mut Writer, entry: &Entry) {
    let base = names::canonical_base();
    to.name("extension").open('[');
    let mut one = |name: &str, kind: &str, text: &str| {
        to.open('{').text("url", &format!("{base}{name}"));
        match kind {
            "valueBoolean" => to.name(kind).raw(text),
            _ => to.text(kind, text),
        };
        to.close('}');
    };
    one("diary-day", "valueDate", &entry.day.to_string());
    if !entry.zone.is_empty() {
        one("time-zone", "valueString", &clean(&entry.zone));
    }
    if !entry.device.uuid().is_nil() {
        one("device", "valueString", &entry.device.to_string());
    }
    one("revision", "valueString", &entry.revision.to_string());
    if let Some(parent) = &entry.parent {
        one("parent", "valueString", &parent.to_string());
    }
    if let Some(occasion) = &entry.occasion {
        one("occasion", "valueString", &occasion.to_string());
    }
    if entry.late {
        one("late", "valueBoolean", "true");
    }
    if entry.partial {
        one("partial", "valueBoolean", "true");
    }
    if let Some(reason) = entry.reason.as_deref().map(clean).filter(|reason| !reason.is_empty()) {
        one("reason", "valueString", &reason);
    }
    to.close(']');
}

/// `{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:…"}`.
pub(super) fn identifier(to: &mut Writer, entry: &Entry) {
    to.open('{').text("system", "urn:ietf:rfc:3986");
    to.text("value", &format!("urn:uuid:{}", entry.id)).close('}');
}

/// A member that refers to the patient.
pub(super) fn patient_member(to: &mut Writer, name: &str, patient: &str) {
    to.name(name).open('{').text("reference", &format!("Patient/{patient}")).close('}');
}
