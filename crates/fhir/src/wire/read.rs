//! A resource as its entry.

use std::str::FromStr;

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Body, Digest, Entry, Receipt, VersionId};
use interlude_diary::ids::{DeviceId, RevisionId};
use interlude_diary::journal::BENEATH;
use uuid::Uuid;

use super::names::{derived_id, entry_id, extension, our};
use super::{consent, meta, response, session};
use crate::digest::digest_as;
use crate::json::{JsonError, Node, parse};

/// Why a text is no entry. Names the part, never its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not JSON that can be used.
    #[error(transparent)]
    NotJson(#[from] JsonError),
    /// JSON, but not a resource that is an entry.
    #[error("not a resource this diary keeps")]
    OtherResource,
    /// A part is missing or is not as FHIR says.
    #[error("{0} is missing or malformed")]
    Part(&'static str),
}

/// A resource read: the entry, and what its text says beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The entry.
    pub entry: Entry,
    /// The resource's type.
    pub kind: String,
    /// The resource's id as written; another server's need not be a UUID.
    pub resource_id: String,
    /// Id of the patient in `subject` or `patient`.
    pub patient: Option<String>,
    /// The status code as written.
    pub status: String,
    /// Content digest of this text; of a revision of ours with the status as written.
    pub digest: Digest,
    /// `meta.versionId`.
    pub version: Option<VersionId>,
    /// `meta.lastUpdated`.
    pub last_updated: Option<Moment>,
    /// The receipt in `meta`, where it is about this revision.
    pub receipt: Option<Receipt>,
    /// What it was made on top of beside its parent, nearest first; no part of its content.
    pub beneath: Vec<RevisionId>,
}

impl Received {
    /// The receipt of what the server just gave: its own, or, of a server that gives none, what a
    /// read proves by itself.
    #[must_use]
    pub fn standing_receipt(&self) -> Receipt {
        self.receipt.clone().unwrap_or_else(|| Receipt {
            revision: self.entry.revision,
            version: self.version.clone().unwrap_or(VersionId(String::new())),
            digest: Some(self.digest),
            stored: self.last_updated.unwrap_or(self.entry.authored),
            epoch: String::new(),
            head: String::new(),
        })
    }
}

/// Reads a resource with everything a receiver wants to know of it.
///
/// # Errors
/// [`WireError`] names the part, never its content.
pub fn read(text: &str) -> Result<Received, WireError> {
    read_node(&parse(text)?)
}

/// The type and id of a resource.
///
/// # Errors
/// When it has no type. A resource about to be created may have no id.
pub fn peek<'n>(resource: &'n Node<'_>) -> Result<(&'n str, Option<&'n str>), WireError> {
    let kind = resource.str("resourceType").ok_or(WireError::Part("resourceType"))?;
    Ok((kind, resource.str("id")))
}

/// Whether a resource may be an entry at all: of what is about a medicine, ketamine alone.
pub(crate) fn concerns_us(resource: &Node<'_>) -> bool {
    let medicine = resource.str("resourceType").is_some_and(|kind| kind.starts_with("Medication"));
    !medicine || session::is_of_ketamine(resource)
}

/// [`read`] for a resource that is parsed already.
///
/// # Errors
/// [`WireError`] names the part, never its content.
pub fn read_node(resource: &Node<'_>) -> Result<Received, WireError> {
    let (kind, id) = peek(resource)?;
    let (about, when) = match kind {
        "QuestionnaireResponse" => ("subject", resource.str("authored")),
        "Consent" => ("patient", resource.str("dateTime")),
        "MedicationAdministration" | "MedicationRequest" if concerns_us(resource) => ("subject", None),
        _ => return Err(WireError::OtherResource),
    };
    let id = id.filter(|id| is_id(id)).ok_or(WireError::Part("id"))?;
    let status = resource.str("status").ok_or(WireError::Part("status"))?;
    let body = match kind {
        "QuestionnaireResponse" => response::read(resource, status)?,
        "Consent" => Body::Consent(consent::read(resource)?),
        "MedicationRequest" => Body::Session(session::read_plan(resource, status)?),
        _ => Body::Session(session::read(resource, status)?),
    };
    let version = meta::version(resource);
    let last_updated = meta::last_updated(resource);
    let authored = match (when, &body) {
        (Some(text), _) => moment(text).ok_or(WireError::Part("authored"))?,
        (None, Body::Session(session)) => session.start,
        (None, _) => last_updated.unwrap_or(Moment::new(0, 0)),
    };
    let revision = part::<RevisionId>(resource, "revision", "revision")?.unwrap_or_else(|| {
        // Another system's version: named by what tells its versions apart.
        let updated = last_updated.map(|at| at.to_string());
        let tell = version.as_ref().map(|v| v.0.as_str()).or(updated.as_deref());
        RevisionId::new(derived_id(&["revision", kind, id, tell.unwrap_or(resource.raw())]))
    });
    let zone = extension(resource, "time-zone").and_then(|e| e.str("valueString"));
    let flag = |name| extension(resource, name).and_then(|e| e.get("valueBoolean")?.boolean()) == Some(true);
    let entry = Entry {
        id: entry_id(resource, kind, id),
        revision,
        parent: part(resource, "parent", "parent")?,
        device: part(resource, "device", "device")?.unwrap_or(DeviceId::new(Uuid::nil())),
        day: part::<LocalDay>(resource, "diary-day", "diary-day")?.unwrap_or(authored.diary_day()),
        authored,
        zone: zone.unwrap_or("Etc/Unknown").to_owned(),
        occasion: part(resource, "occasion", "occasion")?,
        late: flag("late"),
        partial: flag("partial"),
        reason: extension(resource, "reason").and_then(|e| e.str("valueString")).map(str::to_owned),
        body,
    };
    let receipt = meta::receipt(resource).filter(|receipt| receipt.revision == revision);
    let patient = resource.get(about).and_then(|subject| subject.str("reference"));
    // A status that does not go with our revision is a change. Another system's own version is
    // what it is: its revision is derived, and tells versions apart.
    let ours = extension(resource, "revision").is_some() && !kind.starts_with("Medication");
    Ok(Received {
        digest: digest_as(&entry, if ours { status } else { entry.status() }),
        kind: kind.to_owned(),
        resource_id: id.to_owned(),
        patient: patient.and_then(patient_id).map(str::to_owned),
        status: status.to_owned(),
        version,
        last_updated,
        receipt,
        beneath: beneath(resource),
        entry,
    })
}

/// What cannot be read says nothing: it only spares something from being sent.
fn beneath(resource: &Node<'_>) -> Vec<RevisionId> {
    let is = |one: &&Node<'_>| one.str("url").and_then(our) == Some("beneath");
    let all = resource.list("extension").iter().filter(is);
    all.filter_map(|one| one.str("valueString")?.parse().ok()).take(BENEATH).collect()
}

/// Reads a `QuestionnaireResponse` or a Consent.
///
/// # Errors
/// [`WireError`] names the part, never its content.
pub fn read_entry(text: &str) -> Result<Entry, WireError> {
    let received = read(text)?;
    match received.entry.body {
        Body::Session(_) => Err(WireError::OtherResource),
        Body::Response(_) | Body::Retracted(_) | Body::Consent(_) | Body::Chosen(_) => Ok(received.entry),
    }
}

/// Reads a `MedicationAdministration` or a `MedicationRequest`.
///
/// # Errors
/// [`WireError`] names the part, never its content.
pub fn read_session(text: &str) -> Result<Entry, WireError> {
    let received = read(text)?;
    match received.entry.body {
        Body::Session(_) => Ok(received.entry),
        Body::Response(_) | Body::Retracted(_) | Body::Consent(_) | Body::Chosen(_) => {
            Err(WireError::OtherResource)
        }
    }
}

/// One of our extensions that holds a text of a kind: absent is fine, malformed is not.
fn part<T: FromStr>(resource: &Node<'_>, name: &str, say: &'static str) -> Result<Option<T>, WireError> {
    let Some(extension) = extension(resource, name) else {
        return Ok(None);
    };
    let text = extension.str("valueString").or_else(|| extension.str("valueDate"));
    match text.and_then(|text| text.parse().ok()) {
        Some(value) => Ok(Some(value)),
        None => Err(WireError::Part(say)),
    }
}

/// A FHIR dateTime as a moment; of one without a time, its noon in UTC.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    if text.contains('T') {
        return text.parse().ok();
    }
    let rest = "0000-01-01".get(text.len()..).filter(|_| super::value::is_date(text))?;
    let day: LocalDay = format!("{text}{rest}").parse().ok()?;
    Some(Moment::new((i64::from(day.number()) * 24 + 12) * 3_600_000, 0))
}

/// The id in `Patient/{id}`, relative, absolute or with a version.
pub(crate) fn patient_id(reference: &str) -> Option<&str> {
    let (_, rest) = reference.rsplit_once("Patient/")?;
    let id = rest.split_once('/').map_or(rest, |(id, _)| id);
    is_id(id).then_some(id)
}

/// A FHIR id: 1 to 64 letters, digits, hyphens and dots.
fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}
