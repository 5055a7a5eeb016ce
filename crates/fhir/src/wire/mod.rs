//! One entry as a FHIR resource, and back (ARCHITECTURE.md, "The entry on the wire").
//!
//! [`write_entry`] is for what was made here. What was received is kept as its text; [`read`]
//! says what is in it. A resource that another system made has no extensions of ours: then the
//! revision is derived from its id and version, the day from when it was authored.

mod consent;
mod meta;
mod names;
mod read;
mod response;
mod session;
mod strict;
mod value;
mod write;

pub(crate) use consent::share_code;
pub(crate) use meta::{
    epoch as meta_epoch, last_updated as meta_last_updated, receipt as meta_receipt, version as meta_version,
};
pub use meta::{epoch_member, read_receipt, subset, with_meta, write_receipt};
pub(crate) use names::entry_id;
pub use names::{canonical_base, derived_id};
pub(crate) use read::concerns_us;
pub use read::{Received, WireError, peek, read, read_entry, read_node, read_session};
pub use strict::strict;
pub(crate) use value::{clean, integer, read_value, says_something};
pub(crate) use write::write_into;
pub use write::{kind_of, write_entry};
