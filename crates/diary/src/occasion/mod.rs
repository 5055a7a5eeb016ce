//! One planned opening of a questionnaire, and the draft of answers to it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::{LocalDay, Moment};
use crate::ids::{EntryId, RevisionId};
use crate::questionnaire::{Answers, Slot};

/// The text is not an occasion key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an occasion key of the form series/rule/ordinal/slot")]
pub struct NotAKey;

/// Names one occasion for good: (series, rule, ordinal, slot). Two phones that plan the same
/// occasion name it alike, so that two answers to it are seen to be two answers to it.
///
/// Written `series/rule/ordinal/slot`, such as `0/daily/20524/day` or `2/peg/3/-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccasionKey {
    /// Number of the infusion series, from 1; 0 for what belongs to none, like the daily check-in.
    pub series: u16,
    /// Name of the schedule's rule: lower-case letters, digits and hyphens.
    pub rule: String,
    /// Which one of the rule's windows; for daily rules the diary day's number since 1970-01-01.
    pub ordinal: i32,
    /// Part of the day (`day`, `evening`) or `-`.
    pub slot: String,
}

impl OccasionKey {
    /// The daily check-in about `day`.
    #[must_use]
    pub fn daily(day: LocalDay) -> Self {
        Self { series: 0, rule: "daily".to_owned(), ordinal: day.number(), slot: "day".to_owned() }
    }
}

impl fmt::Display for OccasionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", self.series, self.rule, self.ordinal, self.slot)
    }
}

impl FromStr for OccasionKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let word = |w: &str| {
            !w.is_empty()
                && w.len() <= 32
                && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        // One spelling a number: what parses and is not written so was printed by somebody else.
        let plain = |number: &str| {
            let digits = number.strip_prefix('-').unwrap_or(number);
            number == "0" || digits.starts_with(|c: char| matches!(c, '1'..='9'))
        };
        let mut parts = text.split('/');
        let (Some(series), Some(rule), Some(ordinal), Some(slot), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAKey);
        };
        if !(plain(series) && plain(ordinal) && word(rule) && word(slot)) {
            return Err(NotAKey);
        }
        Ok(Self {
            series: series.parse().map_err(|_digits| NotAKey)?,
            rule: rule.to_owned(),
            ordinal: ordinal.parse().map_err(|_digits| NotAKey)?,
            slot: slot.to_owned(),
        })
    }
}

impl Serialize for OccasionKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for OccasionKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

/// What a draft is a draft of. One draft each, across tabs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DraftKey {
    /// An answer to an occasion.
    #[serde(rename = "o")]
    Occasion(OccasionKey),
    /// An unscheduled answer to this questionnaire (`url|version`).
    #[serde(rename = "u")]
    Unscheduled(String),
    /// A correction of this entry.
    #[serde(rename = "c")]
    Correction(EntryId),
}

impl DraftKey {
    /// Its JSON, as serde writes it: the text that a store makes the draft's name of. Made by hand,
    /// because the first question needs it and nothing else of a JSON writer.
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::Occasion(key) => format!("{{\"o\":\"{key}\"}}"),
            Self::Unscheduled(canonical) => format!("{{\"u\":{}}}", quoted(canonical)),
            Self::Correction(id) => format!("{{\"c\":\"{id}\"}}"),
        }
    }
}

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Answers so far. Stored at every tap, by compare-and-set on `version`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The entry it will become: made when the form opened, so that a retry cannot double it. For
    /// a correction, the entry corrected.
    pub id: EntryId,
    /// What it is a draft of.
    pub key: DraftKey,
    /// `url|version` of the form.
    pub questionnaire: String,
    /// The day the answers are about, fixed when the form opened.
    pub day: LocalDay,
    /// When the form opened.
    pub opened: Moment,
    /// IANA zone name when it was first stored.
    pub zone: String,
    /// The answers.
    pub answers: Answers,
    /// The question on screen when it was last stored.
    pub at: Option<Slot>,
    /// Whether only the short part is asked ("Only pain today").
    pub short: bool,
    /// For a correction: the revision it starts from.
    pub parent: Option<RevisionId>,
    /// Counts stores of this draft; 0 before the first.
    pub version: u32,
}
