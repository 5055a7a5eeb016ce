//! The audit chain.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};

use super::{SqliteStore, begin, fixed};
use crate::audit::{self, Action, Head};
use crate::store::{Link, PatientId, StoreError};

/// A patient as a write transaction needs it.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) number: i64,
    pub(super) key: Vec<u8>,
    pub(super) seq: i64,
    pub(super) head: Head,
}

/// A link about to be written.
#[derive(Debug)]
pub(super) struct New {
    pub(super) action: Action,
    pub(super) n: i64,
    pub(super) digest: Vec<u8>,
}

/// The patient, locked by the transaction it is read in.
pub(super) async fn person(tx: &mut SqliteConnection, id: &PatientId) -> Result<Person, StoreError> {
    let row = sqlx::query("SELECT number, key, seq, head FROM patient WHERE id = ? AND key IS NOT NULL")
        .bind(id.as_str())
        .fetch_optional(tx)
        .await?
        .ok_or(StoreError::NoSuchPatient)?;
    read_person(&row)
}

fn read_person(row: &SqliteRow) -> Result<Person, StoreError> {
    Ok(Person {
        number: row.try_get(0)?,
        key: row.try_get(1)?,
        seq: row.try_get(2)?,
        head: fixed(row.try_get(3)?, "a head of the audit chain")?,
    })
}

/// Appends links; answers the head after each.
pub(super) async fn append(
    tx: &mut SqliteConnection,
    person: &mut Person,
    actor: &str,
    at_ms: i64,
    links: &[New],
) -> Result<Vec<Head>, StoreError> {
    let heads: Vec<Head> = links.iter().map(|link| step(person, actor, at_ms, link)).collect();
    let first = person.seq - i64::try_from(links.len()).unwrap_or(0);
    let mut sql: QueryBuilder<Sqlite> =
        QueryBuilder::new("INSERT INTO audit (patient, seq, at_ms, actor, action, n, digest, hash) ");
    sql.push_values(links.iter().zip(&heads).zip(first + 1..), |mut row, ((link, head), seq)| {
        row.push_bind(person.number)
            .push_bind(seq)
            .push_bind(at_ms)
            .push_bind(actor.to_owned())
            .push_bind(link.action.code())
            .push_bind(link.n)
            .push_bind(link.digest.clone())
            .push_bind(head.to_vec());
    });
    sql.build().execute(&mut *tx).await?;
    sqlx::query("UPDATE patient SET seq = ?, head = ? WHERE number = ?")
        .bind(person.seq)
        .bind(person.head.to_vec())
        .bind(person.number)
        .execute(tx)
        .await?;
    Ok(heads)
}

/// One step of the chain, in memory.
fn step(person: &mut Person, actor: &str, at_ms: i64, link: &New) -> Head {
    person.seq += 1;
    let link = audit::Link {
        seq: person.seq,
        at_ms,
        actor,
        action: link.action.code(),
        n: link.n,
        digest: &link.digest,
    };
    person.head = link.after(&person.head);
    person.head
}

pub(super) async fn note(
    store: &SqliteStore,
    patient: &PatientId,
    action: Action,
    actor: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let mut person = person(&mut tx, patient).await?;
    append(&mut tx, &mut person, actor, now_ms, &[New { action, n: 0, digest: Vec::new() }]).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn acknowledge(
    store: &SqliteStore,
    flag: i64,
    actor: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let found = sqlx::query(
        "SELECT p.number, p.key, p.seq, p.head FROM flag f JOIN patient p ON p.number = f.patient \
         WHERE f.number = ? AND f.acknowledged_ms IS NULL AND p.key IS NOT NULL",
    )
    .bind(flag)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(found) = found else { return Ok(false) };
    let mut person = read_person(&found)?;
    sqlx::query("UPDATE flag SET acknowledged_ms = ? WHERE number = ?")
        .bind(now_ms)
        .bind(flag)
        .execute(&mut *tx)
        .await?;
    let link = New { action: Action::Acknowledged, n: 0, digest: Vec::new() };
    append(&mut tx, &mut person, actor, now_ms, &[link]).await?;
    tx.commit().await?;
    Ok(true)
}

pub(super) async fn read(store: &SqliteStore, patient: &PatientId) -> Result<(Vec<Link>, Head), StoreError> {
    let row = sqlx::query("SELECT number, head FROM patient WHERE id = ?")
        .bind(patient.as_str())
        .fetch_optional(&store.readers)
        .await?
        .ok_or(StoreError::NoSuchPatient)?;
    let head = fixed(row.try_get(1)?, "a head of the audit chain")?;
    let rows = sqlx::query(
        "SELECT seq, at_ms, actor, action, n, digest, hash FROM audit WHERE patient = ? ORDER BY seq",
    )
    .bind(row.try_get::<i64, _>(0)?)
    .fetch_all(&store.readers)
    .await?;
    let link = |row: &SqliteRow| {
        Ok(Link {
            seq: row.try_get(0)?,
            at_ms: row.try_get(1)?,
            actor: row.try_get(2)?,
            action: row.try_get(3)?,
            n: row.try_get(4)?,
            digest: row.try_get(5)?,
            hash: row.try_get(6)?,
        })
    };
    Ok((rows.iter().map(link).collect::<Result<_, StoreError>>()?, head))
}

pub(super) async fn genuine(
    store: &SqliteStore,
    patient: &PatientId,
    n: i64,
    digest: &[u8],
) -> Result<Option<bool>, StoreError> {
    let row = sqlx::query(
        "SELECT p.key, v.text FROM version v JOIN patient p ON p.number = v.patient \
         WHERE v.n = ? AND p.id = ? AND p.key IS NOT NULL",
    )
    .bind(n)
    .bind(patient.as_str())
    .fetch_optional(&store.readers)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (key, text): (&[u8], &str) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Some(audit::content(key, text) == digest))
}
