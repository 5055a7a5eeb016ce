//! A push service on this machine. It takes pushes and writes them down; bringing one to the browser is a
//! command of its DevTools, since no browser here has a push service behind it.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde_json::json;

use super::{Browser, World};

/// One push as it was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Method and path.
    pub line: String,
    /// Who sent it.
    pub authorization: String,
    /// How many bytes of content.
    pub bytes: usize,
}

/// The service; it ends with the test.
pub struct PushService {
    origin: String,
    log: Arc<Mutex<Vec<Sent>>>,
}

impl PushService {
    /// Begins to listen.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn start() -> Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let log = Arc::<Mutex<Vec<Sent>>>::default();
        let router = Router::new().fallback(take).with_state(Arc::clone(&log));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { origin, log })
    }

    /// Its origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Every push it was sent.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn take(State(log): State<Arc<Mutex<Vec<Sent>>>>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    let authorization = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
    let authorization = authorization.unwrap_or_default().to_owned();
    let bytes = to_bytes(Body::new(body), 10_000).await.map_or(usize::MAX, |body| body.len());
    let line = format!("{} {}", parts.method, parts.uri.path());
    log.lock().unwrap_or_else(PoisonError::into_inner).push(Sent { line, authorization, bytes });
    StatusCode::CREATED
}

impl World {
    /// Gives pages of this browser a subscription at `service`, which they may make and end, and an icon
    /// whose mark can be read. From the next page on.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn subscribes_at(&self, service: &PushService) -> Result<()> {
        let source = format!(
            "(() => {{
                const held = () => localStorage.getItem('test-key') && {{
                    endpoint: '{}/this-phone',
                    unsubscribe: async () => {{ localStorage.removeItem('test-key'); return true; }},
                }};
                PushManager.prototype.getSubscription = async () => held() || null;
                PushManager.prototype.subscribe = async ({{ applicationServerKey, userVisibleOnly }}) => {{
                    if (!userVisibleOnly) throw new Error('not for pushes that nobody sees');
                    localStorage.setItem('test-key', applicationServerKey);
                    return held();
                }};
                Navigator.prototype.setAppBadge = async () => localStorage.setItem('test-badge', 'set');
                Navigator.prototype.clearAppBadge = async () => localStorage.setItem('test-badge', 'clear');
            }})()",
            service.origin()
        );
        let script = json!({ "source": source });
        self.browser.cdp("Page.addScriptToEvaluateOnNewDocument", script).await.map(drop)
    }

    /// What the person says to the browser about notices: `granted` or `denied`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn notices_are(&self, setting: &str) -> Result<()> {
        let said = json!({
            "permission": { "name": "notifications" },
            "setting": setting,
            "origin": self.proxy.url(),
        });
        self.browser.cdp("Browser.setPermission", said).await.map(drop)
    }

    /// Brings a push without content to the worker.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn deliver(&self) -> Result<()> {
        self.browser.cdp("ServiceWorker.enable", json!({})).await?;
        let push = json!({ "origin": self.proxy.url(), "registrationId": "0", "data": "" });
        self.browser.cdp("ServiceWorker.deliverPushMessage", push).await.map(drop)
    }

    /// Brings a push, and waits until the worker tells the open page that its notice is shown. Who asks Chromium
    /// for the notices before that takes this one away: it forgets those that it is not showing, and keeps one
    /// a moment before it shows it.
    ///
    /// # Errors
    /// When the worker tells nothing.
    pub async fn deliver_shown(&self) -> Result<()> {
        let listen = "window.testReminded = new Promise((told) => {
                navigator.serviceWorker.addEventListener('message', (event) => {
                    if (event.data === 'reminded') told(true);
                });
            })";
        self.browser.ask(listen).await?;
        self.deliver().await?;
        let told = self.browser.ask("return await window.testReminded").await;
        told.context("the worker did not tell of the push").map(drop)
    }
}

impl Browser {
    /// Title and text of every notice that is shown.
    ///
    /// # Errors
    /// When the page does not say.
    pub async fn notices(&self) -> Result<Vec<(String, String)>> {
        let script = "const worker = await navigator.serviceWorker.getRegistration();
            return (await worker.getNotifications()).map((one) => [one.title, one.body])";
        let shown = self.ask(script).await?;
        let shown = shown.as_array().context("no list")?.iter();
        let text = |one: &serde_json::Value, n: usize| {
            one.get(n).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
        };
        Ok(shown.map(|one| (text(one, 0), text(one, 1))).collect())
    }

    /// The one notice that is shown.
    ///
    /// # Errors
    /// When there are several.
    pub async fn notice(&self) -> Result<Option<(String, String)>> {
        let mut shown = self.notices().await?;
        ensure!(shown.len() <= 1, "one reminder takes the place of another: {shown:?}");
        Ok(shown.pop())
    }
}
