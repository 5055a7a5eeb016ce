//! The store on SQLite: one writer, a few readers, the write-ahead log synced at every commit.
//!
//! Other processes (the command line) may write to the same file: nothing read before a write
//! transaction began is trusted inside it.

mod backup;
mod cards;
mod chain;
mod clocks;
mod people;
mod read;
mod reminders;
mod room;
mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use interlude_diary::calendar::LocalDay;
use interlude_diary::flags::Own;
use interlude_diary::ids::EntryId;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Sqlite, Transaction};
use tokio::sync::Mutex;

use super::{
    ClockRow, Commit, Committed, Device, FlagRow, Kind, Link, Patient, PatientId, Query, Reminder, Row,
    ScoreQuery, ScoreRow, Store, StoreError,
};
use crate::audit::{Action, Head};

/// Every step of the schema, in order; the schema's version is their number.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/sqlite/0001_start.sql"),
    include_str!("../../../migrations/sqlite/0002_clocks.sql"),
    include_str!("../../../migrations/sqlite/0003_cards.sql"),
    include_str!("../../../migrations/sqlite/0004_reminders.sql"),
];

/// Readers at once. More than the cores there usually are gains nothing.
const READERS: u32 = 4;

/// A store in one SQLite file.
pub struct SqliteStore {
    writer: Mutex<Writer>,
    readers: SqlitePool,
    path: PathBuf,
}

/// The one connection that writes, and how it is opened.
struct Writer {
    file: SqliteConnection,
    options: SqliteConnectOptions,
}

impl SqliteStore {
    /// Opens the file, or makes it: then its first epoch is called `epoch`.
    ///
    /// # Errors
    /// When it cannot be opened, or a newer version of this program made it.
    pub async fn open(path: &Path, epoch: &str, now_ms: i64) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            // A larger log is copied back less often; what was erased is overwritten.
            .pragma("wal_autocheckpoint", "4000")
            .pragma("cache_size", "-16000")
            .pragma("secure_delete", "ON");
        let mut writer = options.connect().await?;
        migrate(&mut writer).await?;
        sqlx::query(
            "INSERT INTO epoch (name, started_ms) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM epoch)",
        )
        .bind(epoch)
        .bind(now_ms)
        .execute(&mut writer)
        .await?;
        let options = options.create_if_missing(false);
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.clone().read_only(true))
            .await?;
        let writer = Mutex::new(Writer { file: writer, options });
        Ok(Self { writer, readers, path: path.to_owned() })
    }

    /// Closes the file after writing the log back into it.
    ///
    /// # Errors
    /// As SQLite gives them.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close().await;
        self.writer.into_inner().file.close().await?;
        Ok(())
    }
}

/// Begins a write: nobody else writes until it ends. Dropped, it undoes itself.
async fn begin(writer: &mut Writer) -> Result<Transaction<'_, Sqlite>, StoreError> {
    if writer.file.is_in_transaction() {
        // The one before may be undoing itself still.
        writer.file.ping().await?;
    }
    if writer.file.is_in_transaction() {
        // SQLite ends a transaction that found no room by itself, and sqlx then takes it to be running
        // for ever: such a connection writes nothing any more.
        writer.file = writer.options.connect().await?;
    }
    immediate(&mut writer.file).await
}

async fn immediate(file: &mut SqliteConnection) -> Result<Transaction<'_, Sqlite>, StoreError> {
    Ok(file.begin_with("BEGIN IMMEDIATE").await?)
}

async fn migrate(writer: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut tx = immediate(writer).await?;
    let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *tx).await?;
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    if done > MIGRATIONS.len() {
        return Err(StoreError::TooNew { found });
    }
    for step in MIGRATIONS.iter().skip(done) {
        sqlx::raw_sql(*step).execute(&mut *tx).await?;
    }
    let version = format!("PRAGMA user_version = {}", MIGRATIONS.len());
    sqlx::raw_sql(AssertSqlSafe(version)).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

#[async_trait]
impl Store for SqliteStore {
    async fn epoch(&self) -> Result<String, StoreError> {
        let newest = sqlx::query_scalar("SELECT name FROM epoch ORDER BY number DESC LIMIT 1");
        Ok(newest.fetch_one(&self.readers).await?)
    }

    async fn well(&self) -> Result<(), StoreError> {
        self.epoch().await?;
        room::probe(&self.path).await
    }

    async fn add_patient(
        &self,
        id: &PatientId,
        initials: &str,
        key: [u8; 32],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        people::add(self, id, initials, key, now_ms).await
    }

    async fn patients(&self) -> Result<Vec<Patient>, StoreError> {
        people::all(self).await
    }

    async fn patient(&self, id: &PatientId) -> Result<Option<Patient>, StoreError> {
        people::one(self, id).await
    }

    async fn erase(&self, id: &PatientId, actor: &str, now_ms: i64) -> Result<(), StoreError> {
        people::erase(self, id, actor, now_ms).await
    }

    async fn invite(&self, patient: &PatientId, code: [u8; 32], expires_ms: i64) -> Result<(), StoreError> {
        people::invite(self, patient, code, expires_ms).await
    }

    async fn redeem(
        &self,
        code: [u8; 32],
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<Option<Patient>, StoreError> {
        people::redeem(self, code, token, device, now_ms).await
    }

    async fn grant(
        &self,
        patient: &PatientId,
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        people::grant(self, patient, token, device, now_ms).await
    }

    async fn device(&self, token: [u8; 32]) -> Result<Option<Device>, StoreError> {
        people::device(self, token).await
    }

    async fn erased(&self, token: [u8; 32]) -> Result<Option<(i64, Head)>, StoreError> {
        people::erased(self, token).await
    }

    async fn devices(&self, patient: &PatientId) -> Result<Vec<Device>, StoreError> {
        people::devices(self, patient).await
    }

    async fn revoke(&self, token: [u8; 32], now_ms: i64) -> Result<bool, StoreError> {
        people::revoke(self, token, now_ms).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, StoreError> {
        write::commit(self, commit).await
    }

    async fn versions(&self, patient: &PatientId, numbers: &[i64]) -> Result<Vec<Row>, StoreError> {
        read::versions(self, patient, numbers).await
    }

    async fn numbers(&self, patient: &PatientId) -> Result<Vec<i64>, StoreError> {
        read::numbers(self, patient).await
    }

    async fn current(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Option<Row>, StoreError> {
        Ok(read::of(self, patient, kind, id).await?.into_iter().next())
    }

    async fn history(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Vec<Row>, StoreError> {
        read::of(self, patient, kind, id).await
    }

    async fn search(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        read::search(self, query).await
    }

    async fn changes(&self, patient: &PatientId) -> Result<i64, StoreError> {
        read::changes(self, patient).await
    }

    async fn scores(&self, query: &ScoreQuery) -> Result<Vec<ScoreRow>, StoreError> {
        read::scores(self, query).await
    }

    async fn flags(&self, all: bool) -> Result<Vec<FlagRow>, StoreError> {
        read::flags(self, all).await
    }

    async fn acknowledge(&self, flag: i64, actor: &str, now_ms: i64) -> Result<bool, StoreError> {
        chain::acknowledge(self, flag, actor, now_ms).await
    }

    async fn note_clock(
        &self,
        patient: &PatientId,
        device: &str,
        now_ms: i64,
        ahead_ms: i64,
    ) -> Result<(), StoreError> {
        clocks::note(self, patient, device, now_ms, ahead_ms).await
    }

    async fn clocks(&self) -> Result<Vec<ClockRow>, StoreError> {
        clocks::all(self).await
    }

    async fn cards(&self) -> Result<Vec<Own>, StoreError> {
        cards::all(self).await
    }

    async fn set_card(&self, card: &Own) -> Result<(), StoreError> {
        cards::set(self, card).await
    }

    async fn set_reminder(&self, wish: &Reminder) -> Result<bool, StoreError> {
        reminders::set(self, wish).await
    }

    async fn reminder(&self, token: [u8; 32]) -> Result<Option<Reminder>, StoreError> {
        reminders::one(self, token).await
    }

    async fn reminders(&self) -> Result<Vec<Reminder>, StoreError> {
        reminders::all(self).await
    }

    async fn forget_reminder(&self, token: [u8; 32], endpoint: Option<&str>) -> Result<bool, StoreError> {
        reminders::forget(self, token, endpoint).await
    }

    async fn reminded(&self, token: [u8; 32], day: LocalDay, sent: bool) -> Result<(), StoreError> {
        reminders::told(self, token, day, sent).await
    }

    async fn note(
        &self,
        patient: &PatientId,
        action: Action,
        actor: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        chain::note(self, patient, action, actor, now_ms).await
    }

    async fn chain(&self, patient: &PatientId) -> Result<(Vec<Link>, Head), StoreError> {
        chain::read(self, patient).await
    }

    async fn everyone(&self) -> Result<Vec<PatientId>, StoreError> {
        people::everyone(self).await
    }

    async fn genuine(&self, patient: &PatientId, n: i64, digest: &[u8]) -> Result<Option<bool>, StoreError> {
        chain::genuine(self, patient, n, digest).await
    }
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}

/// A column of 16 or 32 bytes.
fn fixed<const N: usize>(bytes: &[u8], what: &'static str) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_length| StoreError::Damaged(what))
}

fn id_bytes(id: EntryId) -> Vec<u8> {
    id.uuid().as_bytes().to_vec()
}
