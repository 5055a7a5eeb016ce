//! Pairing over HTTP: a code becomes a token, and a token is given back.
//!
//! Nothing of the diary is in these requests.

use std::fmt;

use gloo_net::http::{Request, RequestBuilder};
use interlude_diary::flags::Own;
use interlude_diary::ids::DeviceId;
use interlude_fhir::outcome::erased;
use serde::{Deserialize, Serialize};

use crate::platform::abort::Deadline;

/// Where the app's own server pairs.
const PATH: &str = "/pair";
/// A person waits for this answer.
const PATIENCE_MS: u32 = 20_000;

/// A clinic and the patient it knows: the journal's `Pairing` value, and the answer to a code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairing {
    /// FHIR base address.
    pub base: String,
    /// The bearer token; none once disconnected.
    #[serde(default)]
    pub token: Option<String>,
    /// The patient.
    pub patient: Patient,
    /// The clinic.
    pub clinic: Clinic,
    /// The server's epoch at pairing; empty for a foreign server.
    #[serde(default)]
    pub epoch: String,
    /// Whether requests may be compressed.
    #[serde(default)]
    pub gzip: bool,
    /// Whether the token came from this app's own server, which takes it back.
    #[serde(default = "yes")]
    pub own: bool,
    /// What the person said. Nothing is sent before a yes.
    #[serde(default)]
    pub word: Word,
    /// Whether there ever was a yes: then the journal is this patient's, whatever was said since.
    #[serde(default)]
    pub bound: bool,
}

/// The person's word on a pairing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Not yet asked.
    #[default]
    None,
    /// Yes: entries may be sent.
    Yes,
    /// No, or not any more: the token goes back.
    No,
    /// The last word was the clinic's: it erased this diary. Nothing is sent any more.
    Erased,
}

const fn yes() -> bool {
    true
}

/// The patient as the clinic named them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// FHIR id.
    pub id: String,
    /// Initials; empty when the server gives none.
    #[serde(default)]
    pub initials: String,
}

/// The clinic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinic {
    /// Its name.
    pub name: String,
    /// Its telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// What it says on the cards of red flags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Own>,
}

impl Pairing {
    /// Whether entries may be sent now.
    #[must_use]
    pub const fn live(&self) -> bool {
        matches!(self.word, Word::Yes) && self.token.is_some()
    }

    /// Whether the token is still to be given back.
    #[must_use]
    pub const fn leaving(&self) -> bool {
        matches!(self.word, Word::No) && self.token.is_some()
    }

    /// Whether the consent screen waits for an answer.
    #[must_use]
    pub const fn asks(&self) -> bool {
        matches!(self.word, Word::None) && self.token.is_some()
    }

    /// Whether this is the same patient of the same server.
    #[must_use]
    pub fn same_patient(&self, other: &Self) -> bool {
        self.base == other.base && self.patient.id == other.patient.id
    }
}

/// Written by hand, so that no log ever holds a token.
impl fmt::Debug for Pairing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairing").field("base", &self.base).field("word", &self.word).finish_non_exhaustive()
    }
}

/// Why a code gave no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPaired {
    /// Unknown, used or too old.
    UnknownCode,
    /// Too many tries.
    TooManyTries,
    /// No answer at all.
    NoNetwork,
    /// An answer that is none.
    ServerTrouble,
}

#[derive(Serialize)]
struct Ask<'a> {
    code: &'a str,
    device: DeviceId,
}

/// Redeems a code. The code is used up when the answer is `Ok`.
///
/// # Errors
/// [`NotPaired`] says what to tell the person.
pub async fn redeem(code: &str, device: DeviceId) -> Result<Pairing, NotPaired> {
    let body = serde_json::to_string(&Ask { code, device }).map_err(|_never| NotPaired::ServerTrouble)?;
    let deadline = Deadline::after(PATIENCE_MS);
    let answer = within(Request::post(PATH), deadline.as_ref())
        .header("content-type", "application/json")
        .body(body)
        .map_err(|_never| NotPaired::ServerTrouble)?
        .send()
        .await
        .map_err(|_network| NotPaired::NoNetwork)?;
    match answer.status() {
        200..=299 => {}
        404 | 410 => return Err(NotPaired::UnknownCode),
        429 => return Err(NotPaired::TooManyTries),
        _ => return Err(NotPaired::ServerTrouble),
    }
    let text = answer.text().await.map_err(|_cut| NotPaired::NoNetwork)?;
    serde_json::from_str(&text).map_err(|_other| NotPaired::ServerTrouble)
}

/// Gives a token back. Answers whether the server will not take it any more: it said so, or did
/// not know it.
pub async fn give_back(token: &str) -> bool {
    let deadline = Deadline::after(PATIENCE_MS);
    let request =
        within(Request::delete(PATH), deadline.as_ref()).header("authorization", &format!("Bearer {token}"));
    let Ok(request) = request.build() else { return false };
    matches!(request.send().await, Ok(answer) if matches!(answer.status(), 200..=299 | 401 | 404))
}

/// What the clinic is to do with what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Does {
    /// Erase it.
    Erases,
    /// Keep it.
    Keeps,
}

/// The clinic's word on what it did.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// Erased, or kept.
    pub clinic: Did,
    /// How many stored versions it was about.
    pub records: u64,
    /// When, Unix milliseconds by the server's clock.
    pub at_ms: i64,
    /// Head of the audit chain after it: the clinic can look it up.
    pub mark: String,
}

/// What the clinic did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Did {
    /// Erased it.
    Erased,
    /// Kept it.
    Kept,
}

/// What came of a farewell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// It is done.
    Receipt(Receipt),
    /// The diary was erased there before, perhaps by a farewell whose answer was lost: its words.
    Erased(String),
    /// The clinic does not know this phone any more.
    Ended,
    /// No answer, or none that can be read. What was asked for may be done or not.
    NoAnswer,
}

#[derive(Serialize)]
struct Farewell {
    clinic: Does,
}

/// Leaves the clinic for good; the token is of no use after it.
pub async fn leave(token: &str, does: Does) -> Left {
    let deadline = Deadline::after(PATIENCE_MS);
    let Ok(body) = serde_json::to_string(&Farewell { clinic: does }) else { return Left::NoAnswer };
    let request = within(Request::post("/leave"), deadline.as_ref())
        .header("authorization", &format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(body);
    let Ok(request) = request else { return Left::NoAnswer };
    let Ok(answer) = request.send().await else { return Left::NoAnswer };
    let status = answer.status();
    let Ok(text) = answer.text().await else { return Left::NoAnswer };
    match status {
        200..=299 => serde_json::from_str(&text).map_or(Left::NoAnswer, Left::Receipt),
        401 => erased(&text).map_or(Left::Ended, Left::Erased),
        _ => Left::NoAnswer,
    }
}

/// Whether the server remembers that this browser was paired once. It is not asked of whom.
pub async fn seen() -> bool {
    #[derive(Deserialize)]
    struct Seen {
        seen: bool,
    }
    let deadline = Deadline::after(PATIENCE_MS);
    let Ok(request) = within(Request::get(PATH), deadline.as_ref()).build() else { return false };
    let Ok(answer) = request.send().await else { return false };
    let text = answer.text().await.unwrap_or_default();
    serde_json::from_str(&text).is_ok_and(|seen: Seen| seen.seen)
}

/// The request, given up on when its time is over.
pub(super) fn within(request: RequestBuilder, deadline: Option<&Deadline>) -> RequestBuilder {
    request.abort_signal(deadline.map(Deadline::signal).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"{"token":"secret","base":"https://clinic.example/fhir",
        "patient":{"id":"p1","initials":"A. B."},"clinic":{"name":"North","phone":"555 0142"},
        "epoch":"0000000A","gzip":true,"now":"2026-03-12T07:42:05.120+01:00"}"#;

    #[test]
    fn an_answer_is_not_yet_a_yes() {
        let mut pairing: Pairing = serde_json::from_str(ANSWER).unwrap();
        assert!(!pairing.live());
        assert!(pairing.asks() && !pairing.bound);
        pairing.word = Word::Yes;
        assert!(pairing.live() && !pairing.asks());
        pairing.word = Word::No;
        assert!(!pairing.live() && pairing.leaving());
        pairing.token = None;
        assert!(!pairing.live() && !pairing.leaving());
    }

    #[test]
    fn it_reads_back_as_it_was_kept() {
        let pairing: Pairing = serde_json::from_str(ANSWER).unwrap();
        let kept = serde_json::to_string(&pairing).unwrap();
        assert_eq!(serde_json::from_str::<Pairing>(&kept).unwrap(), pairing);
    }

    #[test]
    fn no_log_holds_the_token() {
        let pairing: Pairing = serde_json::from_str(ANSWER).unwrap();
        assert!(!format!("{pairing:?}").contains("secret"));
    }
}
