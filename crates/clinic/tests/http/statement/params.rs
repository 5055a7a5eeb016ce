//! Every search parameter declared does what is said of it.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use interlude_clinic::search;
use serde_json::Value;

use super::{ids, statement, texts};
use crate::filled::{Filled, config, everywhere};
use crate::support::Clinic;

/// A value that finds what `Filled` holds, and one that finds something else or nothing.
fn values(filled: &Filled, kind: &str, name: &str) -> (String, &'static str) {
    let own = |text: &str| text.to_owned();
    match (kind, name) {
        (_, "_id") if kind != "Patient" => (filled.of(kind).0, "00000000-0000-7000-8000-00000000dead"),
        (_, "_lastUpdated") => (own("ge2026-03-12"), "lt2026-03-12"),
        ("QuestionnaireResponse", "questionnaire") => {
            (own("https://interlude.health/fhir/Questionnaire/daily-checkin%7C1.0.0"), "https://x.example/q")
        }
        ("QuestionnaireResponse", "authored") => (own("2026-01-03"), "lt2026-01-03"),
        ("Consent", "date") => (own("2026-01"), "gt2026-01-31"),
        ("MedicationAdministration", "effective-time") => (own("2026-03-11T08:30Z"), "2026-03-12"),
        ("MedicationRequest", "date") => (own("2026-03-11"), "2026-03-12"),
        ("Observation", "date") => (own("le2026-01-02"), "ge2026-01-03"),
        ("Observation", "derived-from") => {
            (format!("QuestionnaireResponse/{}", filled.single.id), "QuestionnaireResponse/nobody")
        }
        ("Questionnaire", "url") => {
            (own("https://interlude.health/fhir/Questionnaire/daily-checkin"), "https://x.example/q")
        }
        ("Questionnaire", "version") => (version_of("daily-checkin"), "0.0.0"),
        ("Questionnaire", "status") => {
            (own("http://hl7.org/fhir/publication-status%7Cactive,active"), "retired")
        }
        other => panic!("{other:?} is declared and has no exercise here"),
    }
}

fn version_of(form: &str) -> String {
    let site = config().site.unwrap();
    let text = std::fs::read_to_string(site.join(format!("questionnaires/{form}.json"))).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["version"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_search_parameter_declared_narrows_sorts_or_pages() {
    for filled in everywhere().await {
        let (clinic, said) = (&filled.clinic, statement(&filled.clinic).await);
        for resource in said["rest"][0]["resource"].as_array().unwrap() {
            let kind = resource["type"].as_str().unwrap();
            let place = format!("/fhir/{kind}");
            let (id, _) = filled.of(kind);
            for name in texts(&resource["searchParam"], "name") {
                let what = format!("{kind}?{name}");
                match (kind, name.as_str()) {
                    (_, "subject" | "patient") | ("Patient", "_id") => {
                        let own = clinic.get(&format!("{place}?{name}={}", clinic.patient)).await;
                        assert!(ids(&own).contains(&id), "{what}");
                        let other = clinic.get(&format!("{place}?{name}=somebody-else")).await;
                        assert_eq!(other.status, StatusCode::NOT_FOUND, "{what}");
                    }
                    ("Observation", "code") => codes(&filled).await,
                    (_, "_sort") => sorted(clinic, kind).await,
                    (_, "_count") => paged(clinic, kind).await,
                    (_, "_elements") => lean(clinic, kind, &id).await,
                    (_, "_format") => formats(clinic, kind).await,
                    _ => {
                        let (hit, miss) = values(&filled, kind, &name);
                        let found = ids(&clinic.get(&format!("{place}?{name}={hit}")).await);
                        assert!(found.contains(&id), "{what}={hit}: {found:?}");
                        let found = ids(&clinic.get(&format!("{place}?{name}={miss}")).await);
                        assert!(!found.contains(&id), "{what}={miss}: {found:?}");
                    }
                }
            }
        }
    }
}

/// By the code with its system and without, and by a list of codes.
async fn codes(filled: &Filled) {
    let clinic = &filled.clinic;
    let read = clinic.get(&format!("/fhir/Observation/{}", filled.score)).await.json();
    let coding = &read["code"]["coding"][0];
    let (system, code) = (coding["system"].as_str().unwrap(), coding["code"].as_str().unwrap());
    for (asked, there) in [
        (code.to_owned(), true),
        (format!("{system}%7C{code}"), true),
        (format!("nothing,{code}"), true),
        (format!("https://x.example%7C{code}"), false),
        ("nothing".to_owned(), false),
    ] {
        let found = ids(&clinic.get(&format!("/fhir/Observation?code={asked}")).await);
        assert_eq!(found.contains(&filled.score), there, "{asked}");
    }
}

/// Every order named in the parameter's own words, up and down.
async fn sorted(clinic: &Clinic, kind: &str) {
    let about = search::known(kind).iter().find(|param| param.name == "_sort").unwrap().about;
    let (names, _) = about.split_once(',').unwrap();
    for name in names.split(" or ") {
        let up = ids(&clinic.get(&format!("/fhir/{kind}?_sort={name}")).await);
        let down = ids(&clinic.get(&format!("/fhir/{kind}?_sort=-{name}")).await);
        assert_eq!(up, down.into_iter().rev().collect::<Vec<_>>(), "{kind}?_sort={name}");
    }
    let other = clinic.get(&format!("/fhir/{kind}?_sort=status")).await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
}

/// One a page: following `next` brings what one page brings.
async fn paged(clinic: &Clinic, kind: &str) {
    let all = ids(&clinic.get(&format!("/fhir/{kind}")).await);
    let (mut seen, mut path) = (Vec::new(), format!("/fhir/{kind}?_count=1"));
    loop {
        let page = clinic.get(&path).await;
        let found = ids(&page);
        assert_eq!(found.len(), 1, "{path}");
        seen.extend(found);
        let json = page.json();
        let links = json["link"].as_array().unwrap();
        let Some(next) = links.iter().find(|link| link["relation"] == "next") else { break };
        path = next["url"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned();
    }
    assert_eq!(seen, all, "{kind}");
    for bad in ["0", "-1", "many"] {
        let answer = clinic.get(&format!("/fhir/{kind}?_count={bad}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind} {bad}");
    }
}

async fn lean(clinic: &Clinic, kind: &str, id: &str) {
    let list = clinic.get(&format!("/fhir/{kind}?_elements=id,meta&_id={id}")).await;
    let row = &list.json()["entry"][0]["resource"];
    let mut names: BTreeSet<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
    for mandatory in ["status", "intent", "scope", "category", "subject", "medicationCodeableConcept"] {
        names.remove(mandatory);
    }
    assert_eq!(names, BTreeSet::from(["resourceType", "id", "meta"]), "{kind}");
    assert_eq!(row["meta"]["tag"][0]["code"], "SUBSETTED", "{kind}");
    assert!(!list.header("etag").is_empty(), "{kind}");
}

async fn formats(clinic: &Clinic, kind: &str) {
    for format in ["json", "application/json", "application/fhir%2Bjson", "application/fhir+json"] {
        let answer = clinic.get(&format!("/fhir/{kind}?_format={format}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind} {format}");
        assert!(answer.header("content-type").starts_with("application/fhir+json"));
    }
    let xml = clinic.get(&format!("/fhir/{kind}?_format=xml")).await;
    assert_eq!(xml.status, StatusCode::NOT_ACCEPTABLE, "{kind}");
}
