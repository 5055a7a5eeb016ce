//! Entries: the append-only facts of the journal, each with its revisions.

mod consent;
mod receipt;

pub use consent::{Consent, Share};
pub use receipt::{Digest, NotADigest, Receipt, VersionId};

use serde::{Deserialize, Serialize};

use crate::calendar::{LocalDay, Moment};
use crate::ids::{DeviceId, EntryId, RevisionId};
use crate::occasion::OccasionKey;
use crate::questionnaire::Response;

/// One revision of one entry. Never changed once recorded; a correction is another revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The entry, the same in all its revisions. FHIR: resource id and identifier.
    pub id: EntryId,
    /// This revision.
    pub revision: RevisionId,
    /// The revision it replaces; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<RevisionId>,
    /// The installation that made it.
    pub device: DeviceId,
    /// The day it is about, as the person saw it. Decided when the form opened; never recomputed.
    pub day: LocalDay,
    /// When this revision was made, on this device's clock.
    pub authored: Moment,
    /// IANA zone name the device named then.
    pub zone: String,
    /// The occasion it answers; none when unscheduled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<OccasionKey>,
    /// Given after its window's on-time part (DESIGN section 9): drawn hollow, out of means.
    #[serde(default)]
    pub late: bool,
    /// Only a part of the form was meant to be answered ("Only pain today").
    #[serde(default)]
    pub partial: bool,
    /// Why it was corrected or taken back, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it says.
    pub body: Body,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub enum Body {
    /// A questionnaire's answers. FHIR: `QuestionnaireResponse`.
    Response(Response),
    /// The answers were taken back; they stay readable. FHIR: `entered-in-error`.
    Retracted(Response),
    /// What may be sent, and to whom. FHIR: Consent.
    Consent(Consent),
    /// Of several answers to its occasion this entry is the one that counts: the person chose.
    /// Stays on the phone. The occasion stands in [`Entry::occasion`].
    Chosen(EntryId),
    /// A session the clinic wrote down or planned. Comes down only. FHIR: `MedicationAdministration`, of a
    /// plan `MedicationRequest`.
    Session(Session),
}

/// An infusion session as the clinic recorded it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// When it began, or is to begin.
    pub start: Moment,
    /// Length in minutes, where known.
    pub minutes: Option<u16>,
    /// Dose in mg/kg as written, where known.
    pub dose_mg_per_kg: Option<String>,
    /// Completed, stopped early or not done.
    pub outcome: SessionOutcome,
}

/// How a session went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionOutcome {
    /// As planned.
    Completed,
    /// Begun and stopped before its end.
    Stopped,
    /// Planned and not begun.
    NotDone,
    /// Written down by mistake: there was none, and it says nothing of that date.
    Mistaken,
    /// A plan.
    Planned,
    /// A plan that was given up: nothing is planned by it any more.
    Cancelled,
}

impl SessionOutcome {
    /// Whether it is a plan, given up or not, and no record of what took place.
    #[must_use]
    pub const fn is_plan(self) -> bool {
        matches!(self, Self::Planned | Self::Cancelled)
    }
}

impl Entry {
    /// FHIR status code of the resource it becomes.
    #[must_use]
    pub const fn status(&self) -> &'static str {
        match (&self.body, self.parent.is_some()) {
            (Body::Retracted(_), _) => "entered-in-error",
            (Body::Response(_), true) => "amended",
            (Body::Response(_) | Body::Session(_), _) => "completed",
            (Body::Consent(_) | Body::Chosen(_), _) => "active",
        }
    }

    /// The answers, where it has any, taken back or not.
    #[must_use]
    pub const fn response(&self) -> Option<&Response> {
        match &self.body {
            Body::Response(response) | Body::Retracted(response) => Some(response),
            Body::Consent(_) | Body::Chosen(_) | Body::Session(_) => None,
        }
    }

    /// Whether this kind of entry is for the server at all.
    #[must_use]
    pub const fn goes_up(&self) -> bool {
        match &self.body {
            Body::Response(_) | Body::Retracted(_) | Body::Consent(_) => true,
            Body::Chosen(_) | Body::Session(_) => false,
        }
    }
}
