//! Pairing: a code typed once becomes the token of one phone.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::{bundle, organization};
use crate::app::App;
use crate::auth::{Peer, Session};
use crate::body;
use crate::code::Code;
use crate::problem::Problem;
use crate::routes::{self, Means, Route};
use crate::site;

/// Tells a store that was wiped from a phone that never was here.
const TRACE: &str = "interlude-seen";

/// Its rows.
pub(crate) fn routes() -> [Route; 3] {
    let row = |method, handler| Route::other(method, "/pair", Means::Plain, handler);
    [
        row(Method::GET, axum::routing::get(trace)),
        row(Method::POST, axum::routing::post(redeem)).reading(routes::PAIRING),
        row(Method::DELETE, axum::routing::delete(give_back)).paired(),
    ]
}

#[derive(Deserialize)]
struct Ask {
    code: String,
    device: String,
}

/// `POST /pair`.
///
/// # Errors
/// 404 for a code that is unknown, used or too old: one answer for all three. 429 for too many
/// tries.
pub async fn redeem(
    State(app): State<App>,
    peer: Peer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    body::must_be(&headers, &["application/json"])?;
    let now_ms = app.clock.now_ms();
    app.limits.pairing(peer.0, now_ms).map_err(Problem::slow_down)?;
    let text = body::text(&app, &headers, body, routes::PAIRING).await?;
    let unreadable = |_json| Problem::bad("structure", "not a pairing request");
    let ask: Ask = serde_json::from_str(&text).map_err(unreadable)?;
    let unknown =
        || Problem::new(StatusCode::NOT_FOUND, "not-found", "this code is not valid, or not any more");
    let code = Code::read(&ask.code).ok_or_else(unknown)?;
    let device: interlude_diary::ids::DeviceId =
        ask.device.parse().map_err(|_other| Problem::bad("value", "a device id is a UUID"))?;
    let (token, hash) = app.new_token()?;
    let patient = app
        .store
        .redeem(code.hash(&app.config.pepper), hash, &device.to_string(), now_ms)
        .await?
        .ok_or_else(unknown)?;
    app.limits.paired(peer.0);
    tracing::info!("a phone was paired");
    let clinic = organization::of(&app).await?;
    let body = serde_json::json!({
        "token": token,
        "base": bundle::base(&app, &headers),
        "patient": { "id": patient.id.as_str(), "initials": patient.initials },
        "clinic": { "name": clinic.name, "phone": clinic.phone.unwrap_or_default() },
        "epoch": app.store.epoch().await?,
        "gzip": true,
        "now": app.clock.now().to_string(),
    });
    // 400 days is the longest a browser keeps a cookie.
    let cookie = cookie(&app, "1", 34_560_000);
    let response = ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response();
    Ok(bundle::with(response, header::SET_COOKIE, &cookie))
}

/// Takes the trace away: the person erased the diary, nothing was lost.
pub(super) fn no_trace(app: &App) -> String {
    cookie(app, "", 0)
}

fn cookie(app: &App, value: &str, seconds: u32) -> String {
    let secure = if app.config.tls { "; Secure" } else { "" };
    format!("{TRACE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// `DELETE /pair`: the phone gives its token back.
///
/// # Errors
/// As the store gives them.
pub async fn give_back(State(app): State<App>, session: Session) -> Result<StatusCode, Problem> {
    app.revoke(session.token).await?;
    tracing::info!("a phone gave its token back");
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /pair`: whether this browser was paired once. It says nothing of whom. A person who opens
/// this address is shown the app's page of that name.
pub async fn trace(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(site) = app.config.site.as_deref().filter(|_| site::is_navigation(&headers)) {
        return site::page(&app, site, &headers).await;
    }
    let seen = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .any(|pair| pair.trim().strip_prefix(TRACE).is_some_and(|rest| rest.starts_with('=')));
    ([(header::CONTENT_TYPE, "application/json")], format!("{{\"seen\":{seen}}}")).into_response()
}
