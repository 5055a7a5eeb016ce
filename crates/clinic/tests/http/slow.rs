//! Bodies that drip, and too many of them at once.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use interlude_clinic::app::Config;
use interlude_clinic::store::MemoryStore;
use interlude_fhir::wire::write_entry;

use crate::support::{Answer, Clinic, check_in};

/// Begins well and never ends.
struct Drip(bool);

impl futures_core::Stream for Drip {
    type Item = Result<http_body::Frame<bytes::Bytes>, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Pending;
        }
        Poll::Ready(Some(Ok(http_body::Frame::data(bytes::Bytes::from_static(b"{")))))
    }
}

fn drip() -> Body {
    Body::new(http_body_util::StreamBody::new(Drip(false)))
}

async fn clinic(patience: Duration, bodies: usize) -> Clinic {
    Clinic::with(MemoryStore::new("EP0CH000"), Config { patience, bodies, ..Config::default() }).await
}

fn refused(answer: &Answer, status: StatusCode) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.json()["resourceType"], "OperationOutcome");
}

#[tokio::test]
async fn a_dripping_body_is_given_up_and_its_place_is_free_again() {
    let clinic = clinic(Duration::ZERO, 1).await;
    let bearer = clinic.bearer();
    let entry = check_in(1, 4);
    let place = format!("/fhir/QuestionnaireResponse/{}", entry.id);
    let json = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
    let form = [("authorization", bearer.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    refused(&clinic.send("PUT", &place, &json, drip()).await, StatusCode::REQUEST_TIMEOUT);
    refused(&clinic.send("POST", "/fhir", &json, drip()).await, StatusCode::REQUEST_TIMEOUT);
    let search = "/fhir/QuestionnaireResponse/_search";
    refused(&clinic.send("POST", search, &form, drip()).await, StatusCode::REQUEST_TIMEOUT);
    let pairing = [("content-type", "application/json")];
    refused(&clinic.send("POST", "/pair", &pairing, drip()).await, StatusCode::REQUEST_TIMEOUT);
    assert_eq!(clinic.app.store.changes(&clinic.patient).await.unwrap(), 0);
    // A body that is all there is read however short the time.
    let stored = clinic.put(&entry, &write_entry(&entry, clinic.patient.as_str()), &[]).await;
    assert_eq!(stored.status, StatusCode::CREATED, "{}", stored.text);
}

#[tokio::test]
async fn only_so_many_bodies_are_read_at_once() {
    let clinic = clinic(Duration::from_mins(1), 1).await;
    let entry = check_in(1, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    let taken = clinic.app.bodies.clone().try_acquire_owned().unwrap();
    refused(&clinic.put(&entry, &text, &[]).await, StatusCode::TOO_MANY_REQUESTS);
    // Strangers are turned away before a place is looked for.
    let json = [("content-type", "application/fhir+json")];
    refused(&clinic.send("POST", "/fhir", &json, drip()).await, StatusCode::UNAUTHORIZED);
    drop(taken);
    assert_eq!(clinic.put(&entry, &text, &[]).await.status, StatusCode::CREATED);
}
