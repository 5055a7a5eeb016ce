//! The clinic asked about itself: its number, and its words on the cards of red flags.
//!
//! By FHIR: the patient's managing organization, on our server and on any other.

use interlude_fhir::exchange::{Answer, Call};
use interlude_fhir::organization;
use serde::{Deserialize, Serialize};

use super::pairing::{Clinic, Pairing};
use super::remote::Remote;

/// What a clinic said of itself: the journal's `Clinic` value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Base address of the server that said it.
    pub base: String,
    /// The patient it was said to.
    pub patient: String,
    /// What it said.
    pub clinic: Clinic,
    /// When it was asked, by this phone's clock in milliseconds since 1970; 0 where that was not kept.
    #[serde(default)]
    pub asked_ms: i64,
}

impl Told {
    /// Whether it is of this pairing.
    #[must_use]
    pub fn is_of(&self, pairing: &Pairing) -> bool {
        self.base == pairing.base && self.patient == pairing.patient.id
    }

    /// Whether it was said just now: an app that is opened again and again does not ask each time.
    #[must_use]
    pub const fn is_new(&self, now_ms: i64) -> bool {
        now_ms.saturating_sub(self.asked_ms).abs() < NEW_MS
    }
}

/// How long what it said is not asked for again when the app is opened anew: a quarter of an hour.
const NEW_MS: i64 = 15 * 60_000;

/// There was no answer; asked again later there may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent;

/// Asks the clinic of a pairing, at `now_ms`. `None` where it says nothing of itself.
///
/// # Errors
/// [`Silent`] without an answer.
pub async fn ask(remote: &Remote, pairing: &Pairing, now_ms: i64) -> Result<Option<Told>, Silent> {
    let get = |path: String| async move { remote.carry(&Call { path, body: None }).await };
    let patient = said(get(format!("Patient/{}", pairing.patient.id)).await)?;
    let at = patient.and_then(|text| organization::managing(&text).ok().flatten());
    let Some(at) = at else { return Ok(None) };
    let read = said(get(at).await)?.and_then(|text| organization::read(&text).ok());
    Ok(read.map(|read| Told {
        base: pairing.base.clone(),
        patient: pairing.patient.id.clone(),
        clinic: Clinic {
            name: if read.name.is_empty() { pairing.clinic.name.clone() } else { read.name },
            phone: read.phone,
            cards: read.cards,
        },
        asked_ms: now_ms,
    }))
}

fn said(answer: Answer) -> Result<Option<String>, Silent> {
    match answer.status {
        0 => Err(Silent),
        200..=299 => Ok(Some(answer.body)),
        _ => Ok(None),
    }
}
