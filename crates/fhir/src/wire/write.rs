//! An entry as its resource.

use std::fmt::Display;

use interlude_diary::entry::{Body, Entry};
use interlude_diary::ids::RevisionId;

use super::{consent, names, response, session, value::clean};
use crate::BASE;
use crate::json::Writer;

/// Bytes that most resources fit into.
const ROOM: usize = 4096;

/// The FHIR resource of one revision; `patient` is the Patient's id.
///
/// An entry that stays on the phone by its kind ([`Body::Chosen`]) has no resource: the text is
/// empty.
#[must_use]
pub fn write_entry(entry: &Entry, patient: &str) -> String {
    if matches!(entry.body, Body::Chosen(_)) {
        return String::new();
    }
    let mut to = Writer::with_capacity(ROOM);
    write_into(&mut to, entry, &[], patient, true);
    to.finish()
}

/// The same as one value of a larger text, with or without `id`: a server that makes its own ids
/// wants none. `beneath` is what it was made on top of beside its parent.
pub(crate) fn write_into(to: &mut Writer, entry: &Entry, beneath: &[RevisionId], patient: &str, id: bool) {
    to.open('{').text("resourceType", kind_of(entry));
    if id {
        to.name("id").shown(entry.id);
    }
    root_extensions(to, entry, beneath);
    match &entry.body {
        Body::Response(answers) | Body::Retracted(answers) => {
            response::write(to, entry, answers, patient);
        }
        Body::Consent(consent) => consent::write(to, entry, consent, patient),
        Body::Session(session) => session::write(to, entry, session, patient),
        Body::Chosen(_) => chosen(to, entry, patient),
    }
    to.close('}');
}

/// The resource type of an entry.
#[must_use]
pub const fn kind_of(entry: &Entry) -> &'static str {
    match &entry.body {
        Body::Response(_) | Body::Retracted(_) => "QuestionnaireResponse",
        Body::Consent(_) => "Consent",
        Body::Session(session) if session.outcome.is_plan() => "MedicationRequest",
        Body::Session(_) => "MedicationAdministration",
        Body::Chosen(_) => "Basic", // stays on the phone, but for the person's own file
    }
}

/// The rest of a choice between answers; which one was chosen is among its extensions.
fn chosen(to: &mut Writer, entry: &Entry, patient: &str) {
    to.name("identifier").open('[');
    identifier(to, entry);
    to.close(']').name("code").open('{').name("coding").open('[').open('{');
    to.text("system", &format!("{BASE}/CodeSystem/diary")).text("code", "chosen");
    to.close('}').close(']').close('}');
    patient_member(to, "subject", patient);
    to.name("created").shown(entry.authored.local_day());
}

/// The extensions at the root, in the order of ARCHITECTURE.md's table.
pub(super) fn root_extensions(to: &mut Writer, entry: &Entry, beneath: &[RevisionId]) {
    let base = names::canonical_base();
    to.name("extension").open('[');
    // A plain value needs no escapes; words do.
    let plain = |to: &mut Writer, name: &str, kind: &str, value: &dyn Display| {
        to.open('{').name("url").shown(format_args!("{base}{name}")).name(kind).shown(value).close('}');
    };
    plain(to, "diary-day", "valueDate", &entry.day);
    if !entry.zone.is_empty() {
        words(to, "time-zone", &clean(&entry.zone));
    }
    if !entry.device.uuid().is_nil() {
        plain(to, "device", "valueString", &entry.device);
    }
    plain(to, "revision", "valueString", &entry.revision);
    if let Some(parent) = &entry.parent {
        plain(to, "parent", "valueString", parent);
    }
    for revision in beneath {
        plain(to, "beneath", "valueString", revision);
    }
    if let Some(occasion) = &entry.occasion {
        words(to, "occasion", &occasion.to_string());
    }
    for name in
        [("late", entry.late), ("partial", entry.partial)].iter().filter(|(_, is)| *is).map(|(name, _)| name)
    {
        to.open('{')
            .name("url")
            .shown(format_args!("{base}{name}"))
            .name("valueBoolean")
            .raw("true")
            .close('}');
    }
    if let Some(reason) = entry.reason.as_deref().map(clean).filter(|reason| !reason.is_empty()) {
        words(to, "reason", &reason);
    }
    if let Body::Chosen(id) = &entry.body {
        plain(to, "chosen", "valueString", id);
    }
    to.close(']');
}

/// An extension that holds words.
fn words(to: &mut Writer, name: &str, text: &str) {
    let base = names::canonical_base();
    to.open('{').name("url").shown(format_args!("{base}{name}")).text("valueString", text).close('}');
}

/// `{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:…"}`.
pub(super) fn identifier(to: &mut Writer, entry: &Entry) {
    to.open('{').text("system", "urn:ietf:rfc:3986");
    to.name("value").shown(format_args!("urn:uuid:{}", entry.id)).close('}');
}

/// A member that refers to the patient; none where nobody is known.
pub(super) fn patient_member(to: &mut Writer, name: &str, patient: &str) {
    if patient.is_empty() {
        return;
    }
    to.name(name).open('{').text("reference", &format!("Patient/{patient}")).close('}');
}
