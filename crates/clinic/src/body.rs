//! Reading a request's body: how much, packed how, and as text.

use std::io::Read as _;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::app::App;
use crate::problem::Problem;

/// Most bytes of a body that its route reads, as sent and as unpacked: [`crate::routes`] says which.
#[derive(Debug, Clone, Copy)]
pub struct Largest(pub usize);

/// What the route that was matched reads. One that says nothing reads nothing.
fn largest(parts: &Parts) -> usize {
    parts.extensions.get::<Largest>().map_or(0, |largest| largest.0)
}

/// A FHIR JSON body as text.
#[derive(Debug)]
pub struct Fhir(pub String);

impl FromRequest<App> for Fhir {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        must_be(&parts.headers, &["application/fhir+json", "application/json"])?;
        held(app, text(app, &parts.headers, body, largest(&parts))).await.map(Self)
    }
}

/// The fields of a form: `POST _search`.
#[derive(Debug)]
pub struct Form(pub String);

impl FromRequest<App> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        must_be(&parts.headers, &["application/x-www-form-urlencoded"])?;
        held(app, text(app, &parts.headers, body, largest(&parts))).await.map(Self)
    }
}

/// Nothing, when the media type is one of these.
///
/// # Errors
/// 415 otherwise. A page of another origin can send plain forms without asking, never JSON.
pub fn must_be(headers: &HeaderMap, types: &[&str]) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let given = given.split(';').next().unwrap_or("").trim();
    if types.iter().any(|known| given.eq_ignore_ascii_case(known)) {
        Ok(())
    } else {
        Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-supported",
            "this media type is not read here",
        ))
    }
}

/// Reads a body when fewer than the most are being read. Only paired phones come this far: strangers
/// cannot use up the places.
async fn held(app: &App, reading: impl Future<Output = Result<String, Problem>>) -> Result<String, Problem> {
    let Ok(_place) = app.bodies.try_acquire() else {
        return Err(Problem::slow_down(1));
    };
    reading.await
}

/// The whole body as text, at most `largest` bytes as sent and as unpacked.
///
/// # Errors
/// 408 when it is not all there in time, 413 when it is larger, 400 when it is no UTF-8 or cannot be unpacked, 415 for another packing.
pub async fn text(app: &App, headers: &HeaderMap, body: Body, largest: usize) -> Result<String, Problem> {
    let said =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > largest) {
        return Err(Problem::too_large());
    }
    // The timer starts when there is something to wait for: a body that is all there needs none.
    let all = tokio::select! {
        biased;
        all = Limited::new(body, largest).collect() => all,
        () = async { tokio::time::sleep(app.config.patience).await } => {
            let what = "the request took too long to arrive";
            return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", what));
        }
    };
    let collected = all.map_err(|error| {
        if error.is::<LengthLimitError>() {
            Problem::too_large()
        } else {
            Problem::bad("incomplete", "the request ended before its end")
        }
    })?;
    let bytes = collected.to_bytes();
    let encoding = headers.get(header::CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase());
    let bytes = match encoding.as_deref() {
        None | Some(b"identity") => Vec::from(bytes),
        Some(b"gzip" | b"x-gzip") => unpack(&bytes, largest)?,
        Some(_) => {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-supported",
                "only gzip is unpacked here",
            ));
        }
    };
    String::from_utf8(bytes).map_err(|_invalid| Problem::bad("structure", "the request is not UTF-8"))
}

/// Unpacks gzip, and stops at `largest`: a small bomb unpacks to gigabytes.
fn unpack(packed: &[u8], largest: usize) -> Result<Vec<u8>, Problem> {
    let limit = u64::try_from(largest).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|_damaged| Problem::bad("structure", "the request cannot be unpacked"))?;
    if bytes.len() > largest { Err(Problem::too_large()) } else { Ok(bytes) }
}
