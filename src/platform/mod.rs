//! Every touch of the browser but the journal and the fetches: one API a file.
//!
//! Thin functions that say what the browser says. No rules live here: what a day is, when a form
//! opens or what may leave the phone is decided in `interlude-diary`. Nothing here panics when an
//! API is missing (an old WebKit, a private window): the answer says so instead.

pub mod abort;
pub mod asset;
pub mod badge;
pub mod bucket;
pub mod channel;
pub mod cipher;
pub mod clock;
pub mod document;
pub mod download;
pub mod gzip;
pub mod history;
pub mod ids;
pub mod install;
pub mod intl;
pub mod lock;
pub mod online;
pub mod passkey;
pub mod persist;
pub mod prefs;
pub mod print;
pub mod push;
pub mod stretch;
pub mod style;
pub mod timeout;
pub mod upload;
pub mod visibility;
pub mod wipe;
pub mod worker;
pub mod zone;

use wasm_bindgen::{JsCast, JsValue};

/// Keeps a browser event's listener alive; dropping it ends the listening, `forget` never does.
pub use gloo_events::EventListener as Listener;

/// The one place where the browser's window is taken hold of. `None` in a worker.
fn window() -> Option<web_sys::Window> {
    #[expect(clippy::disallowed_methods, reason = "the platform room hands it to its own files alone")]
    web_sys::window()
}

/// A property of a JavaScript object; `None` when it is absent, null or throws.
fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// A method of a JavaScript object, for APIs that are absent somewhere or unstable in web-sys.
fn method(of: &JsValue, name: &str) -> Option<js_sys::Function> {
    property(of, name)?.dyn_into().ok()
}

/// An API of `navigator` that not every browser has.
fn navigator(name: &str) -> Option<JsValue> {
    property(&window()?.navigator(), name)
}
