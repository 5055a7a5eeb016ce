//! Whether the page is in front of the person. Hidden is the last a page can count on hearing.

use super::{Listener, window};

/// Whether the page is hidden now.
#[must_use]
pub fn hidden() -> bool {
    window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Calls back with "hidden" at each change. Dropping the answer ends it.
#[must_use]
pub fn on_change(mut call: impl FnMut(bool) + 'static) -> Option<Listener> {
    let document = window()?.document()?;
    Some(Listener::new(&document, "visibilitychange", move |_| call(hidden())))
}

/// Calls back when the page comes back from the browser's back-forward cache: nothing it holds
/// of other tabs or of the clock is true any more.
#[must_use]
pub fn on_thawed(mut call: impl FnMut() + 'static) -> Option<Listener> {
    let window = window()?;
    Some(Listener::new(&window, "pageshow", move |event| {
        let kept = super::property(event, "persisted").and_then(|kept| kept.as_bool());
        if kept == Some(true) {
            call();
        }
    }))
}

/// Calls back when the page is about to be put away, or frozen: what it holds of other tabs is
/// to be let go now, because a page that is kept asleep keeps its locks.
#[must_use]
pub fn on_leaving(mut call: impl FnMut() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let mut frozen = call.clone();
    let mut listeners = vec![Listener::new(&window, "pagehide", move |_| call())];
    listeners.extend(window.document().map(|page| Listener::new(&page, "freeze", move |_| frozen())));
    listeners
}

/// Calls back when the page is shown, or goes on after it was frozen.
#[must_use]
pub fn on_back(mut call: impl FnMut() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let mut resumed = call.clone();
    let mut listeners = vec![Listener::new(&window, "pageshow", move |_| call())];
    listeners.extend(window.document().map(|page| Listener::new(&page, "resume", move |_| resumed())));
    listeners
}
