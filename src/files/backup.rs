//! The backup file, made and opened.

use std::collections::BTreeMap;

use interlude_diary::calendar::Moment;
use interlude_diary::journal::{Filed, Journal, JournalError, Light, MetaKey, Seq};
use interlude_diary::own::Own;
pub use interlude_fhir::backup::{Bound, Contents, LARGEST, NotABackup, Recovery, Secret, Unreadable};
use interlude_fhir::backup::{Brought, Cost, Frame, read_frame};

use super::{PAGE, all};
use crate::platform::cipher::{self, Key, Opened};
use crate::platform::ids;
use crate::platform::stretch::{self, StretchError};

/// What keeps a file shut.
#[derive(Clone)]
pub enum Lock {
    /// Words the person chose.
    Passphrase(String),
    /// A code that was shown.
    Recovery(Recovery),
}

/// A secret has no `Debug` of its text.
impl std::fmt::Debug for Lock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Passphrase(…)",
            Self::Recovery(_) => "Recovery(…)",
        })
    }
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMade {
    /// The diary could not be read.
    Store(JournalError),
    /// The browser has not the memory or the cryptography.
    Browser,
}

/// Why nothing came out of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpened {
    /// It is no whole backup file of this app.
    File(NotABackup),
    /// What was typed is no recovery code.
    Mistyped,
    /// Another secret than its own, or an altered file: nobody can tell one from the other.
    Shut,
    /// It opened, and what is in it cannot be read.
    Contents(Unreadable),
    /// The browser has not the memory or the cryptography.
    Browser,
}

/// A fresh recovery code.
#[must_use]
pub fn fresh_code() -> Recovery {
    Recovery::of(u128::from_be_bytes(ids::random()))
}

/// The whole diary, sealed.
///
/// # Errors
/// [`NotMade`] says what to tell the person.
pub async fn make(
    journal: &impl Journal,
    bound: Option<Bound>,
    lock: &Lock,
    now: Moment,
) -> Result<Vec<u8>, NotMade> {
    let mut contents = contents(journal, now).await.map_err(NotMade::Store)?;
    contents.bound = bound;
    let plain = contents.write().map_err(|_never| NotMade::Browser)?;
    let secret = match lock {
        Lock::Passphrase(_) => Secret::Passphrase,
        Lock::Recovery(_) => Secret::Recovery,
    };
    let stretch::Cost { memory_kib, passes, lanes } = stretch::Cost::NOW;
    let cost = Cost { memory_kib, passes, lanes };
    let frame = Frame { secret, cost, salt: ids::random(), nonce: ids::random() };
    let key = stretched(lock, &frame).map_err(|_why| NotMade::Browser)?;
    let mut file = frame.header(plain.len());
    let message = cipher::seal(&key, &frame.nonce, &file, &plain).await.ok_or(NotMade::Browser)?;
    file.extend(message);
    Ok(file)
}

pub(super) async fn contents(journal: &impl Journal, now: Moment) -> Result<Contents, JournalError> {
    let mut contents = Contents::new(now);
    let mut filed = receipts(journal).await?;
    contents.revisions = all(journal)
        .await?
        .into_iter()
        .map(|one| Brought {
            filed: filed.remove(&one.seq),
            stays: one.light == Light::StaysHere,
            entry: one.entry,
            received: one.received,
        })
        .collect();
    contents.drafts = journal.drafts().await?;
    contents.settings = journal.meta(MetaKey::Settings).await?;
    contents.own = journal.meta(MetaKey::Own).await?.map(|text| unshared(&text));
    contents.sheet = journal.meta(MetaKey::Sheet).await?;
    Ok(contents)
}

/// Another phone has the same questions; what may leave it is said there.
fn unshared(text: &str) -> String {
    let own = serde_json::from_str::<Own>(text).unwrap_or_default().unshared();
    serde_json::to_string(&own).unwrap_or_default()
}

async fn receipts(journal: &impl Journal) -> Result<BTreeMap<Seq, Filed>, JournalError> {
    let mut receipts = BTreeMap::new();
    let mut after = None;
    loop {
        let page = journal.holdings(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(receipts) };
        after = Some(last.seq);
        receipts.extend(page.into_iter().filter_map(|one| Some((one.seq, one.filed?))));
    }
}

/// What opens this file, before it is asked for.
///
/// # Errors
/// When it is no backup file.
pub fn wants(file: &[u8]) -> Result<Secret, NotABackup> {
    read_frame(file).map(|sealed| sealed.frame.secret)
}

/// Opens a file with what was typed.
///
/// # Errors
/// [`NotOpened`] says what to tell the person. Nothing was changed.
pub async fn open(file: &[u8], typed: &str) -> Result<Contents, NotOpened> {
    let sealed = read_frame(file).map_err(NotOpened::File)?;
    let lock = match sealed.frame.secret {
        Secret::Passphrase => Lock::Passphrase(typed.to_owned()),
        Secret::Recovery => Lock::Recovery(Recovery::read(typed).map_err(|_slip| NotOpened::Mistyped)?),
    };
    let key = stretched(&lock, &sealed.frame).map_err(|_why| NotOpened::Browser)?;
    match cipher::open(&key, &sealed.frame.nonce, sealed.header, sealed.message).await {
        Opened::Plain(plain) => Contents::read(&plain).map_err(NotOpened::Contents),
        Opened::Shut => Err(NotOpened::Shut),
        Opened::NoCipher => Err(NotOpened::Browser),
    }
}

fn stretched(lock: &Lock, frame: &Frame) -> Result<Key, StretchError> {
    let secret = match lock {
        Lock::Passphrase(typed) => stretch::same_letters(typed),
        Lock::Recovery(code) => code.secret().into(),
    };
    let Cost { memory_kib, passes, lanes } = frame.cost;
    stretch::stretch(&secret, &frame.salt, stretch::Cost { memory_kib, passes, lanes })
}
