//! Who reaches what: every route of the table, by every method, as everybody.

mod town;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use interlude_clinic::routes::{self, Access};
use interlude_fhir::wire::write_entry;
use serde_json::Value;

use self::town::{Town, unsaid};
use crate::filled::{consent, everywhere};
use crate::support::check_in;

/// What a route is about, and so who may see what of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Of nobody: open to everybody, or to every paired phone.
    Nobody,
    /// Pairing: a code that is no code any more does nothing for anybody.
    Code,
    /// The token that asks, and no other.
    Token,
    /// One thing of one diary: to others it is not there.
    One,
    /// A list of one diary: others get their own.
    List,
    /// One thing written: others can neither read nor change it.
    Write,
    /// Several written.
    Bundle,
}
use Reach::{Bundle, Code, List, Nobody, One, Token, Write};

/// A new route fails the test below until it has a row here.
const MATRIX: [(&str, &str, Reach); 43] = [
    ("GET", "/fhir/metadata", Nobody),
    ("POST", "/fhir", Bundle),
    ("POST", "/fhir/", Bundle),
    ("GET", "/fhir/QuestionnaireResponse", List),
    ("POST", "/fhir/QuestionnaireResponse/_search", List),
    ("GET", "/fhir/QuestionnaireResponse/{id}", One),
    ("PUT", "/fhir/QuestionnaireResponse/{id}", Write),
    ("GET", "/fhir/QuestionnaireResponse/{id}/_history", One),
    ("GET", "/fhir/QuestionnaireResponse/{id}/_history/{version}", One),
    ("GET", "/fhir/Consent", List),
    ("POST", "/fhir/Consent/_search", List),
    ("GET", "/fhir/Consent/{id}", One),
    ("PUT", "/fhir/Consent/{id}", Write),
    ("GET", "/fhir/Consent/{id}/_history", One),
    ("GET", "/fhir/Consent/{id}/_history/{version}", One),
    ("GET", "/fhir/MedicationAdministration", List),
    ("POST", "/fhir/MedicationAdministration/_search", List),
    ("GET", "/fhir/MedicationAdministration/{id}", One),
    ("GET", "/fhir/MedicationAdministration/{id}/_history", One),
    ("GET", "/fhir/MedicationAdministration/{id}/_history/{version}", One),
    ("GET", "/fhir/MedicationRequest", List),
    ("POST", "/fhir/MedicationRequest/_search", List),
    ("GET", "/fhir/MedicationRequest/{id}", One),
    ("GET", "/fhir/MedicationRequest/{id}/_history", One),
    ("GET", "/fhir/MedicationRequest/{id}/_history/{version}", One),
    ("GET", "/fhir/Observation", List),
    ("POST", "/fhir/Observation/_search", List),
    ("GET", "/fhir/Observation/{id}", One),
    ("GET", "/fhir/Patient", List),
    ("POST", "/fhir/Patient/_search", List),
    ("GET", "/fhir/Patient/{id}", One),
    ("GET", "/fhir/Organization/{id}", Nobody),
    ("GET", "/fhir/Questionnaire", Nobody),
    ("POST", "/fhir/Questionnaire/_search", Nobody),
    ("GET", "/fhir/Questionnaire/{id}", Nobody),
    ("GET", "/pair", Nobody),
    ("POST", "/pair", Code),
    ("DELETE", "/pair", Token),
    ("POST", "/leave", Token),
    ("GET", "/reminder", Token),
    ("PUT", "/reminder", Token),
    ("DELETE", "/reminder", Token),
    ("POST", "/reminder/test", Token),
];
/// Those outside diaries and pairing altogether.
const OUTSIDE: [(&str, &str, Reach); 2] = [("GET", "/health", Nobody), ("GET", "/authority.crt", Nobody)];

fn rows() -> impl Iterator<Item = (&'static str, &'static str, Reach)> {
    MATRIX.into_iter().chain(OUTSIDE)
}

#[test]
fn every_route_has_its_row() {
    let rows: BTreeSet<(String, String)> = rows().map(|(m, p, _)| (m.to_owned(), p.to_owned())).collect();
    let table = routes::table();
    let served: BTreeSet<_> = table.iter().map(|r| (r.method.to_string(), r.path.clone())).collect();
    assert_eq!(rows, served, "left: rows of this matrix, right: the table of routes");
    for route in table {
        let of_a_diary = |reach| !matches!(reach, Nobody | Code);
        let (_, _, reach) = self::rows().find(|(m, p, _)| *m == route.method && *p == route.path).unwrap();
        assert!(!of_a_diary(reach) || route.access == Access::Paired, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn without_a_live_token_nothing_of_a_diary_is_reached() {
    for filled in everywhere().await {
        let town = Town::around(filled).await;
        let before = town.footprint().await;
        for (who, token) in &town.strangers {
            for route in routes::table() {
                let address = town.address(&route.path);
                let body = town.harm(&route.path, town.clinic().patient.as_str());
                let mut methods = vec![route.method.as_str()];
                methods.extend((route.method == Method::GET).then_some("HEAD"));
                for method in methods {
                    let answer = town.ask(token.as_deref(), method, &address, &body).await;
                    let what = format!("{who}: {method} {address}: {}", answer.status);
                    match route.access {
                        Access::Paired => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}"),
                        Access::Anybody => assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{what}"),
                    }
                    unsaid(&town, &answer, &what);
                }
            }
        }
        assert_eq!(town.footprint().await, before);
    }
}

#[tokio::test]
async fn the_phone_of_another_patient_reaches_nothing_of_this_one() {
    for filled in everywhere().await {
        let town = Town::around(filled).await;
        let before = town.footprint().await;
        for (method, path, reach) in rows() {
            let what = format!("{method} {path}");
            match reach {
                Nobody | Code => {
                    let answer = town
                        .ask(Some(&town.next_door), method, &town.address(path), &town.harm(path, "x"))
                        .await;
                    unsaid(&town, &answer, &what);
                }
                One => not_there(&town, method, path).await,
                List => only_their_own(&town, method, path).await,
                Write => not_written(&town, method, path).await,
                Bundle => not_written_in_a_bundle(&town, path).await,
                Token => {}
            }
            assert_eq!(town.footprint().await, before, "{what}");
        }
        // Last, since the token is gone then: it is the neighbour's own, and this phone still has its own.
        let given_back = town.ask(Some(&town.next_door), "DELETE", "/pair", "").await;
        assert_eq!(given_back.status, StatusCode::NO_CONTENT);
        assert_eq!(town.footprint().await, before);
    }
}

/// As what does not exist: the same status, the same words.
async fn not_there(town: &Town, method: &str, path: &str) {
    let nothing =
        path.replace("{id}", "0190b6a0-dead-7000-8000-000000000000").replace("{version}", "EP0CH000-1");
    for method in [method, "HEAD"] {
        let theirs = town.ask(Some(&town.next_door), method, &town.address(path), "").await;
        let absent = town.ask(Some(&town.next_door), method, &nothing, "").await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{method} {path}");
        assert_eq!((theirs.text, theirs.headers), (absent.text, absent.headers), "{method} {path}");
    }
}

async fn only_their_own(town: &Town, method: &str, path: &str) {
    let resource = path.split('/').nth(2).unwrap();
    let (id, _) = town.filled.of(resource);
    let search = async |fields: &str| {
        let (address, body) = match method {
            "GET" => (format!("{path}?{fields}"), ""),
            _ => (path.to_owned(), fields),
        };
        town.ask(Some(&town.next_door), method, &address, body).await
    };
    let all = search("").await;
    assert_eq!(all.status, StatusCode::OK, "{path}");
    unsaid(town, &all, path);
    let own = if resource == "Patient" { town.neighbour.0.to_string() } else { town.neighbour.1.clone() };
    assert!(!matches!(resource, "QuestionnaireResponse" | "Patient") || all.text.contains(&own), "{path}");
    let patient = &town.clinic().patient;
    for (fields, status) in [
        (format!("subject=Patient/{patient}"), 404),
        (format!("patient={patient}"), 404),
        (format!("patient={}&patient={patient}", town.neighbour.0), 404),
        (format!("_id={id}"), if resource == "Patient" { 404 } else { 200 }),
        (format!("derived-from=QuestionnaireResponse/{}", town.filled.single.id), 200),
    ] {
        let answer = search(&fields).await;
        // A parameter that this type does not have is refused before anything is looked for.
        let refused = answer.status == StatusCode::BAD_REQUEST;
        assert!(refused || answer.status == status, "{path}?{fields}: {}", answer.status);
        if answer.status == StatusCode::OK {
            assert_eq!(answer.json().get("entry"), None, "{path}?{fields}");
        } else {
            unsaid(town, &answer, &format!("{path}?{fields}"));
        }
    }
    stolen_page(town, resource).await;
}

/// The link to a next page is no key: followed by another phone it leads into that phone's own diary.
async fn stolen_page(town: &Town, resource: &str) {
    for subject in [String::new(), format!("&patient={}", town.clinic().patient)] {
        let first = town.clinic().get(&format!("/fhir/{resource}?_count=1{subject}")).await.json();
        let links = first["link"].as_array().into_iter().flatten();
        let Some(next) = links.into_iter().find(|link| link["relation"] == "next") else { continue };
        let next = next["url"].as_str().unwrap().strip_prefix("http://localhost").unwrap();
        assert_eq!(town.clinic().get(next).await.status, StatusCode::OK);
        let theirs = town.ask(Some(&town.next_door), "GET", next, "").await;
        let entries = theirs.json()["entry"].as_array().cloned().unwrap_or_default();
        let own = |entry: &Value| {
            entry["resource"]["subject"]["reference"] == format!("Patient/{}", town.neighbour.0)
        };
        assert!(entries.iter().all(own), "{resource}: {}", theirs.text);
        assert!(subject.is_empty() || theirs.status == StatusCode::NOT_FOUND, "{resource}");
    }
}

async fn not_written(town: &Town, method: &str, path: &str) {
    let address = town.address(path);
    // As if it were theirs, and as if they spoke for the first patient.
    for subject in [&town.neighbour.0, &town.clinic().patient] {
        let body = town.harm(path, subject.as_str());
        let answer = town.ask(Some(&town.next_door), method, &address, &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address} as {subject}");
        unsaid(town, &answer, &address);
        let fresh = if path.contains("Consent") { consent(90, &check_in(41, 1)) } else { check_in(41, 1) };
        if *subject == town.clinic().patient {
            let text = write_entry(&fresh, subject.as_str());
            let address = path.replace("{id}", &fresh.id.to_string());
            let answer = town.ask(Some(&town.next_door), method, &address, &text).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "a new entry for {subject}");
        }
    }
}

async fn not_written_in_a_bundle(town: &Town, path: &str) {
    for subject in [&town.neighbour.0, &town.clinic().patient] {
        let batch = town.harm(path, subject.as_str());
        let answer = town.ask(Some(&town.next_door), "POST", path, &batch).await;
        assert_eq!(answer.statuses(), ["404 Not Found"], "as {subject}");
        unsaid(town, &answer, path);
        let whole = batch.replace("\"batch\"", "\"transaction\"");
        let answer = town.ask(Some(&town.next_door), "POST", path, &whole).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "as {subject}");
        unsaid(town, &answer, path);
    }
}

#[tokio::test]
async fn the_diarys_own_phone_reaches_all_of_it() {
    for filled in everywhere().await {
        let town = Town::around(filled).await;
        let own = town.clinic().token.clone();
        for (method, path, reach) in rows().filter(|(_, _, reach)| *reach != Token) {
            let body = town.harm(path, town.clinic().patient.as_str());
            let answer = town.ask(Some(&own), method, &town.address(path), &body).await;
            let what = format!("{method} {path}: {} {}", answer.status, answer.text);
            match reach {
                // No authority is made in this clinic, and the code is none.
                Nobody if path == "/authority.crt" => {
                    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
                }
                Code => assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}"),
                Nobody | Token | One | List | Write | Bundle => assert!(answer.status.is_success(), "{what}"),
            }
        }
        assert_eq!(town.ask(Some(&own), "DELETE", "/pair", "").await.status, StatusCode::NO_CONTENT);
        assert_eq!(town.ask(Some(&own), "GET", "/fhir/Patient", "").await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn no_other_method_does_anything_for_anybody() {
    for filled in everywhere().await {
        let town = Town::around(filled).await;
        let before = town.footprint().await;
        let own = town.clinic().token.clone();
        let mut everybody: Vec<Option<&str>> =
            town.strangers.iter().map(|(_, token)| token.as_deref()).collect();
        everybody.extend([Some(town.next_door.as_str()), Some(own.as_str())]);
        let paths: BTreeSet<&str> = rows().map(|(_, path, _)| path).collect();
        for path in paths {
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
                if rows().any(|(m, p, _)| (m, p) == (method, path)) {
                    continue;
                }
                for token in &everybody {
                    let address = town.address(path);
                    let body = town.harm(path, town.clinic().patient.as_str());
                    let answer = town.ask(*token, method, &address, &body).await;
                    let what = format!("{method} {address}: {}", answer.status);
                    assert!(matches!(answer.status.as_u16(), 404 | 405), "{what}");
                    unsaid(&town, &answer, &what);
                }
            }
        }
        assert_eq!(town.footprint().await, before);
    }
}
