//! Receipts: made of the row as it was read back, never of the request.

use std::sync::Arc;

use interlude_diary::calendar::Moment;
use interlude_diary::entry::Receipt;
use interlude_fhir::wire;

use super::reading::{Reading, Readings};
use crate::audit;
use crate::problem::Problem;
use crate::store::Row;

/// The receipt of a row. A text that cannot be read any more has a digest too, which equals
/// nobody's: whoever compares it learns that the clinic holds something else.
#[must_use]
pub fn of(row: &Row, epoch: &str, readings: &Readings) -> Receipt {
    with_parts(row, epoch, readings).0
}

/// The receipt of a row, and what R4 says must be there of it.
#[must_use]
pub fn with_parts(row: &Row, epoch: &str, readings: &Readings) -> (Receipt, Arc<str>) {
    let reading = readings.of(row);
    (made(row, epoch, &reading), reading.parts)
}

fn made(row: &Row, epoch: &str, reading: &Reading) -> Receipt {
    Receipt {
        revision: reading.revision,
        version: row.version.clone(),
        digest: Some(reading.digest),
        stored: Moment::new(row.stored_ms, 0),
        epoch: epoch.to_owned(),
        head: audit::short(&row.head),
    }
}

/// The row's text with its `meta`, receipt included; every other byte as received.
///
/// # Errors
/// When the row cannot be read any more.
pub fn resource(row: &Row, epoch: &str, readings: &Readings) -> Result<String, Problem> {
    whole(row, &of(row, epoch, readings))
}

/// The same with the receipt at hand.
///
/// # Errors
/// As [`resource`].
pub fn whole(row: &Row, receipt: &Receipt) -> Result<String, Problem> {
    Ok(wire::with_meta(&row.text, &row.version, receipt.stored, Some(receipt))?)
}

/// The row's id and `meta` with `parts`, what R4 says must be there, and marked as that.
#[must_use]
pub fn lean(row: &Row, receipt: &Receipt, parts: &str) -> String {
    wire::subset(row.kind.name(), row.id, parts, &row.version, receipt)
}
