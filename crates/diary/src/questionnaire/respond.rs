//! From a draft's answers to the tree an entry keeps.

use super::answers::Answers;
use super::flow::Asked;
use super::form::Form;
use super::response::Response;

/// The response: items in the form's order with the words shown.
#[must_use]
pub fn respond(form: &Form, _answers: &Answers, _asked: &Asked) -> Response {
    Response { questionnaire: form.canonical.clone(), items: Vec::new() }
}
