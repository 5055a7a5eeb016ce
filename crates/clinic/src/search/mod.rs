//! Searching: parameters, pages, and the answer.

mod date;
mod params;
mod records;
mod table;

pub use date::bounds;
pub use params::Params;
pub use records::records;
pub(crate) use records::{count, ids, sort, subject};
pub(crate) use table::when;
pub use table::{Param, known};
