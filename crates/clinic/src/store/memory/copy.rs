//! A copy of a store in memory.

use super::state::State;

/// All of a store as it was once: what a backup holds.
#[derive(Clone)]
pub struct Copy(pub(super) State);

impl std::fmt::Debug for Copy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copy").finish_non_exhaustive()
    }
}
