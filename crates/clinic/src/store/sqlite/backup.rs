//! Copies of the store, and new lives of it.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::{SqliteStore, begin};
use crate::store::StoreError;

impl SqliteStore {
    /// Nothing, when the file is a whole store: an empty file would open as an empty clinic.
    ///
    /// # Errors
    /// `Damaged` when it is something else or not whole; as SQLite gives them.
    pub async fn inspect(path: &Path) -> Result<(), StoreError> {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(false);
        let mut file = options.connect().await?;
        let whole: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut file).await?;
        let tables = "SELECT count(*) FROM sqlite_master WHERE name IN ('epoch', 'patient', 'audit')";
        let tables: i64 = sqlx::query_scalar(tables).fetch_one(&mut file).await?;
        file.close().await?;
        if whole == "ok" && tables == 3 { Ok(()) } else { Err(StoreError::Damaged("a table")) }
    }

    /// Writes a consistent copy of the whole store into a new file, while others go on writing.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let path = to.to_string_lossy().replace('\'', "''");
        let mut writer = self.writer.lock().await;
        sqlx::raw_sql(AssertSqlSafe(format!("VACUUM INTO '{path}'"))).execute(&mut writer.file).await?;
        Ok(())
    }

    /// Begins a new epoch after a restore, and voids the codes that were open when the copy was
    /// made. Version numbers go on; with another epoch in front they are other versions.
    ///
    /// # Errors
    /// As SQLite gives them.
    pub async fn begin_epoch(&self, name: &str, now_ms: i64) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().await;
        let mut tx = begin(&mut writer).await?;
        sqlx::query("INSERT INTO epoch (name, started_ms) VALUES (?, ?)")
            .bind(name)
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM invitation").execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }
}
