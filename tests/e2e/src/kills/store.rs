//! The store on the phone, as somebody else reads it.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::harness::Browser;

const SCRIPT: &str = include_str!("store.js");

/// The form that is filled in again and again: three numbers, and no occasion that could be used up.
const FORM: &str = "https://interlude.health/fhir/Questionnaire/peg|1";
const LINKS: [&str; 3] = ["peg-1", "peg-2", "peg-3"];

/// Numbers answered to the form, in order; none where there is none.
pub type Numbers = [Option<u8>; 3];

/// What lies in the store at one moment.
#[derive(Debug)]
pub struct Snapshot {
    /// Entries of the form.
    pub entries: Vec<Kept>,
    /// Answers of a draft of the form.
    pub draft: Option<Kept>,
    /// What does not fit together: half of a form, half of a record.
    pub torn: Vec<String>,
    /// Rows that wait.
    pub waiting: usize,
    /// Rows that were put aside.
    pub parked: usize,
}

/// An entry or a draft.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// The day it is about.
    pub day: String,
    /// Its answers.
    pub numbers: Numbers,
}

impl Snapshot {
    /// Reads the store of the page that is open.
    ///
    /// # Errors
    /// When it is not there or does not open, or a record of it does not.
    pub async fn of(browser: &Browser) -> Result<Self> {
        Self::there(browser).await?.context("there is no store")
    }

    /// The same; none where the browser has thrown the whole store away.
    ///
    /// # Errors
    /// When it does not open, or a record of it does not.
    pub async fn there(browser: &Browser) -> Result<Option<Self>> {
        let read = browser.ask(SCRIPT).await.context("the store cannot be read")?;
        Ok(read.get("gone").is_none().then(|| Self::from(&read)))
    }

    fn from(read: &Value) -> Self {
        let rows = |name: &str| read.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let of_form = |one: &&Value| one.to_string().contains(FORM);
        let drafts: Vec<Kept> = rows("drafts").iter().filter(of_form).map(draft).collect();
        let entries: Vec<Kept> = rows("entries").iter().filter(of_form).map(entry).collect();
        let parked = rows("outbox").iter().filter(|row| row["state"] == PARKED).count();
        let waiting = rows("outbox").len() - parked;
        let mut torn = torn(read, &entries, drafts.first());
        if drafts.len() > 1 {
            torn.push(format!("{} drafts of one form", drafts.len()));
        }
        Self { entries, draft: drafts.into_iter().next(), torn, waiting, parked }
    }
}

/// The state of a row that was put aside, as it stands in clear.
const PARKED: u64 = 3;

fn word(of: &Value, name: &str) -> String {
    of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn draft(draft: &Value) -> Kept {
    let answer = |link: &str| number(draft.get("answers")?.get(link)?);
    Kept { id: word(draft, "id"), day: word(draft, "day"), numbers: LINKS.map(answer) }
}

fn entry(entry: &Value) -> Kept {
    let items = entry.pointer("/body/body/items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let answer = |link: &str| number(items.iter().find(|item| item["l"] == link)?.get("g")?);
    Kept { id: word(entry, "id"), day: word(entry, "day"), numbers: LINKS.map(answer) }
}

fn number(given: &Value) -> Option<u8> {
    given.pointer("/v/0/i")?.as_u64()?.try_into().ok()
}

/// What the store must never look like, whenever it is looked at.
fn torn(read: &Value, entries: &[Kept], draft: Option<&Kept>) -> Vec<String> {
    let mut torn = Vec::new();
    let mut law = |holds: bool, what: String| {
        if !holds {
            torn.push(what);
        }
    };
    let rows = |name: &str| read[name].as_array().cloned().unwrap_or_default();
    let revisions =
        |name: &str| -> BTreeSet<String> { rows(name).iter().map(|row| word(row, "revision")).collect() };
    for entry in entries {
        law(entry.numbers.iter().all(Option::is_some), format!("half a form: {entry:?}"));
        law(draft.is_none_or(|draft| draft.id != entry.id), format!("{} is a draft still", entry.id));
    }
    let (kept, sent, said) = (revisions("entries"), revisions("outbox"), revisions("receipts"));
    law(kept.len() == rows("entries").len(), "a revision lies here twice".to_owned());
    for revision in &kept {
        let ways = usize::from(sent.contains(revision)) + usize::from(said.contains(revision));
        law(ways == 1, format!("{revision} has {ways} of one row or receipt"));
    }
    law(sent.union(&said).all(|one| kept.contains(one)), "a row or receipt of nothing".to_owned());
    let count = |name: &str| read.pointer(&format!("/counts/{name}")).and_then(Value::as_u64).unwrap_or(0);
    let rows_in = |state: &dyn Fn(u64) -> bool| -> u64 {
        let rows = rows("outbox");
        rows.iter().filter(|row| row["state"].as_u64().is_some_and(state)).count().try_into().unwrap_or(0)
    };
    let numbers = [
        (count("revisions"), u64::try_from(kept.len()).unwrap_or(0), "revisions"),
        (count("waiting"), rows_in(&|state| state != PARKED), "waiting"),
        (count("parked"), rows_in(&|state| state == PARKED), "parked"),
        (count("receipted"), u64::try_from(said.len()).unwrap_or(0), "receipted"),
    ];
    for (counted, found, what) in numbers {
        law(counted == found, format!("{counted} counted as {what}, {found} found"));
    }
    let mut lines: Vec<String> = rows("lines").iter().map(|line| word(line, "id")).collect();
    let mut ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    lines.sort();
    ids.sort();
    law(lines == ids, format!("days have the lines {lines:?} of the entries {ids:?}"));
    torn
}
