//! One file a promise.

mod installable;
