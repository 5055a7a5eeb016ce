//! What a backup file holds, once opened.

use std::collections::BTreeSet;

use interlude_diary::calendar::Moment;
use interlude_diary::entry::Entry;
use interlude_diary::ids::RevisionId;
use interlude_diary::journal::{Filed, Mark};
use interlude_diary::occasion::Draft;
use serde::{Deserialize, Serialize};

use crate::digest::digest;

/// The format written here.
const FORMAT: u32 = 1;

/// A whole diary. No token is in it, nor the id of the phone but in the entries it made: a file is
/// no second phone of the same name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// The format of all this.
    #[serde(rename = "interlude-backup")]
    format: u32,
    /// When it was made, on the clock of the phone that made it.
    pub made: Moment,
    /// Whose diary it is, where a clinic was agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// Every revision of every entry, in the order of that phone's journal.
    pub revisions: Vec<Brought>,
    /// Answers to forms that are not done.
    #[serde(default)]
    pub drafts: Vec<Draft>,
    /// The person's settings, as the journal keeps them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<String>,
    /// The person's own questions, as the journal keeps them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    /// What the person adds to the doctor's page, as the journal keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

/// The patient that a diary belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// FHIR base address of the clinic.
    pub base: String,
    /// FHIR id of the patient there.
    pub patient: String,
    /// Initials; empty where the clinic gave none.
    #[serde(default)]
    pub initials: String,
    /// The clinic's name.
    pub clinic: String,
    /// The clinic's number, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether it is this app's own server.
    pub own: bool,
}

/// One revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brought {
    /// What it says.
    #[serde(rename = "e")]
    pub entry: Entry,
    /// Of one that came down: the text as received.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// The server's word on it, if there was one.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<Filed>,
    /// Whether it stays on the phone by the person's choice.
    #[serde(rename = "s", default, skip_serializing_if = "std::ops::Not::not")]
    pub stays: bool,
}

/// Why opened bytes are no diary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A newer app made it.
    #[error("contents of format {found}, from a newer app")]
    Newer {
        /// Its format.
        found: u32,
    },
    /// Not what this app writes.
    #[error("contents that cannot be read")]
    Damaged,
}

/// What is asked of contents before all else.
#[derive(Deserialize)]
struct Format {
    #[serde(rename = "interlude-backup")]
    format: u32,
}

impl Contents {
    /// Contents with nothing in them.
    #[must_use]
    pub const fn new(made: Moment) -> Self {
        Self {
            format: FORMAT,
            made,
            bound: None,
            revisions: Vec::new(),
            drafts: Vec::new(),
            settings: None,
            own: None,
            sheet: None,
        }
    }

    /// The bytes to be sealed.
    ///
    /// # Errors
    /// [`Unreadable::Damaged`] when something in it cannot be written, which no entry does.
    pub fn write(&self) -> Result<Vec<u8>, Unreadable> {
        serde_json::to_vec(self).map_err(|_never| Unreadable::Damaged)
    }

    /// Reads opened bytes. Of a revision that stands there twice the first counts; a receipt that is
    /// not about what stands there is left out, so that the clinic is asked again.
    ///
    /// # Errors
    /// [`Unreadable`] says what to tell the person.
    pub fn read(plain: &[u8]) -> Result<Self, Unreadable> {
        let damaged = |_json| Unreadable::Damaged;
        let Format { format } = serde_json::from_slice(plain).map_err(damaged)?;
        if format > FORMAT {
            return Err(Unreadable::Newer { found: format });
        }
        let mut contents: Self = serde_json::from_slice(plain).map_err(damaged)?;
        let mut seen: BTreeSet<RevisionId> = BTreeSet::new();
        contents.revisions.retain(|one| seen.insert(one.entry.revision));
        for one in &mut contents.revisions {
            let entry = &one.entry;
            one.filed = one.filed.take().filter(|filed| about(filed, entry));
        }
        Ok(contents)
    }

    /// What is filed in a journal so that all of it is there.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        let mark = |one: &Brought| Mark::Brought {
            entry: Box::new(one.entry.clone()),
            received: one.received.clone(),
            filed: one.filed.clone(),
            stays: one.stays,
        };
        self.revisions.iter().map(mark).collect()
    }

    /// Whether this is another patient's diary than `here`.
    #[must_use]
    pub fn of_another(&self, here: Option<(&str, &str)>) -> bool {
        let there = self.bound.as_ref().map(|bound| (bound.base.as_str(), bound.patient.as_str()));
        matches!((here, there), (Some(here), Some(there)) if here != there)
    }
}

/// Whether a receipt may stand beside this revision: it names it, and where it says that the clinic
/// holds the same, it is of the same.
fn about(filed: &Filed, entry: &Entry) -> bool {
    let same = || filed.receipt.digest.is_none_or(|there| there == digest(entry));
    filed.receipt.revision == entry.revision && (filed.changed || same())
}
