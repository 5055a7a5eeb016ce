//! Extensions of Questionnaire items, found by the last part of their URL: guides and releases
//! have moved the same extension about under several bases and prefixes.

use crate::json::Node;

/// The bare name of an extension: `itemControl` of
/// `http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl`.
fn bare(url: &str) -> &str {
    let last = url.rsplit('/').next().unwrap_or(url);
    let last = last.strip_prefix("sdc-").unwrap_or(last);
    last.strip_prefix("questionnaire-").unwrap_or(last)
}

/// Every extension of this name.
pub(super) fn all<'n, 'a>(
    element: &'n Node<'a>,
    name: &'static str,
) -> impl Iterator<Item = &'n Node<'a>> + use<'n, 'a> {
    element.list("extension").iter().filter(move |e| e.str("url").map(bare) == Some(name))
}

/// The first extension of this name.
pub(super) fn one<'n, 'a>(element: &'n Node<'a>, name: &'static str) -> Option<&'n Node<'a>> {
    all(element, name).next()
}

/// Whether there is an extension of this name.
pub(super) fn has(element: &Node<'_>, name: &'static str) -> bool {
    one(element, name).is_some()
}

/// Whether an extension of this name says true.
pub(super) fn flag(element: &Node<'_>, name: &'static str) -> bool {
    one(element, name).and_then(|e| e.get("valueBoolean")?.boolean()) == Some(true)
}

/// Whether one of the item's controls is one of these codes.
pub(super) fn control(item: &Node<'_>, codes: &[&str]) -> bool {
    all(item, "itemControl").any(|extension| {
        let concept = extension.get("valueCodeableConcept");
        let codings = concept.map_or(&[][..], |concept| concept.list("coding"));
        codings.iter().any(|coding| coding.str("code").is_some_and(|code| codes.contains(&code)))
    })
}
