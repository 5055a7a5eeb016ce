//! A phone's clock, as its pushes tell of it: noted when it is wrong, and nothing in a diary moves.

use axum::body::Body;
use axum::http::StatusCode;
use interlude_diary::calendar::Moment;
use interlude_fhir::wire::write_entry;

use crate::support::{Answer, Clinic, START_MS, bundle, check_in};

const YEAR: i64 = 365 * 86_400_000;

/// One entry, in a Bundle that says what the phone's clock says.
async fn push(clinic: &Clinic, n: u32, says: &str) -> Answer {
    let entry = check_in(n, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    let stamp = format!("\"type\":\"batch\",\"timestamp\":\"{says}\"");
    let body = bundle("batch", &[(entry.id, &text, "*")]).replacen("\"type\":\"batch\"", &stamp, 1);
    let bearer = clinic.bearer();
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
    clinic.send("POST", "/fhir", &headers, Body::from(body)).await
}

#[tokio::test]
async fn a_clock_wrong_by_minutes_to_years_is_noted_and_one_within_two_minutes_never() {
    let offs =
        [0, 1, 119_999, 120_000, -120_000, 120_001, -120_001, 3_600_000, -86_400_000, 2 * YEAR, -20 * YEAR];
    for (ahead, n) in offs.into_iter().zip(1..) {
        let clinic = Clinic::new().await;
        let answer = push(&clinic, n, &Moment::new(START_MS + ahead, 60).to_string()).await;
        assert_eq!(answer.statuses(), ["201 Created"], "{}", answer.text);
        let noted: Vec<i64> =
            clinic.app.store.clocks().await.unwrap().iter().map(|row| row.ahead_ms).collect();
        if ahead.abs() > 120_000 {
            assert_eq!(noted, [ahead]);
        } else {
            assert!(noted.is_empty(), "{ahead}");
        }
        // Nothing is put right: the entry is as the phone made it.
        let entry = check_in(n, 4);
        let held = clinic.get(&format!("/fhir/QuestionnaireResponse/{}", entry.id)).await;
        let held = interlude_fhir::wire::read_entry(&held.text).unwrap();
        assert_eq!((held.day, held.authored), (entry.day, entry.authored));
    }
}

#[tokio::test]
async fn what_is_no_time_says_nothing_of_a_clock_and_keeps_nothing_from_being_stored() {
    let clinic = Clinic::new().await;
    for (says, n) in ["", "yesterday", "2026-02-30T00:00:00Z", "9999-99-99T99:99:99Z"].into_iter().zip(1..) {
        let answer = push(&clinic, n, says).await;
        assert_eq!(
            (answer.status, answer.statuses()),
            (StatusCode::OK, vec!["201 Created".to_owned()]),
            "{says}"
        );
    }
    assert!(clinic.app.store.clocks().await.unwrap().is_empty());
}
