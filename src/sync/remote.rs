//! One FHIR base: carries a call there and an answer back.
//!
//! What the answer means is decided in `interlude_fhir::exchange`. No address but the base's is
//! ever asked, so that the token cannot leave for another.

use std::fmt;

use gloo_net::http::{Request, RequestBuilder, Response};
use interlude_fhir::exchange::{Answer, Call};

use super::pairing::Pairing;
use crate::platform::abort::Deadline;
use crate::platform::gzip;

/// Longer than any answer that is still coming on a slow network.
const PATIENCE_MS: u32 = 30_000;
/// Shorter bodies are not worth packing.
const WORTH_PACKING: usize = 1024;
const FHIR_JSON: &str = "application/fhir+json";

/// The server of a pairing.
#[derive(Clone)]
pub struct Remote {
    base: String,
    token: String,
    gzip: bool,
}

/// Written by hand, so that no log ever holds a token.
impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Remote {
    /// The server of a pairing to which entries may be sent; `None` of one that is not live.
    #[must_use]
    pub fn of(pairing: &Pairing) -> Option<Self> {
        let token = pairing.token.clone().filter(|_| pairing.live())?;
        Some(Self { base: pairing.base.trim_end_matches('/').to_owned(), token, gzip: pairing.gzip })
    }

    /// Carries one call. Silence, a cut answer and a time-out are status 0.
    pub async fn carry(&self, call: &Call) -> Answer {
        let Some(url) = self.address(&call.path) else { return Answer::default() };
        self.fetch(&url, call.body.as_deref()).await.unwrap_or_default()
    }

    /// The address of a path; `None` when a next page would lead away from the base.
    fn address(&self, path: &str) -> Option<String> {
        let inside = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?']);
        match path.strip_prefix(&self.base) {
            Some(rest) if inside(rest) => Some(path.to_owned()),
            _ if path.contains("://") || path.starts_with('/') => None,
            _ if path.is_empty() => Some(self.base.clone()),
            _ => Some(format!("{}/{path}", self.base)),
        }
    }

    async fn fetch(&self, url: &str, body: Option<&str>) -> Option<Answer> {
        let deadline = Deadline::after(PATIENCE_MS);
        let signal = deadline.as_ref().map(Deadline::signal);
        let dress = |request: RequestBuilder| {
            request
                .abort_signal(signal.as_ref())
                .header("Accept", FHIR_JSON)
                .header("Authorization", &format!("Bearer {}", self.token))
        };
        let request = match body {
            None => dress(Request::get(url)).build(),
            Some(text) => {
                let post = dress(Request::post(url)).header("Content-Type", FHIR_JSON);
                let packed =
                    if self.gzip && text.len() >= WORTH_PACKING { gzip::pack(text).await } else { None };
                match packed {
                    Some(bytes) => post.header("Content-Encoding", "gzip").body(bytes),
                    None => post.body(text),
                }
            }
        };
        let response = request.ok()?.send().await.ok()?;
        let (status, after_ms) = (response.status(), retry_after(&response));
        let body = response.text().await.ok()?;
        Some(Answer { status, after_ms, body })
    }
}

/// `Retry-After` in seconds, where the browser lets it be read. The form with a date is passed
/// over: it would have to be compared with a clock that may be wrong.
fn retry_after(response: &Response) -> Option<i64> {
    let seconds: i64 = response.headers().get("Retry-After")?.trim().parse().ok()?;
    seconds.checked_mul(1000).filter(|ms| *ms >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_next_page_leads_the_token_away_from_its_base() {
        let remote = Remote { base: "https://a.example/fhir".to_owned(), token: String::new(), gzip: false };
        for (path, address) in [
            ("", Some("https://a.example/fhir")),
            ("Consent?patient=1", Some("https://a.example/fhir/Consent?patient=1")),
            ("https://a.example/fhir?page=2", Some("https://a.example/fhir?page=2")),
            ("https://a.example/fhir/x?page=2", Some("https://a.example/fhir/x?page=2")),
            ("https://a.example/fhirish", None),
            ("https://a.example.evil/fhir", None),
            ("https://evil.example/fhir", None),
            ("//evil.example/fhir", None),
        ] {
            assert_eq!(remote.address(path).as_deref(), address, "{path}");
        }
    }
}
