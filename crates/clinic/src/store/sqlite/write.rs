//! Storing versions: one transaction, a handful of statements however many there are. Each
//! statement costs a hop to SQLite's thread, so rows are inserted many at a time.

use std::collections::HashMap;

use interlude_diary::ids::{EntryId, RevisionId};
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};

use super::chain::{self, New, Person};
use super::{SqliteStore, begin, fixed, id_bytes};
use crate::audit::{self, Action, Head};
use crate::store::rules::{Known, decide, version_id};
use crate::store::{Commit, Committed, Kind, Put, StoreError, Verdict};

/// What a resource has, and whether it is this patient's.
#[derive(Debug, Default)]
struct Here {
    foreign: bool,
    known: Vec<Known>,
}

/// Where a version goes.
#[derive(Debug)]
struct Place<'p> {
    put: &'p Put,
    n: i64,
    latest: bool,
    created: bool,
}

/// What the transaction begins from.
struct Start {
    person: Person,
    epoch: i64,
    epoch_name: String,
    last_n: i64,
    stored_ms: i64,
}

pub(super) async fn commit(store: &SqliteStore, commit: Commit) -> Result<Committed, StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let mut start = start(&mut tx, &commit).await?;
    let mut here = here(&mut tx, &commit.puts, start.person.number).await?;

    let mut next = start.last_n + 1;
    let mut verdicts = Vec::with_capacity(commit.puts.len());
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut replaced = Vec::new();
    for put in &commit.puts {
        let had = here.entry((put.kind, put.id)).or_default();
        if had.foreign {
            verdicts.push(Verdict::NotYours);
            continue;
        }
        let verdict = decide(&had.known, put.revision, &put.condition, next);
        if let Verdict::Stored { n, created } = verdict {
            replaced.extend(had.known.last().map(|current| current.n));
            let version = version_id(&start.epoch_name, n);
            had.known.push(Known { n, revision: put.revision, version });
            places.push(Place { put, n, latest: true, created });
            next += 1;
        }
        verdicts.push(verdict);
    }
    let failed = |v: &Verdict| matches!(v, Verdict::Stale { .. } | Verdict::NotYours);
    if commit.whole && verdicts.iter().any(failed) {
        tx.rollback().await?;
        return Ok(Committed { verdicts, kept: false });
    }
    if places.is_empty() {
        tx.rollback().await?;
        return Ok(Committed { verdicts, kept: true });
    }
    for place in &mut places {
        place.latest = !replaced.contains(&place.n);
    }
    let links: Vec<New> = places
        .iter()
        .map(|place| New {
            action: Action::Stored,
            n: place.n,
            digest: audit::content(&start.person.key, &place.put.text).to_vec(),
        })
        .collect();
    let heads = chain::append(&mut tx, &mut start.person, &commit.actor, commit.now_ms, &links).await?;
    supersede(&mut tx, &replaced, start.last_n).await?;
    versions(&mut tx, &start, &places, &heads).await?;
    derived(&mut tx, &start, &places).await?;
    counters(&mut tx, &start, next - 1).await?;
    tx.commit().await?;
    Ok(Committed { verdicts, kept: true })
}

async fn start(tx: &mut SqliteConnection, commit: &Commit) -> Result<Start, StoreError> {
    let row = sqlx::query(
        "SELECT p.number, p.key, p.seq, p.head, e.number, e.name, c.last_n, c.last_ms \
         FROM patient p, counter c, epoch e WHERE p.id = ? AND p.key IS NOT NULL \
         ORDER BY e.number DESC LIMIT 1",
    )
    .bind(commit.patient.as_str())
    .fetch_optional(tx)
    .await?
    .ok_or(StoreError::NoSuchPatient)?;
    let person = Person {
        number: row.try_get(0)?,
        key: row.try_get(1)?,
        seq: row.try_get(2)?,
        head: fixed(row.try_get(3)?, "a head of the audit chain")?,
    };
    Ok(Start {
        person,
        epoch: row.try_get(4)?,
        epoch_name: row.try_get(5)?,
        last_n: row.try_get(6)?,
        // The order of numbers and of times is one order, whatever the machine's clock does.
        stored_ms: commit.now_ms.max(row.try_get(7)?),
    })
}

/// The versions of the resources to be put.
async fn here(
    tx: &mut SqliteConnection,
    puts: &[Put],
    patient: i64,
) -> Result<HashMap<(Kind, EntryId), Here>, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT v.kind, v.id, v.n, v.revision, v.patient, e.name FROM version v \
         JOIN epoch e ON e.number = v.epoch WHERE v.id IN (",
    );
    let mut ids = sql.separated(", ");
    for put in puts {
        ids.push_bind(id_bytes(put.id));
    }
    sql.push(") ORDER BY v.n");
    let mut here: HashMap<_, Here> = HashMap::with_capacity(puts.len());
    for row in sql.build().fetch_all(tx).await? {
        let kind = Kind::numbered(row.try_get(0)?).ok_or(StoreError::Damaged("a resource's type"))?;
        let id = EntryId::new(uuid(row.try_get(1)?)?);
        let had = here.entry((kind, id)).or_default();
        let (n, epoch): (i64, &str) = (row.try_get(2)?, row.try_get(5)?);
        had.foreign |= row.try_get::<i64, _>(4)? != patient;
        let revision = RevisionId::new(uuid(row.try_get(3)?)?);
        had.known.push(Known { n, revision, version: version_id(epoch, n) });
    }
    Ok(here)
}

fn uuid(bytes: &[u8]) -> Result<uuid::Uuid, StoreError> {
    Ok(uuid::Uuid::from_bytes(fixed(bytes, "an id")?))
}

/// Versions that were here before are not the latest any more.
async fn supersede(tx: &mut SqliteConnection, replaced: &[i64], last_n: i64) -> Result<(), StoreError> {
    let old: Vec<i64> = replaced.iter().copied().filter(|n| *n <= last_n).collect();
    if old.is_empty() {
        return Ok(());
    }
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new("UPDATE version SET latest = 0 WHERE n IN (");
    let mut numbers = sql.separated(", ");
    for n in old {
        numbers.push_bind(n);
    }
    sql.push(")").build().execute(tx).await?;
    Ok(())
}

async fn versions(
    tx: &mut SqliteConnection,
    start: &Start,
    places: &[Place<'_>],
    heads: &[Head],
) -> Result<(), StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
        "INSERT INTO version (n, epoch, patient, kind, id, revision, latest, stored_ms, when_ms, \
         questionnaire, head, text) ",
    );
    sql.push_values(places.iter().zip(heads), |mut row, (place, head)| {
        let put = place.put;
        row.push_bind(place.n)
            .push_bind(start.epoch)
            .push_bind(start.person.number)
            .push_bind(put.kind.number())
            .push_bind(id_bytes(put.id))
            .push_bind(put.revision.uuid().as_bytes().to_vec())
            .push_bind(place.latest)
            .push_bind(start.stored_ms)
            .push_bind(put.when_ms)
            .push_bind(put.questionnaire.clone())
            .push_bind(head.iter().take(16).copied().collect::<Vec<u8>>())
            .push_bind(put.text.clone());
    });
    sql.build().execute(tx).await?;
    Ok(())
}

/// Scores and flags. What a corrected response had before stays, marked, until it is said again.
async fn derived(tx: &mut SqliteConnection, start: &Start, places: &[Place<'_>]) -> Result<(), StoreError> {
    for place in places.iter().filter(|place| !place.created) {
        sqlx::query("UPDATE score SET stands = 0, amended = 1, n = ?, stored_ms = ? WHERE response = ?")
            .bind(place.n)
            .bind(start.stored_ms)
            .bind(id_bytes(place.put.id))
            .execute(&mut *tx)
            .await?;
    }
    // Of a response put twice in one commit only the last says what stands.
    let scores: Vec<_> = places
        .iter()
        .filter(|place| place.latest)
        .flat_map(|place| place.put.scores.iter().map(move |score| (place, score)))
        .collect();
    if !scores.is_empty() {
        let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO score (response, name, id, patient, system, code, value, stands, amended, from_n, \
             n, stored_ms, when_ms) ",
        );
        sql.push_values(scores, |mut row, (place, score)| {
            row.push_bind(id_bytes(place.put.id))
                .push_bind(score.name.clone())
                .push_bind(score.id.as_bytes().to_vec())
                .push_bind(start.person.number)
                .push_bind(score.system.clone())
                .push_bind(score.code.clone())
                .push_bind(score.value.clone())
                .push_bind(true)
                .push_bind(!place.created)
                .push_bind(place.n)
                .push_bind(place.n)
                .push_bind(start.stored_ms)
                .push_bind(place.put.when_ms);
        });
        sql.push(
            " ON CONFLICT (response, name) DO UPDATE SET value = excluded.value, stands = 1, amended = 1, \
             from_n = excluded.from_n, n = excluded.n, stored_ms = excluded.stored_ms, \
             when_ms = excluded.when_ms",
        );
        sql.build().execute(&mut *tx).await?;
    }
    for place in places {
        for flag in &place.put.flags {
            sqlx::query("INSERT INTO flag (patient, response, rule, stored_ms) VALUES (?, ?, ?, ?)")
                .bind(start.person.number)
                .bind(id_bytes(place.put.id))
                .bind(&flag.rule)
                .bind(start.stored_ms)
                .execute(&mut *tx)
                .await?;
        }
    }
    Ok(())
}

async fn counters(tx: &mut SqliteConnection, start: &Start, last_n: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE counter SET last_n = ?, last_ms = ?")
        .bind(last_n)
        .bind(start.stored_ms)
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE patient SET changes = ? WHERE number = ?")
        .bind(last_n)
        .bind(start.person.number)
        .execute(tx)
        .await?;
    Ok(())
}
