//! One file a page: the only callers of state verbs.

pub mod today;
pub mod unknown;
