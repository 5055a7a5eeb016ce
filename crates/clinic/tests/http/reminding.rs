//! Reminders: set by a phone, sent in rounds, by a clock and a push service moved by hand.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::http::StatusCode;
use interlude_clinic::Config;
use interlude_clinic::remind::{Fate, Pusher, Round, Rounds};
use interlude_clinic::store::MemoryStore;
use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::{Body, Entry};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_fhir::wire::write_entry;
use uuid::Uuid;

use crate::support::{Answer, Clinic, check_in, corrected};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2026-03-12, on which the clock of these tests begins at 09:00 in Madrid.
const TODAY: i32 = 20_524;

/// A push service that says what it is told to, and remembers what it was sent.
struct Scripted {
    fate: Mutex<Fate>,
    sent: Mutex<Vec<String>>,
}

#[async_trait]
impl Pusher for Scripted {
    fn key(&self) -> &'static str {
        "the-key"
    }

    fn takes(&self, endpoint: &str) -> bool {
        endpoint.starts_with("https://push.example/")
    }

    async fn push(&self, endpoint: &str, _now_ms: i64) -> Fate {
        self.sent.lock().unwrap().push(endpoint.to_owned());
        *self.fate.lock().unwrap()
    }
}

struct Bench {
    clinic: Clinic,
    service: Arc<Scripted>,
    rounds: Rounds,
}

impl Bench {
    async fn new() -> Self {
        let service = Arc::new(Scripted { fate: Mutex::new(Fate::Taken), sent: Mutex::default() });
        let config = Config { push: Some(service.clone()), ..Config::default() };
        let clinic = Clinic::with(MemoryStore::new("EP0CH000"), config).await;
        Self { rounds: Rounds::new(clinic.app.clone()), clinic, service }
    }

    async fn with_reminder(at: &str) -> Self {
        let bench = Self::new().await;
        assert_eq!(bench.wish("https://push.example/1", at, "Europe/Madrid").await, StatusCode::NO_CONTENT);
        bench
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let bearer = self.clinic.bearer();
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.clinic.send(method, path, &headers, body.to_owned()).await
    }

    async fn wish(&self, endpoint: &str, at: &str, zone: &str) -> StatusCode {
        let body = format!("{{\"endpoint\":\"{endpoint}\",\"at\":\"{at}\",\"zone\":\"{zone}\"}}");
        self.ask("PUT", "/reminder", &body).await.status
    }

    async fn set(&self) -> serde_json::Value {
        self.ask("GET", "/reminder", "").await.json()["set"].clone()
    }

    fn say(&self, fate: Fate) {
        *self.service.fate.lock().unwrap() = fate;
    }

    /// One round after so much time.
    async fn after(&mut self, ms: i64) -> Round {
        self.clinic.clock.pass(ms);
        self.rounds.once().await.unwrap()
    }

    async fn holds(&self, entry: &Entry) {
        let text = write_entry(entry, self.clinic.patient.as_str());
        assert!(self.clinic.put(entry, &text, &[]).await.status.is_success());
    }
}

/// A check-in about so many days after [`TODAY`].
fn about(days: i32) -> Entry {
    let first = LocalDay::from_ymd(2026, 1, 1).unwrap();
    check_in(u32::try_from(TODAY + days - first.number()).unwrap(), 4)
}

const SENT: Round = Round { sent: 1, answered: 0, gone: 0, later: 0, refused: 0 };
const ANSWERED: Round = Round { sent: 0, answered: 1, gone: 0, later: 0, refused: 0 };

#[tokio::test]
async fn a_phone_sets_reads_and_ends_its_reminder() {
    let bench = Bench::new().await;
    let none = serde_json::json!({ "key": "the-key", "set": null, "sent": 0 });
    assert_eq!(bench.ask("GET", "/reminder", "").await.json(), none);
    assert_eq!(bench.ask("POST", "/reminder/test", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.wish("https://push.example/1", "20:00", "Europe/Madrid").await, StatusCode::NO_CONTENT);
    let wished =
        serde_json::json!({ "endpoint": "https://push.example/1", "at": "20:00", "zone": "Europe/Madrid" });
    assert_eq!(bench.set().await, wished);
    assert_eq!(bench.ask("POST", "/reminder/test", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(*bench.service.sent.lock().unwrap(), ["https://push.example/1"]);
    // Another phone of the same patient has one of its own.
    let other = bench.clinic.app.issue_token(&bench.clinic.patient, "other").await.unwrap();
    let bearer = format!("Bearer {other}");
    let read = bench.clinic.send("GET", "/reminder", &[("authorization", &bearer)], "").await;
    assert_eq!(read.json(), none);
    for _twice in 0..2 {
        assert_eq!(bench.ask("DELETE", "/reminder", "").await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(bench.ask("GET", "/reminder", "").await.json(), none);
}

#[tokio::test]
async fn what_is_no_wish_is_refused_and_changes_nothing() {
    let bench = Bench::with_reminder("20:00").await;
    let before = bench.set().await;
    for body in ["", "{}", "[]", r#"{"endpoint":"https://push.example/2","at":"24:00","zone":"UTC"}"#] {
        assert_eq!(bench.ask("PUT", "/reminder", body).await.status, StatusCode::BAD_REQUEST, "{body}");
    }
    for (endpoint, zone) in [("http://169.254.169.254/", "UTC"), ("https://push.example/2", "Mars/Olympus")] {
        assert_eq!(bench.wish(endpoint, "20:00", zone).await, StatusCode::UNPROCESSABLE_ENTITY, "{endpoint}");
    }
    assert_eq!(bench.set().await, before);
    let without = Clinic::new().await;
    assert_eq!(without.get("/reminder").await.status, StatusCode::NOT_FOUND, "a server that sends none");
}

#[tokio::test]
async fn it_is_sent_once_a_day_at_its_time() {
    let mut bench = Bench::with_reminder("20:00").await;
    assert_eq!(bench.after(10 * HOUR + 59 * MINUTE).await, Round::default());
    assert_eq!(bench.after(MINUTE).await, SENT);
    assert_eq!(bench.after(MINUTE).await, Round::default());
    assert_eq!(bench.after(DAY - MINUTE).await, SENT);
    // A server that was down all evening says nothing in the middle of the night.
    assert_eq!(bench.after(DAY + 3 * HOUR).await, Round::default());
    assert_eq!(bench.service.sent.lock().unwrap().len(), 2);
    assert_eq!(bench.ask("GET", "/reminder", "").await.json()["sent"], 2);
}

#[tokio::test]
async fn a_day_that_the_clinic_holds_is_passed_over() {
    let mut bench = Bench::with_reminder("20:00").await;
    bench.holds(&about(0)).await;
    assert_eq!(bench.after(11 * HOUR).await, ANSWERED);
    assert_eq!(bench.after(MINUTE).await, Round::default(), "the day is seen to");
    // Another day's answer, even one that came late, is none about this day.
    assert_eq!(bench.after(DAY - MINUTE).await, SENT);
    // What was taken back is no answer.
    let mut taken_back = about(2);
    bench.holds(&taken_back).await;
    taken_back = corrected(&taken_back, 4);
    if let Body::Response(response) = taken_back.body {
        taken_back.body = Body::Retracted(response);
    }
    bench.holds(&taken_back).await;
    assert_eq!(bench.after(DAY).await, SENT);
    // Nor is an answer to another form.
    let mut other = about(3);
    other.id = EntryId::new(Uuid::from_u128(0xff01));
    other.revision = RevisionId::new(Uuid::from_u128(0xff02));
    other.occasion = None;
    if let Body::Response(response) = &mut other.body {
        response.questionnaire = response.questionnaire.replace("daily-checkin", "side-effects");
    }
    bench.holds(&other).await;
    assert_eq!(bench.after(DAY).await, SENT);
    assert_eq!(bench.ask("GET", "/reminder", "").await.json()["sent"], 3);
}

#[tokio::test]
async fn a_time_that_is_just_past_is_for_tomorrow() {
    let mut bench = Bench::with_reminder("08:30").await;
    assert_eq!(bench.after(MINUTE).await, Round::default());
    assert_eq!(bench.after(DAY - 31 * MINUTE).await, SENT);
    // Told once is told: saying the same again, as a phone does when it is opened, sends no second.
    assert_eq!(bench.wish("https://push.example/1", "08:30", "Europe/Madrid").await, StatusCode::NO_CONTENT);
    assert_eq!(bench.after(MINUTE).await, Round::default());
}

#[tokio::test]
async fn a_push_service_that_asks_to_wait_is_waited_for_and_one_that_knows_nobody_ends_it() {
    let mut bench = Bench::with_reminder("20:00").await;
    let later = Round { later: 1, ..Round::default() };
    bench.say(Fate::Later(Some(600)));
    assert_eq!(bench.after(11 * HOUR).await, later);
    assert_eq!(bench.after(9 * MINUTE).await, Round::default());
    bench.say(Fate::Later(None));
    assert_eq!(bench.after(MINUTE).await, later);
    assert_eq!(bench.after(4 * MINUTE).await, Round::default());
    bench.say(Fate::Taken);
    assert_eq!(bench.after(MINUTE).await, SENT);

    bench.say(Fate::Refused(403));
    assert_eq!(bench.after(DAY).await, Round { refused: 1, ..Round::default() });
    assert_eq!(bench.after(MINUTE).await, Round::default(), "not again on this day");
    assert_eq!(bench.ask("POST", "/reminder/test", "").await.status, StatusCode::BAD_GATEWAY);
    bench.say(Fate::Gone);
    assert_eq!(bench.after(DAY - MINUTE).await, Round { gone: 1, ..Round::default() });
    assert_eq!(bench.set().await, serde_json::Value::Null);

    assert_eq!(bench.wish("https://push.example/2", "20:00", "Europe/Madrid").await, StatusCode::NO_CONTENT);
    assert_eq!(bench.ask("POST", "/reminder/test", "").await.status, StatusCode::GONE);
    assert_eq!(bench.set().await, serde_json::Value::Null);
}

#[tokio::test]
async fn a_revoked_phone_is_reminded_no_more() {
    let mut bench = Bench::with_reminder("20:00").await;
    assert_eq!(bench.ask("DELETE", "/pair", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.after(11 * HOUR).await, Round::default());
    assert!(bench.service.sent.lock().unwrap().is_empty());
}
