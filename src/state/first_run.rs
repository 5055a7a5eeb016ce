//! What this installation is: its id, and whether the first run is behind it.

use interlude_diary::ids::DeviceId;
use interlude_diary::journal::{Journal, JournalError, MetaKey};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::kept::member;
use super::late;
use super::outside::Outside;
use super::storage::Storage;
use crate::journal::{IdbJournal, Trace};
use crate::sync::pairing;

/// The journal's `Device` value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The installation.
    pub id: DeviceId,
    /// Whether the first run was gone through.
    pub welcomed: bool,
}

impl Device {
    /// What is kept, or a new one that is kept now.
    ///
    /// # Errors
    /// As the store gives them: without an id nothing may be recorded.
    pub async fn of(
        journal: &IdbJournal,
        kept: Option<String>,
        fresh: impl FnOnce() -> DeviceId,
    ) -> Result<Self, JournalError> {
        if let Some(device) = kept.as_deref().and_then(Self::read) {
            return Ok(device);
        }
        let device = Self { id: fresh(), welcomed: false };
        late::keep(journal.clone(), MetaKey::Device, device.written()).await?;
        Ok(device)
    }

    fn read(kept: &str) -> Option<Self> {
        let id = member(kept, "id")?.parse().ok()?;
        Some(Self { id, welcomed: member(kept, "welcomed") == Some("true") })
    }

    fn written(&self) -> String {
        format!("{{\"id\":\"{}\",\"welcomed\":{}}}", self.id, self.welcomed)
    }
}

/// The first run of the running app.
#[derive(Clone, Copy)]
pub struct FirstRun {
    welcomed: RwSignal<bool>,
    wiped: RwSignal<bool>,
}

impl FirstRun {
    /// Puts itself into the context. Call once, in the composition root.
    pub fn provide(device: &Device) {
        provide_context(Self { welcomed: RwSignal::new(device.welcomed), wiped: RwSignal::new(false) });
    }

    /// Looks for a diary that was here: in this phone's second database, then by the clinic's
    /// cookie. Call where the first run is shown: a phone that was welcomed has its store.
    pub fn look(self) {
        let ports = Outside::get();
        spawn_local(async move {
            if matches!(ports.journal.trace().await, Ok(Trace::Wiped)) || pairing::seen().await {
                self.wiped.try_set(true);
            }
        });
    }

    /// The first run of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Whether it is behind the person.
    #[must_use]
    pub fn welcomed(self) -> Signal<bool> {
        self.welcomed.into()
    }

    /// Whether this browser held a diary that is gone.
    #[must_use]
    pub fn wiped(self) -> Signal<bool> {
        self.wiped.into()
    }

    /// The person went through it. The browser is asked now to keep what is about to be written.
    pub fn done(self) {
        self.welcomed.set(true);
        Storage::get().ask();
        let ports = Outside::get();
        spawn_local(async move {
            let device = Device { id: ports.device, welcomed: true };
            // If it cannot be kept, the person is only asked once more.
            drop(ports.journal.set_meta(MetaKey::Device, &device.written()).await);
        });
    }
}
