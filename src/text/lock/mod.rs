//! Words of the lock: its screen, its part of the page Settings, and what was forgotten.

pub(super) mod en;
pub(super) mod es;

/// Words of the lock.
#[derive(Debug)]
pub struct LockText {
    /// Heading of the screen.
    pub title: &'static str,
    /// The field, its switch, its button.
    pub code: &'static str,
    /// See `code`.
    pub show: &'static str,
    /// See `code`.
    pub open: &'static str,
    /// It is being looked at.
    pub opening: &'static str,
    /// It was another code.
    pub wrong: &'static str,
    /// The next may be given in so many seconds.
    pub wait: fn(i64) -> String,
    /// The store failed.
    pub failed: &'static str,
    /// No code opens it: its key is gone.
    pub keyless: &'static str,
    /// So many entries wait to be sent.
    pub waiting: fn(u64) -> String,
    /// So many were refused by the clinic.
    pub parked: fn(u64) -> String,
    /// Opens by the passkey.
    pub passkey: &'static str,
    /// The passkey did not open it.
    pub passkey_failed: &'static str,
    /// The code was forgotten: what leads on, and what it means.
    pub forgot: &'static str,
    /// See `forgot`.
    pub forgot_means: &'static str,
    /// So many entries come back from the clinic.
    pub held: fn(usize) -> String,
    /// So many are here alone.
    pub here_alone: fn(usize) -> String,
    /// The days on which those were begun.
    pub begun_on: fn(&str) -> String,
    /// So many forms were begun and not finished.
    pub drafts: fn(usize) -> String,
    /// Nothing would be lost.
    pub nothing_lost: &'static str,
    /// What else goes, and what the clinic should hear.
    pub also: &'static str,
    /// Discarding, in two steps.
    pub discard: &'static str,
    /// See `discard`.
    pub discard_means: &'static str,
    /// See `discard`.
    pub discard_do: &'static str,
    /// Leaves it locked.
    pub keep: &'static str,
    /// The part of the page Settings: heading, no code is set, one is.
    pub heading: &'static str,
    /// See `heading`.
    pub none: &'static str,
    /// See `heading`.
    pub is_set: &'static str,
    /// What a good code is.
    pub means: &'static str,
    /// What forgetting it means.
    pub forgetting: &'static str,
    /// The fields: the present code, the new one, the new one again.
    pub present: &'static str,
    /// See `present`.
    pub new: &'static str,
    /// See `present`.
    pub again: &'static str,
    /// Sets it.
    pub set_do: &'static str,
    /// Opens the fields where there is a code.
    pub change: &'static str,
    /// Changes it.
    pub change_do: &'static str,
    /// Removes it: the present code is enough.
    pub remove_do: &'static str,
    /// How long out of sight, and the choices in the order of `lock::LIMITS`.
    pub after: &'static str,
    /// See `after`.
    pub limits: [&'static str; 5],
    /// Locks now.
    pub lock_now: &'static str,
    /// It is being done.
    pub busy: &'static str,
    /// It was set.
    pub set: &'static str,
    /// It was removed.
    pub removed: &'static str,
    /// A passkey in addition: what it is, and adding and removing it.
    pub key_means: &'static str,
    /// See `key_means`.
    pub key_do: &'static str,
    /// See `key_means`.
    pub unkey_do: &'static str,
    /// It was added, it was removed, none was made.
    pub keyed: &'static str,
    /// See `keyed`.
    pub unkeyed: &'static str,
    /// See `keyed`.
    pub no_passkey: &'static str,
    /// The two new ones are not the same.
    pub differ: &'static str,
    /// The present code is another.
    pub wrong_present: &'static str,
    /// It could not be stored.
    pub not_done: &'static str,
}
