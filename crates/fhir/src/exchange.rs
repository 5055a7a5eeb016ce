//! The steps of a sync cycle as HTTP, for whoever carries them: the app's driver, a simulation.
//!
//! [`calls`] says what to send for a step, [`told`] what the answers mean. Carrying is all that is
//! left: addresses, tokens, time-outs, compression.

use interlude_diary::calendar::Moment;
use interlude_diary::ids::RevisionId;
use interlude_diary::journal::Outgoing;
use interlude_diary::sync::{By, Failure, Incoming, Kind, Listed, Page, Pushed, Ready, Server, Step, Told};

use crate::bundle::{
    Arrived, identifier_token, observations_bundle, push_bundle_as, read_full, read_list,
    read_observations_reply, read_push,
};
use crate::digest::digest;
use crate::wire::write_entry;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Below the base, or the whole address of a next page as the server named it.
    pub path: String,
    /// JSON to POST; a GET when none.
    pub body: Option<String>,
}

/// One answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; 0 when there was none.
    pub status: u16,
    /// `Retry-After`, in milliseconds, where readable.
    pub after_ms: Option<i64>,
    /// The text.
    pub body: String,
}

/// Rows in the form the cycle wants them.
#[must_use]
pub fn ready(rows: Vec<Outgoing>, patient: &str) -> Vec<Ready> {
    let one = |row: Outgoing| Ready {
        gate: row.entry.revision,
        digest: digest(&row.entry),
        bytes: write_entry(&row.entry, patient).len(),
        row,
    };
    rows.into_iter().map(one).collect()
}

/// What to send for a step, one call after the other or side by side; nothing for a step that asks
/// the journal. Our clinic is told what this phone's clock says: `now`.
#[must_use]
pub fn calls(step: &Step, server: Server, patient: &str, now: Moment) -> Vec<Call> {
    match step {
        Step::Push(batches) => {
            let now = server.gives_receipts().then_some(now);
            let body = |rows: &Vec<Outgoing>| push_bundle_as(rows, patient, server, now);
            let call = |rows: &Vec<Outgoing>| Call { path: String::new(), body: Some(body(rows)) };
            batches.iter().map(call).collect()
        }
        Step::Observe { scored, create } => {
            let body = observations_bundle(scored, patient, *create);
            body.map(|body| Call { path: String::new(), body: Some(body) }).into_iter().collect()
        }
        Step::List { next: Some(next), .. } | Step::Fetch { next: Some(next), .. } => {
            vec![Call { path: next.clone(), body: None }]
        }
        Step::List { kind, since, next: None } => vec![list(*kind, *since, server, patient)],
        Step::Fetch { kind, resources, by, next: None } => {
            let names = match by {
                By::Id => format!("_id={}", resources.join(",")),
                By::Identifier => {
                    let all: Vec<String> = resources.iter().map(|id| identifier_token(id)).collect();
                    format!("identifier={}", all.join(","))
                }
            };
            let path = format!("{}?{}=Patient/{patient}&{names}&_count=1000", kind.name(), whose(*kind));
            vec![Call { path, body: None }]
        }
        // A history of more than a thousand versions is cut: no diary has such an entry.
        Step::Histories(of) => {
            let path = |(kind, id): &(Kind, String)| format!("{}/{id}/_history?_count=1000", kind.name());
            of.iter().map(|one| Call { path: path(one), body: None }).collect()
        }
        Step::Rows { .. }
        | Step::Newest(_)
        | Step::Holdings(_)
        | Step::Census { .. }
        | Step::Here(_)
        | Step::File { .. }
        | Step::Rest(_) => Vec::new(),
    }
}

const fn whose(kind: Kind) -> &'static str {
    match kind {
        Kind::Response | Kind::Session | Kind::Plan => "subject",
        Kind::Consent => "patient",
    }
}

fn list(kind: Kind, since: Option<Moment>, server: Server, patient: &str) -> Call {
    let mut path = format!("{}?{}=Patient/{patient}", kind.name(), whose(kind));
    if server.lists_lean() {
        path.push_str("&_elements=id,meta");
    }
    if let Some(since) = since {
        // In UTC, so that no plus sign needs escaping.
        let utc = Moment::new(since.unix_ms(), 0).to_string();
        path.push_str("&_lastUpdated=ge");
        path.push_str(utc.strip_suffix("+00:00").unwrap_or(&utc));
        path.push('Z');
    }
    path.push_str("&_sort=_lastUpdated&_count=1000");
    Call { path, body: None }
}

/// What the answers to [`calls`] mean. `None` for a step that asks the journal.
#[must_use]
pub fn told(step: &Step, answers: &[Answer], now: Moment) -> Option<Told> {
    match step {
        Step::Push(batches) => {
            let silence = Answer::default();
            let answers = answers.iter().chain(std::iter::repeat(&silence));
            let one = |(rows, answer): (&Vec<Outgoing>, &Answer)| {
                let sent: Vec<RevisionId> = rows.iter().map(|row| row.entry.revision).collect();
                let (fates, at) = read_push(answer.status, &answer.body, &sent, now);
                Pushed { status: answer.status, after_ms: answer.after_ms, at, fates }
            };
            Some(Told::Pushed(batches.iter().zip(answers).map(one).collect()))
        }
        Step::Observe { scored, create } => {
            let silence = Answer::default();
            let answer = answers.first().unwrap_or(&silence);
            let fates = read_observations_reply(answer.status, &answer.body, scored, *create, now);
            Some(Told::Observed(Pushed { status: answer.status, after_ms: answer.after_ms, at: None, fates }))
        }
        Step::List { .. } => {
            let list = said(answers.first(), |text| read_list(text).ok());
            Some(list.map_or_else(Told::Failed, |list| Told::Listed(page(list))))
        }
        Step::Fetch { .. } => Some(
            said(answers.first(), whole)
                .map_or_else(Told::Failed, |(rows, next)| Told::Fetched { rows, next }),
        ),
        Step::Histories(of) => {
            let answers = answers.iter().map(Some).chain(std::iter::repeat(None)).take(of.len());
            Some(Told::Histories(answers.map(|one| said(one, whole).map(|(rows, _)| rows)).collect()))
        }
        Step::Rows { .. }
        | Step::Newest(_)
        | Step::Holdings(_)
        | Step::Census { .. }
        | Step::Here(_)
        | Step::File { .. }
        | Step::Rest(_) => None,
    }
}

/// A good answer that can be read, or a failure. A 200 that is no FHIR (a captive portal) is none.
fn said<T>(answer: Option<&Answer>, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
    let Some(Answer { status, after_ms, body }) = answer else {
        return Err(Failure { status: 0, after_ms: None });
    };
    let good = (200..=299).contains(status);
    let read = if good { read(body) } else { None };
    read.ok_or(Failure { status: if good { 0 } else { *status }, after_ms: *after_ms })
}

/// A page of whole resources, and the next one.
fn whole(text: &str) -> Option<(Vec<Incoming>, Option<String>)> {
    let full = read_full(text).ok()?;
    Some((full.entries.into_iter().map(incoming).collect(), full.next))
}

fn page(list: crate::bundle::List) -> Page {
    let row = |row: crate::bundle::Row| Listed {
        id: row.id,
        resource: row.resource_id,
        version: row.version,
        updated: row.last_updated,
        receipt: row.receipt,
    };
    Page { rows: list.rows.into_iter().map(row).collect(), next: list.next, at: list.at, epoch: list.epoch }
}

fn incoming(one: Arrived) -> Incoming {
    let Arrived { entry, resource, text, receipt, digest, beneath } = one;
    Incoming { entry: Box::new(entry), resource, text, receipt, digest: Some(digest), beneath }
}
