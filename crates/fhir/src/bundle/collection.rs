//! The whole diary as one Bundle, for the person.

use interlude_diary::entry::{Entry, VersionId};
use interlude_diary::journal::{Light, Stored};

use crate::json::Writer;
use crate::wire::{WireError, with_meta, write_into};

/// Every revision of every entry, in the order of the journal, as a `collection`.
///
/// Revisions of one entry are versions of one resource: `meta.versionId` is the revision, and
/// `meta.lastUpdated` when it was made. What came down is given as it came but for these; a receipt
/// stands in `meta` as the server gave it. `patient` is the Patient's id at the clinic; without one
/// nobody is named. The same diary gives the same bytes.
#[must_use]
pub fn collection(revisions: &[Stored], patient: Option<&str>) -> String {
    let mut to = Writer::with_capacity(256 + revisions.len() * 4096);
    to.open('{').text("resourceType", "Bundle").text("type", "collection");
    if !revisions.is_empty() {
        to.name("entry").open('[');
        for one in revisions {
            to.open('{').name("fullUrl").shown(format_args!("urn:uuid:{}", one.entry.id));
            to.name("resource").raw(&resource(one, patient.unwrap_or_default())).close('}');
        }
        to.close(']');
    }
    to.close('}');
    to.finish()
}

fn resource(one: &Stored, patient: &str) -> String {
    let received = one.received.as_deref().filter(|text| !text.is_empty());
    let as_it_came = received.and_then(|text| versioned(text, one).ok());
    as_it_came.unwrap_or_else(|| {
        let text = written(&one.entry, patient);
        versioned(&text, one).unwrap_or(text)
    })
}

fn versioned(text: &str, one: &Stored) -> Result<String, WireError> {
    let receipt = match &one.light {
        Light::ClinicHadIt(receipt) | Light::ChangedCopy(receipt) => Some(receipt),
        Light::OnThisPhone { .. } | Light::StaysHere | Light::Sent { .. } | Light::Refused { .. } => None,
    };
    with_meta(text, &VersionId(one.entry.revision.to_string()), one.entry.authored, receipt)
}

fn written(entry: &Entry, patient: &str) -> String {
    let mut to = Writer::with_capacity(4096);
    write_into(&mut to, entry, &[], patient, true);
    to.finish()
}
