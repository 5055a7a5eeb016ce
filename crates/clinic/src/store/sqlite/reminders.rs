//! Phones that want to be reminded.

use interlude_diary::calendar::LocalDay;
use interlude_diary::reminder::TimeOfDay;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::{SqliteStore, begin, fixed};
use crate::store::{Reminder, StoreError};

const ROWS: &str = "SELECT r.token, p.id, r.endpoint, r.at, r.zone, r.told, r.sent \
                    FROM reminder r JOIN patient p ON p.number = r.patient";

fn reminder(row: &SqliteRow) -> Result<Reminder, StoreError> {
    let id: &str = row.try_get(1)?;
    let at = TimeOfDay::from_minutes(row.try_get(3)?);
    let told: Option<i32> = row.try_get(5)?;
    Ok(Reminder {
        token: fixed(row.try_get(0)?, "a token's hash")?,
        patient: id.parse().map_err(|_damaged| StoreError::Damaged("a patient's id"))?,
        endpoint: row.try_get(2)?,
        at: at.map_err(|_damaged| StoreError::Damaged("the time of a reminder"))?,
        zone: row.try_get(4)?,
        told: told.map(LocalDay::from_number),
        sent: row.try_get(6)?,
    })
}

pub(super) async fn set(store: &SqliteStore, wish: &Reminder) -> Result<bool, StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let patient: Option<i64> =
        sqlx::query_scalar("SELECT patient FROM device WHERE token = ? AND revoked_ms IS NULL")
            .bind(wish.token.to_vec())
            .fetch_optional(&mut *tx)
            .await?;
    let Some(patient) = patient else { return Ok(false) };
    sqlx::query("DELETE FROM reminder WHERE endpoint = ? AND token <> ?")
        .bind(&wish.endpoint)
        .bind(wish.token.to_vec())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO reminder (token, patient, endpoint, at, zone, told, sent) VALUES (?, ?, ?, ?, ?, ?, 0) \
         ON CONFLICT (token) DO UPDATE SET endpoint = excluded.endpoint, at = excluded.at, \
         zone = excluded.zone, told = excluded.told",
    )
    .bind(wish.token.to_vec())
    .bind(patient)
    .bind(&wish.endpoint)
    .bind(i64::from(wish.at.minutes()))
    .bind(&wish.zone)
    .bind(wish.told.map(LocalDay::number))
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(true)
}

pub(super) async fn one(store: &SqliteStore, token: [u8; 32]) -> Result<Option<Reminder>, StoreError> {
    let sql = format!("{ROWS} WHERE r.token = ?");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(token.to_vec()).fetch_optional(&store.readers).await?;
    row.as_ref().map(reminder).transpose()
}

pub(super) async fn all(store: &SqliteStore) -> Result<Vec<Reminder>, StoreError> {
    let sql = format!("{ROWS} ORDER BY r.token");
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&store.readers).await?;
    rows.iter().map(reminder).collect()
}

pub(super) async fn forget(
    store: &SqliteStore,
    token: [u8; 32],
    endpoint: Option<&str>,
) -> Result<bool, StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let gone = sqlx::query("DELETE FROM reminder WHERE token = ? AND endpoint = COALESCE(?, endpoint)")
        .bind(token.to_vec())
        .bind(endpoint)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(gone.rows_affected() > 0)
}

pub(super) async fn told(
    store: &SqliteStore,
    token: [u8; 32],
    day: LocalDay,
    sent: bool,
) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    sqlx::query("UPDATE reminder SET told = ?, sent = sent + ? WHERE token = ?")
        .bind(day.number())
        .bind(i64::from(sent))
        .bind(token.to_vec())
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}
