//! What the clinic says on the cards of red flags.

use interlude_diary::flags::Own;
use sqlx::Row as _;

use super::{SqliteStore, begin};
use crate::store::StoreError;

pub(super) async fn all(store: &SqliteStore) -> Result<Vec<Own>, StoreError> {
    let sql = "SELECT rule, language, text, phone FROM card ORDER BY rule, language";
    let rows = sqlx::query(sql).fetch_all(&store.readers).await?;
    let named = |text: String| (!text.is_empty()).then_some(text);
    rows.iter()
        .map(|row| {
            Ok(Own {
                rule: named(row.try_get(0)?),
                language: named(row.try_get(1)?),
                text: row.try_get(2)?,
                phone: row.try_get(3)?,
            })
        })
        .collect()
}

pub(super) async fn set(store: &SqliteStore, card: &Own) -> Result<(), StoreError> {
    let mut writer = store.writer.lock().await;
    let mut tx = begin(&mut writer).await?;
    let (rule, language) = (card.rule.as_deref().unwrap_or(""), card.language.as_deref().unwrap_or(""));
    sqlx::query("DELETE FROM card WHERE rule = ? AND language = ?")
        .bind(rule)
        .bind(language)
        .execute(&mut *tx)
        .await?;
    if card.text.is_some() || card.phone.is_some() {
        sqlx::query("INSERT INTO card (rule, language, text, phone) VALUES (?, ?, ?, ?)")
            .bind(rule)
            .bind(language)
            .bind(&card.text)
            .bind(&card.phone)
            .execute(&mut *tx)
            .await?;
    }
    Ok(tx.commit().await?)
}
