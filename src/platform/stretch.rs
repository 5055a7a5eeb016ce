//! A key out of what a person remembers: Argon2id (RFC 9106).
//!
//! A passcode or a passphrase has few bits; what protects is what each guess costs. The cost is kept
//! beside what was sealed, so that it can be raised later without shutting anybody out.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

/// Bytes of salt: random for each secret that is set.
pub const SALT: usize = 16;
/// Bytes of the key that comes out: AES-256.
pub const KEY: usize = 32;

/// Most memory that is ever asked for, in KiB: a file that asks for more was not made by this app, and a
/// cheap phone has no more to give to one page.
const MEMORY_MAX: u32 = 256 * 1024;
/// Most passes and lanes, for the same reason.
const TURNS_MAX: u32 = 16;

/// What one guess costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes; one, since a page computes on one thread.
    pub lanes: u32,
}

impl Cost {
    /// 19 MiB and two passes: the least that OWASP's Password Storage Cheat Sheet advises for Argon2id (2024).
    /// More would keep a cheap phone waiting for seconds, and may not be had by a page at all.
    pub const NOW: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
}

/// Why there is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StretchError {
    /// A cost that means nothing, or that no file or store of this app has.
    #[error("the cost of the key is not one that this app uses")]
    Cost,
    /// The page could not have the memory.
    #[error("there is not enough memory to make the key")]
    Memory,
}

/// The key for a secret, after `cost`. The secret is what [`same_letters`] makes of what was typed.
///
/// Takes about as long as the cost says, on the thread that calls: say so on screen before.
///
/// # Errors
/// When the cost is out of bounds, or the memory is not to be had.
pub fn stretch(secret: &str, salt: &[u8; SALT], cost: Cost) -> Result<Zeroizing<[u8; KEY]>, StretchError> {
    let bounded = cost.memory_kib <= MEMORY_MAX && cost.passes <= TURNS_MAX && cost.lanes <= TURNS_MAX;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(KEY));
    let params = params.ok().filter(|_| bounded).ok_or(StretchError::Cost)?;
    // Asked for here, so that too little of it is an answer and not the end of the page.
    let mut memory = Vec::new();
    let blocks = params.block_count();
    memory.try_reserve_exact(blocks).map_err(|_full| StretchError::Memory)?;
    memory.resize(blocks, argon2::Block::default());
    let mut key = Zeroizing::new([0; KEY]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(secret.as_bytes(), salt, key.as_mut_slice(), memory.as_mut_slice())
        .map_err(|_why| StretchError::Cost)?;
    Ok(key)
}

/// What was typed, in the one form (Unicode NFKC) that every keyboard's way of typing it comes to.
#[must_use]
pub fn same_letters(typed: &str) -> Zeroizing<String> {
    Zeroizing::new(js_sys::JsString::from(typed).normalize("NFKC").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    /// Made by the reference implementation, in C.
    #[test]
    fn the_key_is_the_one_that_others_make() {
        let key = stretch("password", b"somesaltsomesalt", Cost { passes: 2, ..SMALL }).unwrap();
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "1a98fba8e6394425c9bdc333a9c750aaf811df070f5fb4a5788e1cf4db5793a1");
    }

    #[test]
    fn secret_salt_and_cost_all_matter() {
        let key = |secret, salt, cost| stretch(secret, salt, cost).unwrap();
        let one = key("one", &[1; SALT], SMALL);
        assert_eq!(one, key("one", &[1; SALT], SMALL));
        assert_ne!(one, key("two", &[1; SALT], SMALL));
        assert_ne!(one, key("one", &[2; SALT], SMALL));
        assert_ne!(one, key("one", &[1; SALT], Cost { passes: 2, ..SMALL }));
    }

    #[test]
    fn a_cost_out_of_bounds_is_refused_and_not_tried() {
        for cost in [
            Cost { memory_kib: u32::MAX, ..SMALL },
            Cost { passes: u32::MAX, ..SMALL },
            Cost { lanes: u32::MAX, ..SMALL },
            Cost { memory_kib: 0, passes: 0, lanes: 0 },
        ] {
            assert_eq!(stretch("x", &[0; SALT], cost), Err(StretchError::Cost), "{cost:?}");
        }
    }
}
