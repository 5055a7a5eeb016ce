//! Pairing, its limits, and what is sent along with every answer.

use axum::body::Body;
use axum::http::StatusCode;

use crate::support::{Answer, Clinic, device};

async fn pair(clinic: &Clinic, code: &str) -> Answer {
    let body = serde_json::json!({ "code": code, "device": device().to_string() }).to_string();
    clinic
        .send("POST", "/pair", &[("content-type", "application/json"), ("host", "10.0.0.7:8443")], body)
        .await
}

#[tokio::test]
async fn a_code_becomes_a_token_once() {
    let clinic = Clinic::new().await;
    let code = clinic.app.invite(&clinic.patient).await.unwrap().to_string();
    let (first, last) = code.split_at(4);
    let typed = format!(" {}-{last} ", first.to_lowercase());
    let answer = pair(&clinic, &typed).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let said = answer.json();
    assert_eq!(said["patient"]["initials"], "A.B.");
    assert_eq!(said["patient"]["id"], clinic.patient.as_str());
    assert_eq!(said["base"], "http://10.0.0.7:8443/fhir");
    assert_eq!(said["epoch"], "EP0CH000");
    assert_eq!(said["gzip"], true);
    assert!(said["now"].as_str().unwrap().parse::<interlude_diary::calendar::Moment>().is_ok());
    assert!(answer.header("set-cookie").starts_with("interlude-seen=1; Path=/;"));
    assert!(answer.header("set-cookie").contains("HttpOnly; SameSite=Strict"));

    let bearer = format!("Bearer {}", said["token"].as_str().unwrap());
    let place = format!("/fhir/Patient/{}", clinic.patient);
    let read = clinic.send("GET", &place, &[("authorization", &bearer)], Body::empty()).await;
    assert_eq!(read.status, StatusCode::OK);

    assert_eq!(pair(&clinic, &code).await.status, StatusCode::NOT_FOUND, "a replayed code");
    let gone = clinic.send("DELETE", "/pair", &[("authorization", &bearer)], Body::empty()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let read = clinic.send("GET", &place, &[("authorization", &bearer)], Body::empty()).await;
    assert_eq!(read.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let clinic = Clinic::new().await;
    let code = clinic.app.invite(&clinic.patient).await.unwrap().to_string();
    clinic.clock.pass(10 * 60 * 1000);
    assert_eq!(pair(&clinic, &code).await.status, StatusCode::NOT_FOUND);
    let code = clinic.app.invite(&clinic.patient).await.unwrap().to_string();
    clinic.clock.pass(10 * 60 * 1000 - 1);
    assert_eq!(pair(&clinic, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let clinic = Clinic::new().await;
    let mut statuses = Vec::new();
    for n in 0..25 {
        statuses.push(pair(&clinic, &format!("0000{n:04}")).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 20);
    let slowed = pair(&clinic, "00000000").await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: i64 = slowed.header("retry-after").parse().unwrap();
    clinic.clock.pass(wait * 1000);
    assert_eq!(pair(&clinic, "00000000").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn bad_pairing_requests() {
    let clinic = Clinic::new().await;
    let code = clinic.app.invite(&clinic.patient).await.unwrap().to_string();
    for (body, kind, status) in [
        (String::new(), "application/json", 400),
        ("{\"code\":7}".to_owned(), "application/json", 400),
        (format!("{{\"code\":\"{code}\",\"device\":\"me\"}}"), "application/json", 400),
        (format!("{{\"code\":\"{code}\",\"device\":\"{}\"}}", device()), "text/plain", 415),
        ("x".repeat(5000), "application/json", 413),
    ] {
        let answer = clinic.send("POST", "/pair", &[("content-type", kind)], body).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
        assert!(!answer.text.contains(&code));
    }
    assert_eq!(pair(&clinic, &code).await.status, StatusCode::OK, "the code was not used up");
}

#[tokio::test]
async fn the_trace_says_only_that_somebody_was_here() {
    let clinic = Clinic::new().await;
    let fresh = clinic.send("GET", "/pair", &[], Body::empty()).await;
    assert_eq!(fresh.text, "{\"seen\":false}");
    let seen = clinic.send("GET", "/pair", &[("cookie", "a=b; interlude-seen=1")], Body::empty()).await;
    assert_eq!(seen.text, "{\"seen\":true}");
}

#[tokio::test]
async fn every_answer_carries_its_headers() {
    let clinic = Clinic::new().await;
    for path in ["/health", "/fhir/metadata", "/fhir/Patient", "/nowhere", "/pair"] {
        let answer = clinic.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}

#[tokio::test]
async fn a_device_may_not_ask_without_end() {
    let clinic = Clinic::new().await;
    let mut refused = None;
    for n in 0..700 {
        let answer = clinic.get("/fhir/Patient").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(n);
            break;
        }
    }
    assert_eq!(refused, Some(600));
    clinic.clock.pass(1000);
    assert_eq!(clinic.get("/fhir/Patient").await.status, StatusCode::OK);
}
