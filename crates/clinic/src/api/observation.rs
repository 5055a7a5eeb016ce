//! Observations: one each score, derived from responses. One narrow row is kept of each; the
//! resource is written anew from the response it follows from.

use std::collections::BTreeMap;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::{get, post};
use interlude_diary::calendar::Moment;
use interlude_fhir::observation::{Observation, derive, write};
use interlude_fhir::wire;

use super::bundle;
use crate::app::App;
use crate::auth::Session;
use crate::body::Form;
use crate::problem::Problem;
use crate::routes::{Interaction, Route};
use crate::search::{self, Params, Place};
use crate::store::{Bounds, Code, NOW, Row, ScoreQuery, ScoreRow, Sort};

/// Its rows.
pub(crate) fn routes() -> [Route; 3] {
    let on = |what, handler| Route::on("Observation", what, handler);
    [
        on(Interaction::Read, get(read)),
        on(Interaction::Search, get(search)),
        on(Interaction::SearchPost, post(search_post)),
    ]
}

/// `GET Observation/{id}`.
///
/// # Errors
/// Not found for everything that is not the session's own.
pub async fn read(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = id.parse().map_err(|_other| Problem::not_found())?;
    let mut query = everything(&session);
    query.ids = Some(vec![id]);
    let rows = app.store.scores(&query).await?;
    let row = rows.first().ok_or_else(Problem::not_found)?;
    let responses = responses(&app, &session, &rows).await?;
    let text = resource(row, &responses, &session)?;
    let answer = bundle::with(bundle::fhir(text), header::ETAG, &bundle::etag(&row.version));
    Ok(bundle::with(answer, header::LAST_MODIFIED, &bundle::http_date(Moment::new(row.stored_ms, 0))))
}

/// `GET Observation?…`.
///
/// # Errors
/// 400 naming a parameter that is not known or not readable.
pub async fn search(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    found(&app, &session, &headers, &Params::read(query.as_deref().unwrap_or_default())?).await
}

/// `POST Observation/_search`.
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

fn everything(session: &Session) -> ScoreQuery {
    ScoreQuery {
        patient: session.patient.clone(),
        ids: None,
        codes: None,
        responses: None,
        when: Bounds::ALL,
        stored: Bounds::ALL,
        sort: Sort { by_when: false, descending: false },
        as_of: NOW,
        after: None,
        limit: 1,
    }
}

async fn found(
    app: &App,
    session: &Session,
    headers: &HeaderMap,
    params: &Params,
) -> Result<Response, Problem> {
    params.must_be_of("Observation")?;
    search::subject(session, params)?;
    let within = |name| {
        let bounds = params.all(name).map(|text| search::bounds(name, text));
        bounds.into_iter().try_fold(Bounds::ALL, |all, one| Ok::<_, Problem>(all.and(one?)))
    };
    let wanted = search::count(params)?;
    let query = ScoreQuery {
        ids: params.one("_id")?.map(|list| list.split(',').filter_map(|id| id.parse().ok()).collect()),
        codes: params.one("code")?.map(codes),
        responses: search::ids(params, "derived-from")?,
        when: within(search::when("Observation"))?,
        stored: within("_lastUpdated")?,
        sort: search::sort(params, search::when("Observation"))?,
        as_of: search::as_of(app, session, params).await?,
        after: params.after.as_ref().map(|place| (place.time, place.n, place.name.clone())),
        limit: wanted.saturating_add(1),
        ..everything(session)
    };
    let mut rows = app.store.scores(&query).await?;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let base = bundle::base(app, headers);
    let here = format!("{base}/Observation?{}", params.query());
    let next = rows.last().filter(|_| more).map(|row| {
        let ((time, n), name) = (row.place, row.score.name.clone());
        format!("{base}/Observation?{}", params.next(&Place { time, n, name, as_of: query.as_of }))
    });
    let mut links = vec![("self", here.as_str())];
    links.extend(next.as_deref().map(|next| ("next", next)));
    let mut set = bundle::Set::new("searchset", app.clock.now(), &links);
    let responses = responses(app, session, &rows).await?;
    for row in &rows {
        let text = resource(row, &responses, session)?;
        set.push(&format!("{base}/Observation/{}", row.score.id), &text, ",\"search\":{\"mode\":\"match\"}");
    }
    Ok(bundle::fhir(set.finish()))
}

fn codes(list: &str) -> Vec<Code> {
    let one = |text: &str| match text.split_once('|') {
        Some((system, code)) => Code { system: Some(system.to_owned()), code: code.to_owned() },
        None => Code { system: None, code: text.to_owned() },
    };
    list.split(',').map(one).collect()
}

/// The versions these scores follow from.
async fn responses(app: &App, session: &Session, rows: &[ScoreRow]) -> Result<BTreeMap<i64, Row>, Problem> {
    let numbers: Vec<i64> = rows.iter().map(|row| row.from).collect();
    let rows = app.store.versions(&session.patient, &numbers).await?;
    Ok(rows.into_iter().map(|row| (row.n, row)).collect())
}

fn resource(row: &ScoreRow, responses: &BTreeMap<i64, Row>, session: &Session) -> Result<String, Problem> {
    let response = responses.get(&row.from).ok_or_else(Problem::not_found)?;
    let entry = wire::read_entry(&response.text)?;
    let derived = derive(&entry, None).into_iter().find(|one| one.score.name == row.score.name);
    let derived = derived.ok_or_else(Problem::not_found)?;
    let status = match (row.stands, row.amended) {
        (false, _) => "entered-in-error",
        (true, true) => "amended",
        (true, false) => "final",
    };
    let text = write(&Observation { status, ..derived }, &entry, session.patient.as_str());
    Ok(wire::with_meta(&text, &row.version, Moment::new(row.stored_ms, 0), None)?)
}
