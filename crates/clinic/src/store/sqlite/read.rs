//! Reading: each from one snapshot, through the readers.

use interlude_diary::ids::EntryId;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::{SqliteStore, fixed, id_bytes};
use crate::derive::OUR_CODES;
use crate::store::rules::version_id;
use crate::store::{
    Bounds, FlagRow, Kind, NOW, PatientId, Query, Row, Score, ScoreQuery, ScoreRow, Sort, StoreError,
};

const VERSION: &str = "SELECT v.n, e.name, v.kind, v.id, v.stored_ms, v.when_ms, v.head, v.text \
                       FROM version v JOIN epoch e ON e.number = v.epoch ";

/// The subquery that names a patient's number.
const PATIENT: &str = "(SELECT number FROM patient WHERE id = ";

fn entry_id(bytes: &[u8]) -> Result<EntryId, StoreError> {
    Ok(EntryId::new(uuid::Uuid::from_bytes(fixed(bytes, "an id")?)))
}

fn version(row: &SqliteRow) -> Result<Row, StoreError> {
    let n = row.try_get(0)?;
    Ok(Row {
        n,
        version: version_id(row.try_get(1)?, n),
        kind: Kind::numbered(row.try_get(2)?).ok_or(StoreError::Damaged("a resource's type"))?,
        id: entry_id(row.try_get(3)?)?,
        stored_ms: row.try_get(4)?,
        when_ms: row.try_get(5)?,
        head: row.try_get(6)?,
        text: row.try_get::<&str, _>(7)?.into(),
    })
}

fn list<'q, T>(sql: &mut QueryBuilder<Sqlite>, values: impl IntoIterator<Item = T>)
where
    T: 'q + sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite>,
{
    sql.push(" IN (");
    let mut values_of = sql.separated(", ");
    for value in values {
        values_of.push_bind(value);
    }
    sql.push(")");
}

pub(super) async fn versions(
    store: &SqliteStore,
    patient: &PatientId,
    numbers: &[i64],
) -> Result<Vec<Row>, StoreError> {
    let mut sql = QueryBuilder::new(VERSION);
    sql.push("WHERE v.n");
    list(&mut sql, numbers.iter().copied());
    sql.push(" AND v.patient = ").push(PATIENT).push_bind(patient.as_str().to_owned()).push(") ORDER BY v.n");
    sql.build().fetch_all(&store.readers).await?.iter().map(version).collect()
}

pub(super) async fn numbers(store: &SqliteStore, patient: &PatientId) -> Result<Vec<i64>, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT n FROM version WHERE patient = ");
    sql.push(PATIENT).push_bind(patient.as_str().to_owned()).push(") ORDER BY n");
    Ok(sql.build_query_scalar().fetch_all(&store.readers).await?)
}

/// All versions of a resource, newest first.
pub(super) async fn of(
    store: &SqliteStore,
    patient: &PatientId,
    kind: Kind,
    id: EntryId,
) -> Result<Vec<Row>, StoreError> {
    let mut sql = QueryBuilder::new(VERSION);
    sql.push("WHERE v.id = ").push_bind(id_bytes(id)).push(" AND v.kind = ").push_bind(kind.number());
    sql.push(" AND v.patient = ").push(PATIENT).push_bind(patient.as_str().to_owned());
    sql.push(") ORDER BY v.n DESC");
    sql.build().fetch_all(&store.readers).await?.iter().map(version).collect()
}

pub(super) async fn changes(store: &SqliteStore, patient: &PatientId) -> Result<i64, StoreError> {
    sqlx::query_scalar("SELECT changes FROM patient WHERE id = ? AND key IS NOT NULL")
        .bind(patient.as_str())
        .fetch_optional(&store.readers)
        .await?
        .ok_or(StoreError::NoSuchPatient)
}

fn within(sql: &mut QueryBuilder<Sqlite>, column: &str, bounds: Bounds) {
    if bounds.least != Bounds::ALL.least {
        sql.push(format_args!(" AND {column} >= ")).push_bind(bounds.least);
    }
    if bounds.below != Bounds::ALL.below {
        sql.push(format_args!(" AND {column} < ")).push_bind(bounds.below);
    }
}

fn limit(sql: &mut QueryBuilder<Sqlite>, limit: usize) {
    sql.push(" LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
}

const fn order(sort: Sort) -> (&'static str, &'static str, &'static str) {
    let column = if sort.by_when { "when_ms" } else { "stored_ms" };
    if sort.descending { (column, "<", "DESC") } else { (column, ">", "ASC") }
}

pub(super) async fn search(store: &SqliteStore, query: &Query) -> Result<Vec<Row>, StoreError> {
    let mut sql = QueryBuilder::new(VERSION);
    let of = |sql: &mut QueryBuilder<Sqlite>, one: &str| {
        sql.push(format_args!("{one}.patient = ")).push(PATIENT);
        sql.push_bind(query.patient.as_str().to_owned()).push(format_args!(") AND {one}.kind = "));
        sql.push_bind(query.kind.number());
    };
    sql.push("WHERE ");
    of(&mut sql, "v");
    if query.as_of == NOW {
        sql.push(" AND v.latest = 1");
    } else {
        // Of what was corrected since, the version that was the newest then. Both halves go through
        // the index of newest versions; the second is short.
        sql.push(" AND v.n IN (SELECT l.n FROM version l WHERE l.latest = 1 AND ");
        of(&mut sql, "l");
        sql.push(" AND l.n <= ").push_bind(query.as_of);
        sql.push(" UNION ALL SELECT (SELECT max(w.n) FROM version w WHERE w.id = l.id AND w.kind = l.kind");
        sql.push(" AND w.n <= ").push_bind(query.as_of);
        sql.push(") FROM version l WHERE l.latest = 1 AND ");
        of(&mut sql, "l");
        sql.push(" AND l.n > ").push_bind(query.as_of).push(")");
    }
    if let Some(ids) = &query.ids {
        sql.push(" AND v.id");
        list(&mut sql, ids.iter().map(|id| id_bytes(*id)));
    }
    if let Some(asked) = &query.questionnaires {
        sql.push(" AND (v.questionnaire");
        list(&mut sql, asked.iter().cloned());
        sql.push(" OR substr(v.questionnaire, 1, instr(v.questionnaire || '|', '|') - 1)");
        list(&mut sql, asked.iter().cloned());
        sql.push(")");
    }
    within(&mut sql, "v.when_ms", query.when);
    within(&mut sql, "v.stored_ms", query.stored);
    let (column, beyond, direction) = order(query.sort);
    if let Some((time, n)) = query.after {
        sql.push(format_args!(" AND (v.{column}, v.n) {beyond} (")).push_bind(time);
        sql.push(", ").push_bind(n).push(")");
    }
    sql.push(format_args!(" ORDER BY v.{column} {direction}, v.n {direction}"));
    limit(&mut sql, query.limit);
    sql.build().fetch_all(&store.readers).await?.iter().map(version).collect()
}

pub(super) async fn scores(store: &SqliteStore, query: &ScoreQuery) -> Result<Vec<ScoreRow>, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT s.response, s.id, s.name, s.system, s.code, s.value, s.stands, s.amended, s.from_n, s.n, \
         e.name, s.stored_ms, s.when_ms, p.",
    );
    let (column, beyond, direction) = order(query.sort);
    sql.push(column).push(
        ", p.n FROM score s JOIN version v ON v.n = s.n JOIN epoch e ON e.number = v.epoch \
         JOIN version p ON p.n = (SELECT max(w.n) FROM version w WHERE w.id = s.response AND w.kind = ",
    );
    sql.push_bind(Kind::QuestionnaireResponse.number()).push(" AND w.n <= ").push_bind(query.as_of);
    sql.push(") WHERE s.patient = ");
    sql.push(PATIENT).push_bind(query.patient.as_str().to_owned()).push(")");
    if let Some(ids) = &query.ids {
        sql.push(" AND s.id");
        list(&mut sql, ids.iter().map(|id| id.as_bytes().to_vec()));
    }
    if let Some(responses) = &query.responses {
        sql.push(" AND s.response");
        list(&mut sql, responses.iter().map(|id| id_bytes(*id)));
    }
    if let Some(codes) = &query.codes {
        sql.push(" AND (0");
        for code in codes {
            sql.push(" OR (s.code = ").push_bind(code.code.clone());
            if let Some(system) = &code.system {
                sql.push(" AND s.system = ").push_bind(system.clone());
            }
            sql.push(")");
            if code.system.as_deref().is_none_or(|system| system == OUR_CODES) {
                sql.push(" OR s.name = ").push_bind(code.code.clone());
            }
        }
        sql.push(")");
    }
    within(&mut sql, "p.when_ms", query.when);
    within(&mut sql, "p.stored_ms", query.stored);
    if let Some((time, n, name)) = &query.after {
        sql.push(format_args!(" AND (p.{column}, p.n, s.name) {beyond} (")).push_bind(*time);
        sql.push(", ").push_bind(*n).push(", ").push_bind(name.clone()).push(")");
    }
    sql.push(format_args!(" ORDER BY p.{column} {direction}, p.n {direction}, s.name {direction}"));
    limit(&mut sql, query.limit);
    sql.build().fetch_all(&store.readers).await?.iter().map(score).collect()
}

fn score(row: &SqliteRow) -> Result<ScoreRow, StoreError> {
    let n = row.try_get(9)?;
    Ok(ScoreRow {
        response: entry_id(row.try_get(0)?)?,
        score: Score {
            id: uuid::Uuid::from_bytes(fixed(row.try_get(1)?, "an id")?),
            name: row.try_get(2)?,
            system: row.try_get(3)?,
            code: row.try_get(4)?,
            value: row.try_get(5)?,
        },
        stands: row.try_get(6)?,
        amended: row.try_get(7)?,
        from: row.try_get(8)?,
        n,
        version: version_id(row.try_get(10)?, n),
        stored_ms: row.try_get(11)?,
        when_ms: row.try_get(12)?,
        place: (row.try_get(13)?, row.try_get(14)?),
    })
}

pub(super) async fn flags(store: &SqliteStore, all: bool) -> Result<Vec<FlagRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT f.number, p.id, p.initials, f.response, f.rule, f.stored_ms, f.acknowledged_ms \
         FROM flag f JOIN patient p ON p.number = f.patient \
         WHERE ? OR f.acknowledged_ms IS NULL ORDER BY f.number",
    )
    .bind(all)
    .fetch_all(&store.readers)
    .await?;
    let flag = |row: &SqliteRow| {
        let id: &str = row.try_get(1)?;
        Ok(FlagRow {
            number: row.try_get(0)?,
            patient: id.parse().map_err(|_damaged| StoreError::Damaged("a patient's id"))?,
            initials: row.try_get(2)?,
            response: entry_id(row.try_get(3)?)?,
            rule: row.try_get(4)?,
            stored_ms: row.try_get(5)?,
            acknowledged_ms: row.try_get(6)?,
        })
    };
    rows.iter().map(flag).collect()
}
