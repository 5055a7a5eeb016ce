//! The diary as a table: one row an answer, for spreadsheets and for statistics.
//!
//! RFC 4180: CRLF, quotes doubled; UTF-8 with a byte order mark, because spreadsheets guess wrong
//! without one. The same diary gives the same bytes. A cell that a spreadsheet would run as a formula
//! begins with an apostrophe; a negative number is no formula and stays one. Columns are [`COLUMNS`],
//! described in ARCHITECTURE.md ("The diary as a file").

use std::collections::{BTreeMap, BTreeSet};

use crate::entry::{Body, Entry};
use crate::ids::{EntryId, RevisionId};
use crate::journal::{Doubles, Standing, Stored, shown};
use crate::occasion::OccasionKey;
use crate::questionnaire::{Form, Given, Item, ResponseItem, Value};

/// The columns, in order.
pub const COLUMNS: [&str; 22] = [
    "entry",
    "revision",
    "parent",
    "counts",
    "day",
    "authored",
    "zone",
    "device",
    "questionnaire",
    "occasion",
    "late",
    "partial",
    "reason",
    "place",
    "item",
    "question",
    "state",
    "answer",
    "type",
    "value",
    "code",
    "unit",
];

/// Every answer of every revision, in the order of the journal.
///
/// `forms` are those at hand: of a response to one of them what was not asked, being hidden by a rule
/// or left out by the short part, has rows too.
#[must_use]
pub fn table(revisions: &[Stored], forms: &[Form]) -> String {
    let counts = Counts::of(revisions);
    let mut text = String::from('\u{feff}');
    line(&mut text, COLUMNS);
    for one in revisions {
        let Some(response) = one.entry.response() else { continue };
        let form = forms.iter().find(|form| form.canonical == response.questionnaire);
        let mut rows = Rows { text: &mut text, entry: &one.entry, counts: counts.say(&one.entry), form };
        rows.items(&response.items, "");
        if let Some(form) = form {
            let mut there = BTreeSet::new();
            links(&response.items, &mut there);
            rows.hidden(&form.items, &there);
        }
    }
    text
}

/// Which revision of each entry is shown, and which entries stand behind another answer.
struct Counts {
    shown: BTreeMap<EntryId, RevisionId>,
    spare: BTreeSet<EntryId>,
}

impl Counts {
    fn of(revisions: &[Stored]) -> Self {
        let mut families: BTreeMap<EntryId, Vec<Stored>> = BTreeMap::new();
        for one in revisions {
            families.entry(one.entry.id).or_default().push(one.clone());
        }
        let mut occasions: BTreeMap<OccasionKey, (Doubles, Vec<EntryId>)> = BTreeMap::new();
        for (id, family) in &families {
            if let Some(key) = family.iter().find_map(|one| one.entry.occasion.clone()) {
                let (doubles, ids) = occasions.entry(key).or_default();
                doubles.take(family);
                ids.push(*id);
            }
        }
        let spare = occasions.into_values().flat_map(|(doubles, ids)| {
            ids.into_iter().filter(move |id| doubles.standing(*id) == Standing::Spare)
        });
        Self {
            spare: spare.collect(),
            shown: families
                .iter()
                .filter_map(|(id, family)| Some((*id, shown(family)?.entry.revision)))
                .collect(),
        }
    }

    fn say(&self, entry: &Entry) -> &'static str {
        if self.shown.get(&entry.id) != Some(&entry.revision) {
            "corrected"
        } else if matches!(entry.body, Body::Retracted(_)) {
            "taken-back"
        } else if self.spare.contains(&entry.id) {
            "other-counts"
        } else {
            "yes"
        }
    }
}

fn links<'a>(items: &'a [ResponseItem], there: &mut BTreeSet<&'a str>) {
    for item in items {
        there.insert(&item.link);
        links(&item.items, there);
    }
}

struct Rows<'a> {
    text: &'a mut String,
    entry: &'a Entry,
    counts: &'static str,
    form: Option<&'a Form>,
}

impl Rows<'_> {
    /// `above` is the place of what they stand in, such as `2.` for the second item.
    fn items(&mut self, items: &[ResponseItem], above: &str) {
        for (item, n) in items.iter().zip(1_usize..) {
            let place = format!("{above}{n}");
            let words = item.text.as_deref().unwrap_or_default();
            match &item.given {
                Some(Given::Declined) => self.row(&place, &item.link, words, "declined", None),
                Some(Given::Values(values)) => {
                    for (value, n) in values.iter().zip(1_usize..) {
                        self.row(&place, &item.link, words, "answered", Some((n, value)));
                    }
                }
                None if self.asks(item) => self.row(&place, &item.link, words, "untouched", None),
                None => {}
            }
            self.items(&item.items, &format!("{place}."));
        }
    }

    /// Whether an item without an answer is a question; where its form is not at hand, one with nothing
    /// below it is.
    fn asks(&self, item: &ResponseItem) -> bool {
        let known = self.form.and_then(|form| find(&form.items, &item.link));
        known.map_or(item.items.is_empty(), Item::is_question)
    }

    /// Questions of the form that are not in the response at all.
    fn hidden(&mut self, items: &[Item], there: &BTreeSet<&str>) {
        for item in items {
            if item.is_question() && !item.hidden && !there.contains(item.link.as_str()) {
                self.row("", &item.link, &item.text, "hidden", None);
            }
            self.hidden(&item.items, there);
        }
    }

    fn row(&mut self, place: &str, link: &str, words: &str, state: &str, answer: Option<(usize, &Value)>) {
        let entry = self.entry;
        let shown = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
        let (kind, value, code, unit) = answer.map_or_else(Default::default, |(_, value)| cells(value));
        let n = answer.map(|(n, _)| n.to_string()).unwrap_or_default();
        let questionnaire = entry.response().map(|response| response.questionnaire.clone());
        let cells: [String; COLUMNS.len()] = [
            entry.id.to_string(),
            entry.revision.to_string(),
            entry.parent.map(|parent| parent.to_string()).unwrap_or_default(),
            self.counts.to_owned(),
            entry.day.to_string(),
            entry.authored.to_string(),
            entry.zone.clone(),
            entry.device.to_string(),
            questionnaire.unwrap_or_default(),
            entry.occasion.as_ref().map(ToString::to_string).unwrap_or_default(),
            shown(entry.late),
            shown(entry.partial),
            entry.reason.clone().unwrap_or_default(),
            place.to_owned(),
            link.to_owned(),
            words.to_owned(),
            state.to_owned(),
            n,
            kind.to_owned(),
            value,
            code,
            unit,
        ];
        line(self.text, cells.iter().map(String::as_str));
    }
}

fn find<'a>(items: &'a [Item], link: &str) -> Option<&'a Item> {
    items.iter().find_map(|item| if item.link == link { Some(item) } else { find(&item.items, link) })
}

/// Type, value, code (`system|code`) and unit of a value.
fn cells(value: &Value) -> (&'static str, String, String, String) {
    let code = |system: Option<&String>, code: Option<&String>| match (system, code) {
        (Some(system), Some(code)) => format!("{system}|{code}"),
        (None, Some(code)) => code.clone(),
        (_, None) => String::new(),
    };
    let plain = |kind, value| (kind, value, String::new(), String::new());
    match value {
        Value::Boolean(yes) => plain("boolean", yes.to_string()),
        Value::Integer(n) => plain("integer", n.to_string()),
        Value::Decimal(n) => plain("decimal", n.to_string()),
        Value::Date(text) => plain("date", text.clone()),
        Value::DateTime(text) => plain("dateTime", text.clone()),
        Value::Time(text) => plain("time", text.clone()),
        Value::Text(text) => plain("string", text.clone()),
        Value::Uri(text) => plain("uri", text.clone()),
        Value::Coding(coding) => {
            let words = coding.display.clone().or_else(|| coding.code.clone()).unwrap_or_default();
            ("choice", words, code(coding.system.as_ref(), coding.code.as_ref()), String::new())
        }
        Value::Quantity(amount) => (
            "quantity",
            amount.value.to_string(),
            code(amount.system.as_ref(), amount.code.as_ref()),
            amount.unit.clone().unwrap_or_default(),
        ),
    }
}

/// Adds a row to a table.
pub(crate) fn line<'a>(text: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (n, one) in cells.into_iter().enumerate() {
        if n > 0 {
            text.push(',');
        }
        cell(text, one);
    }
    text.push_str("\r\n");
}

/// Characters that begin a formula in some spreadsheet, the wide ones of East Asian keyboards too, and
/// those that a spreadsheet passes over before it looks.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn cell(text: &mut String, words: &str) {
    let harmless = if words.starts_with(FORMULA) && !is_number(words) { "'" } else { "" };
    if words.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(harmless);
        text.push_str(&words.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(harmless);
        text.push_str(words);
    }
}

/// Digits with a sign and a point where they belong: no formula whatever it begins with.
fn is_number(words: &str) -> bool {
    let digits = words.strip_prefix('-').unwrap_or(words);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(fraction)
}
