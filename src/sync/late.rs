//! Forms that are fetched with the rest: those without a url are named by SHA-256.

use interlude_diary::questionnaire::Form;
use interlude_fhir::questionnaire::{FormError, form};

part! { rest:
    /// Reads a form.
    pub(super) fn unnamed(text: String, language: String) -> Result<Form, FormError> {
        form(&text, &language)
    }
}
