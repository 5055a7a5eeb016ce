//! When to try again: full jitter, from one second doubling to five minutes.

/// Longest wait, in milliseconds.
pub const LONGEST_MS: i64 = 300_000;
const FIRST_MS: i64 = 1000;

/// Milliseconds to wait after `failures` failures in a row (from 1), by a random number.
#[must_use]
pub fn delay_ms(failures: u32, chance: u64) -> i64 {
    let doublings = failures.saturating_sub(1).min(20);
    let bound = (FIRST_MS << doublings).min(LONGEST_MS);
    // Below 2^19, so it fits whatever the chance.
    i64::try_from(chance % bound.unsigned_abs().saturating_add(1)).unwrap_or(bound)
}

/// When to try again: not before the server asked for.
#[must_use]
pub fn due_ms(now_ms: i64, failures: u32, after_ms: Option<i64>, chance: u64) -> i64 {
    now_ms.saturating_add(delay_ms(failures, chance).max(after_ms.unwrap_or(0)))
}
