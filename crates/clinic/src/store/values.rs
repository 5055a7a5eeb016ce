//! What goes into the store and comes out of it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::VersionId;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::reminder::TimeOfDay;

/// A patient's id: FHIR's alphabet, made here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatientId(String);

impl PatientId {
    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is not a FHIR id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a FHIR id")]
pub struct NotAnId;

impl FromStr for PatientId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnId)
        }
    }
}

impl From<uuid::Uuid> for PatientId {
    fn from(uuid: uuid::Uuid) -> Self {
        Self(uuid.as_hyphenated().to_string())
    }
}

impl fmt::Display for PatientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Resources kept as the text received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Answers.
    QuestionnaireResponse,
    /// What may be sent.
    Consent,
    /// A session the clinic wrote down.
    MedicationAdministration,
    /// A session the clinic planned.
    MedicationRequest,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::QuestionnaireResponse, Self::Consent, Self::MedicationAdministration, Self::MedicationRequest];

    /// Whether phones put it. The others are the clinic's own.
    #[must_use]
    pub const fn is_put_by_phones(self) -> bool {
        matches!(self, Self::QuestionnaireResponse | Self::Consent)
    }

    /// FHIR resource type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::QuestionnaireResponse => "QuestionnaireResponse",
            Self::Consent => "Consent",
            Self::MedicationAdministration => "MedicationAdministration",
            Self::MedicationRequest => "MedicationRequest",
        }
    }

    /// The kind of this FHIR resource type.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As kept in a column.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::QuestionnaireResponse => 1,
            Self::Consent => 2,
            Self::MedicationAdministration => 3,
            Self::MedicationRequest => 4,
        }
    }

    /// Read back from a column.
    #[must_use]
    pub fn numbered(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// A patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// Its id.
    pub id: PatientId,
    /// Initials, shown on the phone before anything is sent.
    pub initials: String,
    /// When it was added.
    pub added_ms: i64,
}

/// A device that holds, or held, a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Whose diary it reaches.
    pub patient: PatientId,
    /// The installation's id as it named itself.
    pub device: String,
    /// Hash of its token.
    pub token: [u8; 32],
    /// When it was paired.
    pub paired_ms: i64,
    /// When its token was ended.
    pub revoked_ms: Option<i64>,
}

/// Under which condition a version may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// None was given.
    None,
    /// `If-None-Match: *`: only if there is nothing yet.
    Absent,
    /// `If-Match`: only on top of this version.
    Match(VersionId),
}

/// One version to be stored.
#[derive(Debug, Clone)]
pub struct Put {
    /// Resource type.
    pub kind: Kind,
    /// Resource id.
    pub id: EntryId,
    /// The revision it is.
    pub revision: RevisionId,
    /// Its condition.
    pub condition: Condition,
    /// The text as received.
    pub text: String,
    /// `url|version` of its questionnaire; empty for others.
    pub questionnaire: String,
    /// When it was authored, began or was given.
    pub when_ms: i64,
    /// What is derived from it.
    pub scores: Vec<Score>,
    /// Call-now answers in it.
    pub flags: Vec<Flag>,
}

/// One score derived from a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Id of its Observation: the same for the same response and name, for ever.
    pub id: uuid::Uuid,
    /// Name of the score, unique within its response; a code of our own code system.
    pub name: String,
    /// Code system of `code`.
    pub system: String,
    /// Code of the score.
    pub code: String,
    /// Its value as decimal text.
    pub value: String,
}

/// One call-now answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Name of the rule.
    pub rule: String,
}

/// Versions to be stored together.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Whose diary.
    pub patient: PatientId,
    /// Who stores them.
    pub actor: String,
    /// The server's clock.
    pub now_ms: i64,
    /// All or none.
    pub whole: bool,
    /// In order.
    pub puts: Vec<Put>,
}

/// What became of one put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Stored, as the first version or on top of one.
    Stored {
        /// Its number.
        n: i64,
        /// Whether there was none before.
        created: bool,
    },
    /// This revision was here already.
    Already {
        /// Its number.
        n: i64,
    },
    /// The condition does not hold.
    Stale {
        /// Number of the current version; none when there is nothing.
        current: Option<i64>,
    },
    /// The id belongs to somebody else's diary.
    NotYours,
}

/// The answer to a [`Commit`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// One verdict a put.
    pub verdicts: Vec<Verdict>,
    /// False when it was to be all or none, and is none.
    pub kept: bool,
}

/// One stored version, read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number: the order of storing.
    pub n: i64,
    /// Its version id.
    pub version: VersionId,
    /// Resource type.
    pub kind: Kind,
    /// Resource id.
    pub id: EntryId,
    /// When it was stored; never less than that of a smaller number.
    pub stored_ms: i64,
    /// When it was authored.
    pub when_ms: i64,
    /// First 16 bytes of the audit chain's head after it was stored.
    pub head: Vec<u8>,
    /// The text as received.
    pub text: Arc<str>,
}

/// One score as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    /// The response it comes from.
    pub response: EntryId,
    /// The score.
    pub score: Score,
    /// Whether it still follows from the response's current version.
    pub stands: bool,
    /// Whether the response was corrected since the score was first derived.
    pub amended: bool,
    /// Number of the response's version that it last followed from.
    pub from: i64,
    /// Number of the response's current version.
    pub n: i64,
    /// Version id of that.
    pub version: VersionId,
    /// When that was stored.
    pub stored_ms: i64,
    /// When the response was authored.
    pub when_ms: i64,
    /// Its place in the order asked for, as of then: the sort's time and the version's number.
    pub place: (i64, i64),
}

/// One red flag as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRow {
    /// Its number.
    pub number: i64,
    /// Whose.
    pub patient: PatientId,
    /// Initials of the patient.
    pub initials: String,
    /// The response.
    pub response: EntryId,
    /// The rule.
    pub rule: String,
    /// When it arrived.
    pub stored_ms: i64,
    /// When it was acknowledged.
    pub acknowledged_ms: Option<i64>,
}

/// A phone's clock that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRow {
    /// Whose phone.
    pub patient: PatientId,
    /// Initials of the patient.
    pub initials: String,
    /// The installation's id.
    pub device: String,
    /// By how much it was ahead of the server's (behind: negative), in milliseconds, when first seen.
    pub ahead_ms: i64,
    /// When it was first seen to be so, by the server's clock.
    pub first_ms: i64,
    /// When it was last seen to be so.
    pub last_ms: i64,
}

impl ClockRow {
    /// Whether a clock that is ahead by so much now is wrong as it was before: no more than it takes a
    /// request to arrive lies between.
    #[must_use]
    pub const fn is_the_same(&self, ahead_ms: i64) -> bool {
        self.ahead_ms.saturating_sub(ahead_ms).saturating_abs() <= interlude_diary::sync::CLOCK_MS
    }
}

/// A phone that wants to be reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Hash of its token.
    pub token: [u8; 32],
    /// Whose diary it reaches.
    pub patient: PatientId,
    /// Address of its subscription at a push service.
    pub endpoint: String,
    /// When, by the clock on its wall.
    pub at: TimeOfDay,
    /// IANA name of its zone.
    pub zone: String,
    /// The last diary day that was seen to.
    pub told: Option<LocalDay>,
    /// How many pushes were taken.
    pub sent: i64,
}

/// One link of an audit chain as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Number in the chain.
    pub seq: i64,
    /// When.
    pub at_ms: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// Version it is about; 0 for none.
    pub n: i64,
    /// Keyed digest of the content; empty for none.
    pub digest: Vec<u8>,
    /// The chain's head after it.
    pub hash: Vec<u8>,
}
