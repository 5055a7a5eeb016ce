//! What a server of ours takes: FHIR R4 by name and shape, nothing beside it.
//!
//! The phone reads what other servers send leniently; the clinic keeps for years what it accepts,
//! and a misspelt name would be kept as silently as it is ignored.

use super::read::WireError;
use crate::json::Node;

const RESOURCE: &[&str] = &[
    "resourceType",
    "id",
    "meta",
    "implicitRules",
    "language",
    "text",
    "contained",
    "extension",
    "modifierExtension",
    "identifier",
];
const ELEMENT: &[&str] = &["id", "extension", "modifierExtension"];

const RESPONSE: &[&str] = &[
    "basedOn",
    "partOf",
    "questionnaire",
    "status",
    "subject",
    "encounter",
    "authored",
    "author",
    "source",
    "item",
];
const CONSENT: &[&str] = &[
    "status",
    "scope",
    "category",
    "patient",
    "dateTime",
    "performer",
    "organization",
    "sourceAttachment",
    "sourceReference",
    "policy",
    "policyRule",
    "verification",
    "provision",
];

/// Refuses names that R4 does not have, empty objects, arrays and strings, and status codes that
/// are none, in a `QuestionnaireResponse` or a Consent that [`read`](super::read()) could read.
///
/// # Errors
/// Names the part, never its content.
pub fn strict(resource: &Node<'_>) -> Result<(), WireError> {
    filled(resource)?;
    let status = resource.str("status").unwrap_or_default();
    match resource.str("resourceType") {
        Some("QuestionnaireResponse") => {
            let codes = ["in-progress", "completed", "amended", "entered-in-error", "stopped"];
            known(resource, RESOURCE, RESPONSE, codes.contains(&status), "status")?;
            items(resource)
        }
        Some("Consent") => {
            let codes = ["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"];
            known(resource, RESOURCE, CONSENT, codes.contains(&status), "status")
        }
        _ => Ok(()),
    }
}

fn known(
    element: &Node<'_>,
    common: &[&str],
    own: &[&str],
    sound: bool,
    what: &'static str,
) -> Result<(), WireError> {
    // `_name` holds the extensions of a primitive.
    let named = |name: &str| {
        let name = name.strip_prefix('_').unwrap_or(name);
        common.contains(&name) || own.contains(&name)
    };
    if !sound {
        return Err(WireError::Part(what));
    }
    if element.members().iter().all(|(name, _)| named(name)) {
        Ok(())
    } else {
        Err(WireError::Part("a name that R4 does not have here"))
    }
}

fn items(parent: &Node<'_>) -> Result<(), WireError> {
    for item in parent.list("item") {
        known(item, ELEMENT, &["linkId", "definition", "text", "answer", "item"], true, "item")?;
        for answer in item.list("answer") {
            let mut values = answer.members().iter().filter(|(name, _)| name.starts_with("value"));
            let value = values.next().map(|(name, _)| name.as_ref());
            let says = value.is_some() || answer.get("item").is_some() || answer.get("extension").is_some();
            let one = says && values.next().is_none();
            known(answer, ELEMENT, &["item", value.unwrap_or_default()], one, "item.answer.value")?;
            items(answer)?;
        }
        items(item)?;
    }
    Ok(())
}

/// FHIR has no empty objects, arrays or strings, and no nulls but beside `_name`.
fn filled(node: &Node<'_>) -> Result<(), WireError> {
    let empty = node.raw() == "\"\""
        || (node.is_object() && node.members().is_empty())
        || (node.is_array() && node.elements().is_empty());
    if empty || node.raw() == "null" {
        return Err(WireError::Part("a value"));
    }
    node.elements().iter().filter(|element| element.raw() != "null").try_for_each(filled)?;
    node.members().iter().try_for_each(|(_, member)| filled(member))
}
