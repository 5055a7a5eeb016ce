//! JSON as written.
