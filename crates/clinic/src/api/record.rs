//! Resources kept as the text received: `QuestionnaireResponse`, `Consent`, `MedicationAdministration`,
//! `MedicationRequest`.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use interlude_diary::entry::{Entry, VersionId};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_fhir::json::{Node, parse};
use interlude_fhir::wire::{self, WireError};

use super::{bundle, receipt};
use crate::app::App;
use crate::auth::Session;
use crate::body::{Fhir, Form};
use crate::code::hashed;
use crate::derive;
use crate::problem::Problem;
use crate::routes::{self, Interaction, Route};
use crate::search::{self, Params};
use crate::shape;
use crate::store::{Commit, Condition, Kind, Put, Row, Verdict};

/// The rows of one kind. What the clinic itself writes is not put by phones.
pub(crate) fn routes(kind: Kind) -> Vec<Route> {
    let on = |what, handler| Route::on(kind.name(), what, handler);
    let by_get = get(move |state, session, headers, query| search_get(kind, state, session, headers, query));
    let by_post = post(move |state, session, headers, form| search_post(kind, state, session, headers, form));
    let versions = get(move |state, session, headers, path| history(kind, state, session, headers, path));
    let mut routes = vec![
        on(Interaction::Read, get(move |state, session, path| read(kind, state, session, path))),
        on(Interaction::Vread, get(move |state, session, path| vread(kind, state, session, path))),
        on(Interaction::History, versions),
        on(Interaction::Search, by_get),
        on(Interaction::SearchPost, by_post),
    ];
    if kind.is_put_by_phones() {
        routes.push(on(
            Interaction::Update,
            axum::routing::put(move |state, session, path, headers, body| {
                put(kind, state, session, path, headers, body)
            }),
        ));
    }
    routes
}

/// A path's id; anything that cannot be one of ours is not found.
pub(crate) fn entry_id(text: &str) -> Result<EntryId, Problem> {
    text.parse().map_err(|_other| Problem::not_found())
}

async fn read(
    kind: Kind,
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = app.store.current(&session.patient, kind, entry_id(&id)?).await?;
    one(&app, &row.ok_or_else(Problem::not_found)?).await
}

async fn vread(
    kind: Kind,
    State(app): State<App>,
    session: Session,
    Path((id, version)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let rows = app.store.history(&session.patient, kind, entry_id(&id)?).await?;
    let row = rows.into_iter().find(|row| row.version.0 == version);
    one(&app, &row.ok_or_else(Problem::not_found)?).await
}

async fn history(
    kind: Kind,
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let rows = app.store.history(&session.patient, kind, entry_id(&id)?).await?;
    if rows.is_empty() {
        return Err(Problem::not_found());
    }
    let (base, epoch) = (bundle::base(&app, &headers), app.store.epoch().await?);
    let link = format!("{base}/{}/{id}/_history", kind.name());
    let mut set = bundle::Set::new("history", app.clock.now(), &[("self", &link)]);
    let last = rows.len().saturating_sub(1);
    for (at, row) in rows.iter().enumerate() {
        let status = if at == last { "201 Created" } else { "200 OK" };
        let said = format!(
            ",\"request\":{{\"method\":\"PUT\",\"url\":\"{0}/{id}\"}},\"response\":{{\"status\":\"{status}\",\"etag\":{1}}}",
            kind.name(),
            bundle::quoted(&bundle::etag(&row.version)),
        );
        set.push(
            &format!("{base}/{}/{id}", kind.name()),
            &receipt::resource(row, &epoch, &app.readings)?,
            &said,
        );
    }
    Ok(bundle::fhir(set.finish()))
}

/// One resource with its headers.
async fn one(app: &App, row: &Row) -> Result<Response, Problem> {
    let epoch = app.store.epoch().await?;
    let body = bundle::fhir(receipt::resource(row, &epoch, &app.readings)?);
    let stored = interlude_diary::calendar::Moment::new(row.stored_ms, 0);
    let body = bundle::with(body, header::ETAG, &bundle::etag(&row.version));
    Ok(bundle::with(body, header::LAST_MODIFIED, &bundle::http_date(stored)))
}

async fn put(
    kind: Kind,
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    headers: HeaderMap,
    Fhir(text): Fhir,
) -> Result<Response, Problem> {
    let said = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let condition = condition(said(header::IF_MATCH), said(header::IF_NONE_MATCH))?;
    let id = id.parse().map_err(|_other| Problem::bad("value", "ids are UUIDs, made on the phone"))?;
    let put = prepare(&session, kind, id, &parse(&text).map_err(WireError::from)?, condition)?;
    let commit = Commit {
        patient: session.patient.clone(),
        actor: session.device,
        now_ms: app.clock.now_ms(),
        whole: false,
        puts: vec![put],
    };
    let committed = app.store.commit(commit).await?;
    let (n, status) = match committed.verdicts.first() {
        Some(Verdict::Stored { n, created: true }) => (*n, StatusCode::CREATED),
        Some(Verdict::Stored { n, created: false } | Verdict::Already { n }) => (*n, StatusCode::OK),
        Some(Verdict::Stale { current: Some(_) | None }) => return Err(Problem::stale()),
        Some(Verdict::NotYours) | None => return Err(Problem::not_found()),
    };
    let row = app.store.versions(&session.patient, &[n]).await?.into_iter().next();
    let row = row.ok_or_else(Problem::not_found)?;
    let place = format!("{}/{}/{id}/_history/{}", bundle::base(&app, &headers), kind.name(), row.version.0);
    let answer = one(&app, &row).await?;
    Ok((status, bundle::with(answer, header::LOCATION, &place)).into_response())
}

/// The condition in `If-Match` and `If-None-Match`.
pub(crate) fn condition(if_match: Option<&str>, if_none_match: Option<&str>) -> Result<Condition, Problem> {
    match (if_match, if_none_match) {
        (None, None) => Ok(Condition::None),
        (None, Some("*")) => Ok(Condition::Absent),
        (Some(tag), None) => {
            let bare = tag.trim();
            let bare = bare.strip_prefix("W/").unwrap_or(bare);
            let bare = bare.strip_prefix('"').and_then(|bare| bare.strip_suffix('"')).unwrap_or(bare);
            Ok(Condition::Match(VersionId(bare.to_owned())))
        }
        (Some(_), Some(_)) | (None, Some(_)) => {
            Err(Problem::bad("value", "a put takes If-Match with a version, or If-None-Match: *"))
        }
    }
}

/// Checks a text and makes of it what the store is asked to keep.
///
/// # Errors
/// 413 when it is too large, alone or in a Bundle; 400 or 422 naming what is wrong with it; 404 when
/// it is about another patient.
pub(crate) fn prepare(
    session: &Session,
    kind: Kind,
    id: EntryId,
    resource: &Node<'_>,
    condition: Condition,
) -> Result<Put, Problem> {
    if resource.raw().len() > routes::RESOURCE {
        return Err(Problem::too_large());
    }
    let received = wire::read_node(resource)?;
    // A name that R4 does not have is a mistake of the sender's; extensions are the way to say more.
    wire::strict(resource)?;
    shape::check(resource)?;
    if received.kind != kind.name() {
        return Err(Problem::bad("invalid", "the resource is of another type than its address"));
    }
    let entry = received.entry;
    if entry.id != id || received.resource_id != id.to_string() {
        return Err(Problem::bad("invalid", "the resource has another id than its address"));
    }
    // FHIR lets it be absent; an entry of a diary without its time would be misdated.
    let when = if kind == Kind::Consent { "dateTime" } else { "authored" };
    if resource.str(when).is_none() {
        return Err(WireError::Part(when).into());
    }
    session.must_be(received.patient.as_deref().unwrap_or_default())?;
    let questionnaire = entry.response().map(|response| response.questionnaire.clone()).unwrap_or_default();
    Ok(Put {
        kind,
        id,
        revision: revision(&entry, resource.raw()),
        condition,
        scores: derive::scores(&entry),
        flags: derive::red_flags(&entry),
        questionnaire,
        when_ms: entry.authored.unix_ms(),
        text: resource.raw().to_owned(),
    })
}

/// The revision a text names. One that names none, from another client, is known by its content:
/// the same again is a repetition, anything else a new version.
fn revision(entry: &Entry, text: &str) -> RevisionId {
    if text.contains("/StructureDefinition/revision\"") {
        return entry.revision;
    }
    let hash = hashed(&[b"revision", text.as_bytes()]);
    let bytes = hash.first_chunk().copied().unwrap_or_default();
    RevisionId::new(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

async fn search_get(
    kind: Kind,
    state: State<App>,
    session: Session,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let params = Params::read(query.as_deref().unwrap_or_default())?;
    search::records(kind, &state.0, &session, &headers, params).await
}

async fn search_post(
    kind: Kind,
    state: State<App>,
    session: Session,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, Problem> {
    search::records(kind, &state.0, &session, &headers, Params::read(&form)?).await
}
