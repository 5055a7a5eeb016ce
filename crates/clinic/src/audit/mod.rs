//! The audit chain of one patient: append-only, each link naming the one before, no content.
//!
//! A link keeps *that* something happened and a digest of the content under the patient's own
//! key. When a diary is erased its key goes too: the digests then say nothing of the content, and
//! the chain still verifies.

mod walk;

pub use walk::{Break, Walk};

use crate::code::{hashed, keyed};
use crate::ledger::hex;

/// Hash of a link; of nothing before the first.
pub type Head = [u8; 32];

/// What the chain of a patient starts from.
pub const START: Head = [0; 32];

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The patient was added.
    Added,
    /// A version was stored.
    Stored,
    /// A phone was paired.
    Paired,
    /// A phone gave its token back, or it was revoked.
    Revoked,
    /// A red flag was acknowledged.
    Acknowledged,
    /// A phone left, and its person let the clinic keep the diary.
    Kept,
    /// The diary was exported.
    Exported,
    /// The diary was erased.
    Erased,
}

impl Action {
    /// As kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Stored => "stored",
            Self::Paired => "paired",
            Self::Revoked => "revoked",
            Self::Acknowledged => "acknowledged",
            Self::Kept => "kept",
            Self::Exported => "exported",
            Self::Erased => "erased",
        }
    }
}

/// One link as it is hashed.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Number in the patient's chain, from 1.
    pub seq: i64,
    /// When, by the server's clock.
    pub at_ms: i64,
    /// Who: a device id, or the command line.
    pub actor: &'a str,
    /// What was done, as [`Action::code`].
    pub action: &'a str,
    /// Number of the version it is about; 0 for none.
    pub n: i64,
    /// Keyed digest of the content; empty for none.
    pub digest: &'a [u8],
}

impl Link<'_> {
    /// The chain's head after this link.
    #[must_use]
    pub fn after(&self, before: &Head) -> Head {
        hashed(&[
            b"interlude-audit-1",
            before,
            &self.seq.to_be_bytes(),
            &self.at_ms.to_be_bytes(),
            self.actor.as_bytes(),
            self.action.as_bytes(),
            &self.n.to_be_bytes(),
            self.digest,
        ])
    }
}

/// Digest of a stored text under the patient's key.
#[must_use]
pub fn content(key: &[u8], text: &str) -> [u8; 32] {
    keyed(key, &[b"content", text.as_bytes()])
}

/// What a receipt carries of a head: its first 32 digits.
#[must_use]
pub fn short(head: &[u8]) -> String {
    hex(head.get(..16).unwrap_or(head))
}
