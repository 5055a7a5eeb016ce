//! The service worker: its registration, and updates that wait for open forms.

use std::cell::Cell;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use super::lock::{self, Held, Mode};
use super::{Listener, method, navigator, property, window};

/// What the worker can do for this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// Everything is on the phone: the app starts with no network.
    Offline,
    /// Not yet, or not in this browser.
    NotYet,
}

/// Registers the worker. Calls `ready` when the app can start with no network, and `update` when a
/// newer build has been fetched whole and waits ([`apply`] lets it in).
pub async fn register(ready: impl Fn() + 'static, update: impl Fn() + Clone + 'static) {
    let Some(container) = container() else { return };
    let Ok(registration) = JsFuture::from(container.register("/sw.js")).await else { return };
    let registration = ServiceWorkerRegistration::from(registration);
    if registration.waiting().is_some() {
        update();
    }
    watch(&registration, update);
    if let Ok(promise) = container.ready() {
        spawn_local(async move {
            if JsFuture::from(promise).await.is_ok() {
                ready();
            }
        });
    }
}

/// Whether a worker answers this page's requests now.
#[must_use]
pub fn state() -> Ready {
    match container().and_then(|container| container.controller()) {
        Some(_) => Ready::Offline,
        None => Ready::NotYet,
    }
}

/// Asks the server whether there is a newer build. For a page that stays open for days.
pub async fn look() {
    if let Some(registration) = registration().await
        && let Ok(promise) = registration.update()
    {
        // No network, no news: the next look will tell.
        drop(JsFuture::from(promise).await);
    }
}

/// Lets a waiting build in and reloads every page, unless a form is open in any tab. Answers
/// whether it went in; when it did, this page is about to be replaced.
pub async fn apply() -> bool {
    let Some(registration) = registration().await else { return false };
    let Some(waiting) = registration.waiting() else { return false };
    let Some(quiet) = lock::try_take(lock::FORM, Mode::Exclusive).await else { return false };
    reload_when_replaced(quiet);
    waiting.post_message(&JsValue::from_str("skip")).is_ok()
}

/// Takes the worker away. Answers whether there is none any more.
pub async fn unregister() -> bool {
    let Some(registration) = registration().await else { return true };
    match registration.unregister() {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_refused) => false,
    }
}

/// Asks the browser to wake this page when there is a network again, where it has Background Sync.
pub async fn ask_wake() {
    if let Some(registration) = registration().await
        && let Some(sync) = property(&registration, "sync")
        && let Some(register) = method(&sync, "register")
        && let Ok(promise) = register.call1(&sync, &JsValue::from_str("interlude"))
        && let Ok(promise) = promise.dyn_into::<js_sys::Promise>()
    {
        // Refused (a setting of the person's): the page syncs when it is opened.
        drop(JsFuture::from(promise).await);
    }
}

/// Calls back when the worker wakes this page: see [`ask_wake`].
#[must_use]
pub fn on_wake(mut call: impl FnMut() + 'static) -> Option<Listener> {
    let container = container()?;
    Some(Listener::new(&container, "message", move |event| {
        if property(event, "data").and_then(|word| word.as_string()).as_deref() == Some("wake") {
            call();
        }
    }))
}

/// Held while a form is open, so that no update replaces the page under it.
pub async fn form_open() -> Held {
    lock::wait(lock::FORM, Mode::Shared).await
}

/// Reloads this page when a newer build takes over. Call once at start.
///
/// The old build's files are gone from the cache then, so the old page could not load another part
/// of itself. A page that had no worker before is claimed by the first one and stays as it is.
#[must_use]
pub fn follow_updates() -> Option<Listener> {
    let container = container()?;
    let had_one = Cell::new(container.controller().is_some());
    Some(Listener::new(&container, "controllerchange", move |_| {
        if had_one.replace(true) {
            reload();
        }
    }))
}

/// The lock must outlive the change: it is let go by the reload itself.
fn reload_when_replaced(quiet: Held) {
    let Some(container) = container() else { return };
    let quiet = Cell::new(Some(quiet));
    Listener::once(&container, "controllerchange", move |_| {
        reload();
        drop(quiet.take());
    })
    .forget();
}

fn reload() {
    if let Some(window) = window() {
        // Fails only in a page that is going away already.
        drop(window.location().reload());
    }
}

fn watch(registration: &ServiceWorkerRegistration, update: impl Fn() + Clone + 'static) {
    let found = registration.clone();
    Listener::new(registration, "updatefound", move |_| {
        let Some(installing) = found.installing() else { return };
        let update = update.clone();
        let worker: ServiceWorker = installing.clone();
        Listener::new(&installing, "statechange", move |_| {
            let replaces = container().is_some_and(|container| container.controller().is_some());
            if worker.state() == ServiceWorkerState::Installed && replaces {
                update();
            }
        })
        .forget();
    })
    .forget();
}

/// `None` where the browser has no workers: a plain-HTTP address, some private windows.
fn container() -> Option<ServiceWorkerContainer> {
    navigator("serviceWorker").map(ServiceWorkerContainer::from)
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let promise = container()?.get_registration();
    let found = JsFuture::from(promise).await.ok()?;
    (!found.is_undefined()).then(|| ServiceWorkerRegistration::from(found))
}
