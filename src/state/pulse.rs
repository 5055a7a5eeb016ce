//! The pulse of the journal: a beat each time something in it may have changed.
//!
//! Views listen to it and read the journal again; nothing of the journal travels in it.

use leptos::prelude::*;

use crate::platform::channel::Channel;
use crate::platform::{document, visibility};

/// Name of the channel between the tabs, and the word said on it.
const CHANNEL: &str = "interlude-journal";
const CHANGED: &str = "changed";
/// The other word: everything was erased.
const ERASED: &str = "erased";

/// The pulse of the running app.
#[derive(Clone, Copy)]
pub struct Pulse {
    beats: RwSignal<u32>,
    heard: RwSignal<u32>,
    tabs: StoredValue<Option<Channel>, LocalStorage>,
}

impl Pulse {
    /// Puts itself into the context. Call once, in the composition root.
    pub fn provide() {
        let (beats, heard) = (RwSignal::new(0_u32), RwSignal::new(0_u32));
        provide_context(Self { beats, heard, tabs: StoredValue::new_local(None) });
    }

    /// Listens to the other tabs and to the page coming back to the front. Call once, in the
    /// composition root, when the first page is on screen; what happened before is read then.
    pub fn listen(self) {
        let Self { beats, heard, tabs: held } = self;
        let beat = move || beats.update(|n| *n = n.wrapping_add(1));
        let tabs = Channel::open(CHANNEL, move |word| {
            if word == ERASED {
                // What this tab shows is gone; it starts anew, with nothing.
                document::restart();
                return;
            }
            heard.update(|n| *n = n.wrapping_add(1));
            beat();
        });
        held.set_value(tabs);
        // The day may have turned while the page was away.
        let shown = visibility::on_change(move |hidden| {
            if !hidden {
                beat();
            }
        });
        for listener in shown.into_iter().chain(visibility::on_thawed(beat)) {
            listener.forget();
        }
        beat();
    }

    /// The pulse of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Subscribes the caller to the next beat.
    pub fn track(self) {
        self.beats.track();
    }

    /// Subscribes the caller to beats from other tabs alone.
    pub fn track_other_tabs(self) {
        self.heard.track();
    }

    /// Something was written here: every view reads again, in the other tabs too.
    pub fn changed(self) {
        self.beats.update(|n| *n = n.wrapping_add(1));
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                // A tab that does not hear it reads again when it comes to the front.
                tabs.say(CHANGED);
            }
        });
    }

    /// Everything was erased here: the other tabs start anew. Nothing in this one is read again.
    pub fn erased(self) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.say(ERASED);
            }
        });
    }
}
