//! The sync cycle without I/O: asked what is next, told what happened.
//!
//! [`Fate`] is what one exchange meant for one revision, decided where the status code is read
//! ([`fate_of`]). The cycle turns fates into [`Mark`](crate::journal::Mark)s; the driver files
//! them with [`Journal::settle`](crate::journal::Journal::settle) and asks again.

mod fate;

pub use fate::{Fate, Verdict, fate_of};
