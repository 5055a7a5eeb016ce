//! What is in the journal, counted by kind: for the consent screen and for the file.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::journal::{Journal, JournalError, Stored};

use crate::sync::forms;

/// How many entries of each questionnaire's name.
pub type Kinds = Vec<(String, u32)>;

/// Revisions read at once.
const PAGE: usize = 200;

/// Counts the entries that would be sent, each once however often it was corrected. Reads the
/// whole journal: for rare screens alone.
///
/// # Errors
/// As the store gives them.
pub async fn inventory(journal: &impl Journal) -> Result<Kinds, JournalError> {
    let mut seen = BTreeSet::new();
    let mut kinds = BTreeMap::new();
    each(journal, |stored| {
        if let Some(response) = stored.entry.response()
            && seen.insert(stored.entry.id)
        {
            *kinds.entry(forms::name(&response.questionnaire).to_owned()).or_insert(0) += 1;
        }
    })
    .await?;
    Ok(kinds.into_iter().collect())
}

/// Every revision with its history, as one JSON text for the person's file. What came down is
/// given as it came.
///
/// # Errors
/// As the store gives them.
pub async fn file(journal: &impl Journal) -> Result<String, JournalError> {
    let mut lines = Vec::new();
    each(journal, |stored| lines.push(serde_json::to_string(&stored.entry))).await?;
    let lines: Result<Vec<_>, _> = lines.into_iter().collect();
    let lines = lines.map_err(|_never| JournalError::Failed { name: "EntryNotWritten".to_owned() })?;
    Ok(format!("{{\"interlude\":1,\"revisions\":[\n{}\n]}}\n", lines.join(",\n")))
}

async fn each(journal: &impl Journal, mut call: impl FnMut(&Stored)) -> Result<(), JournalError> {
    let mut after = None;
    loop {
        let page = journal.page(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.seq);
        page.iter().for_each(&mut call);
    }
}
