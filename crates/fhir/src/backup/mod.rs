//! The backup file: a whole diary, sealed by a passphrase or a recovery code (ARCHITECTURE.md, "The
//! backup file").
//!
//! Nothing is opened here: stretching the secret and AES-256-GCM are the browser's. [`frame`] says
//! what a file's bytes are before they are opened, [`Contents`] what they are afterwards,
//! [`Recovery`] how a recovery code is written down. All of it is total on any bytes.

mod contents;
mod frame;
mod recovery;

pub use contents::{Bound, Brought, Contents, Unreadable};
pub use frame::{Cost, Frame, HEADER, LARGEST, NotABackup, Sealed, Secret, read_frame};
pub use recovery::{Mistyped, Recovery};
