//! A FHIR R4 Questionnaire as a form of the diary.
use interlude_diary::questionnaire::{Form, LeftOut};

/// Why a text is no form that can be asked here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Not JSON, or nested too deep, or with a name twice in one object.
    #[error("not readable as JSON: {0}")]
    NotJson(String),
    /// JSON, but another thing.
    #[error("not a Questionnaire")]
    NotAQuestionnaire,
    /// More text than a form needs.
    #[error("the form is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// An item is not as FHIR says.
    #[error("item {link:?}: {what}")]
    Damaged {
        /// The item's linkId, or of the nearest item above it.
        link: String,
        /// What is wrong.
        what: String,
    },
    /// Required or branching items that cannot be asked here, by name.
    #[error("the form needs what is not supported here")]
    Unsupported(Vec<LeftOut>),
}

/// Reads a Questionnaire into a form with the words of `language` where it has them.
///
/// # Errors
/// [`FormError`] says what is wrong, by name where it is an item.
pub fn form(text: &str, language: &str) -> Result<Form, FormError> {
    Err(FormError::NotJson(format!("{}{language}", text.len())))
}
