//! What is in the journal, counted by kind: for the consent screen.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::journal::{Journal, JournalError, Light, Stored};

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
        if stored.light != Light::StaysHere
            && let Some(response) = stored.entry.response()
            && seen.insert(stored.entry.id)
        {
            *kinds.entry(forms::name(&response.questionnaire).to_owned()).or_insert(0) += 1;
        }
    })
    .await?;
    Ok(kinds.into_iter().collect())
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
