//! Reminders by the browser's push service: the permission, the subscription, and what pages and worker tell
//! each other about them.

use std::future::Future;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Listener, method, navigator, property, window};

/// The cache in which pages and worker leave each other word (`public/sw.js` has the same names).
const MARKS: &str = "reminders";
const MARK: &str = "/reminders/mark";
const HEARD: &str = "/reminders/heard";
const TEST: &str = "/reminders/test";

/// What the person said to the browser about notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Yes.
    Granted,
    /// No; only the browser's own settings change that.
    Denied,
    /// Not asked.
    Unasked,
    /// This browser has no reminders: or, on an iPhone, not before the app is installed.
    Missing,
}

/// How it stands. Asks nobody.
#[must_use]
pub fn permission() -> Permission {
    let has = |name| window().and_then(|window| property(&window, name));
    let (Some(notices), Some(_push), Some(_worker)) =
        (has("Notification"), has("PushManager"), navigator("serviceWorker"))
    else {
        return Permission::Missing;
    };
    named(property(&notices, "permission"))
}

fn named(word: Option<JsValue>) -> Permission {
    match word.and_then(|word| word.as_string()).as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        Some(_default) => Permission::Unasked,
        None => Permission::Missing,
    }
}

/// Asks the person. To be called from a tap itself, before anything is awaited.
pub fn ask() -> impl Future<Output = Permission> {
    let asked =
        window().and_then(|window| promise(&property(&window, "Notification")?, "requestPermission", &[]));
    async move {
        match asked {
            Some(asked) => JsFuture::from(asked).await.map_or(Permission::Missing, |word| named(Some(word))),
            None => Permission::Missing,
        }
    }
}

/// The address of this browser's subscription, if there is one.
pub async fn subscription() -> Option<String> {
    address(&held().await?)
}

/// Subscribes anew with this key (base64url); an older subscription ends. Answers with the address.
pub async fn subscribe(key: &str) -> Option<String> {
    unsubscribe().await;
    let options = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&options, &JsValue::from_str(name), &value).ok();
    set("userVisibleOnly", JsValue::TRUE)?;
    set("applicationServerKey", JsValue::from_str(key))?;
    address(&done(&manager().await?, "subscribe", &[&options]).await?)
}

/// Ends the subscription, if there is one.
pub async fn unsubscribe() {
    if let Some(held) = held().await {
        // Refused where the push service cannot be reached; it ends when it is next used.
        drop(done(&held, "unsubscribe", &[]).await);
    }
}

/// What pages left for the worker.
pub async fn mark() -> Option<String> {
    text(MARK).await
}

/// Leaves it. Answers whether it is there now.
pub async fn set_mark(text: &str) -> bool {
    leave(MARK, text).await.is_some()
}

/// Lets the worker take the next push for a test, until then (Unix milliseconds). It takes this word away itself,
/// so it is not part of the mark, which only pages write.
pub async fn await_test(until: i64) {
    // Not left, the test comes in the words of any reminder.
    drop(leave(TEST, &until.to_string()).await);
}

/// How many pushes the worker heard.
pub async fn heard() -> u32 {
    text(HEARD).await.and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// Takes everything away that was left, and a notice that is shown still.
pub async fn forget() {
    close().await;
    if let Some(caches) = property(&js_sys::global(), "caches") {
        drop(done(&caches, "delete", &[&JsValue::from_str(MARKS)]).await);
    }
}

/// Takes away a reminder that is shown.
pub async fn close() {
    let shown = async || done(&worker().await?, "getNotifications", &[]).await;
    for notice in shown().await.map(|all| Array::from(&all)).unwrap_or_default() {
        if let Some(close) = method(&notice, "close") {
            drop(close.call0(&notice));
        }
    }
}

/// Calls back when a push was heard while this page was open.
#[must_use]
pub fn on_heard(mut call: impl FnMut() + 'static) -> Option<Listener> {
    let container = web_sys::ServiceWorkerContainer::from(navigator("serviceWorker")?);
    Some(Listener::new(&container, "message", move |event| {
        if property(event, "data").and_then(|word| word.as_string()).as_deref() == Some("reminded") {
            call();
        }
    }))
}

fn address(subscription: &JsValue) -> Option<String> {
    property(subscription, "endpoint")?.as_string()
}

async fn held() -> Option<JsValue> {
    done(&manager().await?, "getSubscription", &[]).await.filter(|held| !held.is_null())
}

async fn manager() -> Option<JsValue> {
    property(&worker().await?, "pushManager")
}

async fn worker() -> Option<JsValue> {
    done(&navigator("serviceWorker")?, "getRegistration", &[]).await
}

async fn marks() -> Option<JsValue> {
    done(&property(&js_sys::global(), "caches")?, "open", &[&JsValue::from_str(MARKS)]).await
}

async fn leave(name: &str, text: &str) -> Option<JsValue> {
    let said = web_sys::Response::new_with_opt_str(Some(text)).ok()?;
    done(&marks().await?, "put", &[&JsValue::from_str(name), &said]).await
}

/// What lies under a name. Where there is no such cache none is made.
async fn text(name: &str) -> Option<String> {
    let caches = property(&js_sys::global(), "caches")?;
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("cacheName"), &JsValue::from_str(MARKS)).ok()?;
    let found = done(&caches, "match", &[&JsValue::from_str(name), &options]).await?;
    done(&found, "text", &[]).await?.as_string()
}

/// Calls a method and waits for its promise.
async fn done(of: &JsValue, name: &str, with: &[&JsValue]) -> Option<JsValue> {
    JsFuture::from(promise(of, name, with)?).await.ok()
}

fn promise(of: &JsValue, name: &str, with: &[&JsValue]) -> Option<Promise> {
    method(of, name)?.apply(of, &with.iter().copied().collect()).ok()?.dyn_into().ok()
}
