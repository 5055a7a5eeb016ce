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
