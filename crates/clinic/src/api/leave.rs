//! A phone leaves for good: the clinic erases the diary or keeps it, as the person says, and answers
//! with a receipt.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::{bundle, pair};
use crate::app::App;
use crate::audit::{self, Action};
use crate::auth::Session;
use crate::body;
use crate::problem::Problem;
use crate::routes::{self, Means, Route};

/// Its row.
pub(crate) fn route() -> Route {
    Route::other(Method::POST, "/leave", Means::Plain, axum::routing::post(leave))
        .paired()
        .reading(routes::LEAVING)
}

#[derive(Deserialize)]
struct Farewell {
    clinic: Does,
}

/// What the clinic does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Does {
    /// Erases the diary: every version, score and flag, and the access of every phone.
    Erases,
    /// Keeps it. The access of this phone ends.
    Keeps,
}

/// `POST /leave`: on an answer the thing is done, and on disk.
///
/// Its mark is the head of the audit chain after it. Asked again, the token is not known any more: of an erased diary the refusal says
/// when and with which mark.
///
/// # Errors
/// As the ledger or the store gives them: then nothing was done, or it is done at the next try.
pub async fn leave(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    body::must_be(&headers, &["application/json"])?;
    let text = body::text(&app, &headers, body, routes::LEAVING).await?;
    let unreadable = |_json| Problem::bad("structure", "not a farewell");
    let Farewell { clinic } = serde_json::from_str(&text).map_err(unreadable)?;
    let records = app.store.numbers(&session.patient).await?.len();
    let did = match clinic {
        Does::Erases => {
            app.erase(&session.patient, &session.device).await?;
            tracing::info!("a diary was erased by its phone");
            "erased"
        }
        Does::Keeps => {
            let now_ms = app.clock.now_ms();
            app.store.note(&session.patient, Action::Kept, &session.device, now_ms).await?;
            app.revoke(session.token).await?;
            tracing::info!("a phone left; its diary is kept");
            "kept"
        }
    };
    let (links, head) = app.store.chain(&session.patient).await?;
    let at = links.last().map_or_else(|| app.clock.now_ms(), |link| link.at_ms);
    let receipt = serde_json::json!({
        "clinic": did,
        "records": records,
        "at": interlude_diary::calendar::Moment::new(at, 0).to_string(),
        "at_ms": at,
        "mark": audit::short(&head),
    });
    let response = ([(header::CONTENT_TYPE, "application/json")], receipt.to_string()).into_response();
    Ok(bundle::with(response, header::SET_COOKIE, &pair::no_trace(&app)))
}
