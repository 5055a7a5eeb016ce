//! What the browser keeps for this app beside the databases: gone.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CacheStorage;

use super::{bucket, property, window, worker};

/// Deletes the caches, the buckets, the two storages and the worker's registration. Answers whether all of it went.
/// The app goes on from what is in memory; its next start wants a network.
pub async fn all() -> bool {
    // The worker first: it would fill a cache again.
    let (worker, caches, buckets) = (worker::unregister().await, caches().await, bucket::delete_all().await);
    storages() && worker && caches && buckets
}

async fn caches() -> bool {
    // None at a plain-HTTP address: then nothing is in them.
    let Some(caches) = property(&js_sys::global(), "caches") else { return true };
    let caches: CacheStorage = caches.unchecked_into();
    let Ok(names) = JsFuture::from(caches.keys()).await else { return false };
    let mut gone = true;
    for name in js_sys::Array::from(&names).iter().filter_map(|name| name.as_string()) {
        gone &= JsFuture::from(caches.delete(&name)).await.is_ok();
    }
    gone
}

fn storages() -> bool {
    let Some(window) = window() else { return true };
    let kinds = [window.local_storage(), window.session_storage()];
    // One that the browser refuses holds nothing.
    let cleared = |kind: Result<Option<web_sys::Storage>, JsValue>| match kind {
        Ok(Some(storage)) => storage.clear().is_ok(),
        Ok(None) | Err(_) => true,
    };
    kinds.into_iter().all(cleared)
}
