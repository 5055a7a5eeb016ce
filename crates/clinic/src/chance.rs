//! Random bytes, as an argument: secrets from the operating system, seeds in tests.

use crate::store::StoreError;

/// Gives random bytes.
pub trait Chance: Send + Sync + 'static {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// When there is no randomness to be had: then nothing secret may be made.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), StoreError>;
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsChance;

impl Chance for OsChance {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
        getrandom::fill(bytes).map_err(|_no_entropy| StoreError::NoChance)
    }
}

/// `N` random bytes.
///
/// # Errors
/// As [`Chance::fill`].
pub fn bytes<const N: usize>(chance: &dyn Chance) -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    chance.fill(&mut bytes)?;
    Ok(bytes)
}

/// A random UUID (version 4) in its usual spelling.
///
/// # Errors
/// As [`Chance::fill`].
pub fn uuid(chance: &dyn Chance) -> Result<uuid::Uuid, StoreError> {
    Ok(uuid::Builder::from_random_bytes(bytes(chance)?).into_uuid())
}
