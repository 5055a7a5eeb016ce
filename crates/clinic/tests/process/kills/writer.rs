//! A phone that writes as fast as it can, and says again what was not answered.

use std::collections::BTreeMap;

use interlude_testkit::Chance;
use serde_json::{Value, json};

use super::Town;
use crate::entries::check_in;
use crate::http::{Answer, dare};
use crate::server::Phone;

/// One version to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Write {
    /// The resource's number among the writer's.
    pub(crate) n: u32,
    /// What nobody else writes: found again in what the clinic holds.
    pub(crate) mark: String,
    pub(crate) text: String,
    /// The version it goes on, none for a first one.
    on: Option<String>,
}

/// A version that the clinic said it holds.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) write: Write,
    /// Its tag, where so much of the answer came.
    pub(crate) tag: Option<String>,
}

/// One phone.
pub(crate) struct Writer {
    pub(crate) phone: Phone,
    patient: String,
    chance: Chance,
    /// Numbers of its resources lie together.
    first: u32,
    made: u32,
    /// Tag of the newest version of each resource that may be corrected.
    newest: BTreeMap<u32, String>,
    /// Everything that was ever asked to be stored.
    pub(crate) tried: Vec<Write>,
    pub(crate) said: Vec<Said>,
    /// Requests, and those that the clinic did not live to answer.
    pub(crate) requests: u64,
    pub(crate) cut: u64,
    /// Answers that make no sense.
    pub(crate) strange: Vec<String>,
}

impl Writer {
    pub(crate) fn new(n: u32, patient: String, phone: Phone, seed: u64) -> Self {
        Self {
            phone,
            patient,
            chance: Chance::new(seed ^ (u64::from(n) << 32)),
            first: n * 1_000_000,
            made: 0,
            newest: BTreeMap::new(),
            tried: Vec::new(),
            said: Vec::new(),
            requests: 0,
            cut: 0,
            strange: Vec::new(),
        }
    }

    /// Writes until it is over. What was not answered is said again, word for word, as a phone does.
    pub(crate) fn work(&mut self, town: &Town) {
        let mut again: Option<Vec<Write>> = None;
        let mut life = 0;
        loop {
            let stand = town.when(|stand| stand.over || stand.life >= life);
            if stand.over {
                return;
            }
            let writes = again.take().unwrap_or_else(|| self.next());
            self.requests += 1;
            self.phone.at = stand.at;
            if let Some(answer) = self.send(&writes) {
                self.take(&writes, &answer);
                town.answered();
            } else {
                self.cut += 1;
                life = stand.life + 1;
                again = Some(writes);
            }
        }
    }

    /// A new entry, a correction, or several new ones at once.
    fn next(&mut self) -> Vec<Write> {
        let any = self.below(self.newest.len());
        let corrected = self.newest.keys().copied().nth(any);
        let writes = match (self.chance.below(10), corrected) {
            (0..4, Some(n)) => {
                let on = self.newest.remove(&n);
                vec![self.write(n, on)]
            }
            (4..6, _) => (0..5).map(|_| self.fresh()).collect(),
            _ => vec![self.fresh()],
        };
        self.tried.extend(writes.iter().cloned());
        writes
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.chance.below(most as u64)).unwrap()
    }

    fn fresh(&mut self) -> Write {
        self.made += 1;
        self.write(self.first + self.made, None)
    }

    fn write(&mut self, n: u32, on: Option<String>) -> Write {
        let mark = self.chance.uuid().to_string();
        let (_, text) = check_in(n, &self.patient, 4);
        let mut resource: Value = serde_json::from_str(&text).unwrap();
        let note = json!({ "linkId": "note", "answer": [{ "valueString": mark }] });
        resource["item"].as_array_mut().unwrap().push(note);
        Write { n, mark, text: resource.to_string(), on }
    }

    fn send(&self, writes: &[Write]) -> Option<Answer> {
        let bearer = format!("Bearer {}", self.phone.token);
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
        if let [write] = writes {
            let (path, _) = check_in(write.n, &self.patient, 0);
            headers.push(write.on.as_deref().map_or(("if-none-match", "*"), |tag| ("if-match", tag)));
            return dare(self.phone.at, "PUT", &path, &headers, write.text.as_bytes());
        }
        let entries: Vec<Value> = writes
            .iter()
            .map(|write| {
                let (path, _) = check_in(write.n, &self.patient, 0);
                let url = path.strip_prefix("/fhir/").unwrap();
                let resource: Value = serde_json::from_str(&write.text).unwrap();
                json!({ "resource": resource, "request": { "method": "PUT", "url": url, "ifNoneMatch": "*" } })
            })
            .collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "batch", "entry": entries }).to_string();
        dare(self.phone.at, "POST", "/fhir", &headers, bundle.as_bytes())
    }

    /// Notes what the clinic said. A status of 200 is a word given, wherever the answer was cut.
    fn take(&mut self, writes: &[Write], answer: &Answer) {
        if let [write] = writes {
            return self.one(write, answer.status, header(&answer.head, "etag"));
        }
        // The word about each is in the body: one that was cut off gave none.
        let Ok(bundle) = serde_json::from_str::<Value>(&answer.text) else {
            self.cut += 1;
            return;
        };
        for (write, entry) in writes.iter().zip(bundle["entry"].as_array().unwrap()) {
            let status = entry["response"]["status"].as_str().unwrap_or_default();
            let status = status.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0);
            self.one(write, status, entry["response"]["etag"].as_str().map(str::to_owned));
        }
    }

    fn one(&mut self, write: &Write, status: u16, tag: Option<String>) {
        if !matches!(status, 200 | 201) {
            self.strange.push(format!("{status} to {}", write.mark));
            return;
        }
        self.newest.extend(tag.clone().map(|tag| (write.n, tag)));
        self.said.push(Said { write: write.clone(), tag });
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
}
