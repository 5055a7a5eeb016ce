//! The person's word on what may leave the phone.

use serde::{Deserialize, Serialize};

/// One consent: to one clinic, for kinds of entries. A newer one replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Permit or withdraw.
    pub permit: bool,
    /// The clinic's name as shown on the consent screen.
    pub clinic: String,
    /// FHIR base URL it goes to.
    pub base: String,
    /// What may be sent.
    pub share: Vec<Share>,
}

/// A kind of thing that may be shared. Questionnaires always are; the rest is off until chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// Answers to questionnaires.
    Questionnaires,
    /// The person's own notes.
    Notes,
    /// The person's own trackers.
    Trackers,
}
