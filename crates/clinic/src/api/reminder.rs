//! A phone's reminder: whether there is one, by which push service, at what time.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, post, put};
use interlude_diary::reminder::TimeOfDay;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Session;
use crate::body;
use crate::problem::Problem;
use crate::remind::{Fate, Pusher, plan};
use crate::routes::{self, Means, Route};
use crate::store::Reminder;

/// Its rows.
pub(crate) fn routes() -> [Route; 4] {
    let row = |method, path, handler| Route::other(method, path, Means::Plain, handler).paired();
    [
        row(Method::GET, "/reminder", get(read)),
        row(Method::PUT, "/reminder", put(set)).reading(routes::REMINDER),
        row(Method::DELETE, "/reminder", delete(end)),
        row(Method::POST, "/reminder/test", post(test)),
    ]
}

#[derive(Deserialize)]
struct Wish {
    endpoint: String,
    at: TimeOfDay,
    zone: String,
}

/// This server sends reminders, or has nothing of the kind.
fn pusher(app: &App) -> Result<&dyn Pusher, Problem> {
    app.config.push.as_deref().ok_or_else(Problem::not_found)
}

/// `GET /reminder`: the key to subscribe with, what is set, and how many were sent.
///
/// # Errors
/// 404 where the server sends none.
pub async fn read(State(app): State<App>, session: Session) -> Result<Response, Problem> {
    let pusher = pusher(&app)?;
    let set = app.store.reminder(session.token).await?;
    let sent = set.as_ref().map_or(0, |set| set.sent);
    let set = set.map(|set| serde_json::json!({ "endpoint": set.endpoint, "at": set.at, "zone": set.zone }));
    let said = serde_json::json!({ "key": pusher.key(), "set": set, "sent": sent });
    Ok(([(header::CONTENT_TYPE, "application/json")], said.to_string()).into_response())
}

/// `PUT /reminder`. A time that is just past is for tomorrow.
///
/// # Errors
/// 400 for what is no such wish, 422 for an address of no push service or an unknown zone.
pub async fn set(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    body::must_be(&headers, &["application/json"])?;
    let text = body::text(&app, &headers, body, routes::REMINDER).await?;
    let pusher = pusher(&app)?;
    let unreadable = |_json| Problem::bad("structure", "not a reminder");
    let Wish { endpoint, at, zone } = serde_json::from_str(&text).map_err(unreadable)?;
    let unfit = |text| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "value", text);
    if !pusher.takes(&endpoint) {
        return Err(unfit("this is no push service that is known here"));
    }
    if !plan::knows(&zone) {
        return Err(unfit("this time zone is not known here"));
    }
    let before = app.store.reminder(session.token).await?;
    let told = match before.filter(|before| (before.at, &before.zone) == (at, &zone)) {
        Some(same) => same.told,
        None => plan::time_of(at, &zone, app.clock.now_ms()),
    };
    let Session { token, patient, .. } = session;
    let wish = Reminder { token, patient, endpoint, at, zone, told, sent: 0 };
    if !app.store.set_reminder(&wish).await? {
        return Err(Problem::sign_in());
    }
    tracing::info!("a reminder was set");
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /reminder`: also where there is none.
///
/// # Errors
/// As the store gives them.
pub async fn end(State(app): State<App>, session: Session) -> Result<StatusCode, Problem> {
    app.store.forget_reminder(session.token, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /reminder/test`: one push at once.
///
/// # Errors
/// 404 where none is set, 410 when the push service knows it no more (it is forgotten here too), 502 when
/// the push service does not take it.
pub async fn test(State(app): State<App>, session: Session) -> Result<StatusCode, Problem> {
    let pusher = pusher(&app)?;
    let set = app.store.reminder(session.token).await?.ok_or_else(Problem::not_found)?;
    match pusher.push(&set.endpoint, app.clock.now_ms()).await {
        Fate::Taken => Ok(StatusCode::NO_CONTENT),
        Fate::Gone => {
            app.store.forget_reminder(set.token, Some(&set.endpoint)).await?;
            Err(Problem::new(
                StatusCode::GONE,
                "not-found",
                "the push service does not know this phone any more",
            ))
        }
        Fate::Later(_) | Fate::Refused(_) => {
            Err(Problem::new(StatusCode::BAD_GATEWAY, "transient", "the push service did not take it"))
        }
    }
}
