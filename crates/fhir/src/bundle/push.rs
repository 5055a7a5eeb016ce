//! The phone's side of a push.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Receipt, VersionId};
use interlude_diary::ids::RevisionId;
use interlude_diary::journal::Outgoing;
use interlude_diary::sync::{Create, Fate, Incoming, Server, Verdict, fate_of};

use super::scores::identifier_token;
use crate::json::{Node, Writer, parse};
use crate::wire::{Received, kind_of, meta_last_updated, meta_version, read_node, read_receipt, write_into};

/// Longest reason kept, in characters.
const REASON: usize = 500;

/// The batch Bundle of PUTs for these rows. A row that says on what it builds asks for that
/// version to be current; one that knows of none there asks that there be none.
#[must_use]
pub fn push_bundle(outgoing: &[Outgoing], patient: &str) -> String {
    push_bundle_as(outgoing, patient, Server::Clinic, None)
}

/// The same for a server that may take new ids in another way, with what this phone's clock says. One that is
/// sent only the newest of an entry is told what that was made on top of.
#[must_use]
pub fn push_bundle_as(outgoing: &[Outgoing], patient: &str, server: Server, now: Option<Moment>) -> String {
    let create = server.create();
    batch(outgoing, now, |to, row| {
        let beneath = if server.takes_every_revision() { &[][..] } else { &row.beneath };
        write_into(to.name("resource"), &row.entry, beneath, patient, create == Create::Put);
        to.name("request").open('{');
        let kind = kind_of(&row.entry);
        // What is there already comes back, and is found to be another revision.
        let post = create == Create::PostIfNoneExist && row.base.is_none();
        let identifier = format!("identifier={}", identifier_token(&row.entry.id.to_string()));
        match create {
            Create::Put => to.text("method", "PUT").text("url", &format!("{kind}/{}", row.entry.id)),
            _ if post => to.text("method", "POST").text("url", kind).text("ifNoneExist", &identifier),
            Create::PutByIdentifier | Create::PostIfNoneExist => {
                to.text("method", "PUT").text("url", &format!("{kind}?{identifier}"))
            }
        };
        match &row.base {
            _ if post => {}
            Some(base) => {
                to.text("ifMatch", &format!("W/\"{}\"", base.version.0));
            }
            // Nothing of the entry is known to be there: whatever is must be looked at first.
            None if create == Create::Put => {
                to.text("ifNoneMatch", "*");
            }
            None => {}
        }
        to.close('}');
    })
}

pub(super) fn batch<T>(all: &[T], now: Option<Moment>, mut each: impl FnMut(&mut Writer, &T)) -> String {
    let mut to = Writer::with_capacity(256 + all.len() * 4096);
    to.open('{').text("resourceType", "Bundle").text("type", "batch");
    if let Some(now) = now {
        to.name("timestamp").shown(now);
    }
    if !all.is_empty() {
        to.name("entry").open('[');
        for one in all {
            to.open('{');
            each(&mut to, one);
            to.close('}');
        }
        to.close(']');
    }
    to.close('}');
    to.finish()
}

/// Whether an answer of this status to several entries says nothing of each: they should go again
/// one by one, so that one bad entry does not stop the others.
#[must_use]
pub const fn wants_splitting(status: u16) -> bool {
    matches!(fate_of(status), Verdict::Refused | Verdict::Conflict)
}

/// What the answer to a push means for each revision sent, in the order sent.
///
/// Total: any text with any status has a meaning, and what makes no sense is tried again later (a
/// captive portal answers 200 with a page of its own). `now` stands in where no time is named.
#[must_use]
pub fn read_push_reply(status: u16, text: &str, sent: &[RevisionId], now: Moment) -> Vec<Fate> {
    read_push(status, text, sent, now).0
}

/// The same, with what the server's clock said when it answered, where the answer tells.
pub(crate) fn read_push(
    status: u16,
    text: &str,
    sent: &[RevisionId],
    now: Moment,
) -> (Vec<Fate>, Option<Moment>) {
    let parsed = parse(text).ok();
    let bundle = parsed.as_ref().filter(|node| node.str("resourceType") == Some("Bundle"));
    (fates(status, parsed.as_ref(), sent, now), bundle.and_then(meta_last_updated))
}

fn fates(status: u16, parsed: Option<&Node<'_>>, sent: &[RevisionId], now: Moment) -> Vec<Fate> {
    let kind = parsed.and_then(|node| node.str("resourceType"));
    let whole = match fate_of(status) {
        Verdict::Settled => {
            let bundle = parsed.filter(|_| kind == Some("Bundle"));
            let entries = bundle.map_or(&[][..], |bundle| bundle.list("entry"));
            if entries.len() == sent.len() {
                return entries.iter().zip(sent).map(|(entry, sent)| fate(entry, *sent, now)).collect();
            }
            later() // answers that cannot be told apart are no answers
        }
        Verdict::SignIn => Fate::SignIn,
        Verdict::TryLater => later(),
        // Said of the whole; it is about the entry only if there is one, and only if FHIR said it.
        Verdict::Refused | Verdict::Conflict if sent.len() > 1 || kind != Some("OperationOutcome") => later(),
        Verdict::Conflict => Fate::Conflict { current: None },
        Verdict::Refused => Fate::Refused { status, reason: parsed.map_or_else(String::new, reason) },
    };
    sent.iter().map(|_| whole.clone()).collect()
}

const fn later() -> Fate {
    Fate::TryLater { after_ms: None }
}

/// One entry of a batch answer.
fn fate(entry: &Node<'_>, sent: RevisionId, now: Moment) -> Fate {
    let Some(response) = entry.get("response") else {
        return later();
    };
    // "201 Created" and "200" are both in use.
    let status = response.str("status").and_then(|status| status.trim().get(..3)?.parse().ok());
    let status: u16 = status.unwrap_or(0);
    match fate_of(status) {
        Verdict::Settled => {
            let receipt = receipt(entry, response, sent, now);
            let other = receipt.digest.is_none().then(|| entry.get("resource").and_then(current)).flatten();
            match other.filter(|held| held.entry.revision != sent) {
                // Said of a POST that created nothing: it is what was there before.
                Some(other) => Fate::Conflict { current: Some(Box::new(other)) },
                None => Fate::Settled(receipt),
            }
        }
        Verdict::TryLater => later(),
        Verdict::SignIn => Fate::SignIn,
        Verdict::Conflict => {
            Fate::Conflict { current: entry.get("resource").and_then(current).map(Box::new) }
        }
        Verdict::Refused => {
            Fate::Refused { status, reason: response.get("outcome").map_or_else(String::new, reason) }
        }
    }
}

/// The server's receipt if it gave one, whatever revision it names; else what can be said without.
fn receipt(entry: &Node<'_>, response: &Node<'_>, sent: RevisionId, now: Moment) -> Receipt {
    if let Some(given) = response.get("outcome").and_then(read_receipt) {
        return given;
    }
    let resource = entry.get("resource");
    let version = resource.and_then(meta_version).or_else(|| etag(response)).or_else(|| history(response));
    let stored = response.str("lastModified").and_then(|at| at.parse().ok());
    Receipt {
        revision: sent,
        version: version.unwrap_or(VersionId(String::new())),
        digest: None,
        stored: stored.or_else(|| resource.and_then(meta_last_updated)).unwrap_or(now),
        epoch: String::new(),
        head: String::new(),
    }
}

/// The version in `W/"…"`.
fn etag(response: &Node<'_>) -> Option<VersionId> {
    let tag = response.str("etag")?.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
    (!tag.is_empty()).then(|| VersionId(tag.to_owned()))
}

/// The version in `…/_history/{version}`.
fn history(response: &Node<'_>) -> Option<VersionId> {
    let (_, version) = response.str("location")?.rsplit_once("/_history/")?;
    (!version.is_empty()).then(|| VersionId(version.to_owned()))
}

/// The version in the way.
fn current(resource: &Node<'_>) -> Option<Incoming> {
    let received = read_node(resource).ok()?;
    let receipt = received.standing_receipt();
    let Received { entry, resource_id, beneath, .. } = received;
    let text = resource.raw().to_owned();
    Some(Incoming { entry: Box::new(entry), resource: resource_id, text, receipt, digest: None, beneath })
}

/// The server's words: of each issue, what it says to people.
fn reason(outcome: &Node<'_>) -> String {
    let mut words = String::new();
    for issue in outcome.list("issue") {
        let details = issue.get("details").and_then(|details| details.str("text"));
        let said = details.or_else(|| issue.str("diagnostics")).or_else(|| issue.str("code"));
        let said = said.unwrap_or_default().trim();
        if !said.is_empty() {
            words.push_str(if words.is_empty() { "" } else { "; " });
            words.push_str(said);
        }
    }
    words.chars().take(REASON).collect()
}
