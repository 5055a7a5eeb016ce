//! Searchsets: a page of ids and versions, a page of whole resources.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Digest, Entry, Receipt, VersionId};
use interlude_diary::ids::{EntryId, RevisionId};

use crate::json::{Node, parse};
use crate::wire::{
    self, WireError, entry_id, meta_epoch, meta_last_updated, meta_receipt, meta_version, peek, read_node,
};

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Resource type.
    pub kind: String,
    /// The resource's id as the server has it.
    pub resource_id: String,
    /// The entry it is here.
    pub id: EntryId,
    /// Current version.
    pub version: VersionId,
    /// `meta.lastUpdated`.
    pub last_updated: Option<Moment>,
    /// The server's receipt; of a server that gives none, what the resource proves by itself when
    /// the list holds it whole.
    pub receipt: Option<Receipt>,
}

/// A page of a list of ids and versions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// Its lines.
    pub rows: Vec<Row>,
    /// The next page, verbatim.
    pub next: Option<String>,
    /// The server's time when it made this page (`Bundle.meta.lastUpdated`).
    pub at: Option<Moment>,
    /// The epoch of our clinic's store, in `Bundle.meta`.
    pub epoch: Option<String>,
}

/// One whole resource that came down.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// What it says.
    pub entry: Entry,
    /// Its id as the server has it.
    pub resource: String,
    /// Its text, exactly as received.
    pub text: String,
    /// The server's receipt, or what a read proves by itself.
    pub receipt: Receipt,
    /// Content digest of the text, computed here.
    pub digest: Digest,
    /// What it says it was made on top of, beside its parent.
    pub beneath: Vec<RevisionId>,
}

/// A page of whole resources.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Full {
    /// What could be read.
    pub entries: Vec<Arrived>,
    /// `Type/id` of the resources that could not.
    pub unreadable: Vec<String>,
    /// The next page, verbatim.
    pub next: Option<String>,
    /// The server's time when it made this page.
    pub at: Option<Moment>,
}

/// Reads a searchset of ids and versions (`_elements=id,meta`). Entries that are outcomes of the
/// search, have no id, or are about other medicines than ketamine, are passed over.
///
/// # Errors
/// When it is no Bundle.
pub fn read_list(text: &str) -> Result<List, WireError> {
    let bundle = parse(text)?;
    expect_bundle(&bundle)?;
    let rows = matches(&bundle).filter_map(|resource| {
        let (kind, id) = peek(resource).ok()?;
        let id = id.filter(|_| wire::concerns_us(resource))?;
        Some(Row {
            kind: kind.to_owned(),
            resource_id: id.to_owned(),
            id: entry_id(resource, kind, id),
            version: meta_version(resource).unwrap_or(VersionId(String::new())),
            last_updated: meta_last_updated(resource),
            receipt: meta_receipt(resource).or_else(|| Some(read_node(resource).ok()?.standing_receipt())),
        })
    });
    let (at, epoch) = (meta_last_updated(&bundle), meta_epoch(&bundle));
    Ok(List { rows: rows.collect(), next: next(&bundle), at, epoch })
}

/// Reads a searchset or history of whole resources, or one resource by itself.
///
/// # Errors
/// When it is neither.
pub fn read_full(text: &str) -> Result<Full, WireError> {
    let root = parse(text)?;
    let (kind, _) = peek(&root)?;
    let mut full = Full::default();
    if kind != "Bundle" {
        full.take(&root).map_err(|_named| WireError::OtherResource)?;
        return Ok(full);
    }
    for resource in matches(&root) {
        if let Err(name) = full.take(resource) {
            full.unreadable.push(name);
        }
    }
    full.next = next(&root);
    full.at = meta_last_updated(&root);
    Ok(full)
}

impl Full {
    /// Takes one resource in; of one that cannot be read, gives its name back.
    fn take(&mut self, resource: &Node<'_>) -> Result<(), String> {
        match read_node(resource) {
            Ok(received) => {
                let receipt = received.standing_receipt();
                let text = resource.raw().to_owned();
                let wire::Received { entry, resource_id, digest, beneath, .. } = received;
                self.entries.push(Arrived { entry, resource: resource_id, text, receipt, digest, beneath });
                Ok(())
            }
            Err(_unreadable) => {
                let (kind, id) = peek(resource).unwrap_or_default();
                Err(format!("{kind}/{}", id.unwrap_or_default()))
            }
        }
    }
}

fn expect_bundle(root: &Node<'_>) -> Result<(), WireError> {
    if peek(root)?.0 == "Bundle" { Ok(()) } else { Err(WireError::OtherResource) }
}

/// The resources that are the search's own, without remarks on it.
fn matches<'n, 'a>(bundle: &'n Node<'a>) -> impl Iterator<Item = &'n Node<'a>> {
    bundle.list("entry").iter().filter_map(|entry| {
        let outcome = entry.get("search").and_then(|search| search.str("mode")) == Some("outcome");
        entry
            .get("resource")
            .filter(|resource| !outcome && resource.str("resourceType") != Some("OperationOutcome"))
    })
}

fn next(bundle: &Node<'_>) -> Option<String> {
    let link = bundle.list("link").iter().find(|link| link.str("relation") == Some("next"))?;
    link.str("url").filter(|url| !url.is_empty()).map(str::to_owned)
}
