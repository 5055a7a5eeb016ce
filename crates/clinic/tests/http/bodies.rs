//! Each route reads as much of a body as it needs, and no more.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::StatusCode;
use interlude_clinic::routes::{self, Access, Interaction, Means, Route};
use interlude_fhir::wire::write_entry;

use crate::support::{Answer, Clinic, bundle, check_in};

/// Pieces of one megabyte; asking for more than so many fails the test.
struct Endless(usize);

impl futures_core::Stream for Endless {
    type Item = Result<http_body::Frame<bytes::Bytes>, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        assert!(self.0 > 0, "the server goes on reading");
        self.0 -= 1;
        Poll::Ready(Some(Ok(http_body::Frame::data(vec![b' '; 1_000_000].into()))))
    }
}

async fn send(clinic: &Clinic, route: &Route, body: Body) -> Answer {
    let path = route.path.replace("{id}", &check_in(1, 4).id.to_string()).replace("{version}", "x");
    let kind = match route.means {
        Means::On(_, Interaction::SearchPost) => "application/x-www-form-urlencoded",
        Means::On(..) | Means::Bundle | Means::Statement | Means::Plain => "application/json",
    };
    let bearer = clinic.bearer();
    let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
    clinic.send(route.method.as_str(), &path, &headers, body).await
}

#[tokio::test]
async fn every_route_reads_up_to_its_limit_and_not_one_byte_more() {
    let clinic = Clinic::new().await;
    let reading = |route: &Route| route.largest > 0;
    assert!(routes::table().iter().filter(|route| reading(route)).count() > 8);
    for route in routes::table().iter().filter(|route| reading(route)) {
        let what = format!("{} {}", route.method, route.path);
        let most = send(&clinic, route, vec![b' '; route.largest].into()).await;
        assert_ne!(most.status, StatusCode::PAYLOAD_TOO_LARGE, "{what}");
        let over = send(&clinic, route, vec![b' '; route.largest + 1].into()).await;
        assert_eq!(over.status, StatusCode::PAYLOAD_TOO_LARGE, "{what}");
        let pieces = route.largest / 1_000_000 + 1;
        let endless = Body::new(http_body_util::StreamBody::new(Endless(pieces)));
        assert_eq!(send(&clinic, route, endless).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{what}");
        // Before anybody has shown a token, next to nothing is read.
        assert!(route.access == Access::Paired || route.largest <= 4096, "{what}");
    }
}

#[tokio::test]
async fn a_route_without_a_body_reads_none() {
    let clinic = Clinic::new().await;
    // The token is given back by the last row, which is why it is the last.
    let mut rows = routes::table();
    rows.retain(|route| route.largest == 0);
    rows.sort_by_key(|route| (route.path.as_str(), route.method.as_str()) == ("/pair", "DELETE"));
    for route in rows {
        let unread = Body::new(http_body_util::StreamBody::new(Endless(0)));
        let answer = send(&clinic, &route, unread).await;
        assert_ne!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{} {}", route.method, route.path);
        assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{} {}", route.method, route.path);
    }
}

/// What a PUT would refuse is not let in by way of a Bundle.
#[tokio::test]
async fn a_resource_too_large_is_refused_in_a_bundle_too() {
    let clinic = Clinic::new().await;
    let (small, large) = (check_in(1, 4), check_in(2, 4));
    let texts = [&small, &large].map(|entry| write_entry(entry, clinic.patient.as_str()));
    let padded = texts[1].replacen('{', &format!("{{{}", " ".repeat(routes::RESOURCE)), 1);
    let entries = [(small.id, texts[0].as_str(), "*"), (large.id, padded.as_str(), "*")];
    assert!(bundle("batch", &entries).len() < routes::BUNDLE);
    let answer = clinic.batch("batch", &entries).await;
    assert_eq!(answer.statuses(), ["201 Created", "413 Payload Too Large"]);
}
