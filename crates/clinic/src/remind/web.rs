//! Push services over HTTP (RFC 8030): a POST without a body.

use std::time::Duration;

use async_trait::async_trait;
use axum::body::Body;
use axum::http::{Request, StatusCode, Uri, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::vapid::Vapid;
use super::{Fate, Pusher};

/// The push services of Chrome and its kin, Firefox, Safari and Edge: a host, or the end of one.
const SERVICES: [&str; 5] = [
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
];
/// Longest address of a subscription.
const LONGEST: usize = 1_000;
/// A reminder that could not be delivered for so many seconds is none any more.
const LIFE_S: &str = "7200";
/// How long a push service may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The push services.
#[derive(Debug)]
pub struct WebPush {
    vapid: Vapid,
    /// Origins that are allowed beside [`SERVICES`].
    others: Vec<String>,
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

impl WebPush {
    /// Over TLS with the machine's own certificate authorities.
    ///
    /// # Errors
    /// When it has none.
    pub fn new(vapid: Vapid, others: Vec<String>) -> std::io::Result<Self> {
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self { vapid, others, client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    /// Sends it; `None` without an answer.
    async fn send(&self, endpoint: &Uri, now_ms: i64) -> Option<Fate> {
        let authorization = self.vapid.authorization(&origin(endpoint)?, now_ms).ok()?;
        let request = Request::post(endpoint)
            .header(header::AUTHORIZATION, authorization)
            .header("ttl", LIFE_S)
            .header("urgency", "normal")
            // One that waits for the phone is replaced by the next.
            .header("topic", "interlude-daily")
            .header(header::CONTENT_LENGTH, "0")
            .body(Body::empty())
            .ok()?;
        let answer = tokio::time::timeout(PATIENCE, self.client.request(request)).await.ok()?.ok()?;
        let wait = answer.headers().get(header::RETRY_AFTER);
        let wait = wait.and_then(|value| value.to_str().ok()?.parse().ok());
        Some(match answer.status() {
            status if status.is_success() => Fate::Taken,
            StatusCode::NOT_FOUND | StatusCode::GONE => Fate::Gone,
            status if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
                Fate::Later(wait)
            }
            status => Fate::Refused(status.as_u16()),
        })
    }
}

#[async_trait]
impl Pusher for WebPush {
    fn key(&self) -> &str {
        self.vapid.key()
    }

    fn takes(&self, endpoint: &str) -> bool {
        let uri = endpoint.parse::<Uri>().ok().filter(|_| endpoint.len() <= LONGEST);
        let Some(uri) = uri else { return false };
        let (Some(origin), Some(authority)) = (origin(&uri), uri.authority()) else { return false };
        if self.others.contains(&origin) {
            return true;
        }
        // No port and no name and password: just the host.
        let host = authority.as_str();
        let known = |service: &str| {
            if service.starts_with('.') { host.ends_with(service) } else { host == service }
        };
        uri.scheme_str() == Some("https") && SERVICES.iter().any(|service| known(service))
    }

    async fn push(&self, endpoint: &str, now_ms: i64) -> Fate {
        let Ok(endpoint) = endpoint.parse() else { return Fate::Gone };
        self.send(&endpoint, now_ms).await.unwrap_or(Fate::Later(None))
    }
}

/// What a word is said to: scheme, host and port.
fn origin(endpoint: &Uri) -> Option<String> {
    Some(format!("{}://{}", endpoint.scheme_str()?, endpoint.authority()?))
}
