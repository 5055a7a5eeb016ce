//! The content digest: what a receipt vouches for (ARCHITECTURE.md, "Content digest").

use interlude_diary::entry::{Digest, Entry};
use sha2::{Digest as _, Sha256};

/// The canonical form of one revision: the lines that are hashed.
#[must_use]
pub fn canonical(entry: &Entry) -> String {
    canonical_as(entry, entry.status())
}

/// The same for a resource that says `status`, whatever the entry read from it would say.
#[must_use]
pub fn canonical_as(entry: &Entry, status: &str) -> String {
    format!("{entry:?}{status}")
}

/// The content digest of one revision.
#[must_use]
pub fn digest(entry: &Entry) -> Digest {
    digest_as(entry, entry.status())
}

/// The digest of a resource that says `status`.
#[must_use]
pub fn digest_as(entry: &Entry, status: &str) -> Digest {
    Digest::new(Sha256::digest(canonical_as(entry, status)).into())
}
