//! The Patient: initials and an id, nothing more is kept; and whose patient it is.

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use interlude_fhir::organization;

use super::bundle;
use crate::app::App;
use crate::auth::Session;
use crate::body::Form;
use crate::problem::Problem;
use crate::routes::{Interaction, Route};
use crate::search::{self, Params};
use crate::store::Patient;

/// Its rows.
pub(crate) fn routes() -> [Route; 3] {
    let on = |what, handler| Route::on("Patient", what, handler);
    [
        on(Interaction::Read, get(read)),
        on(Interaction::Search, get(search)),
        on(Interaction::SearchPost, post(search_post)),
    ]
}

/// `GET Patient/{id}`.
///
/// # Errors
/// Not found for everybody but the session's own.
pub async fn read(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    session.must_be(&id)?;
    let patient = app.store.patient(&session.patient).await?.ok_or_else(Problem::not_found)?;
    Ok(bundle::fhir(write(&app, &patient)))
}

/// `GET Patient?…`.
///
/// # Errors
/// As [`read`]; 400 for a parameter not known here.
pub async fn search(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    found(&app, &session, &headers, &Params::read(query.as_deref().unwrap_or_default())?).await
}

/// `POST Patient/_search`.
///
/// # Errors
/// As [`search`].
pub async fn search_post(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, Problem> {
    found(&app, &session, &headers, &Params::read(&form)?).await
}

async fn found(
    app: &App,
    session: &Session,
    headers: &HeaderMap,
    params: &Params,
) -> Result<Response, Problem> {
    params.must_be_of("Patient")?;
    // There is never more than one to a page.
    search::count(params)?;
    if let Some(id) = params.one("_id")? {
        let own = id.split(',').find(|one| *one == session.patient.as_str());
        session.must_be(own.unwrap_or_default())?;
    }
    let patient = app.store.patient(&session.patient).await?.ok_or_else(Problem::not_found)?;
    let base = bundle::base(app, headers);
    let link = format!("{base}/Patient?_id={}", patient.id);
    let mut set = bundle::Set::new("searchset", app.clock.now(), &[("self", &link)]);
    set.push(
        &format!("{base}/Patient/{}", patient.id),
        &write(app, &patient),
        ",\"search\":{\"mode\":\"match\"}",
    );
    Ok(bundle::fhir(set.finish()))
}

fn write(app: &App, patient: &Patient) -> String {
    serde_json::json!({
        "resourceType": "Patient",
        "id": patient.id.as_str(),
        "active": true,
        "name": [{ "use": "usual", "text": patient.initials }],
        "managingOrganization": {
            "reference": format!("Organization/{}", organization::ID),
            "display": app.config.clinic_name,
        },
    })
    .to_string()
}
