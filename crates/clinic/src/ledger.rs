//! What must never come back: erasures and revocations, in an append-only file beside the store.
//!
//! A backup still holds a diary erased after it was made, and a token revoked after. After a
//! restore this file is replayed, so that both are gone again. It names ids and hashes, nothing
//! of what was erased.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::store::{PatientId, Store, StoreError};

/// One thing that must stay done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A diary was erased.
    Erased(PatientId),
    /// A token was ended; its hash.
    Revoked([u8; 32]),
}

/// The file, open for appending.
#[derive(Debug)]
pub struct Ledger {
    file: Mutex<File>,
}

fn unavailable(error: std::io::Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

impl Ledger {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(unavailable)?;
        Ok(Self { file: Mutex::new(file) })
    }

    /// Appends a fact. On `Ok` it is on disk.
    ///
    /// # Errors
    /// When it cannot be written: then the thing must not be done either.
    pub fn append(&self, fact: &Fact, now_ms: i64) -> Result<(), StoreError> {
        let line = match fact {
            Fact::Erased(patient) => format!("erased {patient} {now_ms}\n"),
            Fact::Revoked(token) => format!("revoked {} {now_ms}\n", hex(token)),
        };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(line.as_bytes()).map_err(unavailable)?;
        file.sync_data().map_err(unavailable)
    }
}

/// Every fact in the file, oldest first; none when there is no file. A line cut off by a crash
/// was never followed by its deed and is passed over.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read(path: &Path) -> Result<Vec<Fact>, StoreError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unavailable(error)),
    };
    let mut facts = Vec::new();
    for line in BufReader::new(file).lines() {
        let line = line.map_err(unavailable)?;
        let mut words = line.split(' ');
        let fact = match (words.next(), words.next()) {
            (Some("erased"), Some(id)) => id.parse().ok().map(Fact::Erased),
            (Some("revoked"), Some(token)) => unhex(token).map(Fact::Revoked),
            _ => None,
        };
        facts.extend(fact);
    }
    Ok(facts)
}

/// Does again what was done.
///
/// # Errors
/// As the store gives them.
pub async fn replay(facts: &[Fact], store: &dyn Store, now_ms: i64) -> Result<(), StoreError> {
    for fact in facts {
        match fact {
            Fact::Erased(patient) => match store.erase(patient, "clinic", now_ms).await {
                // Not in this copy, or erased in it already.
                Ok(()) | Err(StoreError::NoSuchPatient) => {}
                Err(other) => return Err(other),
            },
            Fact::Revoked(token) => {
                store.revoke(*token, now_ms).await?;
            }
        }
    }
    Ok(())
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// 32 bytes of 64 hexadecimal digits.
#[must_use]
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    text.parse::<interlude_diary::entry::Digest>().ok().map(|digest| *digest.bytes())
}
