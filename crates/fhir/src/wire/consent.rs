//! Consent.

use interlude_diary::entry::{Consent, Entry, Share};

use super::read::WireError;
use super::value::clean;
use super::write::{identifier, patient_member};
use crate::BASE;
use crate::json::{Node, Writer};

/// The code of a kind of thing that may be shared, in our code system.
pub(crate) const fn share_code(share: Share) -> &'static str {
    match share {
        Share::Questionnaires => "questionnaires",
        Share::Notes => "notes",
        Share::Trackers => "trackers",
    }
}

pub(super) fn write(to: &mut Writer, entry: &Entry, consent: &Consent, patient: &str) {
    to.name("identifier").open('[');
    identifier(to, entry);
    to.close(']').text("status", entry.status());
    to.name("scope");
    concept(to, "http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy");
    to.name("category").open('[');
    concept(to, "http://loinc.org", "59284-0");
    to.close(']');
    patient_member(to, "patient", patient);
    to.name("dateTime").shown(entry.authored);
    if !clean(&consent.clinic).is_empty() {
        to.name("organization")
            .open('[')
            .open('{')
            .text("display", &clean(&consent.clinic))
            .close('}')
            .close(']');
    }
    if !clean(&consent.base).is_empty() {
        // Where it goes. FHIR wants a policy or a rule on every consent; ours is both.
        to.name("policy").open('[').open('{').text("uri", &clean(&consent.base)).close('}').close(']');
    }
    to.name("policyRule");
    let rule = if consent.permit { "OPTIN" } else { "OPTOUT" };
    concept(to, "http://terminology.hl7.org/CodeSystem/v3-ActCode", rule);
    to.name("provision").open('{').text("type", if consent.permit { "permit" } else { "deny" });
    if !consent.share.is_empty() {
        to.name("code").open('[');
        for share in &consent.share {
            concept(to, &format!("{BASE}/CodeSystem/diary"), share_code(*share));
        }
        to.close(']');
    }
    to.close('}');
}

fn concept(to: &mut Writer, system: &str, code: &str) {
    to.open('{').name("coding").open('[').open('{').text("system", system).text("code", code);
    to.close('}').close(']').close('}');
}

pub(super) fn read(resource: &Node<'_>) -> Result<Consent, WireError> {
    let provision = resource.get("provision").ok_or(WireError::Part("provision"))?;
    let permit = match provision.str("type") {
        Some("permit") => true,
        Some("deny") => false,
        _ => return Err(WireError::Part("provision.type")),
    };
    let first = |list: &str, part: &str| {
        resource.list(list).first().and_then(|node| node.str(part)).unwrap_or_default().to_owned()
    };
    let codes = provision.list("code").iter().flat_map(|concept| concept.list("coding"));
    let share = codes.filter_map(|coding| match coding.str("code")? {
        "questionnaires" => Some(Share::Questionnaires),
        "notes" => Some(Share::Notes),
        "trackers" => Some(Share::Trackers),
        _ => None,
    });
    Ok(Consent {
        permit,
        clinic: first("organization", "display"),
        base: first("policy", "uri"),
        share: share.collect(),
    })
}
