//! A response: the tree of items that an entry keeps, with the words that were shown.

use serde::{Deserialize, Serialize};

use super::answers::Given;
use super::value::Value;

/// A questionnaire's answers as recorded. Needs no form to be read, sent or scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// `url|version` of the form.
    pub questionnaire: String,
    /// Items in the form's order. An item hidden by a rule is absent.
    pub items: Vec<ResponseItem>,
}

/// One item of a response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResponseItem {
    /// linkId.
    #[serde(rename = "l")]
    pub link: String,
    /// The words shown.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What was given; `None` is untouched (or a group).
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// Items of a group (one `ResponseItem` an instance) or below the first answer of a question.
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Self>,
}

impl Response {
    /// The first item with this linkId, at any depth.
    #[must_use]
    pub fn item(&self, link: &str) -> Option<&ResponseItem> {
        find(&self.items, link)
    }

    /// The first value given for this linkId, at any depth.
    #[must_use]
    pub fn value(&self, link: &str) -> Option<&Value> {
        match &self.item(link)?.given {
            Some(Given::Values(values)) => values.first(),
            Some(Given::Declined) | None => None,
        }
    }
}

fn find<'a>(items: &'a [ResponseItem], link: &str) -> Option<&'a ResponseItem> {
    items.iter().find_map(|item| if item.link == link { Some(item) } else { find(&item.items, link) })
}
