//! What is kept, behind one port. Each verb is one whole transaction.
//!
//! Texts are kept as received; beside them only what is searched by. Two adapters, memory and
//! SQLite, pass one contract suite (`tests/store_contract`). Rules that both share are pure
//! functions in [`rules`].

mod error;
pub mod memory;
mod queries;
pub mod rules;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod values;

pub use error::StoreError;
pub use memory::MemoryStore;
pub use queries::{Bounds, Code, NOW, Query, ScoreQuery, Sort};
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;
pub use values::{
    ClockRow, Commit, Committed, Condition, Device, Flag, FlagRow, Kind, Link, Patient, PatientId, Put,
    Reminder, Row, Score, ScoreRow, Verdict,
};

use async_trait::async_trait;
use interlude_diary::calendar::LocalDay;
use interlude_diary::flags::Own;
use interlude_diary::ids::EntryId;

/// The clinic's store.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The name of this store's life: a restore starts a new one.
    async fn epoch(&self) -> Result<String, StoreError>;

    /// Nothing, when the store answers and has room for what a phone may send at once.
    async fn well(&self) -> Result<(), StoreError>;

    /// Adds a patient, with a key of 32 random bytes for its digests.
    async fn add_patient(
        &self,
        id: &PatientId,
        initials: &str,
        key: [u8; 32],
        now_ms: i64,
    ) -> Result<(), StoreError>;

    /// All patients not erased, oldest first.
    async fn patients(&self) -> Result<Vec<Patient>, StoreError>;

    /// One patient; none when unknown or erased.
    async fn patient(&self, id: &PatientId) -> Result<Option<Patient>, StoreError>;

    /// Erases a patient's content and key and ends all tokens; the audit chain stays, and so do the
    /// hashes of the tokens, so that a phone can be told why it is not let in.
    async fn erase(&self, id: &PatientId, actor: &str, now_ms: i64) -> Result<(), StoreError>;

    /// Opens an invitation; only the hash of its code is kept. Earlier open ones of the patient
    /// are void.
    async fn invite(&self, patient: &PatientId, code: [u8; 32], expires_ms: i64) -> Result<(), StoreError>;

    /// Uses an invitation up and gives the device its token; none when the code is unknown, used
    /// or too old.
    async fn redeem(
        &self,
        code: [u8; 32],
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<Option<Patient>, StoreError>;

    /// Gives a device a token without an invitation: the command line and tests.
    async fn grant(
        &self,
        patient: &PatientId,
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<(), StoreError>;

    /// Who holds this token; none when unknown or revoked.
    async fn device(&self, token: [u8; 32]) -> Result<Option<Device>, StoreError>;

    /// When the diary that this token reached was erased, and the chain's head since then; none for any
    /// other token.
    async fn erased(&self, token: [u8; 32]) -> Result<Option<(i64, crate::audit::Head)>, StoreError>;

    /// All devices of a patient, revoked ones too.
    async fn devices(&self, patient: &PatientId) -> Result<Vec<Device>, StoreError>;

    /// Ends a token's life. Answers whether it was alive.
    async fn revoke(&self, token: [u8; 32], now_ms: i64) -> Result<bool, StoreError>;

    /// Stores versions, with their scores, flags and audit links. Durable on `Ok`.
    async fn commit(&self, commit: Commit) -> Result<Committed, StoreError>;

    /// Reads versions back, in order of number, from what is on disk.
    async fn versions(&self, patient: &PatientId, numbers: &[i64]) -> Result<Vec<Row>, StoreError>;

    /// Numbers of all versions of a patient's diary, smallest first; none of an erased one.
    async fn numbers(&self, patient: &PatientId) -> Result<Vec<i64>, StoreError>;

    /// The current version of a resource.
    async fn current(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Option<Row>, StoreError>;

    /// All versions of a resource, newest first.
    async fn history(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Vec<Row>, StoreError>;

    /// Versions that match, of those that were current at `as_of`.
    async fn search(&self, query: &Query) -> Result<Vec<Row>, StoreError>;

    /// Number of the patient's last change; 0 for none.
    async fn changes(&self, patient: &PatientId) -> Result<i64, StoreError>;

    /// Scores that match.
    async fn scores(&self, query: &ScoreQuery) -> Result<Vec<ScoreRow>, StoreError>;

    /// Red flags, oldest first; those acknowledged too when `all`.
    async fn flags(&self, all: bool) -> Result<Vec<FlagRow>, StoreError>;

    /// Acknowledges a flag. Answers whether there was an open one.
    async fn acknowledge(&self, flag: i64, actor: &str, now_ms: i64) -> Result<bool, StoreError>;

    /// Notes by how much a phone's clock was ahead (behind: negative) when it sent something.
    async fn note_clock(
        &self,
        patient: &PatientId,
        device: &str,
        now_ms: i64,
        ahead_ms: i64,
    ) -> Result<(), StoreError>;

    /// Clocks that were wrong, of all patients, oldest first. One row for as long as a phone's clock is
    /// wrong by about as much.
    async fn clocks(&self) -> Result<Vec<ClockRow>, StoreError>;

    /// What the clinic says on the cards of red flags: by rule, then by language, those for all first.
    async fn cards(&self) -> Result<Vec<Own>, StoreError>;

    /// Puts it in the place of what was said for the same rule in the same language; what says nothing
    /// takes that away.
    async fn set_card(&self, card: &Own) -> Result<(), StoreError>;

    /// Sets a phone's reminder in the place of the one it had, and of any other that goes to the same
    /// subscription; how many were sent stays as counted. Answers false where the token is not alive.
    /// Revocation and erasure take reminders with them.
    async fn set_reminder(&self, wish: &Reminder) -> Result<bool, StoreError>;

    /// The reminder of this token.
    async fn reminder(&self, token: [u8; 32]) -> Result<Option<Reminder>, StoreError>;

    /// All reminders, by token.
    async fn reminders(&self) -> Result<Vec<Reminder>, StoreError>;

    /// Ends a reminder; where an endpoint is named, only if it still goes there. Answers whether there was
    /// one.
    async fn forget_reminder(&self, token: [u8; 32], endpoint: Option<&str>) -> Result<bool, StoreError>;

    /// The day was seen to, by a push that was taken or without one.
    async fn reminded(&self, token: [u8; 32], day: LocalDay, sent: bool) -> Result<(), StoreError>;

    /// Adds a link about something that was done without storing a version.
    async fn note(
        &self,
        patient: &PatientId,
        action: crate::audit::Action,
        actor: &str,
        now_ms: i64,
    ) -> Result<(), StoreError>;

    /// The audit chain of a patient, erased or not, oldest link first, with its current head.
    async fn chain(&self, patient: &PatientId) -> Result<(Vec<Link>, crate::audit::Head), StoreError>;

    /// All patients that ever were, erased ones too.
    async fn everyone(&self) -> Result<Vec<PatientId>, StoreError>;

    /// Checks one stored text against its keyed digest; none when the key or the text is erased.
    async fn genuine(&self, patient: &PatientId, n: i64, digest: &[u8]) -> Result<Option<bool>, StoreError>;
}
