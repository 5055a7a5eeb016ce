//! OperationOutcome: what a server says of a request.
use interlude_diary::entry::Receipt;

/// One issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The request could not be read at all.
    Fatal,
    /// It failed.
    Error,
    /// It worked, with a remark.
    Warning,
    /// It worked.
    Information,
}

/// An OperationOutcome of one issue.
#[derive(Debug, Clone)]
pub struct Outcome<'a> {
    /// How bad.
    pub severity: Severity,
    /// FHIR issue code, such as `not-found`.
    pub code: &'a str,
    /// Words for a person. Never an answer.
    pub text: &'a str,
    /// Proof of storage.
    pub receipt: Option<&'a Receipt>,
}

impl Outcome<'_> {
    /// As FHIR JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        String::new()
    }
}
