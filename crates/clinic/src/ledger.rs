//! What must never come back: erasures and revocations, in an append-only file beside the store.
//!
//! A backup still holds a diary erased after it was made, and a token revoked after. After a
//! restore this file is replayed, so that both are gone again. It names ids and hashes, nothing
//! of what was erased.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
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

impl Ledger {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
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
        // The command line may append at the same time.
        file.lock()?;
        let done = append(&mut file, line.as_bytes());
        file.unlock()?;
        Ok(done?)
    }
}

/// All of a line, or nothing of it.
fn append(file: &mut File, line: &[u8]) -> std::io::Result<()> {
    // What a crash cut off stood for nothing; left there it would spoil this line.
    let whole = whole_lines(file)?;
    file.set_len(whole)?;
    let written = file.write_all(line).and_then(|()| file.sync_data());
    if written.is_err() {
        file.set_len(whole)?;
    }
    written
}

/// How long the file is up to the end of its last whole line.
fn whole_lines(file: &mut File) -> std::io::Result<u64> {
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut text)?;
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    Ok(u64::try_from(end).unwrap_or(u64::MAX))
}

/// Every fact in the file, oldest first; none when there is no file. A line cut off by a crash
/// was never followed by its deed and is passed over.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read(path: &Path) -> Result<Vec<Fact>, StoreError> {
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut facts = Vec::new();
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(n: u8) -> Fact {
        Fact::Revoked([n; 32])
    }

    /// As a crash or a full disk leaves it: a line cut anywhere is no fact, and spoils none after it.
    #[test]
    fn a_line_cut_off_is_no_fact_and_spoils_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("never-again.log");
        Ledger::open(&path).unwrap().append(&fact(1), 7).unwrap();
        let line = format!("revoked {} 1773302400000", hex(&[2; 32]));
        let whole = std::fs::read(&path).unwrap();
        for cut in 1..=line.len() {
            std::fs::write(&path, [whole.as_slice(), &line.as_bytes()[..cut]].concat()).unwrap();
            assert_eq!(read(&path).unwrap(), [fact(1)], "cut at {cut}");
            Ledger::open(&path).unwrap().append(&fact(3), 9).unwrap();
            assert_eq!(read(&path).unwrap(), [fact(1), fact(3)], "cut at {cut}");
        }
    }
}
