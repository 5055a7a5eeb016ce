//! Searching.

use axum::http::StatusCode;
use interlude_fhir::bundle::{read_full, read_list};
use interlude_fhir::digest::digest;
use interlude_fhir::wire::write_entry;

use crate::support::{Answer, Clinic, check_in, corrected};

async fn filled(days: u32) -> Clinic {
    let clinic = Clinic::new().await;
    for n in 1..=days {
        let entry = check_in(n, 4);
        let text = write_entry(&entry, clinic.patient.as_str());
        assert_eq!(clinic.put(&entry, &text, &[]).await.status, StatusCode::CREATED);
        clinic.clock.pass(1000);
    }
    clinic
}

fn found(answer: &Answer) -> Vec<String> {
    let json = answer.json();
    let entries = json["entry"].as_array().cloned().unwrap_or_default();
    entries.iter().map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned()).collect()
}

fn next(answer: &Answer) -> Option<String> {
    let json = answer.json();
    let links = json["link"].as_array().unwrap();
    let next = links.iter().find(|link| link["relation"] == "next")?;
    Some(next["url"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned())
}

#[tokio::test]
async fn pages_bring_everything_once() {
    let clinic = filled(7).await;
    let mut path = format!("/fhir/QuestionnaireResponse?subject=Patient/{}&_count=3", clinic.patient);
    let mut seen = Vec::new();
    loop {
        let page = clinic.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        seen.extend(read_full(&page.text).unwrap().entries.into_iter().map(|arrived| arrived.entry));
        match next(&page) {
            Some(more) => path = more,
            None => break,
        }
    }
    assert_eq!(seen, (1..=7).map(|n| check_in(n, 4)).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_lean_list_proves_and_answers_304_until_something_changes() {
    let clinic = filled(3).await;
    let path = format!(
        "/fhir/QuestionnaireResponse?subject=Patient/{}&_elements=id,meta&_count=2&_sort=_lastUpdated",
        clinic.patient
    );
    let list = clinic.get(&path).await;
    let rows = read_list(&list.text).unwrap().rows;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].receipt.as_ref().unwrap().digest, Some(digest(&check_in(2, 4))));
    assert!(!list.text.contains("pain-worst"));
    let bearer = clinic.bearer();
    let headers = [("authorization", bearer.as_str()), ("if-none-match", list.header("etag"))];
    let same = clinic.send("GET", &path, &headers, "").await;
    assert_eq!((same.status, same.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    // The tag is of the whole list, and the third entry is on its second page.
    let entry = corrected(&check_in(3, 4), 9);
    clinic.put(&entry, &write_entry(&entry, clinic.patient.as_str()), &[]).await;
    assert_eq!(clinic.send("GET", &path, &headers, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn parameters_narrow() {
    let clinic = filled(4).await;
    let id = |n| check_in(n, 4).id.to_string();
    let two = format!("_id={},{},nobody", id(1), id(3));
    for (query, expected) in [
        ("authored=ge2026-01-04", vec![id(3), id(4)]),
        ("authored=2026-01-02", vec![id(1)]),
        ("authored=gt2026-01-02&authored=lt2026-01-04", vec![id(2)]),
        ("_lastUpdated=ge2026-03-12T08:00:02Z", vec![id(3), id(4)]),
        ("_sort=-authored&_count=2", vec![id(4), id(3)]),
        ("_sort=-_lastUpdated&_count=1", vec![id(4)]),
        (two.as_str(), vec![id(1), id(3)]),
        (
            "questionnaire=https://interlude.health/fhir/Questionnaire/daily-checkin",
            vec![id(1), id(2), id(3), id(4)],
        ),
        ("questionnaire=https://interlude.health/fhir/Questionnaire/daily-checkin%7C9", vec![]),
    ] {
        let by_get = clinic.get(&format!("/fhir/QuestionnaireResponse?{query}")).await;
        assert_eq!(found(&by_get), expected, "{query}");
        let bearer = clinic.bearer();
        let headers =
            [("authorization", bearer.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        let by_post =
            clinic.send("POST", "/fhir/QuestionnaireResponse/_search", &headers, query.to_owned()).await;
        assert_eq!(found(&by_post), expected, "{query}");
    }
}

#[tokio::test]
async fn what_is_not_known_is_named() {
    let clinic = filled(1).await;
    for (query, name) in [
        ("QuestionnaireResponse?colour=red", "colour"),
        ("QuestionnaireResponse?subject:missing=true", "subject:missing"),
        ("QuestionnaireResponse?_sort=colour", "_sort"),
        ("QuestionnaireResponse?_count=many", "_count"),
        ("QuestionnaireResponse?_count=0", "_count"),
        ("QuestionnaireResponse?_elements=item", "_elements"),
        ("QuestionnaireResponse?authored=ap2026", "authored"),
        ("QuestionnaireResponse?_page=AAAA", "_page"),
        ("Consent?questionnaire=x", "questionnaire"),
        ("Observation?authored=2026", "authored"),
        ("Questionnaire?title=x", "title"),
        ("Patient?name=x", "name"),
    ] {
        let answer = clinic.get(&format!("/fhir/{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let words = answer.json()["issue"][0]["details"]["text"].as_str().unwrap().to_owned();
        assert!(words.starts_with(&format!("{name}:")), "{query}: {words}");
    }
}

#[tokio::test]
async fn scores_are_served_as_observations() {
    let clinic = filled(2).await;
    let all = clinic.get(&format!("/fhir/Observation?subject=Patient/{}", clinic.patient)).await.json();
    let first = all["entry"][0]["resource"].clone();
    assert_eq!(first["resourceType"], "Observation", "{all}");
    assert_eq!(first["status"], "final");
    let response = format!("QuestionnaireResponse/{}", check_in(1, 4).id);
    assert_eq!(first["derivedFrom"][0]["reference"], response.as_str());
    let place = format!("/fhir/Observation/{}", first["id"].as_str().unwrap());
    assert_eq!(clinic.get(&place).await.json(), first);
    let of = clinic.get(&format!("/fhir/Observation?derived-from={response}")).await;
    let total = all["entry"].as_array().unwrap().len();
    assert_eq!(found(&of).len() * 2, total);
    let code = first["code"]["coding"][0]["code"].as_str().unwrap();
    let by_code = clinic.get(&format!("/fhir/Observation?code={code}&date=ge2026-01-03")).await;
    assert_eq!(found(&by_code).len(), 1);

    let entry = corrected(&check_in(1, 4), 9);
    clinic.put(&entry, &write_entry(&entry, clinic.patient.as_str()), &[]).await;
    assert_eq!(clinic.get(&place).await.json()["status"], "amended");
}
