//! The router, made of the table of routes.

use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use crate::app::App;
use crate::body::Largest;
use crate::headers;
use crate::problem::Problem;
use crate::routes::{self, Route};
use crate::site;

/// The whole server as one service: it can be served, or called in a test with `oneshot`.
pub fn router(app: App) -> Router {
    let (mut fhir, mut api) = (Router::new(), Router::new());
    for Route { path, largest, handler, .. } in routes::table() {
        let handler = handler.route_layer(Extension(Largest(largest)));
        match path.strip_prefix("/fhir") {
            Some("") => fhir = fhir.route("/", handler),
            // `nest` leaves the base with a slash to the fallback.
            Some("/") | None => api = api.route(&path, handler),
            Some(below) => fhir = fhir.route(below, handler),
        }
    }
    let fhir = fhir.fallback(|| async { Problem::not_found() }).method_not_allowed_fallback(|| async {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", "this is not done here")
    });
    let api = api
        .nest("/fhir", fhir)
        // Layers come in one, the outermost first: each `layer` packs every route once more.
        .layer((from_fn(headers::private), CompressionLayer::new().compress_when(SizeAbove::new(1000))));
    let unharmed = CatchPanicLayer::custom(|_panic| {
        use axum::response::IntoResponse as _;
        tracing::error!("a handler panicked");
        let what = "something is wrong at the clinic";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "exception", what).into_response()
    });
    api.merge(site::files())
        .layer((from_fn(headers::logged), from_fn_with_state(app.clone(), headers::secure), unharmed))
        .with_state(app)
}
