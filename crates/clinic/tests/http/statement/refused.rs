//! What R4 has and the statement does not is refused, not passed over.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use interlude_fhir::wire::write_entry;

use super::{statement, texts};
use crate::filled::{EPOCH, everywhere};
use crate::support::{Clinic, bundle, check_in};

/// A filter that is passed over gives wrong results.
#[tokio::test]
async fn parameters_that_are_not_declared_are_refused() {
    const OTHERS: [&str; 24] = [
        "_text",
        "_content",
        "_include",
        "_revinclude",
        "_summary",
        "_total",
        "_has",
        "_tag",
        "_profile",
        "_security",
        "_contained",
        "_containedType",
        "_list",
        "_type",
        "_query",
        "_filter",
        "_since",
        "identifier",
        "status:not",
        "author",
        "source",
        "encounter",
        "based-on",
        "name",
    ];
    for filled in everywhere().await {
        let (clinic, said) = (&filled.clinic, statement(&filled.clinic).await);
        let resources = said["rest"][0]["resource"].as_array().unwrap();
        let all: BTreeSet<String> =
            resources.iter().flat_map(|resource| texts(&resource["searchParam"], "name")).collect();
        let searched =
            |one: &&serde_json::Value| texts(&one["interaction"], "code").contains(&"search-type".into());
        for resource in resources.iter().filter(searched) {
            let kind = resource["type"].as_str().unwrap();
            let declared = texts(&resource["searchParam"], "name");
            for name in
                all.iter().map(String::as_str).chain(OTHERS).filter(|n| !declared.contains(&(*n).to_owned()))
            {
                let answer = clinic.get(&format!("/fhir/{kind}?{name}=x")).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}?{name}");
            }
        }
    }
}

#[tokio::test]
async fn interactions_that_are_not_declared_are_not_done() {
    for filled in everywhere().await {
        let (clinic, said) = (&filled.clinic, statement(&filled.clinic).await);
        for resource in said["rest"][0]["resource"].as_array().unwrap() {
            let kind = resource["type"].as_str().unwrap();
            let (id, _) = filled.of(kind);
            let mut closed = vec![
                ("POST", format!("/fhir/{kind}")),
                ("PUT", format!("/fhir/{kind}?_id={id}")),
                ("DELETE", format!("/fhir/{kind}?_id={id}")),
                ("DELETE", format!("/fhir/{kind}/{id}")),
                ("PATCH", format!("/fhir/{kind}/{id}")),
                ("GET", format!("/fhir/{kind}/_history")),
                ("GET", format!("/fhir/{kind}/{id}/$everything")),
                ("POST", format!("/fhir/{kind}/$validate")),
            ];
            let codes = texts(&resource["interaction"], "code");
            for (code, method, path) in [
                ("update", "PUT", format!("/fhir/{kind}/{id}")),
                ("history-instance", "GET", format!("/fhir/{kind}/{id}/_history")),
                ("vread", "GET", format!("/fhir/{kind}/{id}/_history/{EPOCH}-1")),
            ] {
                if !codes.contains(&code.to_owned()) {
                    closed.push((method, path));
                }
            }
            for (method, path) in closed {
                refused(clinic, method, &path).await;
            }
        }
        for (method, path) in [
            ("GET", "/fhir"),
            ("GET", "/fhir/_history"),
            ("GET", "/fhir/$meta"),
            ("GET", "/fhir/Basic"),
            ("PUT", "/fhir"),
        ] {
            refused(clinic, method, path).await;
        }
    }
}

async fn refused(clinic: &Clinic, method: &str, path: &str) {
    let bearer = clinic.bearer();
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
    let answer = clinic.send(method, path, &headers, "{}").await;
    assert!(matches!(answer.status.as_u16(), 404 | 405), "{method} {path}: {}", answer.status);
    assert_eq!(answer.json()["resourceType"], "OperationOutcome", "{method} {path}");
}

/// A Bundle is made of PUTs, as the statement's words say.
#[tokio::test]
async fn a_bundle_of_other_requests_is_refused() {
    let clinic = Clinic::new().await;
    let entry = check_in(1, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    for method in ["GET", "POST", "DELETE", "PATCH"] {
        let asked = bundle("batch", &[(entry.id, &text, "*")]).replace("\"PUT\"", &format!("\"{method}\""));
        let bearer = clinic.bearer();
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
        let answer = clinic.send("POST", "/fhir", &headers, asked).await;
        assert_eq!(answer.statuses(), ["405 Method Not Allowed"], "{method}");
    }
}
