//! Bundles of requests: `batch`, each for itself, and `transaction`, all or none.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use interlude_diary::calendar::Moment;
use interlude_diary::sync::CLOCK_MS;
use interlude_fhir::bundle::{BundleKind, Request, read_requests};
use interlude_fhir::outcome::Outcome;

use super::reading::Readings;
use super::{bundle, receipt, record};
use crate::app::App;
use crate::auth::Session;
use crate::body::Fhir;
use crate::problem::Problem;
use crate::routes::{self, Means, Route};
use crate::store::{Commit, Kind, Put, Row, Verdict};

/// Its rows: the base with and without a slash.
pub(crate) fn routes() -> [Route; 2] {
    ["/fhir", "/fhir/"].map(|path| {
        let handler = axum::routing::post(post);
        Route::other(Method::POST, path, Means::Bundle, handler).paired().reading(routes::BUNDLE)
    })
}

/// At most so many requests in one Bundle.
const MOST: usize = 500;

/// What one entry of a Bundle came to, before it is written down.
enum Answer {
    Put { verdict: Verdict, kind: Kind, id: String },
    Problem(Problem),
}

/// `POST [base]`.
///
/// # Errors
/// When the Bundle as a whole cannot be done; entries of a batch have problems of their own.
pub async fn post(State(app): State<App>, session: Session, Fhir(text): Fhir) -> Result<Response, Problem> {
    let bundle = read_requests(&text)?;
    if bundle.requests.len() > MOST {
        return Err(Problem::too_large());
    }
    note_clock(&app, &session, bundle.at).await?;
    let whole = bundle.kind == BundleKind::Transaction;
    let mut puts = Vec::with_capacity(bundle.requests.len());
    let mut plan = Vec::with_capacity(bundle.requests.len());
    for request in bundle.requests {
        let prepared = request.map_err(Problem::from).and_then(|request| prepare(&session, &request));
        match prepared {
            Ok(put) => {
                plan.push(Ok((put.kind, put.id.to_string())));
                puts.push(put);
            }
            Err(problem) if whole => return Err(problem),
            Err(problem) => plan.push(Err(problem)),
        }
    }
    if whole {
        once_each(&puts)?;
    }
    let verdicts = store(&app, &session, whole, puts).await?;
    let rows = read_back(&app, &session, &verdicts).await?;
    let mut verdicts = verdicts.into_iter();
    let answers = plan.into_iter().map(|planned| match planned {
        Ok((kind, id)) => verdicts.next().map_or_else(
            || Answer::Problem(Problem::not_found()),
            |verdict| Answer::Put { verdict, kind, id },
        ),
        Err(problem) => Answer::Problem(problem),
    });
    let epoch = app.store.epoch().await?;
    let mut out = format!(
        "{{\"resourceType\":\"Bundle\",\"meta\":{{\"lastUpdated\":\"{}\"}},\"type\":\"{}\"",
        app.clock.now(),
        if whole { "transaction-response" } else { "batch-response" },
    );
    let mut before = ",\"entry\":[";
    for answer in answers {
        out.push_str(before);
        before = ",";
        write(&mut out, &answer, &rows, &epoch, &app.readings);
    }
    out.push_str(if before == "," { "]}" } else { "}" });
    Ok(bundle::fhir(out))
}

/// A phone whose clock is wrong says so with what it sends; the clinic keeps that beside its diary, and
/// changes no time in it.
async fn note_clock(app: &App, session: &Session, at: Option<Moment>) -> Result<(), Problem> {
    let now_ms = app.clock.now_ms();
    let ahead_ms = at.map(|at| at.unix_ms().saturating_sub(now_ms));
    if let Some(ahead_ms) = ahead_ms.filter(|ahead_ms| ahead_ms.abs() > CLOCK_MS) {
        app.store.note_clock(&session.patient, &session.device, now_ms, ahead_ms).await?;
    }
    Ok(())
}

async fn store(app: &App, session: &Session, whole: bool, puts: Vec<Put>) -> Result<Vec<Verdict>, Problem> {
    if puts.is_empty() {
        return Ok(Vec::new());
    }
    let commit = Commit {
        patient: session.patient.clone(),
        actor: session.device.clone(),
        now_ms: app.clock.now_ms(),
        whole,
        puts,
    };
    let committed = app.store.commit(commit).await?;
    if committed.kept {
        return Ok(committed.verdicts);
    }
    let foreign = committed.verdicts.contains(&Verdict::NotYours);
    Err(if foreign { Problem::not_found() } else { Problem::stale() })
}

/// Reads what is on disk now: receipts speak of that.
async fn read_back(
    app: &App,
    session: &Session,
    verdicts: &[Verdict],
) -> Result<BTreeMap<i64, Row>, Problem> {
    let numbers: Vec<i64> = verdicts
        .iter()
        .filter_map(|verdict| match verdict {
            Verdict::Stored { n, .. } | Verdict::Already { n } => Some(*n),
            Verdict::Stale { current } => *current,
            Verdict::NotYours => None,
        })
        .collect();
    if numbers.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = app.store.versions(&session.patient, &numbers).await?;
    Ok(rows.into_iter().map(|row| (row.n, row)).collect())
}

fn once_each(puts: &[Put]) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    if puts.iter().all(|put| seen.insert((put.kind, put.id))) {
        Ok(())
    } else {
        Err(Problem::bad("invalid", "a transaction names each resource once"))
    }
}

fn prepare(session: &Session, request: &Request<'_>) -> Result<Put, Problem> {
    if request.method != "PUT" || request.if_none_exist.is_some() {
        let what = "a Bundle here is made of PUTs";
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", what));
    }
    let (kind, id) = request.url.split_once('/').ok_or_else(Problem::not_found)?;
    let kind = Kind::named(kind).ok_or_else(Problem::not_found)?;
    if !kind.is_put_by_phones() {
        let what = "sessions are written down and planned by the clinic";
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", what));
    }
    let id = id.parse().map_err(|_other| Problem::bad("value", "ids are UUIDs, made on the phone"))?;
    let condition = record::condition(request.if_match.as_deref(), request.if_none_match.as_deref())?;
    let resource = request.resource.as_ref();
    let resource = resource.ok_or_else(|| Problem::bad("required", "a PUT needs its resource"))?;
    record::prepare(session, kind, id, resource, condition)
}

/// Writes one answered entry.
fn write(out: &mut String, answer: &Answer, rows: &BTreeMap<i64, Row>, epoch: &str, readings: &Readings) {
    let (verdict, kind, id) = match answer {
        Answer::Put { verdict, kind, id } => (verdict, kind, id),
        Answer::Problem(problem) => return refused(out, problem),
    };
    let (status, row) = match verdict {
        Verdict::Stored { n, created: true } => ("201 Created", rows.get(n)),
        Verdict::Stored { n, created: false } | Verdict::Already { n } => ("200 OK", rows.get(n)),
        Verdict::Stale { current } => return stale(out, current.and_then(|n| rows.get(&n)), epoch, readings),
        Verdict::NotYours => return refused(out, &Problem::not_found()),
    };
    // Stored, and not there when read: never to be called stored.
    let Some(row) = row else {
        let what = "the clinic's store did not give back what it was given";
        return refused(out, &Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "exception", what));
    };
    let receipt = receipt::of(row, epoch, readings);
    let outcome = Outcome::stored(&receipt);
    let location = format!("{}/{id}/_history/{}", kind.name(), row.version.0);
    out.push_str("{\"response\":{\"status\":\"");
    out.push_str(status);
    out.push_str("\",\"location\":\"");
    out.push_str(&location);
    out.push('"');
    version(out, row);
    out.push_str(",\"outcome\":");
    out.push_str(&outcome.to_json());
    out.push_str("}}");
}

fn version(out: &mut String, row: &Row) {
    out.push_str(",\"etag\":");
    out.push_str(&bundle::quoted(&bundle::etag(&row.version)));
    out.push_str(",\"lastModified\":\"");
    out.push_str(&Moment::new(row.stored_ms, 0).to_string());
    out.push('"');
}

fn refused(out: &mut String, problem: &Problem) {
    out.push_str("{\"response\":{\"status\":\"");
    out.push_str(&status_line(problem.status));
    out.push_str("\",\"outcome\":");
    out.push_str(&problem.outcome());
    out.push_str("}}");
}

/// A stale condition is answered with what is current, so that the phone need not ask.
fn stale(out: &mut String, current: Option<&Row>, epoch: &str, readings: &Readings) {
    let problem = Problem::stale();
    out.push('{');
    if let Some(row) = current
        && let Ok(resource) = receipt::resource(row, epoch, readings)
    {
        out.push_str("\"resource\":");
        out.push_str(&resource);
        out.push(',');
    }
    out.push_str("\"response\":{\"status\":\"");
    out.push_str(&status_line(problem.status));
    out.push('"');
    if let Some(row) = current {
        version(out, row);
    }
    out.push_str(",\"outcome\":");
    out.push_str(&problem.outcome());
    out.push_str("}}");
}

fn status_line(status: StatusCode) -> String {
    format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or_default())
}
