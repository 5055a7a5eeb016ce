//! The diary as files: for reading elsewhere, and for another phone.
//!
//! [`export`] writes what others can read, a FHIR Bundle or a table; [`sheet`] the doctor's page; [`backup`] what this app alone
//! reads, sealed; [`bring`] files what came out of one. Which bytes those are is decided in
//! `interlude-diary` and `interlude-fhir`; here the journal is read, and the browser asked to seal.

pub mod backup;
pub mod bring;
pub mod export;
pub mod sheet;

#[cfg(test)]
mod tests;

use interlude_diary::journal::{Journal, JournalError, Stored};

/// Revisions read at once.
const PAGE: usize = 200;

/// Every revision, in the order of the journal.
async fn all(journal: &impl Journal) -> Result<Vec<Stored>, JournalError> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let mut page = journal.page(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(all) };
        after = Some(last.seq);
        all.append(&mut page);
    }
}
