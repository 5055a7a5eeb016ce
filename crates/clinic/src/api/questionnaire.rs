//! The shipped Questionnaires, as the app has them.

use std::path::Path as FilePath;

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::bundle;
use crate::app::App;
use crate::auth::Session;
use crate::body::Form as Fields;
use crate::problem::Problem;
use crate::routes::{Interaction, Route};
use crate::search::{self, Params, Place};
use crate::store::NOW;

/// One shipped form.
#[derive(Debug, Clone)]
pub struct Form {
    id: String,
    head: Head,
    text: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    resource_type: String,
    id: Option<String>,
    url: Option<String>,
    version: Option<String>,
    status: Option<String>,
}

/// The forms in the built app's folder; none where there is no such folder.
#[must_use]
pub fn shipped(site: Option<&FilePath>) -> Vec<Form> {
    let Some(Ok(files)) = site.map(|site| std::fs::read_dir(site.join("questionnaires"))) else {
        return Vec::new();
    };
    let mut forms: Vec<Form> = files
        .filter_map(|file| {
            let path = file.ok()?.path();
            let text = std::fs::read_to_string(&path).ok()?;
            let head: Head = serde_json::from_str(&text).ok()?;
            let name = path.file_stem()?.to_str()?.to_owned();
            let id = head.id.clone().unwrap_or(name);
            (head.resource_type == "Questionnaire").then_some(Form { id, head, text })
        })
        .collect();
    forms.sort_by(|a, b| a.id.cmp(&b.id));
    forms
}

/// Its rows.
pub(crate) fn routes() -> [Route; 3] {
    let on = |what, handler| Route::on("Questionnaire", what, handler);
    [
        on(Interaction::Read, get(read)),
        on(Interaction::Search, get(search)),
        on(Interaction::SearchPost, post(search_post)),
    ]
}

/// `GET Questionnaire/{id}`.
///
/// # Errors
/// Not found.
pub async fn read(
    State(app): State<App>,
    _session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let form = app.forms.iter().find(|form| form.id == id).ok_or_else(Problem::not_found)?;
    Ok(bundle::fhir(form.text.clone()))
}

/// `GET Questionnaire?…`.
///
/// # Errors
/// 400 naming a parameter that is not known.
pub async fn search(
    State(app): State<App>,
    _session: Session,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    found(&app, &headers, &Params::read(query.as_deref().unwrap_or_default())?)
}

/// `POST Questionnaire/_search`.
///
/// # Errors
/// As [`search`].
pub async fn search_post(
    State(app): State<App>,
    _session: Session,
    headers: HeaderMap,
    Fields(form): Fields,
) -> Result<Response, Problem> {
    found(&app, &headers, &Params::read(&form)?)
}

fn found(app: &App, headers: &HeaderMap, params: &Params) -> Result<Response, Problem> {
    params.must_be_of("Questionnaire")?;
    let count = search::count(params)?;
    let is = |name: &str, value: Option<&str>| -> Result<bool, Problem> {
        let value = value.unwrap_or_default();
        Ok(params.one(name)?.is_none_or(|list| list.split(',').any(|one| !one.is_empty() && one == value)))
    };
    let mut found = Vec::new();
    for form in app.forms.iter() {
        let status = form.head.status.as_deref();
        if is("_id", Some(&form.id))?
            && is("url", form.head.url.as_deref())?
            && is("version", form.head.version.as_deref())?
            && (is("status", status)? || is("status", status.map(with_system).as_deref())?)
        {
            found.push(form);
        }
    }
    // Forms are sorted by id, and read once: a page goes on after the last id of the one before.
    let begin = params.after.as_ref().map_or("", |place| place.name.as_str());
    let mut rest = found.into_iter().filter(|form| form.id.as_str() > begin);
    let page: Vec<&Form> = rest.by_ref().take(count).collect();
    let base = bundle::base(app, headers);
    let here = format!("{base}/Questionnaire?{}", params.query());
    let next = page.last().filter(|_| rest.next().is_some());
    let after = |last: &Form| Place { time: 0, n: 0, name: last.id.clone(), as_of: NOW };
    let next = next.map(|last| format!("{base}/Questionnaire?{}", params.next(&after(last))));
    let mut links = vec![("self", here.as_str())];
    links.extend(next.as_deref().map(|next| ("next", next)));
    let mut set = bundle::Set::new("searchset", app.clock.now(), &links);
    for form in page {
        let address = format!("{base}/Questionnaire/{}", form.id);
        set.push(&address, &form.text, ",\"search\":{\"mode\":\"match\"}");
    }
    Ok(bundle::fhir(set.finish()))
}

/// A status as a token with its system.
fn with_system(status: &str) -> String {
    format!("http://hl7.org/fhir/publication-status|{status}")
}
