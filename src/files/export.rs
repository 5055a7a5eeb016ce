//! Everything in a file that others can read. Works with no network.

use std::collections::BTreeSet;

use interlude_diary::csv;
use interlude_diary::journal::{Journal, JournalError};
use interlude_fhir::bundle::collection;

use super::all;
use crate::sync::forms;

/// The whole diary as a FHIR Bundle. `patient` is the id the clinic knows, where there is one.
///
/// # Errors
/// As the store gives them.
pub async fn bundle(journal: &impl Journal, patient: Option<&str>) -> Result<String, JournalError> {
    Ok(collection(&all(journal).await?, patient))
}

/// All answers as a table. The words of what was not asked are in `language`, where its form is at
/// hand.
///
/// # Errors
/// As the store gives them.
pub async fn table(journal: &impl Journal, language: &str) -> Result<String, JournalError> {
    let all = all(journal).await?;
    let used: BTreeSet<&str> =
        all.iter().filter_map(|one| Some(one.entry.response()?.questionnaire.as_str())).collect();
    let mut at_hand = Vec::new();
    for questionnaire in used {
        // A form that is not on this phone any more: its answers are told all the same.
        at_hand.extend(forms::open(questionnaire, language).await.ok());
    }
    Ok(csv::table(&all, &at_hand))
}
