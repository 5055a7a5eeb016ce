//! The `CapabilityStatement`: what this server does, and nothing that it does not. It is written
//! from the table of routes and the table of search parameters.

use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use serde_json::{Value, json};

use super::bundle;
use crate::app::App;
use crate::routes::{self, Interaction, Means, Route};
use crate::search::known;

/// The date of this statement; changed with its content, which a test sees to.
const DATE: &str = "2026-11-29";

/// Its row.
pub(crate) fn route() -> Route {
    Route::other(Method::GET, "/fhir/metadata", Means::Statement, axum::routing::get(get))
}

/// `GET metadata`: open to everybody, it holds nothing of anybody.
pub async fn get(State(app): State<App>, headers: HeaderMap) -> Response {
    let (mut resources, mut bundles): (Vec<(&str, Vec<Interaction>)>, bool) = (Vec::new(), false);
    for route in routes::table() {
        match route.means {
            Means::On(resource, what) => match resources.iter_mut().find(|(name, _)| *name == resource) {
                Some((_, done)) => done.push(what),
                None => resources.push((resource, vec![what])),
            },
            Means::Bundle => bundles = true,
            Means::Statement | Means::Plain => {}
        }
    }
    let interactions = if bundles { codes(&["batch", "transaction"]) } else { codes(&[]) };
    let statement = json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": DATE,
        "kind": "instance",
        "software": { "name": "Interlude clinic", "version": env!("CARGO_PKG_VERSION") },
        "implementation": { "description": "Diaries between infusions", "url": bundle::base(&app, &headers) },
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [{
            "mode": "server",
            "documentation": "Every request but this one needs the bearer token of a paired phone, \
                              and reaches the diary of one patient. Requests may be packed with gzip. \
                              Bundles are made of PUTs. A search by a parameter that is not named here \
                              is refused.",
            "security": { "cors": false, "description": "Bearer token, given at pairing" },
            "resource": resources.iter().map(|(name, done)| resource(name, done)).collect::<Value>(),
            "interaction": interactions,
        }],
    });
    bundle::fhir(statement.to_string())
}

fn resource(name: &str, done: &[Interaction]) -> Value {
    let mut interactions: Vec<&str> = done.iter().map(|what| what.code()).collect();
    interactions.dedup();
    let update = done.contains(&Interaction::Update);
    let vread = done.contains(&Interaction::Vread);
    // Forms and patients have no version of their own; scores have that of their response.
    let versioned = vread || name == "Observation";
    let params: Vec<Value> = known(name)
        .iter()
        .map(|one| json!({ "name": one.name, "type": one.kind, "documentation": one.about }))
        .collect();
    let mut resource = json!({
        "type": name,
        "interaction": codes(&interactions),
        "versioning": if versioned { "versioned" } else { "no-version" },
        "readHistory": vread,
        "updateCreate": update,
        "conditionalCreate": false,
        "conditionalRead": "not-supported",
        "conditionalUpdate": false,
        "conditionalDelete": "not-supported",
    });
    // FHIR has no empty lists.
    if !params.is_empty()
        && let Some(resource) = resource.as_object_mut()
    {
        resource.insert("searchParam".to_owned(), params.into());
    }
    if update && let Some(resource) = resource.as_object_mut() {
        let about = "A PUT may say If-Match with a version, or If-None-Match: *; ids are UUIDs, made by the \
                     client. The same revision put again changes nothing.";
        resource.insert("documentation".to_owned(), about.into());
    }
    resource
}

fn codes(codes: &[&str]) -> Value {
    codes.iter().map(|code| json!({ "code": code })).collect()
}
