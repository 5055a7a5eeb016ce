//! The capability statement is true, walked both ways: what it declares works, and what the table
//! of routes serves is declared.

mod params;
mod refused;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use interlude_clinic::routes::{self, Means};
use interlude_clinic::search;
use interlude_fhir::wire::write_entry;
use serde_json::Value;

use crate::filled::{Filled, everywhere};
use crate::support::{Answer, Clinic, check_in, corrected};

async fn statement(clinic: &Clinic) -> Value {
    let answer = clinic.send("GET", "/fhir/metadata", &[], "").await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.json()
}

fn texts(list: &Value, name: &str) -> Vec<String> {
    // FHIR has no empty lists.
    let all = list.as_array().into_iter().flatten();
    all.map(|one| one[name].as_str().unwrap().to_owned()).collect()
}

fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let json = answer.json();
    let entries = json["entry"].as_array().cloned().unwrap_or_default();
    entries.iter().map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_interaction_declared_is_done() {
    for filled in everywhere().await {
        let said = statement(&filled.clinic).await;
        for resource in said["rest"][0]["resource"].as_array().unwrap() {
            let kind = resource["type"].as_str().unwrap();
            for code in texts(&resource["interaction"], "code") {
                done(&filled, kind, &code).await;
            }
            assert_eq!(resource["readHistory"], filled.of(kind).1.is_some(), "{kind}");
            let (id, _) = filled.of(kind);
            let read = filled.clinic.get(&format!("/fhir/{kind}/{id}")).await;
            let versioned = read.json()["meta"]["versionId"].is_string() && !read.header("etag").is_empty();
            assert_eq!(resource["versioning"] == "versioned", versioned, "{kind}");
        }
        for code in texts(&said["rest"][0]["interaction"], "code") {
            assert!(["batch", "transaction"].contains(&code.as_str()), "{code} has no exercise");
            let entry = if code == "batch" { check_in(20, 3) } else { check_in(21, 3) };
            let text = write_entry(&entry, filled.clinic.patient.as_str());
            let answer = filled.clinic.batch(&code, &[(entry.id, &text, "*")]).await;
            assert_eq!(answer.json()["type"], format!("{code}-response"));
            assert_eq!(answer.statuses(), ["201 Created"], "{code}");
        }
    }
}

async fn done(filled: &Filled, kind: &str, code: &str) {
    let (id, version) = filled.of(kind);
    let (clinic, place) = (&filled.clinic, format!("/fhir/{kind}/{id}"));
    let said = format!("{kind} {code}");
    match code {
        "read" => {
            let read = clinic.get(&place).await.json();
            assert_eq!((&read["resourceType"], &read["id"]), (&kind.into(), &id.into()), "{said}");
        }
        "vread" => {
            let version = version.unwrap();
            let read = clinic.get(&format!("{place}/_history/{version}")).await.json();
            assert_eq!((&read["id"], &read["meta"]["versionId"]), (&id.into(), &version.into()), "{said}");
        }
        "history-instance" => {
            let history = clinic.get(&format!("{place}/_history")).await;
            assert_eq!(history.json()["type"], "history", "{said}");
            assert_eq!(ids(&history).first(), Some(&id), "{said}");
        }
        "search-type" => {
            assert_eq!(ids(&clinic.get(&format!("/fhir/{kind}?_id={id}")).await), [id.as_str()], "{said}");
            let by_post = clinic.form(&format!("/fhir/{kind}/_search"), &format!("_id={id}")).await;
            assert_eq!(ids(&by_post), [id.as_str()], "{said}");
        }
        "update" => {
            let mut first = check_in(22, 4);
            if kind == "Consent" {
                first = crate::filled::consent(80, &first);
            }
            let mut next = corrected(&first, 5);
            next.body = first.body.clone();
            for (entry, status) in [(&first, StatusCode::CREATED), (&next, StatusCode::OK)] {
                let text = write_entry(entry, clinic.patient.as_str());
                let put = clinic.put_at(&format!("/fhir/{kind}/{}", entry.id), &text).await;
                assert_eq!(put.status, status, "{said}: {}", put.text);
            }
        }
        other => panic!("{kind}: {other} is declared and has no exercise here"),
    }
}

#[tokio::test]
async fn everything_served_is_declared() {
    let clinic = Clinic::new().await;
    let said = statement(&clinic).await;
    let resources = said["rest"][0]["resource"].as_array().unwrap();
    let mut served = BTreeSet::new();
    for route in routes::table() {
        let Some(below) = route.path.strip_prefix("/fhir") else { continue };
        // By the shape of the address, not by what the row says it is.
        let parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
        let code = match (route.method.as_str(), parts.as_slice()) {
            ("POST", []) => {
                assert_eq!(route.means, Means::Bundle);
                assert_eq!(texts(&said["rest"][0]["interaction"], "code"), ["batch", "transaction"]);
                continue;
            }
            ("GET", ["metadata"]) => continue,
            ("GET", [_]) | ("POST", [_, "_search"]) => "search-type",
            ("GET", [_, "{id}"]) => "read",
            ("PUT", [_, "{id}"]) => "update",
            ("GET", [_, "{id}", "_history"]) => "history-instance",
            ("GET", [_, "{id}", "_history", "{version}"]) => "vread",
            other => panic!("{other:?} is served, and this test does not know what FHIR calls it"),
        };
        let resource = resources.iter().find(|resource| resource["type"] == parts[0]).unwrap();
        assert!(texts(&resource["interaction"], "code").contains(&code.to_owned()), "{below}: {code}");
        served.insert(parts[0].to_owned());
        let known: Vec<_> = search::known(parts[0]).iter().map(|param| param.name.to_owned()).collect();
        assert_eq!(texts(&resource["searchParam"], "name"), known);
    }
    assert_eq!(served, texts(&said["rest"][0]["resource"], "type").into_iter().collect());
}

/// A route made beside the table would be served and not declared.
#[test]
fn routes_are_made_of_the_table_alone() {
    fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
        for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                walk(&file, found);
            } else if file.file_name().is_some_and(|name| name != "router.rs") {
                let text = std::fs::read_to_string(&file).unwrap();
                let makes = [".route(", ".route_service(", ".nest(", ".nest_service("];
                if makes.iter().any(|make| text.contains(make)) {
                    found.push(file.display().to_string());
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn no_other_origin_is_let_in() {
    let clinic = Clinic::new().await;
    assert_eq!(statement(&clinic).await["rest"][0]["security"]["cors"], false);
    for method in ["GET", "OPTIONS"] {
        let headers = [("origin", "https://elsewhere.example"), ("access-control-request-method", "GET")];
        let answer = clinic.send(method, "/fhir/metadata", &headers, "").await;
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

/// The names of an object in one order, whatever order the JSON library keeps them in.
fn flat(value: &Value) -> String {
    match value {
        Value::Object(names) => {
            let sorted: std::collections::BTreeMap<_, _> = names.iter().map(|(n, v)| (n, flat(v))).collect();
            format!("{sorted:?}")
        }
        Value::Array(list) => format!("{:?}", list.iter().map(flat).collect::<Vec<_>>()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

/// When this fails, the statement changed: set `DATE` in `api/metadata.rs` to today, and both here.
#[tokio::test]
async fn the_date_moves_with_the_content() {
    let clinic = Clinic::new().await;
    let said = statement(&clinic).await;
    let mut content = said.clone();
    (content["date"], content["software"]) = (Value::Null, Value::Null);
    let hash = interlude_clinic::code::hashed(&[flat(&content).as_bytes()]);
    let short = interlude_clinic::audit::short(&hash);
    assert_eq!(
        (said["date"].as_str().unwrap(), short.as_str()),
        ("2026-11-29", "60fb4e7b718066e203e55953cd16b947")
    );
}
