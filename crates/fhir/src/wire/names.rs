//! Names on the wire, and ids made of other ids.

use interlude_diary::ids::EntryId;
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use crate::json::Node;

const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

const OURS: &str = "https://interlude.health/fhir/StructureDefinition/";

/// Canonical base of our extensions: [`BASE`](crate::BASE)`/StructureDefinition/`.
#[must_use]
pub const fn canonical_base() -> &'static str {
    OURS
}

/// URL of the extension data-absent-reason.
pub(crate) const fn absent_reason() -> &'static str {
    ABSENT
}

/// The name of one of our extensions, of its URL.
pub(crate) fn our(url: &str) -> Option<&str> {
    url.strip_prefix(OURS)
}

/// Our extension of this name on an element.
pub(super) fn extension<'n, 'a>(element: &'n Node<'a>, name: &str) -> Option<&'n Node<'a>> {
    element.list("extension").iter().find(|e| e.str("url").and_then(our) == Some(name))
}

/// A UUID (version 8) made of words, the same for the same words: names what another system named
/// in its own way.
#[must_use]
pub fn derived_id(words: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for word in words {
        hash.update(word.as_bytes());
        hash.update([0]);
    }
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The entry a resource is of.
///
/// Its id is ours where the server takes ids from clients. A server that makes its own keeps ours
/// in `identifier`; what another system made has neither, and its id is derived.
pub(crate) fn entry_id(resource: &Node<'_>, kind: &str, id: &str) -> EntryId {
    let named = || {
        let one = resource.get("identifier").filter(|node| node.is_object());
        let mut all = one.into_iter().chain(resource.list("identifier"));
        all.find_map(|identifier| identifier.str("value")?.strip_prefix("urn:uuid:")?.parse().ok())
    };
    let own = id.parse().ok();
    let ours = own.is_none() || extension(resource, "revision").is_some();
    let derived = || EntryId::new(derived_id(&["resource", kind, id]));
    named().filter(|_| ours).or(own).unwrap_or_else(derived)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_stand_below_the_base() {
        assert_eq!(canonical_base(), format!("{}/StructureDefinition/", crate::BASE));
    }
}
