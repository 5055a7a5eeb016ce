//! The shipped Questionnaires, as the app has them.

use std::path::Path as FilePath;

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::bundle;
use crate::app::App;
use crate::auth::Session;
use crate::body::Form as Fields;
use crate::problem::Problem;
use crate::search::Params;

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
    params.only(&["_id", "url", "version", "status", "_count", "_format"])?;
    let is = |name: &str, value: Option<&str>| -> Result<bool, Problem> {
        Ok(params.one(name)?.is_none_or(|list| list.split(',').any(|one| Some(one) == value)))
    };
    let base = bundle::base(app, headers);
    let link = format!("{base}/Questionnaire?{}", params.query());
    let mut set = bundle::Set::new("searchset", app.clock.now(), &[("self", &link)]);
    for form in app.forms.iter() {
        if is("_id", Some(&form.id))?
            && is("url", form.head.url.as_deref())?
            && is("version", form.head.version.as_deref())?
            && is("status", form.head.status.as_deref())?
        {
            let address = format!("{base}/Questionnaire/{}", form.id);
            set.push(&address, &form.text, ",\"search\":{\"mode\":\"match\"}");
        }
    }
    Ok(bundle::fhir(set.finish()))
}
