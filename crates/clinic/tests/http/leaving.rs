//! A phone leaves for good: erased or kept, with a receipt, and never back.

use axum::http::StatusCode;
use interlude_clinic::Config;
use interlude_clinic::ledger::{self, Fact, Ledger};
use interlude_clinic::store::MemoryStore;

use crate::support::{Answer, Clinic, check_in, device};
use interlude_fhir::wire::write_entry;

async fn leave(clinic: &Clinic, token: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    clinic.send("POST", "/leave", &headers, body.to_owned()).await
}

async fn with_entries(clinic: &Clinic) {
    for n in 0..3 {
        let entry = check_in(n, 4);
        let text = write_entry(&entry, clinic.patient.as_str());
        assert_eq!(clinic.put(&entry, &text, &[]).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn erased_on_the_persons_word_and_no_phone_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let config = Config { ledger: Some(Ledger::open(&path).unwrap()), ..Config::default() };
    let clinic = Clinic::with(MemoryStore::new("EP0CH000"), config).await;
    with_entries(&clinic).await;
    let second = clinic.app.issue_token(&clinic.patient, "second").await.unwrap();
    let code = clinic.app.invite(&clinic.patient).await.unwrap().to_string();

    let answer = leave(&clinic, &clinic.token, "{\"clinic\":\"erases\"}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let receipt = answer.json();
    assert_eq!((&receipt["clinic"], &receipt["records"]), (&"erased".into(), &3.into()));
    assert!(answer.header("set-cookie").starts_with("interlude-seen=; Path=/; Max-Age=0"));
    let (links, head) = clinic.app.store.chain(&clinic.patient).await.unwrap();
    let last = links.last().unwrap();
    assert_eq!((last.action.as_str(), last.actor.clone()), ("erased", device().to_string()));
    assert_eq!(receipt["mark"], interlude_clinic::audit::short(&head));
    assert_eq!(receipt["at_ms"], last.at_ms);
    assert_eq!(ledger::read(&path).unwrap(), [Fact::Erased(clinic.patient.clone())]);
    assert_eq!(clinic.app.store.patients().await.unwrap(), []);

    // Neither the phone that asked nor another, nor a code that was open.
    for token in [&clinic.token, &second] {
        let old = Clinic { token: token.clone(), ..again(&clinic) };
        let entry = check_in(9, 4);
        let push = old.put(&entry, &write_entry(&entry, clinic.patient.as_str()), &[]).await;
        assert_eq!(push.status, StatusCode::UNAUTHORIZED);
        let issue = &push.json()["issue"][0];
        assert_eq!(issue["code"], "deleted");
        let words = issue["details"]["text"].as_str().unwrap_or_default();
        assert_eq!(interlude_fhir::outcome::erased(&push.text).as_deref(), Some(words));
        assert!(words.contains("was erased") && words.contains(receipt["mark"].as_str().unwrap()), "{words}");
        assert_eq!(leave(&clinic, token, "{\"clinic\":\"erases\"}").await.status, StatusCode::UNAUTHORIZED);
    }
    let body = format!("{{\"code\":\"{code}\",\"device\":\"{}\"}}", device());
    let paired = clinic.send("POST", "/pair", &[("content-type", "application/json")], body).await;
    assert_eq!(paired.status, StatusCode::NOT_FOUND);
    assert!(clinic.app.store.numbers(&clinic.patient).await.unwrap().is_empty());
}

#[tokio::test]
async fn kept_on_the_persons_word_and_this_phone_is_out() {
    let clinic = Clinic::new().await;
    with_entries(&clinic).await;
    let second = clinic.app.issue_token(&clinic.patient, "second").await.unwrap();
    let answer = leave(&clinic, &clinic.token, "{\"clinic\":\"keeps\"}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let receipt = answer.json();
    assert_eq!((&receipt["clinic"], &receipt["records"]), (&"kept".into(), &3.into()));
    let (links, _head) = clinic.app.store.chain(&clinic.patient).await.unwrap();
    let last: Vec<&str> = links.iter().rev().take(2).map(|link| link.action.as_str()).collect();
    assert_eq!(last, ["revoked", "kept"]);
    assert_eq!(clinic.app.store.numbers(&clinic.patient).await.unwrap().len(), 3);
    let gone = clinic.get("/fhir/QuestionnaireResponse").await;
    assert_eq!((gone.status, &gone.json()["issue"][0]["code"]), (StatusCode::UNAUTHORIZED, &"login".into()));
    let other = Clinic { token: second, ..again(&clinic) };
    assert_eq!(other.get("/fhir/QuestionnaireResponse").await.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_is_done_by_a_farewell_that_is_none() {
    let clinic = Clinic::new().await;
    with_entries(&clinic).await;
    for body in ["", "{}", "{\"clinic\":\"burns\"}", "{\"clinic\":7}", "[]"] {
        assert_eq!(leave(&clinic, &clinic.token, body).await.status, StatusCode::BAD_REQUEST, "{body}");
    }
    let long = format!("{{\"clinic\":\"{}\"}}", "x".repeat(2000));
    assert_eq!(leave(&clinic, &clinic.token, &long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let headers = [("authorization", clinic.bearer()), ("content-type", "text/plain".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let plain = clinic.send("POST", "/leave", &headers, "{\"clinic\":\"erases\"}").await;
    assert_eq!(plain.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(clinic.app.store.numbers(&clinic.patient).await.unwrap().len(), 3);
}

/// The same clinic, for another phone.
fn again(clinic: &Clinic) -> Clinic {
    Clinic {
        app: clinic.app.clone(),
        router: clinic.router.clone(),
        clock: clinic.clock.clone(),
        patient: clinic.patient.clone(),
        token: String::new(),
    }
}
