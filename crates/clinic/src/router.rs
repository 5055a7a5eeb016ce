//! The table of routes.

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use crate::api::{batch, health, metadata, observation, pair, patient, questionnaire, record};
use crate::app::App;
use crate::headers;
use crate::problem::Problem;
use crate::site;
use crate::store::Kind;

/// The whole server as one service: it can be served, or called in a test with `oneshot`.
pub fn router(app: App) -> Router {
    let fhir = Router::new()
        .route("/", post(batch::post))
        .route("/metadata", get(metadata::get))
        .merge(record::routes(Kind::QuestionnaireResponse))
        .merge(record::routes(Kind::Consent))
        .merge(record::routes(Kind::MedicationAdministration))
        .route("/Observation", get(observation::search))
        .route("/Observation/_search", post(observation::search_post))
        .route("/Observation/{id}", get(observation::read))
        .route("/Questionnaire", get(questionnaire::search))
        .route("/Questionnaire/_search", post(questionnaire::search_post))
        .route("/Questionnaire/{id}", get(questionnaire::read))
        .route("/Patient", get(patient::search))
        .route("/Patient/_search", post(patient::search_post))
        .route("/Patient/{id}", get(patient::read))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", "this is not done here")
        });
    let api = Router::new()
        .nest("/fhir", fhir)
        // `nest` leaves the base with a slash to the fallback.
        .route("/fhir/", post(batch::post))
        .route("/pair", get(pair::trace).post(pair::redeem).delete(pair::give_back))
        .route("/health", get(health::get))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(1000)))
        .layer(from_fn(headers::private));
    api.merge(site::routes(&app))
        .layer(CatchPanicLayer::custom(|_panic| {
            use axum::response::IntoResponse as _;
            tracing::error!("a handler panicked");
            let what = "something is wrong at the clinic";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "exception", what).into_response()
        }))
        .layer(from_fn_with_state(app.clone(), headers::secure))
        .layer(from_fn(headers::logged))
        .with_state(app)
}
