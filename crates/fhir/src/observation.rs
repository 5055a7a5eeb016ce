//! Observations: the scores of an entry, one each, made anew from its answers whenever they are
//! asked for. Nothing else is ever kept of them but what an index needs.

use interlude_diary::entry::{Body, Entry};
use interlude_diary::questionnaire::{Response, Score, scores};
use interlude_diary::sync::Scored;
use uuid::Uuid;

use crate::BASE;
use crate::json::Writer;
use crate::wire::{canonical_base, derived_id};

/// One derived Observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Resource id: the same for the same entry and score, for ever.
    pub id: Uuid,
    /// FHIR status code.
    pub status: &'static str,
    /// The number.
    pub score: Score,
}

/// The Observations of a revision. `before` is the response it replaces: a score that it had and
/// this one has not stays, as entered in error.
#[must_use]
pub fn derive(entry: &Entry, before: Option<&Response>) -> Vec<Observation> {
    let Some(response) = entry.response() else {
        return Vec::new();
    };
    let status = match (&entry.body, entry.parent.is_some()) {
        (Body::Retracted(_), _) => "entered-in-error",
        (_, true) => "amended",
        (_, false) => "final",
    };
    let one = |score: Score, status| Observation {
        id: derived_id(&["observation", &entry.id.to_string(), score.name]),
        status,
        score,
    };
    let mut all: Vec<Observation> = scores(response).into_iter().map(|score| one(score, status)).collect();
    for score in before.map(scores).unwrap_or_default() {
        if !all.iter().any(|now| now.score.name == score.name) {
            all.push(one(score, "entered-in-error"));
        }
    }
    all
}

/// The FHIR resource as our clinic serves it, without `meta`.
#[must_use]
pub fn write(observation: &Observation, entry: &Entry, patient: &str) -> String {
    written(observation, entry, patient, &entry.id.to_string(), true, false)
}

/// The FHIR resource as it is sent to another server, where its response may have another id;
/// without an `id` for one that makes its own.
pub(crate) fn write_sent(observation: &Observation, scored: &Scored, patient: &str, id: bool) -> String {
    written(observation, &scored.entry, patient, &scored.resource, id, true)
}

fn written(
    observation: &Observation,
    entry: &Entry,
    patient: &str,
    response: &str,
    with_id: bool,
    with_identifier: bool,
) -> String {
    let score = &observation.score;
    let ours = format!("{BASE}/CodeSystem/diary");
    let id = observation.id.as_hyphenated().to_string();
    let mut to = Writer::new();
    to.open('{').text("resourceType", "Observation");
    if with_id {
        to.text("id", &id);
    }
    to.name("extension").open('[').open('{').text("url", &format!("{}diary-day", canonical_base()));
    to.text("valueDate", &entry.day.to_string()).close('}').close(']');
    if with_identifier {
        to.name("identifier").open('[').open('{').text("system", "urn:ietf:rfc:3986");
        to.text("value", &format!("urn:uuid:{id}")).close('}').close(']');
    }
    to.text("status", observation.status);
    to.name("category").open('[').open('{').name("coding").open('[').open('{');
    to.text("system", "http://terminology.hl7.org/CodeSystem/observation-category").text("code", "survey");
    to.close('}').close(']').close('}').close(']');
    to.name("code").open('{').name("coding").open('[').open('{');
    to.text("system", score.system).text("code", score.code).text("display", score.display).close('}');
    if (score.system, score.code) != (ours.as_str(), score.name) {
        to.open('{').text("system", &ours).text("code", score.name).close('}');
    }
    to.close(']').text("text", score.display).close('}');
    to.name("subject").open('{').text("reference", &format!("Patient/{patient}")).close('}');
    to.text("effectiveDateTime", &entry.authored.to_string());
    to.name("valueQuantity").open('{').name("value").raw(score.value.as_str());
    to.text("unit", score.unit)
        .text("system", "http://unitsofmeasure.org")
        .text("code", score.unit)
        .close('}');
    to.name("derivedFrom").open('[').open('{');
    to.text("reference", &format!("QuestionnaireResponse/{response}")).close('}').close(']').close('}');
    to.finish()
}
