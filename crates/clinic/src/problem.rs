//! What can go wrong with a request, and how it is said: one conversion to an `OperationOutcome`.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use interlude_diary::calendar::Moment;
use interlude_fhir::outcome::Outcome;
use interlude_fhir::wire::WireError;

use crate::audit;
use crate::store::StoreError;

/// The media type of FHIR JSON.
pub const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json; charset=utf-8");

/// A request that failed. Its words never hold content of a diary.
#[derive(Debug, Clone)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// FHIR issue code.
    pub code: &'static str,
    /// Words for a person.
    pub text: Cow<'static, str>,
    /// Seconds after which it may work.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A failure with words of ours.
    #[must_use]
    pub const fn new(status: StatusCode, code: &'static str, text: &'static str) -> Self {
        Self { status, code, text: Cow::Borrowed(text), retry_after: None }
    }

    /// The request cannot be understood.
    pub fn bad(code: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), ..Self::new(StatusCode::BAD_REQUEST, code, "") }
    }

    /// There is no such thing, or it is somebody else's: the answer is the same.
    #[must_use]
    pub const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "there is no such thing here")
    }

    /// No valid token.
    #[must_use]
    pub const fn sign_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "login", "this phone is not paired with the clinic any more")
    }

    /// A token of a diary that was erased here: said apart from [`sign_in`](Self::sign_in), because
    /// pairing again mends nothing. The words are the erasure's receipt once more.
    #[must_use]
    pub fn erased(at_ms: i64, head: &[u8]) -> Self {
        let at = Moment::new(at_ms, 0);
        let mark = audit::short(head);
        Self {
            text: format!("this diary was erased at the clinic: {at}, mark {mark}").into(),
            ..Self::new(StatusCode::UNAUTHORIZED, "deleted", "")
        }
    }

    /// Too large.
    #[must_use]
    pub const fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", "the request is too large")
    }

    /// Too many requests.
    #[must_use]
    pub fn slow_down(seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "throttled", "too many requests; try again later")
        }
    }

    /// A condition that does not hold.
    #[must_use]
    pub const fn stale() -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "conflict", "another version is current")
    }

    /// As an `OperationOutcome`.
    #[must_use]
    pub fn outcome(&self) -> String {
        Outcome::error(self.code, &self.text).to_json()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::NoChance => {
                tracing::error!(%error, "the store failed");
                Self {
                    retry_after: Some(1),
                    ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "transient", "try again in a moment")
                }
            }
            StoreError::Full => {
                tracing::error!(%error, "the store failed");
                Self {
                    retry_after: Some(60),
                    ..Self::new(
                        StatusCode::INSUFFICIENT_STORAGE,
                        "no-store",
                        "the clinic's store has no room now; nothing was stored, try again later",
                    )
                }
            }
            StoreError::NoSuchPatient => Self::not_found(),
            StoreError::Damaged(_) | StoreError::TooNew { .. } => {
                tracing::error!(%error, "the store failed");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "exception", "something is wrong at the clinic")
            }
        }
    }
}

impl From<WireError> for Problem {
    fn from(error: WireError) -> Self {
        let (status, code) = match &error {
            WireError::NotJson(_) => (StatusCode::BAD_REQUEST, "structure"),
            WireError::OtherResource => (StatusCode::UNPROCESSABLE_ENTITY, "not-supported"),
            WireError::Part(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        };
        Self { text: error.to_string().into(), ..Self::new(status, code, "") }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, [(header::CONTENT_TYPE, FHIR_JSON)], self.outcome()).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
