//! The address bar and the back button.

use wasm_bindgen::JsValue;

use super::{Listener, window};

/// The path now, such as `/diary/2026-03-12`.
#[must_use]
pub fn path() -> String {
    window().and_then(|window| window.location().pathname().ok()).unwrap_or_else(|| "/".to_owned())
}

/// Goes to a path of this app, with a step for the back button.
pub fn push(path: &str) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        report(history.push_state_with_url(&JsValue::NULL, "", Some(path)));
    }
}

/// Goes to a path of this app in the place of the present one.
pub fn replace(path: &str) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        report(history.replace_state_with_url(&JsValue::NULL, "", Some(path)));
    }
}

/// One step back, as the back button.
pub fn back() {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        report(history.back());
    }
}

/// Calls back with the path whenever the person goes back or forward.
#[must_use]
pub fn on_pop(mut call: impl FnMut(String) + 'static) -> Option<Listener> {
    let window = window()?;
    Some(Listener::new(&window, "popstate", move |_| call(path())))
}

/// The fragment without its `#`, removed from the address and from history at once: it may hold
/// a pairing code. `None` when there is none.
#[must_use]
pub fn take_fragment() -> Option<String> {
    let window = window()?;
    let location = window.location();
    let fragment = location.hash().ok()?;
    let fragment = fragment.strip_prefix('#').filter(|rest| !rest.is_empty())?.to_owned();
    let rest = format!("{}{}", location.pathname().ok()?, location.search().unwrap_or_default());
    replace(&rest);
    Some(fragment)
}

/// Calls back with a fragment that is put behind the address while the app is open: a link that
/// differs from the page only in it loads nothing anew.
#[must_use]
pub fn on_fragment(mut call: impl FnMut(String) + 'static) -> Option<Listener> {
    let window = window()?;
    Some(Listener::new(&window, "hashchange", move |_| {
        if let Some(fragment) = take_fragment() {
            call(fragment);
        }
    }))
}

/// The origin the app was opened from, such as `https://diary.example`.
#[must_use]
pub fn origin() -> Option<String> {
    window()?.location().origin().ok()
}

/// Browsers refuse too many steps a second. The page is shown all the same: the app holds its own
/// route, and only the address lags.
fn report(result: Result<(), JsValue>) {
    drop(result);
}
