//! Rate limits: token buckets in memory, by the server's clock.
//!
//! Pairing codes are guessed at, so pairing has three gates. A peer has a few tries of its own,
//! which no stranger can use up; after those it shares a pool with all peers; and above both
//! stands a ceiling for the whole server, far above what patients need, which keeps a crowd of
//! addresses from searching the 2^40 codes: at 100 tries a second for the ten minutes a code
//! lives, one code is found with a probability of 5 in 100 million.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// One bucket: so many at once, and so many more a second.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// At once.
    pub burst: f64,
    /// More a second.
    pub per_second: f64,
}

/// How often what may be asked.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Requests of one device.
    pub device: Rate,
    /// Requests of one peer that name no valid device.
    pub stranger: Rate,
    /// Pairing: tries of one peer that are its own.
    pub pair_own: Rate,
    /// Pairing: all tries of one peer.
    pub pair_peer: Rate,
    /// Pairing: the pool all peers share after their own tries.
    pub pair_shared: Rate,
    /// Pairing: all tries there are.
    pub pair_all: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        const TEN_MINUTES: f64 = 600.0;
        Self {
            device: Rate { burst: 600.0, per_second: 60.0 },
            stranger: Rate { burst: 120.0, per_second: 2.0 },
            pair_own: Rate { burst: 5.0, per_second: 5.0 / TEN_MINUTES },
            pair_peer: Rate { burst: 20.0, per_second: 20.0 / TEN_MINUTES },
            pair_shared: Rate { burst: 50.0, per_second: 1.0 },
            pair_all: Rate { burst: 1000.0, per_second: 100.0 },
        }
    }
}

impl Rates {
    /// No limits to speak of: for simulations whose clock stands still.
    #[must_use]
    pub const fn unlimited() -> Self {
        let rate = Rate { burst: 1e12, per_second: 1e9 };
        Self {
            device: rate,
            stranger: rate,
            pair_own: rate,
            pair_peer: rate,
            pair_shared: rate,
            pair_all: rate,
        }
    }
}

/// How many peers or devices are remembered; the ones that asked longest ago go first.
const REMEMBERED: usize = 20_000;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at_ms: i64,
}

impl Bucket {
    fn refilled(self, rate: Rate, now_ms: i64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a span of milliseconds, far below 2^52")]
        let seconds = now_ms.saturating_sub(self.at_ms).max(0) as f64 / 1000.0;
        Self { left: (self.left + seconds * rate.per_second).min(rate.burst), at_ms: self.at_ms.max(now_ms) }
    }
}

struct Buckets<K> {
    rate: Rate,
    kept: Mutex<HashMap<K, Bucket>>,
}

impl<K: Eq + Hash + Copy> Buckets<K> {
    fn new(rate: Rate) -> Self {
        Self { rate, kept: Mutex::new(HashMap::new()) }
    }

    /// Takes one. When there is none, answers the seconds until there is.
    fn take(&self, key: K, now_ms: i64) -> Result<(), u32> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= REMEMBERED && !kept.contains_key(&key) {
            forget(&mut kept, self.rate, now_ms);
        }
        let full = Bucket { left: self.rate.burst, at_ms: now_ms };
        let bucket = kept.get(&key).map_or(full, |bucket| bucket.refilled(self.rate, now_ms));
        let enough = bucket.left >= 1.0;
        let left = if enough { bucket.left - 1.0 } else { bucket.left };
        kept.insert(key, Bucket { left, ..bucket });
        drop(kept);
        if enough { Ok(()) } else { Err(wait(1.0 - left, self.rate)) }
    }

    fn give_back(&self, key: K) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = kept.get_mut(&key) {
            bucket.left = (bucket.left + 1.0).min(self.rate.burst);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to one hour, and never negative"
)]
fn wait(missing: f64, rate: Rate) -> u32 {
    (missing / rate.per_second).ceil().clamp(1.0, 3600.0) as u32
}

/// Full buckets say nothing and go first; if all are in use, the older half goes.
fn forget<K: Eq + Hash + Copy>(kept: &mut HashMap<K, Bucket>, rate: Rate, now_ms: i64) {
    kept.retain(|_, bucket| bucket.refilled(rate, now_ms).left < rate.burst);
    if kept.len() >= REMEMBERED {
        let mut times: Vec<i64> = kept.values().map(|bucket| bucket.at_ms).collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        kept.retain(|_, bucket| bucket.at_ms > median);
    }
}

/// Who asked how often.
pub struct Limits {
    device: Buckets<[u8; 32]>,
    stranger: Buckets<IpAddr>,
    pair_own: Buckets<IpAddr>,
    pair_peer: Buckets<IpAddr>,
    pair_shared: Buckets<()>,
    pair_all: Buckets<()>,
}

impl Limits {
    /// All buckets full.
    #[must_use]
    pub fn new(rates: Rates) -> Self {
        Self {
            device: Buckets::new(rates.device),
            stranger: Buckets::new(rates.stranger),
            pair_own: Buckets::new(rates.pair_own),
            pair_peer: Buckets::new(rates.pair_peer),
            pair_shared: Buckets::new(rates.pair_shared),
            pair_all: Buckets::new(rates.pair_all),
        }
    }

    /// A request of a device.
    ///
    /// # Errors
    /// Seconds to wait.
    pub fn device(&self, token: [u8; 32], now_ms: i64) -> Result<(), u32> {
        self.device.take(token, now_ms)
    }

    /// A request without a valid token.
    ///
    /// # Errors
    /// Seconds to wait.
    pub fn stranger(&self, peer: IpAddr, now_ms: i64) -> Result<(), u32> {
        self.stranger.take(network(peer), now_ms)
    }

    /// A try at pairing.
    ///
    /// # Errors
    /// Seconds to wait.
    pub fn pairing(&self, peer: IpAddr, now_ms: i64) -> Result<(), u32> {
        let peer = network(peer);
        self.pair_peer.take(peer, now_ms)?;
        // A try that is refused further on was none: it costs the peer nothing, nor the others.
        let own = self.pair_own.take(peer, now_ms);
        let shared = own.or_else(|_used_up| self.pair_shared.take((), now_ms));
        let let_in = shared.and_then(|()| self.pair_all.take((), now_ms));
        if let_in.is_err() {
            self.pair_peer.give_back(peer);
        }
        if let_in.is_err() && shared.is_ok() {
            if own.is_ok() { self.pair_own.give_back(peer) } else { self.pair_shared.give_back(()) }
        }
        let_in
    }

    /// The try was a right code: it costs nothing.
    pub fn paired(&self, peer: IpAddr) {
        let peer = network(peer);
        self.pair_peer.give_back(peer);
        self.pair_own.give_back(peer);
    }
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits").finish_non_exhaustive()
    }
}

/// One household's or one host's worth of addresses: IPv6 users hold a /64 each.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(n: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, n])
    }

    #[test]
    fn a_guesser_is_stopped_and_an_honest_peer_is_not() {
        let limits = Limits::new(Rates::default());
        let mut tries = 0;
        while limits.pairing(peer(1), 0).is_ok() {
            tries += 1;
        }
        assert_eq!(tries, 20);
        // Others drain the shared pool: it is theirs to drain, not the first tries of a newcomer.
        for n in 2..40 {
            while limits.pairing(peer(n), 0).is_ok() {}
        }
        assert!(limits.pairing(peer(200), 0).is_ok());
        assert!(limits.pairing(peer(1), 0).is_err());
        assert!(limits.pairing(peer(1), 600_000).is_ok());
    }

    #[test]
    fn a_try_that_was_refused_costs_nobody_anything() {
        let limits = Limits::new(Rates::default());
        // Peers whose own tries and whose pool are used up ask on and on.
        let let_in = (1..=250).flat_map(|n| [n; 20]).filter(|n| limits.pairing(peer(*n), 0).is_ok()).count();
        assert_eq!(let_in, 1_000);
        let ceiling = |limits: &Limits| (0..2_000).filter(|_| limits.pair_all.take((), 0).is_ok()).count();
        // What was let in is gone, and no more.
        let few = Limits::new(Rates::default());
        assert_eq!((0..1_000).filter(|_| few.pairing(peer(1), 0).is_ok()).count(), 20);
        assert_eq!(ceiling(&few), 980);
        assert_eq!(ceiling(&limits), 0);
        // Refused by the ceiling a hundred times, an honest peer still has all of its own tries.
        for _ in 0..100 {
            assert!(limits.pairing(IpAddr::from([10, 9, 9, 9]), 0).is_err());
        }
        let later = |limits: &Limits| limits.pairing(IpAddr::from([10, 9, 9, 9]), 1_000).is_ok();
        assert_eq!((0..20).filter(|_| later(&limits)).count(), 6, "five of its own, and the pool's one");
    }

    #[test]
    fn right_codes_cost_nothing() {
        let limits = Limits::new(Rates::default());
        for _ in 0..200 {
            limits.pairing(peer(1), 0).unwrap();
            limits.paired(peer(1));
        }
    }

    #[test]
    fn a_crowd_meets_the_ceiling() {
        let limits = Limits::new(Rates::default());
        let crowd = (0..=255).flat_map(|a| (0..=255).map(move |b| IpAddr::from([10, 1, a, b])));
        let let_through = crowd.filter(|peer| limits.pairing(*peer, 0).is_ok()).count();
        assert_eq!(let_through, 1000);
    }

    #[test]
    fn memory_is_bounded() {
        let buckets = Buckets::new(Rate { burst: 2.0, per_second: 0.001 });
        for n in 0..3 * u32::try_from(REMEMBERED).unwrap() {
            assert!(buckets.take(n, i64::from(n)).is_ok());
        }
        assert!(buckets.kept.lock().unwrap().len() <= REMEMBERED);
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share() {
        let a: IpAddr = "2001:db8::1".parse().unwrap();
        let b: IpAddr = "2001:db8::ffff:2".parse().unwrap();
        let c: IpAddr = "2001:db8:0:1::2".parse().unwrap();
        assert_eq!(network(a), network(b));
        assert_ne!(network(a), network(c));
        assert_eq!(network("::ffff:10.0.0.1".parse().unwrap()), peer(1));
    }
}
