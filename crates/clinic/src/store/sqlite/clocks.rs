//! Phones whose clocks were wrong.

use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::{SqliteStore, begin, chain};
use crate::store::{ClockRow, PatientId, StoreError};

const ROWS: &str = "SELECT p.id, p.initials, c.device, c.ahead_ms, c.first_ms, c.last_ms, c.number \
                    FROM clock c JOIN patient p ON p.number = c.patient";

fn clock(row: &SqliteRow) -> Result<ClockRow, StoreError> {
    let id: &str = row.try_get(0)?;
    Ok(ClockRow {
        patient: id.parse().map_err(|_damaged| StoreError::Damaged("a patient's id"))?,
        initials: row.try_get(1)?,
        device: row.try_get(2)?,
        ahead_ms: row.try_get(3)?,
        first_ms: row.try_get(4)?,
        last_ms: row.try_get(5)?,
    })
}

pub(super) async fn note(
    store: &SqliteStore,
    patient: &PatientId,
    device: &str,
    now_ms: i64,
    ahead_ms: i64,
) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let person = chain::person(&mut tx, patient).await?;
    let last = format!("{ROWS} WHERE c.patient = ? AND c.device = ? ORDER BY c.number DESC LIMIT 1");
    let last =
        sqlx::query(AssertSqlSafe(last)).bind(person.number).bind(device).fetch_optional(&mut *tx).await?;
    let same = last.as_ref().filter(|row| clock(row).is_ok_and(|row| row.is_the_same(ahead_ms)));
    if let Some(same) = same {
        sqlx::query("UPDATE clock SET last_ms = ? WHERE number = ?")
            .bind(now_ms)
            .bind(same.try_get::<i64, _>(6)?)
            .execute(&mut *tx)
            .await?;
    } else {
        let new = "INSERT INTO clock (patient, device, ahead_ms, first_ms, last_ms) VALUES (?, ?, ?, ?, ?)";
        sqlx::query(new)
            .bind(person.number)
            .bind(device)
            .bind(ahead_ms)
            .bind(now_ms)
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
    }
    Ok(tx.commit().await?)
}

pub(super) async fn all(store: &SqliteStore) -> Result<Vec<ClockRow>, StoreError> {
    let sql = format!("{ROWS} ORDER BY c.number");
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&store.readers).await?;
    rows.iter().map(clock).collect()
}
