//! Forms of this app's own origin, read from their FHIR text.

use interlude_diary::questionnaire::{Form, LeftOut};
use interlude_fhir::questionnaire::{FormError, form_with_url};

use super::late;
use crate::later::NotHere;
use crate::platform::asset;

/// Why there is no form to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoForm {
    /// It is not on this phone and could not be fetched.
    NotHad,
    /// It is no questionnaire that can be read.
    Unreadable,
    /// It asks nothing.
    Empty,
    /// One item is not as FHIR says: its linkId.
    Damaged(String),
    /// What it needs and cannot be asked here, by name.
    Needs(Vec<LeftOut>),
}

/// The form called `questionnaire`: the name of a file, or a canonical whose last part is one.
///
/// # Errors
/// [`NoForm`] says why there is none.
pub async fn open(questionnaire: &str, language: &str) -> Result<Form, NoForm> {
    let path = format!("/questionnaires/{}.json", asset::segment(name(questionnaire)));
    let text = asset::text(&path).await.ok_or(NoForm::NotHad)?;
    let form = match form_with_url(&text, language) {
        Err(FormError::NoUrl) => {
            late::unnamed(text, language.to_owned()).await.map_err(|NotHere| NoForm::NotHad)?
        }
        other => other,
    };
    let form = form.map_err(|error| match error {
        FormError::NotJson(_)
        | FormError::NoUrl
        | FormError::NotAQuestionnaire
        | FormError::TooLarge { .. } => NoForm::Unreadable,
        FormError::Empty => NoForm::Empty,
        FormError::Damaged { link, .. } => NoForm::Damaged(link),
        FormError::Unsupported(what) => NoForm::Needs(what),
    })?;
    // Another form of the same file name is not the one that was asked for.
    let wanted = questionnaire.split('|').next().unwrap_or_default();
    let found = form.canonical.split('|').next().unwrap_or_default();
    if wanted.contains(':') && wanted != found { Err(NoForm::NotHad) } else { Ok(form) }
}

/// The name of a form: the last part of its canonical, without the version.
#[must_use]
pub fn name(questionnaire: &str) -> &str {
    let url = questionnaire.split('|').next().unwrap_or_default();
    url.rsplit(['/', ':']).next().unwrap_or(url)
}
