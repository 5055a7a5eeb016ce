//! Recovery codes: 128 random bits that a person can write down and type.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// Crockford's alphabet: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a code: 128 random bits and 12 that show a slip.
const LENGTH: usize = 28;

/// Characters from one hyphen to the next.
const GROUP: usize = 4;

/// What was typed is no code that was ever shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a recovery code")]
pub struct Mistyped;

/// A recovery code. It opens a whole diary, so it has no `Debug` of its text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Recovery(u128);

impl Recovery {
    /// The code of these random bits.
    #[must_use]
    pub const fn of(bits: u128) -> Self {
        Self(bits)
    }

    /// Reads what a person typed: case, hyphens and spaces do not matter, `O` is `0`, `I` and `L`
    /// are `1`. A slip is nearly always seen, before the long work of stretching.
    ///
    /// # Errors
    /// [`Mistyped`] when it is none.
    pub fn read(typed: &str) -> Result<Self, Mistyped> {
        let (mut bits, mut check, mut filled) = (0_u128, 0_u16, 0);
        for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}')) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let at = ALPHABET.iter().position(|known| char::from(*known) == c).ok_or(Mistyped)?;
            let five = u8::try_from(at).map_err(|_index| Mistyped)?;
            for bit in (0..5).rev().map(|n| five >> n & 1) {
                match filled {
                    0..128 => bits = bits << 1 | u128::from(bit),
                    128..140 => check = check << 1 | u16::from(bit),
                    _ => return Err(Mistyped),
                }
                filled += 1;
            }
        }
        let code = Self(bits);
        if filled == LENGTH * 5 && check == code.check() { Ok(code) } else { Err(Mistyped) }
    }

    /// The text that is stretched: the characters alone.
    #[must_use]
    pub fn secret(&self) -> String {
        let bit = |n: usize| {
            if n < 128 {
                (self.0 >> (127 - n) & 1) as usize
            } else {
                usize::from(self.check() >> (139 - n) & 1)
            }
        };
        (0..LENGTH)
            .filter_map(|character| {
                let at = (0..5).fold(0, |at, n| at << 1 | bit(character * 5 + n));
                ALPHABET.get(at).map(|known| char::from(*known))
            })
            .collect()
    }

    /// Twelve bits that follow from the others.
    fn check(&self) -> u16 {
        let mut hash = Sha256::new();
        hash.update(b"interlude-recovery-1");
        hash.update(self.0.to_be_bytes());
        match hash.finalize().first_chunk::<2>() {
            Some(two) => u16::from_be_bytes(*two) >> 4,
            None => 0,
        }
    }
}

/// In groups of four, as it is shown.
impl fmt::Display for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, character) in self.secret().chars().enumerate() {
            if n > 0 && n % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recovery(…)")
    }
}
