//! How rows are cut into batches.

use super::step::Ready;

/// Most entries in one batch: a year of days is five of them, in all not more than 8 requests with the lists.
pub(super) const ENTRIES: usize = 80;
/// Most bytes in one batch, before compression. One row alone may be larger.
pub(super) const BYTES: usize = 512 * 1024;
/// What a Bundle adds to each resource.
const WRAPPING: usize = 256;

/// Cuts rows into batches of at most `entries`, in order.
pub(super) fn cut(rows: Vec<Ready>, entries: usize) -> Vec<Vec<Ready>> {
    let mut batches: Vec<Vec<Ready>> = Vec::new();
    let mut bytes = 0;
    for row in rows {
        let size = row.bytes.saturating_add(WRAPPING);
        match batches.last_mut() {
            Some(batch) if batch.len() < entries.max(1) && bytes + size <= BYTES => {
                bytes += size;
                batch.push(row);
            }
            _ => {
                bytes = size;
                batches.push(vec![row]);
            }
        }
    }
    batches
}
