//! What this installation is: its id, and whether the first run is behind it.

use interlude_diary::ids::DeviceId;
use interlude_diary::journal::{Journal, JournalError, MetaKey};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::outside::Outside;
use super::storage::Storage;
use crate::sync::pairing;

/// The journal's `Device` value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The installation.
    pub id: DeviceId,
    /// Whether the first run was gone through.
    #[serde(default)]
    pub welcomed: bool,
}

impl Device {
    /// Reads what is kept, or makes and keeps a new one.
    ///
    /// # Errors
    /// As the store gives them: without an id nothing may be recorded.
    pub async fn of(journal: &impl Journal, fresh: impl FnOnce() -> DeviceId) -> Result<Self, JournalError> {
        let kept = journal.meta(MetaKey::Device).await?;
        if let Some(device) = kept.and_then(|text| serde_json::from_str(&text).ok()) {
            return Ok(device);
        }
        let device = Self { id: fresh(), welcomed: false };
        device.keep(journal).await?;
        Ok(device)
    }

    async fn keep(&self, journal: &impl Journal) -> Result<(), JournalError> {
        let text = serde_json::to_string(self)
            .map_err(|_never| JournalError::Failed { name: "DeviceNotWritten".to_owned() })?;
        journal.set_meta(MetaKey::Device, &text).await
    }
}

/// The first run of the running app.
#[derive(Clone, Copy)]
pub struct FirstRun {
    welcomed: RwSignal<bool>,
    wiped: RwSignal<bool>,
}

impl FirstRun {
    /// Puts itself into the context. `trace` says that a store was here before and is gone. Call
    /// once, in the composition root.
    pub fn provide(device: &Device, trace: bool) {
        let first_run = Self { welcomed: RwSignal::new(device.welcomed), wiped: RwSignal::new(trace) };
        provide_context(first_run);
        if !device.welcomed && !trace {
            spawn_local(async move {
                if pairing::seen().await {
                    first_run.wiped.set(true);
                }
            });
        }
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
            drop(device.keep(&ports.journal).await);
        });
    }
}
