//! Names on the wire, and ids made of other ids.

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use crate::BASE;
use crate::json::Node;

const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// Canonical base of our extensions: `{base}/StructureDefinition/`.
#[must_use]
pub fn canonical_base() -> String {
    format!("{BASE}/StructureDefinition/")
}

/// URL of the extension data-absent-reason.
pub(crate) const fn absent_reason() -> &'static str {
    ABSENT
}

/// The name of one of our extensions, of its URL.
pub(crate) fn our(url: &str) -> Option<&str> {
    url.strip_prefix(BASE)?.strip_prefix("/StructureDefinition/")
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

/// The id itself when it is a UUID as we write them, else one derived of it.
pub(crate) fn id_of<T: std::str::FromStr>(kind: &str, id: &str, wrap: impl Fn(Uuid) -> T) -> T {
    id.parse().unwrap_or_else(|_other| wrap(derived_id(&["resource", kind, id])))
}
