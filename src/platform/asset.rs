//! Texts of this app's own origin, such as the shipped forms: from the precache when offline.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::window;

/// The text at `path`; `None` when it is not there or cannot be had now.
pub async fn text(path: &str) -> Option<String> {
    let asked = window()?.fetch_with_str(path);
    let response: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// One segment of a path, percent-encoded.
#[must_use]
pub fn segment(name: &str) -> String {
    String::from(js_sys::encode_uri_component(name))
}
