//! What the tests of migrations and the fixtures they open have in common.

use interlude::journal::IdbJournal;
use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{Journal, MetaKey};
use serde_json::{Value, json};

/// The days of the entries in the fixtures.
#[must_use]
pub fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

/// Everything a journal tells, as one value.
///
/// # Panics
/// When it does not tell: then the test has failed.
#[expect(clippy::unwrap_used, reason = "tests alone use it")]
pub async fn views(journal: &IdbJournal) -> Value {
    let page = journal.page(None, 1_000).await.unwrap();
    let entries: Vec<Value> = page.iter().map(|one| json!([one.seq, one.entry, one.received])).collect();
    let filed = journal.holdings(None, 1_000).await.unwrap();
    let filed: Vec<Value> = filed.iter().map(|one| json!([one.revision, one.parent, one.filed])).collect();
    let outbox = journal.outbox().await.unwrap();
    let outbox: Vec<Value> = outbox
        .iter()
        .map(|one| json!([one.seq, one.send, one.attempts, one.due_ms, one.state, one.base]))
        .collect();
    let mut meta = Vec::new();
    for key in [MetaKey::Device, MetaKey::Pairing, MetaKey::Sync, MetaKey::Settings, MetaKey::Flags] {
        meta.push(journal.meta(key).await.unwrap());
    }
    let tally = journal.tally().await.unwrap();
    json!({
        "entries": entries,
        "filed": filed,
        "outbox": outbox,
        "drafts": journal.drafts().await.unwrap(),
        "days": journal.days(day(-100), day(100)).await.unwrap(),
        "tally": [tally.revisions, u64::from(tally.waiting), u64::from(tally.parked), tally.receipted],
        "times": [tally.next_due_ms, tally.last_receipt_ms],
        "meta": meta,
    })
}
