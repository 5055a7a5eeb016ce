//! `QuestionnaireResponse`.

use interlude_diary::entry::{Body, Entry};
use interlude_diary::questionnaire::{Given, Response, ResponseItem};

use super::names::absent_reason;
use super::read::WireError;
use super::value::{clean, read_value, says_something, write_value};
use super::write::{identifier, patient_member};
use crate::json::{Node, Writer};

const DECLINED: &str = "asked-declined";

pub(super) fn write(to: &mut Writer, entry: &Entry, response: &Response, patient: &str) {
    to.name("identifier");
    identifier(to, entry);
    to.text_if("questionnaire", Some(&response.questionnaire));
    to.text("status", entry.status());
    patient_member(to, "subject", patient);
    to.name("authored").shown(entry.authored);
    patient_member(to, "source", patient);
    write_items(to, &response.items);
}

fn write_items(to: &mut Writer, items: &[ResponseItem]) {
    if items.is_empty() {
        return;
    }
    to.name("item").open('[');
    for item in items {
        to.open('{');
        if matches!(item.given, Some(Given::Declined)) {
            to.name("extension").open('[').open('{').text("url", absent_reason());
            to.text("valueCode", DECLINED).close('}').close(']');
        }
        to.text("linkId", &item.link);
        to.text_if("text", item.text.as_deref().map(clean).as_deref());
        let values: &[_] = match &item.given {
            Some(Given::Values(values)) => values,
            Some(Given::Declined) | None => &[],
        };
        let mut values = values.iter().filter(|value| says_something(value)).peekable();
        if values.peek().is_none() {
            write_items(to, &item.items);
        } else {
            to.name("answer").open('[');
            for (n, value) in values.enumerate() {
                to.open('{');
                write_value(to, value);
                if n == 0 {
                    write_items(to, &item.items);
                }
                to.close('}');
            }
            to.close(']');
        }
        to.close('}');
    }
    to.close(']');
}

/// The answers of a resource; `Retracted` where its status says so.
pub(super) fn read(resource: &Node<'_>, status: &str) -> Result<Body, WireError> {
    let response = Response {
        questionnaire: resource.str("questionnaire").unwrap_or_default().to_owned(),
        items: read_items(resource)?,
    };
    Ok(if status == "entered-in-error" { Body::Retracted(response) } else { Body::Response(response) })
}

fn read_items(parent: &Node<'_>) -> Result<Vec<ResponseItem>, WireError> {
    let Some(list) = parent.get("item") else {
        return Ok(Vec::new());
    };
    if !list.is_array() {
        return Err(WireError::Part("item"));
    }
    let mut items = Vec::with_capacity(list.elements().len());
    for item in list.elements() {
        items.push(read_item(item)?);
    }
    Ok(items)
}

fn read_item(item: &Node<'_>) -> Result<ResponseItem, WireError> {
    let link = item.str("linkId").filter(|link| !link.is_empty()).ok_or(WireError::Part("item.linkId"))?;
    let mut items = read_items(item)?;
    let mut values = Vec::new();
    if item.get("answer").is_some_and(|answer| !answer.is_array()) {
        return Err(WireError::Part("item.answer"));
    }
    for answer in item.list("answer") {
        if !answer.is_object() {
            return Err(WireError::Part("item.answer"));
        }
        match read_value(answer, "value") {
            Ok(value) => values.extend(value),
            Err(_malformed) => return Err(WireError::Part("item.answer.value")),
        }
        items.extend(read_items(answer)?);
    }
    let declined = || {
        item.list("extension").iter().any(|extension| {
            extension.str("url") == Some(absent_reason()) && extension.str("valueCode") == Some(DECLINED)
        })
    };
    let given = if !values.is_empty() {
        Some(Given::Values(values))
    } else if declined() {
        Some(Given::Declined)
    } else {
        None
    };
    Ok(ResponseItem { link: link.to_owned(), text: item.str("text").map(str::to_owned), given, items })
}
