//! Installing the app, and whether it runs installed.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Listener, method, property, window};

/// How the app was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// From the home screen.
    Installed,
    /// In a tab on an iPhone or iPad: the installed app will have a store of its own, so nothing
    /// that matters may begin here.
    IosTab,
    /// In another browser's tab.
    Tab,
}

thread_local! {
    static OFFER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// How the app was opened.
#[must_use]
pub fn opened() -> Opened {
    let Some(window) = window() else { return Opened::Tab };
    let standalone = matches!(window.match_media("(display-mode: standalone)"), Ok(Some(m)) if m.matches());
    let navigator = window.navigator();
    // Safari's own flag: present, true or false, on iOS and iPadOS alone.
    let apple = property(&navigator, "standalone").and_then(|flag| flag.as_bool());
    match (standalone, apple) {
        (true, _) | (_, Some(true)) => Opened::Installed,
        (false, Some(false)) if touch(&navigator) => Opened::IosTab,
        (false, _) => Opened::Tab,
    }
}

/// Safari on a Mac has the flag too since it can install apps; it has no touch points.
fn touch(navigator: &JsValue) -> bool {
    property(navigator, "maxTouchPoints")
        .and_then(|points| points.as_f64())
        .is_some_and(|points| points > 0.0)
}

/// Listens for the browser's offer to install and keeps it; calls back with whether one is held.
#[must_use]
pub fn on_offer(mut call: impl FnMut(bool) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    let mut installed = call.clone();
    vec![
        Listener::new_with_options(&window, "beforeinstallprompt", options, move |event| {
            event.prevent_default();
            OFFER.set(Some(event.into()));
            call(true);
        }),
        Listener::new(&window, "appinstalled", move |_| {
            OFFER.set(None);
            installed(false);
        }),
    ]
}

/// Shows the browser's own installation prompt, where one was offered. Needs a tap. Answers
/// whether the person said yes.
pub async fn prompt() -> bool {
    let Some(offer) = OFFER.take() else { return false };
    let Some(prompt) = method(&offer, "prompt") else { return false };
    if prompt.call0(&offer).is_err() {
        return false;
    }
    let choice = property(&offer, "userChoice").and_then(|choice| choice.dyn_into::<js_sys::Promise>().ok());
    let Some(choice) = choice else { return false };
    let answer = JsFuture::from(choice).await.ok();
    answer.and_then(|answer| property(&answer, "outcome")).and_then(|word| word.as_string()).as_deref()
        == Some("accepted")
}
