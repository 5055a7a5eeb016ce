//! The lock's rules: how long wrong codes make one wait, and when a page that comes back is locked.
//!
//! Nothing here ever ends in erasing: a code that is wrong a thousand times costs time and no data.

/// Wrong codes that cost nothing: fingers slip.
const FREE: u32 = 3;
/// The first wait, in milliseconds. Each further wrong code doubles it.
const FIRST_MS: i64 = 5_000;
/// The longest wait: a child that plays with the phone must not keep its owner out for a day.
pub const LONGEST_MS: i64 = 15 * 60_000;
/// A clock is set by so much now and then without anybody's doing.
const SLACK_MS: i64 = 2_000;

/// The limits a person may choose, in minutes hidden; 0 locks at once.
pub const LIMITS: [u32; 5] = [0, 1, 5, 15, 60];
/// The one that holds until they choose.
pub const USUAL_LIMIT: u32 = 5;

/// Wrong codes since the last right one, and when the newest was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tries {
    /// How many. Counted before the code is looked at, so that a killed page cannot hide one.
    pub wrong: u32,
    /// When, in Unix milliseconds by the phone's clock.
    pub last_ms: i64,
}

impl Tries {
    /// These tries as they stand at `now_ms`. A clock that was set back makes the wait begin anew,
    /// from now: it is no shorter, and it ends.
    #[must_use]
    pub const fn at(self, now_ms: i64) -> Self {
        if now_ms < self.last_ms { Self { last_ms: now_ms, ..self } } else { self }
    }

    /// Milliseconds until the next code may be given.
    #[must_use]
    pub const fn wait_ms(self, now_ms: i64) -> i64 {
        let left = pause_ms(self.wrong) - now_ms.saturating_sub(self.at(now_ms).last_ms);
        if left > 0 { left } else { 0 }
    }

    /// One more, at `now_ms`.
    #[must_use]
    pub const fn and_one(self, now_ms: i64) -> Self {
        Self { wrong: self.wrong.saturating_add(1), last_ms: now_ms }
    }
}

/// The wait after so many wrong codes in a row, in milliseconds.
#[must_use]
pub const fn pause_ms(wrong: u32) -> i64 {
    if wrong <= FREE {
        return 0;
    }
    let doublings = wrong - FREE - 1;
    // Far beyond the longest already, and far from an overflow.
    if doublings > 16 {
        return LONGEST_MS;
    }
    let pause = FIRST_MS << doublings;
    if pause < LONGEST_MS { pause } else { LONGEST_MS }
}

/// Whether a page that was hidden is locked when it comes back.
///
/// `wall_ms` is what the phone's clock says has passed, `steady_ms` what a clock says that nobody can
/// set but that may stand still while the phone sleeps. The longer counts. A clock that was set back
/// tells nothing of how long it was: that locks.
#[must_use]
pub const fn locks(limit_min: u32, wall_ms: i64, steady_ms: i64) -> bool {
    let passed = if wall_ms > steady_ms { wall_ms } else { steady_ms };
    wall_ms < -SLACK_MS || passed >= limit_min as i64 * 60_000
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A phone whose clock is at `now_ms`: gives wrong codes as fast as it is let, `codes` times.
    fn guess(codes: u32, now_ms: &mut i64) -> Tries {
        let mut tries = Tries::default();
        for _ in 0..codes {
            *now_ms += tries.wait_ms(*now_ms);
            tries = tries.and_one(*now_ms);
        }
        tries
    }

    #[test]
    fn three_slips_cost_nothing_and_then_it_is_slower_and_slower() {
        let pauses: Vec<i64> = (0..14).map(pause_ms).collect();
        assert_eq!(pauses[..6], [0, 0, 0, 0, 5_000, 10_000]);
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]), "{pauses:?}");
        assert_eq!(pauses[13], LONGEST_MS);
        assert_eq!(pause_ms(u32::MAX), LONGEST_MS);
    }

    #[test]
    fn a_thousand_wrong_codes_take_ten_days() {
        let mut now_ms = 0;
        guess(1_000, &mut now_ms);
        assert!(now_ms > 10 * 86_400_000, "{now_ms}");
    }

    #[test]
    fn a_clock_set_back_neither_shortens_a_wait_nor_makes_it_endless() {
        let mut now_ms = 1_800_000_000_000;
        let tries = guess(8, &mut now_ms);
        let whole = pause_ms(8);
        for back in [1, 60_000, 86_400_000, 40 * 365 * 86_400_000] {
            let earlier = now_ms - back;
            assert_eq!(tries.wait_ms(earlier), whole);
            // What was looked at once is kept from then on, and ends.
            let seen = tries.at(earlier);
            assert_eq!(seen.wait_ms(earlier + whole - 1), 1);
            assert_eq!(seen.wait_ms(earlier + whole), 0);
        }
    }

    #[test]
    fn the_wait_ends_by_the_clock() {
        let tries = Tries { wrong: 5, last_ms: 1_000 };
        assert_eq!(tries.wait_ms(1_000), 10_000);
        assert_eq!(tries.wait_ms(7_000), 4_000);
        assert_eq!(tries.wait_ms(11_000), 0);
    }

    #[test]
    fn a_page_is_locked_by_the_time_it_was_away() {
        assert!(locks(0, 0, 0), "at once");
        assert!(!locks(5, 299_999, 299_999));
        assert!(locks(5, 300_000, 0), "the phone slept");
        assert!(locks(5, 0, 300_000), "the clock was set back, by less than was away");
        assert!(locks(60, -3_600_000, 1_000), "nobody knows how long it was");
        assert!(!locks(5, -500, 1_000), "the network set the clock right");
    }
}
