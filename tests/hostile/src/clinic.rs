//! The real router over a memory store, with one paired phone.

use std::cell::RefCell;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use http_body_util::BodyExt as _;
use interlude_clinic::limits::Rates;
use interlude_clinic::store::{MemoryStore, PatientId};
use interlude_clinic::{App, Clock, Config};
use interlude_testkit::block_on;
use tower::ServiceExt as _;

/// The patient of the phone that asks, as the golden files name it.
const PATIENT: &str = "pat-1";

/// 2026-03-12T08:00Z, always.
struct Stopped;

impl Clock for Stopped {
    fn now_ms(&self) -> i64 {
        1_773_302_400_000
    }
}

/// Requests answered by one clinic: what was stored before may matter, and must not fill the memory.
const LIFE: u32 = 500;

struct Clinic {
    router: Router,
    bearer: String,
    asked: u32,
}

impl Clinic {
    fn open() -> Self {
        let config = Config { rates: Rates::unlimited(), ..Config::default() };
        let app = App::new(Arc::new(MemoryStore::new("EPOCH000")), Arc::new(Stopped), config);
        let patient: PatientId = PATIENT.parse().expect("an id");
        block_on(app.store.add_patient(&patient, "A.B.", [7; 32], app.clock.now_ms())).expect("a patient");
        let token = block_on(app.issue_token(&patient, "phone")).expect("a token");
        Self { router: interlude_clinic::router(app), bearer: format!("Bearer {token}"), asked: 0 }
    }
}

thread_local! {
    static OPEN: RefCell<Option<Clinic>> = const { RefCell::new(None) };
}

/// Asks as the paired phone, and answers the status and the body. An address that HTTP itself refuses
/// never reaches the router: it is answered here, as 400.
///
/// # Panics
/// When the router answers 5xx: whatever is sent, that is a fault of the server.
pub fn ask(method: Method, path: &str, kind: &str, body: &[u8]) -> (u16, String) {
    let (router, bearer) = OPEN.with_borrow_mut(|open| {
        if open.as_ref().is_none_or(|clinic| clinic.asked >= LIFE) {
            *open = None;
        }
        let clinic = open.get_or_insert_with(Clinic::open);
        clinic.asked += 1;
        (clinic.router.clone(), clinic.bearer.clone())
    });
    let request = Request::builder()
        .method(method.clone())
        .uri(path)
        .header("authorization", bearer)
        .header("content-type", kind)
        .body(Body::from(body.to_vec()));
    let Ok(request) = request else { return (400, String::new()) };
    let (status, text) = block_on(async {
        let response = router.oneshot(request).await.expect("the router answers");
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    });
    assert!(status < 500, "{method} {path}: {status} {text}");
    (status, text)
}
