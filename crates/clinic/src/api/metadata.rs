//! The `CapabilityStatement`: what this server does, and nothing that it does not.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::bundle;
use crate::app::App;
use crate::store::Kind;

/// The date of this statement; changed with its content.
const DATE: &str = "2026-11-23";

/// `GET metadata`: open to everybody, it holds nothing of anybody.
pub async fn get(State(app): State<App>, headers: HeaderMap) -> Response {
    let mut resources: Vec<Value> = Kind::ALL.into_iter().map(record).collect();
    resources.push(read_only(
        "Observation",
        &[
            ("subject", "reference"),
            ("patient", "reference"),
            ("code", "token"),
            ("date", "date"),
            ("derived-from", "reference"),
            ("_id", "token"),
            ("_lastUpdated", "date"),
        ],
    ));
    resources.push(read_only(
        "Questionnaire",
        &[("_id", "token"), ("url", "uri"), ("version", "token"), ("status", "token")],
    ));
    resources.push(read_only("Patient", &[("_id", "token")]));
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
                              and reaches the diary of one patient. Requests may be packed with gzip.",
            "security": { "cors": false, "description": "Bearer token, given at pairing" },
            "resource": resources,
            "interaction": [{ "code": "batch" }, { "code": "transaction" }],
        }],
    });
    bundle::fhir(statement.to_string())
}

fn record(kind: Kind) -> Value {
    let when = match kind {
        Kind::QuestionnaireResponse => "authored",
        Kind::Consent => "date",
        Kind::MedicationAdministration => "effective-time",
    };
    let mut params =
        vec![("patient", "reference"), ("_id", "token"), ("_lastUpdated", "date"), (when, "date")];
    if kind != Kind::Consent {
        params.push(("subject", "reference"));
    }
    if kind == Kind::QuestionnaireResponse {
        params.push(("questionnaire", "reference"));
    }
    let put = kind != Kind::MedicationAdministration;
    let mut interactions = vec!["read", "vread", "history-instance", "search-type"];
    if put {
        interactions.push("update");
    }
    let mut resource = json!({
        "type": kind.name(),
        "interaction": codes(&interactions),
        "versioning": if put { "versioned-update" } else { "versioned" },
        "readHistory": true,
        "searchParam": named(&params),
    });
    if put && let Some(resource) = resource.as_object_mut() {
        resource.insert("updateCreate".to_owned(), Value::Bool(true));
    }
    resource
}

fn read_only(kind: &str, params: &[(&str, &str)]) -> Value {
    json!({
        "type": kind,
        "interaction": codes(&["read", "search-type"]),
        "searchParam": named(params),
    })
}

fn codes(codes: &[&str]) -> Value {
    codes.iter().map(|code| json!({ "code": code })).collect()
}

fn named(params: &[(&str, &str)]) -> Value {
    params.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect()
}
