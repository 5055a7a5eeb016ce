//! Receipts: made of the row as it was read back, never of the request.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Digest, Receipt};
use interlude_diary::ids::RevisionId;
use interlude_fhir::wire;
use sha2::{Digest as _, Sha256};

use crate::audit;
use crate::problem::Problem;
use crate::store::Row;

/// The receipt of a row. A text that cannot be read any more has a digest too, which equals
/// nobody's: whoever compares it learns that the clinic holds something else.
#[must_use]
pub fn of(row: &Row, epoch: &str) -> Receipt {
    let (revision, digest) = wire::read(&row.text).map_or_else(
        |_damaged| (RevisionId::new(uuid::Uuid::nil()), raw_digest(&row.text)),
        |received| (received.entry.revision, received.digest),
    );
    Receipt {
        revision,
        version: row.version.clone(),
        digest: Some(digest),
        stored: Moment::new(row.stored_ms, 0),
        epoch: epoch.to_owned(),
        head: audit::short(&row.head),
    }
}

/// The row's text with its `meta`, receipt included; every other byte as received.
///
/// # Errors
/// When the row cannot be read any more.
pub fn resource(row: &Row, epoch: &str) -> Result<String, Problem> {
    whole(row, &of(row, epoch))
}

/// The same with the receipt at hand.
///
/// # Errors
/// As [`resource`].
pub fn whole(row: &Row, receipt: &Receipt) -> Result<String, Problem> {
    Ok(wire::with_meta(&row.text, &row.version, receipt.stored, Some(receipt))?)
}

/// The row's id and `meta` alone.
///
/// # Errors
/// As [`resource`].
pub fn lean(row: &Row, receipt: &Receipt) -> Result<String, Problem> {
    let text = format!("{{\"resourceType\":\"{}\",\"id\":\"{}\"}}", row.kind.name(), row.id);
    Ok(wire::with_meta(&text, &row.version, receipt.stored, Some(receipt))?)
}

fn raw_digest(text: &str) -> Digest {
    Digest::new(Sha256::digest(text.as_bytes()).into())
}
