//! Searching: parameters, pages, and the answer.

mod date;
mod params;
mod records;
mod table;

pub use date::bounds;
pub use params::{Params, Place};
pub use records::records;
pub(crate) use records::{as_of, count, ids, sort, subject};
pub(crate) use table::when;
pub use table::{Param, known};
