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

/// 200 when the store answers, 503 when it does not.
///
/// # Errors
/// As the store gives them.
pub async fn get(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    app.store.epoch().await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], "{\"ok\":true}"))
}
