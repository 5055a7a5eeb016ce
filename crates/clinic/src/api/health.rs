//! Whether the server can do its work.

use axum::extract::State;
use axum::http::{Method, header};
use axum::response::IntoResponse;

use crate::app::App;
use crate::problem::Problem;
use crate::routes::{Means, Route};

/// Its row.
pub(crate) fn route() -> Route {
    Route::other(Method::GET, "/health", Means::Plain, axum::routing::get(get))
}

/// 200 when the store answers and has room, 503 when it does not answer, 507 when it has no room.
///
/// # Errors
/// As the store gives them.
pub async fn get(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    app.store.well().await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], "{\"ok\":true}"))
}
