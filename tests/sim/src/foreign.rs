//! Another R4 server, as two that were measured behave, and worse: it knows nothing of receipts,
//! and each of its habits is a switch.

use std::collections::{BTreeMap, BTreeSet};

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Entry, VersionId};
use interlude_diary::ids::RevisionId;
use interlude_diary::sync::{Create, Server};
use interlude_fhir::bundle::{Request, read_requests};
use interlude_fhir::exchange::{Answer, Call};
use interlude_fhir::json::{Node, parse};
use interlude_fhir::wire::{self, with_meta};
use interlude_testkit::Chance;

pub use crate::habits::Habits;
use crate::host::Host;

/// Where it is.
pub const BASE: &str = "https://ehr.test/fhir";
/// Its patient.
pub const PATIENT: &str = "p-1";

/// A body of more bytes is answered 400.
const LONGEST: usize = 1_000_000;

/// One version of a resource.
#[derive(Debug, Clone)]
pub struct Version {
    /// As stored.
    pub text: String,
    version: String,
    updated_ms: i64,
    /// The entry's revision, of what is one.
    pub revision: Option<RevisionId>,
    /// What its identifiers say.
    names: Vec<String>,
    /// It came of a request that its phone had given up on.
    pub late: bool,
}

/// The server.
#[derive(Debug)]
pub struct Foreign {
    base: String,
    habits: Habits,
    chance: Chance,
    now_ms: i64,
    counter: u64,
    requests: u64,
    late: bool,
    /// Resources by type and id, their versions in order.
    pub resources: BTreeMap<(String, String), Vec<Version>>,
    ever: BTreeMap<RevisionId, BTreeSet<[u8; 32]>>,
}

/// Status and resource of one answer.
type Said = (u16, Option<String>);

impl Foreign {
    /// An empty one.
    #[must_use]
    pub fn new(habits: Habits, seed: u64, now_ms: i64) -> Self {
        Self::at(BASE, habits, seed, now_ms)
    }

    /// The same at another base address.
    #[must_use]
    pub fn at(base: &str, habits: Habits, seed: u64, now_ms: i64) -> Self {
        Self {
            base: base.to_owned(),
            habits,
            chance: Chance::new(seed),
            now_ms,
            counter: 0,
            requests: 0,
            late: false,
            resources: BTreeMap::new(),
            ever: BTreeMap::new(),
        }
    }

    /// The current text of every resource of a type, by id.
    pub fn current<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let of_kind = self.resources.iter().filter(move |((one, _), _)| one == kind);
        of_kind.filter_map(|((_, id), versions)| Some((id.as_str(), versions.last()?.text.as_str())))
    }

    /// Whether it takes no resource of this entry's type.
    #[must_use]
    pub fn refuses(&self, entry: &Entry) -> bool {
        self.habits.answers_only && wire::kind_of(entry) == "Consent"
    }

    /// Whether it takes no Observations.
    #[must_use]
    pub const fn takes_no_scores(&self) -> bool {
        self.habits.no_scores
    }

    /// Keeps no resource any more.
    pub fn wipe(&mut self) {
        self.resources.clear();
    }

    fn batch(&mut self, body: &str) -> Answer {
        let none = |status| Answer { status, ..Answer::default() };
        if body.len() > LONGEST {
            return none(400);
        }
        let Ok(requests) = read_requests(body) else { return none(400) };
        let mut entries = Vec::new();
        for request in requests.requests {
            let (status, text) = match request {
                _ if self.chance.one_in_hundred(self.habits.partly) => {
                    (self.chance.pick(&[409, 429, 503]).copied().unwrap_or(503), None)
                }
                Ok(request) => self.one(&request),
                Err(_unreadable) => (400, None),
            };
            // The two ways in use to say a status.
            let said = if status == 201 { "201 Created".to_owned() } else { status.to_string() };
            let resource = text.map_or_else(String::new, |text| format!("\"resource\":{text},"));
            entries.push(format!("{{{resource}\"response\":{{\"status\":\"{said}\"}}}}"));
        }
        let body = format!(
            "{{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[{}]}}",
            entries.join(",")
        );
        Answer { status: 200, after_ms: None, body }
    }

    fn one(&mut self, request: &Request<'_>) -> Said {
        let Some(resource) = &request.resource else { return (400, None) };
        let (kind, rest) = request.url.split_at(request.url.find(['/', '?']).unwrap_or(request.url.len()));
        let kind = kind.to_owned();
        let only_answers = self.habits.answers_only && matches!(kind.as_str(), "Consent");
        if only_answers || (self.habits.no_scores && kind == "Observation") {
            return (422, None);
        }
        if kind == "Observation" && !self.has_what_it_is_from(resource) {
            return (422, None);
        }
        let way = match (&*request.method, rest.get(..1)) {
            ("PUT", Some("/")) => Create::Put,
            ("PUT", Some("?")) => Create::PutByIdentifier,
            ("POST", None) => Create::PostIfNoneExist,
            _ => return (405, None),
        };
        let query =
            if way == Create::PostIfNoneExist { request.if_none_exist.as_deref() } else { rest.get(1..) };
        let query = query.unwrap_or_default();
        let id = if way == Create::Put { Some(query.to_owned()) } else { self.named(&kind, query) };
        let there = id.as_ref().and_then(|id| self.resources.get(&(kind.clone(), id.clone())));
        let there = there.and_then(|versions| versions.last()).cloned();
        if let (Some(there), true) = (&there, way == Create::PostIfNoneExist) {
            return (200, Some(there.text.clone()));
        }
        // `If-None-Match: *` is not looked at.
        if let Some(tag) = &request.if_match {
            let current = there.as_ref().map(|there| format!("W/\"{}\"", there.version));
            if current.as_deref() != Some(tag) {
                return (412, None);
            }
        }
        let refuses = |way: Create| match (self.habits.create, way) {
            (Create::Put, _) | (Create::PostIfNoneExist, Create::PostIfNoneExist) => false,
            (Create::PutByIdentifier, way) => way == Create::Put,
            // The last way is for what is new; what is there can be updated by its identifier.
            (Create::PostIfNoneExist, _) => true,
        };
        if there.is_none() && refuses(way) {
            return (404, None);
        }
        let id = id.unwrap_or_else(|| format!("own-{}", self.resources.len() + 1));
        self.store(kind, id, resource, there)
    }

    fn store(&mut self, kind: String, id: String, resource: &Node<'_>, there: Option<Version>) -> Said {
        let mut text = resource.raw().to_owned();
        if self.habits.renumbers {
            text = renumbered(&text);
        }
        if resource.str("id").is_none() {
            text = text.replacen('{', &format!("{{\"id\":\"{id}\","), 1);
        }
        let created = there.is_none();
        if let Some(there) = there
            && !self.habits.versions_identical
            && parse(&there.text).is_ok_and(|old| same(&old, &text))
        {
            return (200, Some(there.text));
        }
        self.counter += 1;
        let version = self.counter.to_string();
        let updated = Moment::new(self.now_ms, 0);
        let text = with_meta(&text, &VersionId(version.clone()), updated, None).expect("an object");
        let mut revision = None;
        if let Ok(received) = wire::read(&text) {
            revision = Some(received.entry.revision);
            self.ever.entry(received.entry.revision).or_default().insert(*received.digest.bytes());
        }
        let (updated_ms, late) = (self.now_ms, self.late);
        let names = identifiers(resource);
        let stored = Version { text: text.clone(), version, updated_ms, revision, names, late };
        self.resources.entry((kind, id)).or_default().push(stored);
        (if created { 201 } else { 200 }, Some(text))
    }

    fn has_what_it_is_from(&self, observation: &Node<'_>) -> bool {
        let from = observation.list("derivedFrom").first().and_then(|from| from.str("reference"));
        let id = from.and_then(|from| from.strip_prefix("QuestionnaireResponse/")).unwrap_or_default();
        self.resources.contains_key(&("QuestionnaireResponse".to_owned(), id.to_owned()))
    }

    /// Id of the resource that a query by identifier finds.
    fn named(&self, kind: &str, query: &str) -> Option<String> {
        let value = query.strip_prefix("identifier=urn:ietf:rfc:3986%7C")?;
        let of_kind = self.resources.iter().filter(|((one, _), _)| one == kind);
        let is = |versions: &Vec<Version>| versions.last().is_some_and(|last| last.is_called(value));
        of_kind.filter(|(_, versions)| is(versions)).map(|((_, id), _)| id.clone()).next()
    }

    /// All versions of one resource, newest first.
    fn history(&self, path: &str) -> Answer {
        let mut parts = path.split('/');
        let name = (parts.next().unwrap_or_default().to_owned(), parts.next().unwrap_or_default().to_owned());
        let Some(versions) = self.resources.get(&name).filter(|_| !self.habits.no_history) else {
            return Answer { status: 404, ..Answer::default() };
        };
        let entries: Vec<String> =
            versions.iter().rev().map(|version| format!("{{\"resource\":{}}}", version.text)).collect();
        let body =
            format!("{{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{}]}}", entries.join(","));
        Answer { status: 200, after_ms: None, body }
    }

    fn search(&self, path: &str) -> Answer {
        let (kind, query) = path.split_once('?').unwrap_or((path, ""));
        if self.habits.answers_only && kind != "QuestionnaireResponse" {
            return Answer { status: 404, ..Answer::default() };
        }
        let mut hits: Vec<(&str, &Version)> = Vec::new();
        let of_kind = self.resources.iter().filter(|((one, _), _)| one == kind);
        hits.extend(of_kind.filter_map(|((_, id), versions)| Some((id.as_str(), versions.last()?))));
        hits.sort_by_key(|(_, version)| version.updated_ms);
        let mut from = 0;
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "_id" => hits.retain(|(id, _)| value.split(',').any(|one| one == *id)),
                "identifier" => hits.retain(|(_, version)| {
                    let mut values = value.split(',').filter_map(|one| one.split_once("%7C"));
                    values.any(|(_, one)| version.is_called(one))
                }),
                "_lastUpdated" => {
                    let since = value.trim_start_matches("ge").trim_end_matches('Z');
                    let since: Moment = format!("{since}+00:00").parse().expect("a time");
                    hits.retain(|(_, version)| version.updated_ms >= since.unix_ms());
                }
                "from" => from = value.parse().expect("our own link"),
                // Those it does not know are ignored.
                _ => {}
            }
        }
        let page: Vec<String> = hits
            .iter()
            .skip(from)
            .take(self.habits.page)
            .map(|(_, version)| format!("{{\"resource\":{}}}", version.text))
            .collect();
        let more = from + page.len() < hits.len();
        let plain = path.split("&from=").next().unwrap_or(path);
        let next = format!("{}/{plain}&from={}", self.base, from + page.len());
        let link = format!("\"link\":[{{\"relation\":\"next\",\"url\":\"{next}\"}}],");
        let body = format!(
            "{{\"resourceType\":\"Bundle\",\"type\":\"searchset\",{}\"entry\":[{}]}}",
            if more { &link } else { "" },
            page.join(",")
        );
        Answer { status: 200, after_ms: None, body }
    }
}

impl Host for Foreign {
    fn server(&self) -> Server {
        Server::Foreign { create: Create::Put }
    }

    fn patient(&self, _person: usize) -> &str {
        PATIENT
    }

    fn token(&self, _person: usize) -> String {
        "token".to_owned()
    }

    fn set_clock(&mut self, now_ms: i64) {
        self.now_ms = now_ms;
    }

    fn execute(&mut self, call: &Call, _token: &str) -> Answer {
        self.requests += 1;
        let path = call.path.strip_prefix(&self.base).unwrap_or(&call.path).trim_start_matches('/');
        match &call.body {
            Some(body) => self.batch(body),
            None if path.contains("/_history") => self.history(path),
            None => self.search(path),
        }
    }

    fn execute_late(&mut self, call: &Call, token: &str) -> Answer {
        self.late = true;
        let answer = self.execute(call, token);
        self.late = false;
        answer
    }

    fn restore(&mut self, _chance: &mut Chance) {
        self.wipe();
    }

    fn ever(&self, revision: RevisionId) -> Option<&BTreeSet<[u8; 32]>> {
        self.ever.get(&revision)
    }

    fn requests(&self) -> u64 {
        self.requests
    }

    fn requests_of_a_comparison(&self) -> u64 {
        let of_kind = |kind| self.current(kind).count().div_ceil(self.habits.page).max(1) as u64;
        let kinds = ["QuestionnaireResponse", "Consent", "MedicationAdministration", "MedicationRequest"];
        kinds.into_iter().map(of_kind).sum()
    }
}

/// What a resource's identifiers say.
fn identifiers(root: &Node<'_>) -> Vec<String> {
    let one = root.get("identifier").filter(|node| node.is_object());
    let all = one.into_iter().chain(root.list("identifier"));
    all.filter_map(|identifier| identifier.str("value").map(str::to_owned)).collect()
}

impl Version {
    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|one| one == name)
    }
}

/// Whether a stored text is this one, but for what the server adds.
fn same(old: &Node<'_>, new: &str) -> bool {
    let Ok(new) = parse(new) else { return false };
    let plain = |node: &Node<'_>| -> Vec<(String, String)> {
        let members = node.members().iter().filter(|(name, _)| name != "meta");
        let mut all: Vec<_> = members.map(|(name, node)| (name.to_string(), node.raw().to_owned())).collect();
        all.sort();
        all
    };
    plain(old) == plain(&new)
}

/// Decimals without the zeros at their end.
fn renumbered(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\"valueDecimal\":").map(|at| at + "\"valueDecimal\":".len()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let end = after.find([',', '}']).unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        let short =
            if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
        out.push_str(short);
        rest = after;
    }
    out + rest
}
