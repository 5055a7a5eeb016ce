//! The server's side: a Bundle taken apart without copying what it carries.

use std::borrow::Cow;

use interlude_diary::calendar::Moment;

use crate::json::{Node, parse};
use crate::wire::{WireError, peek};

/// What a Bundle sent to a server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleKind {
    /// Each entry by itself.
    Batch,
    /// All or nothing.
    Transaction,
}

/// One request of a Bundle; texts point into the Bundle's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Request<'a> {
    /// HTTP method.
    pub method: Cow<'a, str>,
    /// Relative URL.
    pub url: Cow<'a, str>,
    /// `ifMatch`.
    pub if_match: Option<Cow<'a, str>>,
    /// `ifNoneMatch`.
    pub if_none_match: Option<Cow<'a, str>>,
    /// `ifNoneExist`.
    pub if_none_exist: Option<Cow<'a, str>>,
    /// The resource, parsed; its [`raw`](Node::raw) text is exactly what stands in the Bundle.
    pub resource: Option<Node<'a>>,
}

/// A Bundle sent to a server.
#[derive(Debug, Clone, PartialEq)]
pub struct Requests<'a> {
    /// Batch or transaction.
    pub kind: BundleKind,
    /// What the sender's clock said (`Bundle.timestamp`).
    pub at: Option<Moment>,
    /// Its requests in order. One that cannot be read is an error by itself, so that in a batch
    /// the others go on.
    pub requests: Vec<Result<Request<'a>, WireError>>,
}

/// Reads a Bundle sent to a server.
///
/// # Errors
/// When it is no batch or transaction Bundle.
pub fn read_requests(text: &str) -> Result<Requests<'_>, WireError> {
    let mut bundle = parse(text)?;
    if peek(&bundle)?.0 != "Bundle" {
        return Err(WireError::OtherResource);
    }
    let kind = match bundle.str("type") {
        Some("batch") => BundleKind::Batch,
        Some("transaction") => BundleKind::Transaction,
        _ => return Err(WireError::Part("Bundle.type")),
    };
    if bundle.get("entry").is_some_and(|entries| !entries.is_array()) {
        return Err(WireError::Part("Bundle.entry"));
    }
    let at = bundle.str("timestamp").and_then(|text| text.parse().ok());
    let entries = bundle.take_member("entry").map_or_else(Vec::new, Node::into_elements);
    Ok(Requests { kind, at, requests: entries.into_iter().map(request).collect() })
}

fn request(mut entry: Node<'_>) -> Result<Request<'_>, WireError> {
    let resource = entry.take_member("resource");
    let request = entry.get("request").ok_or(WireError::Part("entry.request"))?;
    let part = |name: &str| request.get(name).and_then(Node::cow);
    Ok(Request {
        method: part("method").ok_or(WireError::Part("entry.request.method"))?,
        url: part("url").ok_or(WireError::Part("entry.request.url"))?,
        if_match: part("ifMatch"),
        if_none_match: part("ifNoneMatch"),
        if_none_exist: part("ifNoneExist"),
        resource,
    })
}
