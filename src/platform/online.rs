//! Whether the browser thinks there is a network. A hint: only an answer proves one.

use super::{Listener, window};

/// What the browser thinks now. A browser that does not say counts as online.
#[must_use]
pub fn now() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Calls back with what the browser thinks from now on. Dropping the answer ends it.
#[must_use]
pub fn on_change(mut call: impl FnMut(bool) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let mut offline = call.clone();
    vec![
        Listener::new(&window, "online", move |_| call(true)),
        Listener::new(&window, "offline", move |_| offline(false)),
    ]
}
