//! Side effects as they were told.

use crate::calendar::LocalDay;
use crate::entry::{Body, Entry};
use crate::ids::EntryId;
use crate::journal::DayLine;
use crate::questionnaire::score::form_name;
use crate::questionnaire::{Given, Value};

const FORM: &str = "side-effects";
/// "None of these".
const NONE: &str = "none";

/// What one entry told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The day it is about.
    pub day: LocalDay,
    /// The entry.
    pub id: EntryId,
    /// What was noticed, in the form's order; nothing where the person said "none of these".
    pub effects: Vec<Effect>,
}

/// One thing noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Its code.
    pub code: String,
    /// The words that were shown.
    pub words: String,
    /// How strong: code and the words shown, where it was said.
    pub how: Option<(String, String)>,
    /// Whether it was still there, where it was said.
    pub still: Option<bool>,
}

/// Whether a line tells of side effects, taken back or not.
#[must_use]
pub fn reports_effects(line: &DayLine) -> bool {
    form_name(&line.questionnaire) == Some(FORM)
}

impl Report {
    /// What an entry tells; `None` when it is about something else, was taken back, or says neither what
    /// was noticed nor that nothing was.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        let Body::Response(response) = &entry.body else { return None };
        if form_name(&response.questionnaire) != Some(FORM) {
            return None;
        }
        let Some(Given::Values(felt)) = &response.item("felt")?.given else { return None };
        let effect = |value: &Value| {
            let (code, words) = coded(value)?;
            let still = match response.value(&format!("{code}-still")) {
                Some(Value::Boolean(still)) => Some(*still),
                _ => None,
            };
            let how = response.value(&format!("{code}-how")).and_then(coded);
            (code != NONE).then_some(Effect { code, words, how, still })
        };
        Some(Self { day: entry.day, id: entry.id, effects: felt.iter().filter_map(effect).collect() })
    }
}

fn coded(value: &Value) -> Option<(String, String)> {
    let Value::Coding(coding) = value else { return None };
    let code = coding.code.clone()?;
    let words = coding.display.clone().unwrap_or_else(|| code.clone());
    Some((code, words))
}
