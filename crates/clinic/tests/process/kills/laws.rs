//! What the clinic holds after all kills, against what it said.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::writer::{Said, Write, Writer};
use crate::entries::check_in;
use crate::server::Phone;

/// What it came to.
#[derive(Debug, Default)]
pub(crate) struct Toll {
    revisions: usize,
    confirmed: usize,
    requests: u64,
    cut: u64,
    lost: usize,
    doubled: usize,
    misdated: usize,
    stuck: usize,
    falsely: usize,
    /// What was wrong, one line each.
    pub(crate) faults: Vec<String>,
}

/// One version as the clinic gives it back.
struct Held {
    tag: String,
    resource: Value,
}

impl Toll {
    /// Reads everything that was ever tried, as the phone that tried it.
    pub(crate) fn of(writers: &[Writer], now: impl Fn(&Phone) -> Phone) -> Self {
        let mut toll = Self::default();
        let mut tags = BTreeSet::new();
        for writer in writers {
            let phone = now(&writer.phone);
            toll.requests += writer.requests;
            toll.cut += writer.cut;
            for strange in &writer.strange {
                toll.stuck += 1;
                toll.faults.push(format!("a strange answer: {strange}"));
            }
            let numbers: BTreeSet<u32> = writer.tried.iter().map(|write| write.n).collect();
            for n in numbers {
                let held = history(&phone, n);
                for tag in held.iter().map(|one| &one.tag) {
                    toll.doubled += toll.note(!tags.insert(tag.clone()), || format!("{tag} is held twice"));
                }
                toll.judge(n, writer, &held);
            }
            toll.revisions += writer.tried.len();
        }
        toll
    }

    fn note(&mut self, wrong: bool, what: impl FnOnce() -> String) -> usize {
        if wrong {
            self.faults.push(what());
        }
        usize::from(wrong)
    }

    fn judge(&mut self, n: u32, writer: &Writer, held: &[Held]) {
        let tried: BTreeMap<&str, &Write> = writer
            .tried
            .iter()
            .filter(|write| write.n == n)
            .map(|write| (write.mark.as_str(), write))
            .collect();
        let mut seen = BTreeSet::new();
        for one in held {
            let mark = mark(&one.resource);
            self.doubled += self.note(!seen.insert(mark.clone()), || format!("{mark} is held twice"));
            let Some(write) = tried.get(mark.as_str()) else {
                self.doubled += self.note(true, || format!("{mark} was never written"));
                continue;
            };
            let same = plain(&one.resource) == serde_json::from_str::<Value>(&write.text).unwrap();
            self.misdated += self.note(!same, || format!("{mark} is held otherwise: {}", one.resource));
        }
        let said: BTreeMap<&str, &Said> = writer
            .said
            .iter()
            .filter(|said| said.write.n == n)
            .map(|said| (said.write.mark.as_str(), said))
            .collect();
        self.confirmed += said.len();
        for (mark, said) in said {
            let found = held.iter().find(|one| self::mark(&one.resource) == mark);
            self.lost += self.note(found.is_none(), || format!("{mark} was answered well and is lost"));
            if let (Some(tag), Some(found)) = (&said.tag, found) {
                let other = *tag != found.tag;
                self.falsely += self.note(other, || format!("{mark} was said to be {tag}, is {}", found.tag));
            }
        }
    }

    /// Under the heading of `cargo xtask torture`.
    pub(crate) fn line(&self, kills: u64) -> String {
        format!(
            "| server killed | 1 | {} | {} | {} | {kills} | 0 | 0 | {} | {} | {} | {} | {} | {} |",
            self.revisions,
            self.requests,
            self.cut,
            self.confirmed,
            self.lost,
            self.doubled,
            self.misdated,
            self.stuck,
            self.falsely
        )
    }
}

fn history(phone: &Phone, n: u32) -> Vec<Held> {
    let answer = phone.get(&format!("{}/_history", check_in(n, "", 0).0));
    if answer.status == 404 {
        return Vec::new();
    }
    assert_eq!(answer.status, 200, "{}", answer.text);
    let rows = answer.json()["entry"].as_array().unwrap().clone();
    let held = rows.into_iter().map(|mut row| Held {
        tag: row["response"]["etag"].as_str().unwrap().to_owned(),
        resource: row["resource"].take(),
    });
    held.collect()
}

fn mark(resource: &Value) -> String {
    resource["item"][1]["answer"][0]["valueString"].as_str().unwrap_or_default().to_owned()
}

/// What was sent, without what the clinic adds about itself.
fn plain(resource: &Value) -> Value {
    let mut plain = resource.clone();
    plain.as_object_mut().unwrap().remove("meta");
    plain
}
