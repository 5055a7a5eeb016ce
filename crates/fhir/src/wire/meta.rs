//! `meta`: version, time of storing, receipt.

use std::fmt::Display;

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Receipt, VersionId};
use interlude_diary::ids::EntryId;

use super::names::{canonical_base, extension, our};
use super::read::WireError;
use crate::json::{Node, Writer, parse};

const RECEIPT: &str = "receipt";
const EPOCH: &str = "epoch";

pub(crate) fn version(resource: &Node<'_>) -> Option<VersionId> {
    resource.get("meta")?.str("versionId").map(|version| VersionId(version.to_owned()))
}

pub(crate) fn last_updated(resource: &Node<'_>) -> Option<Moment> {
    resource.get("meta")?.str("lastUpdated")?.parse().ok()
}

/// The receipt in a resource's `meta`.
pub(crate) fn receipt(resource: &Node<'_>) -> Option<Receipt> {
    read_receipt(resource.get("meta")?)
}

/// The epoch of the store that a list is of, in its `meta`.
pub(crate) fn epoch(list: &Node<'_>) -> Option<String> {
    extension(list.get("meta")?, EPOCH)?.str("valueString").map(str::to_owned)
}

/// The member of a list's `meta` that says the epoch of the store it is of.
#[must_use]
pub fn epoch_member(epoch: &str) -> String {
    let mut to = Writer::new();
    to.open('{').name("url").shown(format_args!("{}{EPOCH}", canonical_base()));
    to.text("valueString", epoch).close('}');
    format!("\"extension\":[{}]", to.finish())
}

/// The receipt among an element's extensions; none when a part is missing or malformed, because
/// half a proof is none.
#[must_use]
pub fn read_receipt(element: &Node<'_>) -> Option<Receipt> {
    let parts = extension(element, RECEIPT)?.list("extension");
    let part = |name: &str| parts.iter().find(|part| part.str("url") == Some(name));
    let text = |name: &str| part(name)?.str("valueString");
    Some(Receipt {
        revision: text("revision")?.parse().ok()?,
        version: VersionId(text("version")?.to_owned()),
        digest: Some(text("digest")?.parse().ok()?),
        stored: part("stored")?.str("valueInstant")?.parse().ok()?,
        epoch: text("epoch")?.to_owned(),
        head: text("head").unwrap_or_default().to_owned(),
    })
}

/// Writes a receipt as one extension.
pub fn write_receipt(to: &mut Writer, receipt: &Receipt) {
    to.open('{').name("url").shown(format_args!("{}{RECEIPT}", canonical_base()));
    to.name("extension").open('[');
    let plain = |to: &mut Writer, name: &str, kind: &str, value: &dyn Display| {
        to.open('{').text("url", name).name(kind).shown(value).close('}');
    };
    let words = |to: &mut Writer, name: &str, text: &str| {
        if !text.is_empty() {
            to.open('{').text("url", name).text("valueString", text).close('}');
        }
    };
    plain(to, "revision", "valueString", &receipt.revision);
    if let Some(digest) = &receipt.digest {
        plain(to, "digest", "valueString", digest);
    }
    words(to, "version", &receipt.version.0);
    plain(to, "stored", "valueInstant", &receipt.stored);
    words(to, "epoch", &receipt.epoch);
    words(to, "head", &receipt.head);
    to.close(']').close('}');
}

/// Puts `meta` into a stored text; every byte outside `meta` stays as it is. What `meta` held
/// stays too, but version, time and receipt, which are the server's alone to say.
///
/// # Errors
/// When the text is not a JSON object.
pub fn with_meta(
    text: &str,
    version: &VersionId,
    last_updated: Moment,
    receipt: Option<&Receipt>,
) -> Result<String, WireError> {
    // Most texts have none, and need not be parsed to know it (an escaped name could hide one).
    if let Some(rest) = text.strip_prefix('{')
        && rest.starts_with('"')
        && !text.contains("\"meta\"")
        && !text.contains("\\u")
    {
        return Ok(format!("{{\"meta\":{},{rest}", meta(None, version, last_updated, receipt)));
    }
    let resource = parse(text)?;
    if !resource.is_object() {
        return Err(WireError::OtherResource);
    }
    let old = resource.get("meta");
    let new = meta(old, version, last_updated, receipt);
    let start = |node: &Node<'_>| node.raw().as_ptr().addr() - text.as_ptr().addr();
    let (head, tail, comma) = match old {
        Some(old) => (text.get(..start(old)), text.get(start(old) + old.raw().len()..), ""),
        None => {
            let at = start(&resource) + 1;
            let comma = if resource.members().is_empty() { "" } else { "," };
            (text.get(..at), text.get(at..), comma)
        }
    };
    let name = if old.is_some() { "" } else { "\"meta\":" };
    Ok(format!("{}{name}{new}{comma}{}", head.unwrap_or_default(), tail.unwrap_or_default()))
}

/// A resource of which only `meta` and `parts` are shown (each part with a comma before it), marked as
/// not whole.
#[must_use]
pub fn subset(kind: &str, id: EntryId, parts: &str, version: &VersionId, receipt: &Receipt) -> String {
    let mut to = Writer::with_capacity(1024);
    to.open('{').text("resourceType", kind).name("id").shown(id).name("meta").open('{');
    to.name("extension").open('[');
    write_receipt(&mut to, receipt);
    to.close(']').text("versionId", &version.0).name("lastUpdated").shown(receipt.stored);
    to.name("tag").open('[').open('{');
    to.text("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue").text("code", "SUBSETTED");
    to.close('}').close(']').close('}');
    if let Some(parts) = parts.strip_prefix(',') {
        to.raw(parts);
    }
    to.close('}');
    to.finish()
}

fn meta(
    old: Option<&Node<'_>>,
    version: &VersionId,
    last_updated: Moment,
    receipt: Option<&Receipt>,
) -> String {
    let mut to = Writer::with_capacity(1024);
    let others = || {
        let list = old.map_or(&[][..], |old| old.list("extension"));
        list.iter().filter(|e| e.str("url").and_then(our) != Some(RECEIPT))
    };
    to.open('{');
    if receipt.is_some() || others().next().is_some() {
        to.name("extension").open('[');
        for extension in others() {
            to.raw(extension.raw());
        }
        if let Some(receipt) = receipt {
            write_receipt(&mut to, receipt);
        }
        to.close(']');
    }
    to.text("versionId", &version.0).name("lastUpdated").shown(last_updated);
    for (name, node) in old.map_or(&[][..], Node::members) {
        if matches!(name.as_ref(), "profile" | "security" | "source" | "tag") {
            to.name(name).raw(node.raw());
        }
    }
    to.close('}');
    to.finish()
}
