//! Ids and chance, from the browser's cryptographic source.

use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use uuid::Builder;

use super::{clock, window};

/// A fresh entry id (UUID version 7). Made when a form opens.
#[must_use]
pub fn entry_id() -> EntryId {
    EntryId::new(version_7())
}

/// A fresh revision id (UUID version 7).
#[must_use]
pub fn revision_id() -> RevisionId {
    RevisionId::new(version_7())
}

/// A fresh device id (UUID version 4): it says nothing of when. Made once, at first start; the
/// journal keeps it.
#[must_use]
pub fn device_id() -> DeviceId {
    DeviceId::new(Builder::from_random_bytes(random()).into_uuid())
}

/// A number from 0 (included) to 1 (not included): the jitter of the back-off.
#[must_use]
pub fn chance() -> f64 {
    f64::from(u32::from_le_bytes(random())) / (f64::from(u32::MAX) + 1.0)
}

fn version_7() -> uuid::Uuid {
    let ms = u64::try_from(clock::unix_ms()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(ms, &random()).into_uuid()
}

/// Random bytes. `crypto.getRandomValues` is in every browser that runs wasm; it throws only for
/// arrays beyond 64 KiB.
///
/// # Panics
/// When there is no such source: an id that could collide would lose an entry, so none is made.
#[expect(clippy::expect_used, reason = "without a source of chance nothing may be recorded at all")]
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok())
        .expect("the browser has a source of random numbers");
    bytes
}
