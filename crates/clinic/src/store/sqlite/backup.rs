//! Copies of the store, and new lives of it.

use std::path::Path;

use sqlx::AssertSqlSafe;

use super::{SqliteStore, begin};
use crate::store::StoreError;

impl SqliteStore {
    /// Writes a consistent copy of the whole store into a new file, while others go on writing.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let path = to.to_string_lossy().replace('\'', "''");
        let mut writer = self.writer.lock().await;
        sqlx::raw_sql(AssertSqlSafe(format!("VACUUM INTO '{path}'"))).execute(&mut *writer).await?;
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
