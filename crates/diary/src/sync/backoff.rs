//! When to try again: full jitter, from one second doubling to five minutes.

/// Longest wait, in milliseconds.
pub const LONGEST_MS: i64 = 300_000;
/// Longest wait that a server is granted when it asks for one, in milliseconds.
pub const FARTHEST_MS: i64 = crate::journal::FARTHEST_MS;
const FIRST_MS: i64 = 1000;

/// Milliseconds to wait after `failures` failures in a row (from 1), by a random number.
#[must_use]
pub fn delay_ms(failures: u32, chance: u64) -> i64 {
    let doublings = failures.saturating_sub(1).min(20);
    let bound = (FIRST_MS << doublings).min(LONGEST_MS);
    // Below 2^19, so it fits whatever the chance.
    i64::try_from(chance % bound.unsigned_abs().saturating_add(1)).unwrap_or(bound)
}

/// When to try again: not before the server asked for, if that is no longer than [`FARTHEST_MS`].
#[must_use]
pub fn due_ms(now_ms: i64, failures: u32, after_ms: Option<i64>, chance: u64) -> i64 {
    let after_ms = after_ms.unwrap_or(0).min(FARTHEST_MS);
    now_ms.saturating_add(delay_ms(failures, chance).max(after_ms))
}

/// Whether a time that was to be waited for still is one: one farther away than anything is waited
/// for was written down before the clock was set back.
#[must_use]
pub const fn is_to_come(until_ms: i64, now_ms: i64) -> bool {
    until_ms > now_ms && until_ms <= now_ms.saturating_add(FARTHEST_MS)
}
