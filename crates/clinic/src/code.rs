//! Pairing codes: eight characters a person can read aloud and type.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};

use crate::chance::{self, Chance};
use crate::store::StoreError;

/// Crockford's alphabet: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How long an invitation is good for.
pub const LIFE_MS: i64 = 10 * 60 * 1000;

/// A pairing code: 40 random bits. It is a key for ten minutes, so it has no `Debug` of its text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; 8]);

impl Code {
    /// A new one.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new(chance: &dyn Chance) -> Result<Self, StoreError> {
        Ok(Self(symbols(u64::from_be_bytes(chance::bytes(chance)?))))
    }

    /// Reads what a person typed: case, hyphens and spaces do not matter, `O` is `0`, `I` and `L`
    /// are `1`.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let mut found = [0; 8];
        let mut filled = 0;
        for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}')) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let byte = u8::try_from(c).ok().filter(|b| ALPHABET.contains(b))?;
            *found.get_mut(filled)? = byte;
            filled += 1;
        }
        (filled == found.len()).then_some(Self(found))
    }

    /// What is stored of it: keyed, because 40 bits alone could be searched through in minutes.
    #[must_use]
    pub fn hash(self, pepper: &[u8; 32]) -> [u8; 32] {
        keyed(pepper, &[b"pairing-code", &self.0])
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{}", char::from(*b)))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// Eight random Crockford characters: the name of an epoch.
///
/// # Errors
/// When there is no randomness.
pub fn epoch(chance: &dyn Chance) -> Result<String, StoreError> {
    Code::new(chance).map(|code| code.to_string())
}

fn symbols(mut bits: u64) -> [u8; 8] {
    [(); 8].map(|()| {
        let at = usize::try_from(bits % 32).unwrap_or(0);
        bits /= 32;
        ALPHABET.get(at).copied().unwrap_or(b'0')
    })
}

/// HMAC-SHA-256 over parts, each preceded by its length, so that no two lists read alike.
#[must_use]
pub fn keyed(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length, so the error cannot happen; an all-zero digest matches nothing.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256 over parts in the same framing.
#[must_use]
pub fn hashed(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgiving_on_input() {
        let code = Code::read("01ABCDEF").unwrap();
        for typed in ["01abcdef", "OIAB-CDEF", " o l a b c d e f ", "0LAB\u{2011}CDEF"] {
            assert_eq!(Code::read(typed), Some(code), "{typed}");
        }
        for typed in ["", "01ABCDE", "01ABCDEFG", "01ABCDEU", "01ABCDE*", "01ABCDEÉ"] {
            assert_eq!(Code::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn printed_code_reads_back() {
        let code = Code::new(&crate::OsChance).unwrap();
        assert_eq!(Code::read(&code.to_string()), Some(code));
        assert_ne!(code.hash(&[1; 32]), code.hash(&[2; 32]));
    }
}
