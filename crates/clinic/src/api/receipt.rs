//! Receipts: made of the row as it was read back, never of the request.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Digest, Receipt};
use interlude_diary::ids::RevisionId;
use interlude_fhir::json::{Node, parse};
use interlude_fhir::wire;
use sha2::{Digest as _, Sha256};

use crate::audit;
use crate::problem::Problem;
use crate::store::{Kind, Row};

/// The receipt of a row. A text that cannot be read any more has a digest too, which equals
/// nobody's: whoever compares it learns that the clinic holds something else.
#[must_use]
pub fn of(row: &Row, epoch: &str) -> Receipt {
    made(row, epoch, parse(&row.text).ok().as_ref())
}

/// The receipt of a row, and what R4 says must be there of it, from one reading.
#[must_use]
pub fn with_parts(row: &Row, epoch: &str) -> (Receipt, String) {
    let resource = parse(&row.text).ok();
    let mut parts = String::new();
    // A text that cannot be read any more has no parts; its receipt says so.
    for name in mandatory(row.kind) {
        if let Some(part) = resource.as_ref().and_then(|resource| resource.get(name)) {
            parts.push_str(&format!(",\"{name}\":{}", part.raw()));
        }
    }
    (made(row, epoch, resource.as_ref()), parts)
}

fn made(row: &Row, epoch: &str, resource: Option<&Node<'_>>) -> Receipt {
    let received = resource.and_then(|resource| wire::read_node(resource).ok());
    let (revision, digest) = received.map_or_else(
        || (RevisionId::new(uuid::Uuid::nil()), raw_digest(&row.text)),
        |received| (received.entry.revision, received.digest),
    );
    Receipt {
        revision,
        version: row.version.clone(),
        digest: Some(digest),
        stored: Moment::new(row.stored_ms, 0),
        epoch: epoch.to_owned(),
        head: audit::short(&row.head),
    }
}

/// The row's text with its `meta`, receipt included; every other byte as received.
///
/// # Errors
/// When the row cannot be read any more.
pub fn resource(row: &Row, epoch: &str) -> Result<String, Problem> {
    whole(row, &of(row, epoch))
}

/// The same with the receipt at hand.
///
/// # Errors
/// As [`resource`].
pub fn whole(row: &Row, receipt: &Receipt) -> Result<String, Problem> {
    Ok(wire::with_meta(&row.text, &row.version, receipt.stored, Some(receipt))?)
}

/// The row's id and `meta` with `parts`, what R4 says must be there, and marked as that.
///
/// # Errors
/// As [`resource`].
pub fn lean(row: &Row, receipt: &Receipt, parts: &str) -> Result<String, Problem> {
    let (kind, id) = (row.kind.name(), row.id);
    let text = format!("{{\"resourceType\":\"{kind}\",\"id\":\"{id}\",{SUBSETTED}{parts}}}");
    Ok(wire::with_meta(&text, &row.version, receipt.stored, Some(receipt))?)
}

/// R4's mark on a resource that is not whole.
const SUBSETTED: &str = "\"meta\":{\"tag\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationValue\",\
                         \"code\":\"SUBSETTED\"}]}";

/// What R4 says must be there.
const fn mandatory(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::QuestionnaireResponse => &["status"],
        Kind::Consent => &["status", "scope", "category"],
        Kind::MedicationAdministration => {
            &["status", "medicationCodeableConcept", "medicationReference", "subject"]
        }
    }
}

fn raw_digest(text: &str) -> Digest {
    Digest::new(Sha256::digest(text.as_bytes()).into())
}
