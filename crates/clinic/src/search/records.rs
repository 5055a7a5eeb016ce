//! Searching resources kept as text.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use interlude_diary::entry::Receipt;
use interlude_diary::ids::EntryId;

use super::table::{LARGEST_PAGE, PAGE};
use super::{Params, Place, bounds, when};
use crate::api::{bundle, receipt};
use crate::app::App;
use crate::audit;
use crate::auth::Session;
use crate::code::hashed;
use crate::problem::Problem;
use crate::store::{Bounds, Kind, NOW, Query, Row, Sort};

/// Answers a search of one kind.
///
/// # Errors
/// 400 naming the parameter that is not known or not readable, 404 for another patient.
pub async fn records(
    kind: Kind,
    app: &App,
    session: &Session,
    headers: &HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let mut query = query(kind, session, &params)?;
    query.as_of = as_of(app, session, &params).await?;
    let lean = lean(&params)?;
    let epoch = app.store.epoch().await?;
    let wanted = query.limit;
    let (rows, tag) = if lean && params.after.is_none() {
        query.limit = usize::MAX;
        let rows = with_receipts(app, &query, &epoch).await?;
        let tag = list_tag(&rows, &epoch);
        let had = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if had.is_some_and(|had| had.split(',').any(|one| one.trim() == tag)) {
            let response = StatusCode::NOT_MODIFIED.into_response();
            return Ok(bundle::with(response, header::ETAG, &tag));
        }
        (rows, Some(tag))
    } else {
        query.limit = wanted.saturating_add(1);
        (with_receipts(app, &query, &epoch).await?, None)
    };
    let more = rows.len() > wanted;
    let rows = rows.get(..wanted).unwrap_or(&rows);

    let base = bundle::base(app, headers);
    let here = format!("{base}/{}?{}", kind.name(), params.query());
    let next = rows.last().filter(|_| more).map(|Seen { row, .. }| {
        let time = if query.sort.by_when { row.when_ms } else { row.stored_ms };
        format!(
            "{base}/{}?{}",
            kind.name(),
            params.next(&Place { time, n: row.n, name: String::new(), as_of: query.as_of })
        )
    });
    let mut links = vec![("self", here.as_str())];
    links.extend(next.as_deref().map(|next| ("next", next)));
    let mut set = bundle::Set::of_epoch("searchset", app.clock.now(), &epoch, &links);
    for Seen { row, receipt, parts } in rows {
        let resource = if lean { receipt::lean(row, receipt, parts) } else { receipt::whole(row, receipt)? };
        set.push(
            &format!("{base}/{}/{}", kind.name(), row.id),
            &resource,
            ",\"search\":{\"mode\":\"match\"}",
        );
    }
    let response = bundle::fhir(set.finish());
    Ok(match tag {
        Some(tag) => bundle::with(response, header::ETAG, &tag),
        None => response,
    })
}

/// A row that was found, its receipt, and what a lean list shows of it.
struct Seen {
    row: Row,
    receipt: Receipt,
    parts: Arc<str>,
}

/// The rows of a search, each hashed again.
async fn with_receipts(app: &App, query: &Query, epoch: &str) -> Result<Vec<Seen>, Problem> {
    let seen = |row| {
        let (receipt, parts) = receipt::with_parts(&row, epoch, &app.readings);
        Seen { row, receipt, parts }
    };
    Ok(app.store.search(query).await?.into_iter().map(seen).collect())
}

/// The tag of a whole list, all its pages: what the rows say now, so that "nothing changed" is said
/// of what is on disk and not of what was once written there.
fn list_tag(rows: &[Seen], epoch: &str) -> String {
    let mut hash = hashed(&[b"interlude-list-1", epoch.as_bytes()]);
    for Seen { row, receipt, .. } in rows {
        let digest = receipt.digest.map(|digest| *digest.bytes()).unwrap_or_default();
        hash = hashed(&[&hash, row.version.0.as_bytes(), &digest]);
    }
    format!("W/\"{}\"", audit::short(&hash))
}

fn query(kind: Kind, session: &Session, params: &Params) -> Result<Query, Problem> {
    params.must_be_of(kind.name())?;
    let when = when(kind.name());
    subject(session, params)?;
    let within = |name| {
        params.all(name).try_fold(Bounds::ALL, |all, text| Ok::<_, Problem>(all.and(bounds(name, text)?)))
    };
    let after = params.after.as_ref().map(|place| (place.time, place.n));
    Ok(Query {
        patient: session.patient.clone(),
        kind,
        ids: ids(params, "_id")?,
        questionnaires: params
            .one("questionnaire")?
            .map(|list| list.split(',').map(|one| one.replace("\\,", ",")).collect()),
        when: within(when)?,
        stored: within("_lastUpdated")?,
        sort: sort(params, when)?,
        as_of: NOW,
        after,
        limit: count(params)?,
    })
}

/// The moment a search is of: all its pages are of that of the first, so that what is corrected
/// meanwhile is neither missed nor met twice.
pub(crate) async fn as_of(app: &App, session: &Session, params: &Params) -> Result<i64, Problem> {
    match &params.after {
        Some(place) => Ok(place.as_of),
        None => Ok(app.store.changes(&session.patient).await?),
    }
}

/// The patient named must be the session's own; none named means that.
pub(crate) fn subject(session: &Session, params: &Params) -> Result<(), Problem> {
    for value in params.all("subject").chain(params.all("patient")) {
        session.must_be(value.rsplit('/').next().unwrap_or(value))?;
    }
    Ok(())
}

/// The ids listed; one that cannot be ours matches nothing.
pub(crate) fn ids(params: &Params, name: &str) -> Result<Option<Vec<EntryId>>, Problem> {
    let list = params.one(name)?;
    let bare = |one: &str| one.rsplit('/').next().and_then(|id| id.trim().parse().ok());
    Ok(list.map(|list| list.split(',').filter_map(bare).collect()))
}

/// The order asked for: by the stored time, or by `when`.
pub(crate) fn sort(params: &Params, when: &str) -> Result<Sort, Problem> {
    let text = params.one("_sort")?.unwrap_or("_lastUpdated");
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    if name == "_lastUpdated" {
        Ok(Sort { by_when: false, descending })
    } else if name == when {
        Ok(Sort { by_when: true, descending })
    } else {
        Err(Problem::bad("value", format!("_sort: only _lastUpdated or {when}")))
    }
}

/// Results a page.
pub(crate) fn count(params: &Params) -> Result<usize, Problem> {
    let Some(text) = params.one("_count")? else { return Ok(PAGE) };
    let count: usize = text.parse().map_err(|_digits| Problem::bad("value", "_count: not a number"))?;
    if count == 0 { Err(Problem::bad("value", "_count: at least 1")) } else { Ok(count.min(LARGEST_PAGE)) }
}

fn lean(params: &Params) -> Result<bool, Problem> {
    let Some(text) = params.one("_elements")? else { return Ok(false) };
    let mut names: Vec<&str> = text.split(',').map(str::trim).collect();
    names.sort_unstable();
    if names == ["id", "meta"] {
        Ok(true)
    } else {
        Err(Problem::bad("not-supported", "_elements: only id,meta"))
    }
}
