//! A clinic in memory, with a clock whose hands are moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use interlude_clinic::store::{MemoryStore, PatientId, Store};
use interlude_clinic::{App, Clock, Config, router};
use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Body as EntryBody, Entry, Receipt};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::questionnaire::{Given, Response, ResponseItem, Value};
use interlude_fhir::json::parse;
use interlude_fhir::wire::read_receipt;
use tower::ServiceExt as _;
use uuid::Uuid;

/// 2026-03-12T08:00Z.
pub(crate) const START_MS: i64 = 1_773_302_400_000;

pub(crate) struct HandClock(pub(crate) AtomicI64);

impl HandClock {
    pub(crate) fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

pub(crate) struct Clinic {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) patient: PatientId,
    pub(crate) token: String,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn statuses(&self) -> Vec<String> {
        let json = self.json();
        let entries = json["entry"].as_array().unwrap();
        entries.iter().map(|entry| entry["response"]["status"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Clinic {
    pub(crate) async fn new() -> Self {
        Self::with(MemoryStore::new("EP0CH000"), Config::default()).await
    }

    pub(crate) async fn with(store: impl Store, config: Config) -> Self {
        let clock = Arc::new(HandClock(AtomicI64::new(START_MS)));
        let app = App::new(Arc::new(store), clock.clone(), config);
        let patient = app.add_patient("A.B.").await.unwrap();
        let token = app.issue_token(&patient, &device().to_string()).await.unwrap();
        Self { router: router(app.clone()), app, clock, patient, token }
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, headers, bytes, text }
    }

    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[("authorization", &self.bearer())], Body::empty()).await
    }

    pub(crate) async fn put_at(&self, path: &str, text: &str) -> Answer {
        let bearer = self.bearer();
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
        self.send("PUT", path, &headers, text.to_owned()).await
    }

    /// A search sent as a form.
    pub(crate) async fn form(&self, path: &str, fields: &str) -> Answer {
        let bearer = self.bearer();
        let kind = "application/x-www-form-urlencoded";
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        self.send("POST", path, &headers, fields.to_owned()).await
    }

    pub(crate) async fn put(&self, entry: &Entry, text: &str, headers: &[(&str, &str)]) -> Answer {
        let bearer = self.bearer();
        let mut all = vec![("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
        all.extend_from_slice(headers);
        self.send("PUT", &format!("/fhir/QuestionnaireResponse/{}", entry.id), &all, text.to_owned()).await
    }

    /// Entries as id, text and condition: `*` for a first revision, else the version below.
    pub(crate) async fn batch(&self, kind: &str, entries: &[(EntryId, &str, &str)]) -> Answer {
        let bearer = self.bearer();
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
        self.send("POST", "/fhir", &headers, bundle(kind, entries)).await
    }
}

pub(crate) fn bundle(kind: &str, entries: &[(EntryId, &str, &str)]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|(id, text, condition)| {
            let condition = match *condition {
                "" => String::new(),
                "*" => ",\"ifNoneMatch\":\"*\"".to_owned(),
                version => format!(",\"ifMatch\":\"W/\\\"{version}\\\"\""),
            };
            let url = format!("QuestionnaireResponse/{id}");
            format!("{{\"resource\":{text},\"request\":{{\"method\":\"PUT\",\"url\":\"{url}\"{condition}}}}}")
        })
        .collect();
    format!("{{\"resourceType\":\"Bundle\",\"type\":\"{kind}\",\"entry\":[{}]}}", entries.join(","))
}

/// The receipt of the n-th entry of a batch answer.
pub(crate) fn receipt_in(text: &str, n: usize) -> Receipt {
    let bundle = parse(text).unwrap();
    let outcome = bundle.list("entry")[n].get("response").unwrap().get("outcome").unwrap();
    read_receipt(outcome).unwrap()
}

pub(crate) fn device() -> DeviceId {
    DeviceId::new(Uuid::from_u128(0xd0))
}

pub(crate) fn score_item(link: &str, score: i32) -> ResponseItem {
    ResponseItem {
        link: link.to_owned(),
        text: Some(format!("How was it: {link}?")),
        given: Some(Given::Values(vec![Value::Integer(score)])),
        items: Vec::new(),
    }
}

/// A daily check-in about the n-th day.
pub(crate) fn check_in(n: u32, pain: i32) -> Entry {
    let day = LocalDay::from_ymd(2026, 1, 1).unwrap().plus(i32::try_from(n).unwrap());
    Entry {
        id: EntryId::new(Uuid::from_u128(0x0001_0000 + u128::from(n))),
        revision: RevisionId::new(Uuid::from_u128(0x0002_0000 + u128::from(n))),
        parent: None,
        device: device(),
        day,
        authored: Moment::new(i64::from(day.number()) * 86_400_000 + 7 * 3_600_000, 60),
        zone: "Europe/Madrid".to_owned(),
        occasion: Some(OccasionKey::daily(day)),
        late: false,
        partial: false,
        reason: None,
        body: EntryBody::Response(Response {
            questionnaire: "https://interlude.health/fhir/Questionnaire/daily-checkin|1.0.0".to_owned(),
            items: vec![score_item("pain-worst", pain), score_item("anxiety", 3)],
        }),
    }
}

/// The same entry said otherwise.
pub(crate) fn corrected(entry: &Entry, pain: i32) -> Entry {
    let mut next = entry.clone();
    next.parent = Some(entry.revision);
    next.revision = RevisionId::new(Uuid::from_u128(entry.revision.uuid().as_u128() + 0x0100_0000));
    next.reason = Some("mistyped".to_owned());
    if let EntryBody::Response(response) = &mut next.body {
        response.items[0] = score_item("pain-worst", pain);
    }
    next
}
