//! A hospital's own R4 server on the network: the simulation's model of one, behind HTTP and CORS.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use interlude_fhir::exchange::Call;
use interlude_sim::foreign::{Foreign, Habits};
use interlude_sim::host::Host as _;

/// What the person types as their token there.
pub const TOKEN: &str = "a-token-of-the-hospital";
const LONGEST: usize = 8_000_000;

/// The server; it ends with the test.
pub struct Hospital {
    model: Arc<Mutex<Foreign>>,
    base: String,
}

impl Hospital {
    /// Begins to listen, with these habits.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn start(habits: Habits) -> Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}/fhir", listener.local_addr()?);
        let model = Arc::new(Mutex::new(Foreign::at(&base, habits, 1, now_ms())));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&model));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { model, base })
    }

    /// Its base address.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The current text of every resource of a type.
    #[must_use]
    pub fn all(&self, kind: &str) -> Vec<String> {
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner);
        model.current(kind).map(|(_, text)| text.to_owned()).collect()
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0)
}

async fn answer(State(model): State<Arc<Mutex<Foreign>>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let origin = parts.headers.get(header::ORIGIN).cloned();
    let body = to_bytes(body, LONGEST).await.unwrap_or_default();
    let (status, text) = if parts.method == Method::OPTIONS {
        (StatusCode::NO_CONTENT, String::new())
    } else if !knows(&parts.headers) {
        (StatusCode::UNAUTHORIZED, String::new())
    } else {
        let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
        let path = path.strip_prefix("/fhir").unwrap_or(path).trim_start_matches('/').to_owned();
        let body = (parts.method == Method::POST).then(|| String::from_utf8_lossy(&body).into_owned());
        let mut model = model.lock().unwrap_or_else(PoisonError::into_inner);
        model.set_clock(now_ms());
        let said = model.execute(&Call { path, body }, TOKEN);
        (StatusCode::from_u16(said.status).unwrap_or(StatusCode::BAD_GATEWAY), said.body)
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    let fixed = |text| header::HeaderValue::from_static(text);
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, fixed("authorization, content-type, accept"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, fixed("GET, POST"));
    headers.insert(header::CONTENT_TYPE, fixed("application/fhir+json"));
    response
}

fn knows(headers: &HeaderMap) -> bool {
    let said = headers.get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
    said.and_then(|said| said.strip_prefix("Bearer ")) == Some(TOKEN)
}
