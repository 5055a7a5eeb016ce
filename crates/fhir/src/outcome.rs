//! `OperationOutcome`: what a server says of a request.

use interlude_diary::entry::Receipt;

use crate::json::{Writer, parse};
use crate::wire::write_receipt;

/// How bad it is.
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

/// The words of a refusal that says the diary was erased; none for any other text.
#[must_use]
pub fn erased(text: &str) -> Option<String> {
    let outcome = parse(text).ok()?;
    let issue = outcome.list("issue").first()?;
    let deleted =
        outcome.str("resourceType") == Some("OperationOutcome") && issue.str("code") == Some("deleted");
    deleted
        .then(|| issue.get("details").and_then(|details| details.str("text")).unwrap_or_default().to_owned())
}

/// An `OperationOutcome` of one issue.
#[derive(Debug, Clone, Copy)]
pub struct Outcome<'a> {
    /// How bad it is.
    pub severity: Severity,
    /// FHIR issue code, such as `not-found`.
    pub code: &'a str,
    /// Words for a person. Never an answer.
    pub text: &'a str,
    /// Where in the request: a `FHIRPath`-like name of a part, never its content.
    pub part: Option<&'a str>,
    /// Proof of storage.
    pub receipt: Option<&'a Receipt>,
}

impl<'a> Outcome<'a> {
    /// A failure.
    #[must_use]
    pub const fn error(code: &'a str, text: &'a str) -> Self {
        Self { severity: Severity::Error, code, text, part: None, receipt: None }
    }

    /// Stored, with its proof.
    #[must_use]
    pub const fn stored(receipt: &'a Receipt) -> Self {
        let (severity, code, text) = (Severity::Information, "informational", "stored");
        Self { severity, code, text, part: None, receipt: Some(receipt) }
    }

    /// The same, naming a part of the request.
    #[must_use]
    pub const fn at(mut self, part: &'a str) -> Self {
        self.part = Some(part);
        self
    }

    /// As FHIR JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut to = Writer::with_capacity(1024);
        self.write(&mut to);
        to.finish()
    }

    /// As one value of a larger text.
    pub fn write(&self, to: &mut Writer) {
        to.open('{').text("resourceType", "OperationOutcome");
        if let Some(receipt) = self.receipt {
            to.name("extension").open('[');
            write_receipt(to, receipt);
            to.close(']');
        }
        let severity = match self.severity {
            Severity::Fatal => "fatal",
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
        };
        to.name("issue").open('[').open('{').text("severity", severity).text("code", self.code);
        to.name("details").open('{').text_if("text", Some(self.text)).close('}');
        if let Some(part) = self.part {
            to.name("expression").open('[').string(part).close(']');
        }
        to.close('}').close(']').close('}');
    }
}
