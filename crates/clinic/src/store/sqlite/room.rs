//! Whether the disk has room.
//!
//! SQLite tells it only to whom it refuses a write, and a small one may go well where a phone's batch
//! does not. So more than a phone sends at once is written beside the store, and taken away.

use std::io::Write as _;
use std::path::Path;

use crate::store::StoreError;

/// Twice what a phone sends at once.
const ENOUGH: usize = 1 << 20;

/// Nothing, when there is room.
pub(super) async fn probe(store: &Path) -> Result<(), StoreError> {
    let beside = store.with_extension("room");
    let done = tokio::task::spawn_blocking(move || tried(&beside)).await;
    done.map_err(|ended| StoreError::Unavailable(Box::new(ended)))?.map_err(StoreError::from)
}

fn tried(beside: &Path) -> std::io::Result<()> {
    // Never asked to reach the disk: it is gone before it would.
    let written = std::fs::File::create(beside).and_then(|mut file| file.write_all(&vec![0; ENOUGH]));
    match std::fs::remove_file(beside) {
        // Another question took it away.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => written,
        removed => written.and(removed),
    }
}
