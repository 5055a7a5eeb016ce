//! Patients, invitations and devices.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::chain::{self, New, Person};
use super::{SqliteStore, begin, fixed};
use crate::audit::{self, Action};
use crate::store::{Device, Patient, PatientId, StoreError};

const fn plain(action: Action) -> New {
    New { action, n: 0, digest: Vec::new() }
}

fn patient_id(text: &str) -> Result<PatientId, StoreError> {
    text.parse().map_err(|_damaged| StoreError::Damaged("a patient's id"))
}

fn patient(row: &SqliteRow) -> Result<Patient, StoreError> {
    Ok(Patient { id: patient_id(row.try_get(0)?)?, initials: row.try_get(1)?, added_ms: row.try_get(2)? })
}

pub(super) async fn add(
    store: &SqliteStore,
    id: &PatientId,
    initials: &str,
    key: [u8; 32],
    now_ms: i64,
) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    sqlx::query(
        "INSERT INTO patient (id, initials, added_ms, key, changes, seq, head) VALUES (?, ?, ?, ?, 0, 0, ?)",
    )
    .bind(id.as_str())
    .bind(initials)
    .bind(now_ms)
    .bind(key.to_vec())
    .bind(audit::START.to_vec())
    .execute(&mut *tx)
    .await?;
    let mut person = chain::person(&mut tx, id).await?;
    chain::append(&mut tx, &mut person, "clinic", now_ms, &[plain(Action::Added)]).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn all(store: &SqliteStore) -> Result<Vec<Patient>, StoreError> {
    let rows =
        sqlx::query("SELECT id, initials, added_ms FROM patient WHERE key IS NOT NULL ORDER BY number")
            .fetch_all(&store.readers)
            .await?;
    rows.iter().map(patient).collect()
}

pub(super) async fn everyone(store: &SqliteStore) -> Result<Vec<PatientId>, StoreError> {
    let ids: Vec<String> =
        sqlx::query_scalar("SELECT id FROM patient ORDER BY number").fetch_all(&store.readers).await?;
    ids.iter().map(|id| patient_id(id)).collect()
}

pub(super) async fn one(store: &SqliteStore, id: &PatientId) -> Result<Option<Patient>, StoreError> {
    let row = sqlx::query("SELECT id, initials, added_ms FROM patient WHERE id = ? AND key IS NOT NULL")
        .bind(id.as_str())
        .fetch_optional(&store.readers)
        .await?;
    row.as_ref().map(patient).transpose()
}

/// Content and key go, and are overwritten; the chain stays, and what names the tokens that end.
pub(super) async fn erase(
    store: &SqliteStore,
    id: &PatientId,
    actor: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let mut person = chain::person(&mut tx, id).await?;
    chain::append(&mut tx, &mut person, actor, now_ms, &[plain(Action::Erased)]).await?;
    for table in [
        "DELETE FROM version WHERE patient = ?",
        "DELETE FROM score WHERE patient = ?",
        "DELETE FROM flag WHERE patient = ?",
        "DELETE FROM clock WHERE patient = ?",
        "DELETE FROM reminder WHERE patient = ?",
        "DELETE FROM invitation WHERE patient = ?",
    ] {
        sqlx::query(table).bind(person.number).execute(&mut *tx).await?;
    }
    sqlx::query("UPDATE device SET revoked_ms = COALESCE(revoked_ms, ?) WHERE patient = ?")
        .bind(now_ms)
        .bind(person.number)
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE patient SET key = NULL, initials = '', erased_ms = ? WHERE number = ?")
        .bind(now_ms)
        .bind(person.number)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    // The log still holds what was erased, until it is written back and cut off.
    let busy: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut writer.file).await?;
    if busy != 0 {
        tracing::warn!("the log is still being read: what was erased stays in it until the next checkpoint");
    }
    Ok(())
}

pub(super) async fn erased(
    store: &SqliteStore,
    token: [u8; 32],
) -> Result<Option<(i64, audit::Head)>, StoreError> {
    let row = sqlx::query(
        "SELECT p.erased_ms, p.head FROM device d JOIN patient p ON p.number = d.patient \
         WHERE d.token = ? AND p.erased_ms IS NOT NULL",
    )
    .bind(token.to_vec())
    .fetch_optional(&store.readers)
    .await?;
    let read = |row: &SqliteRow| Ok((row.try_get(0)?, fixed(row.try_get(1)?, "a head of the audit chain")?));
    row.as_ref().map(read).transpose()
}

pub(super) async fn invite(
    store: &SqliteStore,
    patient: &PatientId,
    code: [u8; 32],
    expires_ms: i64,
) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let person = chain::person(&mut tx, patient).await?;
    sqlx::query("DELETE FROM invitation WHERE patient = ?").bind(person.number).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO invitation (code, patient, expires_ms) VALUES (?, ?, ?)")
        .bind(code.to_vec())
        .bind(person.number)
        .bind(expires_ms)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

pub(super) async fn redeem(
    store: &SqliteStore,
    code: [u8; 32],
    token: [u8; 32],
    device: &str,
    now_ms: i64,
) -> Result<Option<Patient>, StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let invited = sqlx::query(
        "SELECT p.id, p.initials, p.added_ms FROM invitation i JOIN patient p ON p.number = i.patient \
         WHERE i.code = ? AND i.expires_ms > ? AND p.key IS NOT NULL",
    )
    .bind(code.to_vec())
    .bind(now_ms)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(invited) = invited else { return Ok(None) };
    let invited = patient(&invited)?;
    sqlx::query("DELETE FROM invitation WHERE code = ?").bind(code.to_vec()).execute(&mut *tx).await?;
    let mut person = chain::person(&mut tx, &invited.id).await?;
    give(&mut tx, &mut person, token, device, now_ms).await?;
    tx.commit().await?;
    Ok(Some(invited))
}

async fn give(
    tx: &mut SqliteConnection,
    person: &mut Person,
    token: [u8; 32],
    device: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO device (token, patient, device, paired_ms) VALUES (?, ?, ?, ?)")
        .bind(token.to_vec())
        .bind(person.number)
        .bind(device)
        .bind(now_ms)
        .execute(&mut *tx)
        .await?;
    chain::append(tx, person, device, now_ms, &[plain(Action::Paired)]).await?;
    Ok(())
}

pub(super) async fn grant(
    store: &SqliteStore,
    patient: &PatientId,
    token: [u8; 32],
    device: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let mut person = chain::person(&mut tx, patient).await?;
    give(&mut tx, &mut person, token, device, now_ms).await?;
    Ok(tx.commit().await?)
}

fn held(row: &SqliteRow) -> Result<Device, StoreError> {
    Ok(Device {
        patient: patient_id(row.try_get(0)?)?,
        device: row.try_get(1)?,
        token: fixed(row.try_get(2)?, "a token's hash")?,
        paired_ms: row.try_get(3)?,
        revoked_ms: row.try_get(4)?,
    })
}

pub(super) async fn device(store: &SqliteStore, token: [u8; 32]) -> Result<Option<Device>, StoreError> {
    let row = sqlx::query(
        "SELECT p.id, d.device, d.token, d.paired_ms, d.revoked_ms FROM device d \
         JOIN patient p ON p.number = d.patient WHERE d.token = ? AND d.revoked_ms IS NULL",
    )
    .bind(token.to_vec())
    .fetch_optional(&store.readers)
    .await?;
    row.as_ref().map(held).transpose()
}

pub(super) async fn devices(store: &SqliteStore, patient: &PatientId) -> Result<Vec<Device>, StoreError> {
    let rows = sqlx::query(
        "SELECT p.id, d.device, d.token, d.paired_ms, d.revoked_ms FROM device d \
         JOIN patient p ON p.number = d.patient WHERE p.id = ? ORDER BY d.paired_ms",
    )
    .bind(patient.as_str())
    .fetch_all(&store.readers)
    .await?;
    rows.iter().map(held).collect()
}

pub(super) async fn revoke(store: &SqliteStore, token: [u8; 32], now_ms: i64) -> Result<bool, StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let row = sqlx::query(
        "SELECT p.id, d.device FROM device d JOIN patient p ON p.number = d.patient \
         WHERE d.token = ? AND d.revoked_ms IS NULL",
    )
    .bind(token.to_vec())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(false) };
    let (id, device): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    sqlx::query("UPDATE device SET revoked_ms = ? WHERE token = ?")
        .bind(now_ms)
        .bind(token.to_vec())
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM reminder WHERE token = ?").bind(token.to_vec()).execute(&mut *tx).await?;
    let mut person = chain::person(&mut tx, &patient_id(&id)?).await?;
    chain::append(&mut tx, &mut person, &device, now_ms, &[plain(Action::Revoked)]).await?;
    tx.commit().await?;
    Ok(true)
}
