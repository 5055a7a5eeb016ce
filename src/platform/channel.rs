//! Telling the other tabs. A word, never data: what changed is read from the journal.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::Listener;

/// A channel to the other tabs of this app. What is said is not heard by the tab that says it.
pub struct Channel {
    inner: BroadcastChannel,
    _listener: Listener,
}

impl Channel {
    /// Opens the channel `name` and calls back with every word another tab says. `None` where the
    /// browser has no channels.
    #[must_use]
    pub fn open(name: &str, mut call: impl FnMut(String) + 'static) -> Option<Self> {
        super::property(&js_sys::global(), "BroadcastChannel")?;
        let inner = BroadcastChannel::new(name).ok()?;
        let listener = Listener::new(&inner, "message", move |event| {
            let word = event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string());
            if let Some(word) = word {
                call(word);
            }
        });
        Some(Self { inner, _listener: listener })
    }

    /// Says a word to the other tabs. Answers whether it went out.
    pub fn say(&self, word: &str) -> bool {
        self.inner.post_message(&JsValue::from_str(word)).is_ok()
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.inner.close();
    }
}
