//! Whether the browser promises not to evict this origin's storage.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{method, navigator, property};

/// The browser's promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    /// Kept until the person clears it.
    Granted,
    /// May be evicted when the phone runs out of room. Normal, and to be said.
    NotGranted,
    /// This browser does not say.
    Unknown,
}

/// The promise as it stands.
pub async fn state() -> Persistence {
    call("persisted").await
}

/// Asks for the promise. Firefox asks the person; others decide in silence.
pub async fn ask() -> Persistence {
    call("persist").await
}

/// Bytes in use and bytes allowed, where the browser says.
pub async fn estimate() -> Option<(f64, f64)> {
    let answer = promised("estimate").await?;
    Some((property(&answer, "usage")?.as_f64()?, property(&answer, "quota")?.as_f64()?))
}

async fn call(name: &str) -> Persistence {
    match promised(name).await.and_then(|answer| answer.as_bool()) {
        Some(true) => Persistence::Granted,
        Some(false) => Persistence::NotGranted,
        None => Persistence::Unknown,
    }
}

async fn promised(name: &str) -> Option<JsValue> {
    let storage = navigator("storage")?;
    let promise = method(&storage, name)?.call0(&storage).ok()?;
    JsFuture::from(promise.dyn_into::<js_sys::Promise>().ok()?).await.ok()
}
