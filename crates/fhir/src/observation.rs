//! Observations derived from the scores of an entry.
