//! Many resources in one text: what is pushed, what comes back, and what a server is asked.
//!
//! Every function here is given text that anybody may have written. Whatever it is, each thing
//! asked for gets an answer of its own, and one that cannot be read stops no other.

mod collection;
mod page;
mod push;
mod requests;
mod scores;
mod summary;

pub use collection::collection;
pub use page::{Arrived, Full, List, Row, read_full, read_list};
pub(crate) use push::read_push;
pub use push::{push_bundle, push_bundle_as, read_push_reply, wants_splitting};
pub use requests::{BundleKind, Request, Requests, read_requests};
pub use scores::{identifier_token, observations_bundle, read_observations_reply};
pub use summary::summary;
