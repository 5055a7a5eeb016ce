//! The mark on the installed app's icon, where the system has one.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{method, window};

/// Sets it, or takes it away. What a system refuses is no loss: the app says the same.
pub async fn set(on: bool) {
    let name = if on { "setAppBadge" } else { "clearAppBadge" };
    let asked = || {
        let navigator = window()?.navigator();
        method(&navigator, name)?.call0(&navigator).ok()?.dyn_into::<Promise>().ok()
    };
    if let Some(asked) = asked() {
        drop(JsFuture::from(asked).await);
    }
}
