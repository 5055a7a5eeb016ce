//! The table of answers: RFC 4180, harmless in spreadsheets, the four states apart.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests: what is not as expected is a failure"
)]

use interlude_diary::calendar::LocalDay;
use interlude_diary::csv::{COLUMNS, table};
use interlude_diary::entry::{Body, Entry};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::journal::{Light, Seq, Stored};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::questionnaire::{Coding, Form, Given, Item, Kind, Response, ResponseItem, Value};
use proptest::prelude::*;
use uuid::Uuid;

fn item(link: &str, given: Option<Given>) -> ResponseItem {
    ResponseItem { link: link.to_owned(), text: Some(format!("About {link}")), given, items: Vec::new() }
}

fn said(link: &str, values: Vec<Value>) -> ResponseItem {
    item(link, Some(Given::Values(values)))
}

fn entry(n: u128, items: Vec<ResponseItem>) -> Entry {
    let day = LocalDay::from_number(20_524);
    Entry {
        id: EntryId::new(Uuid::from_u128(n)),
        revision: RevisionId::new(Uuid::from_u128(n << 64)),
        parent: None,
        device: DeviceId::new(Uuid::from_u128(1)),
        day,
        authored: "2026-03-12T07:42:05.120+01:00".parse().unwrap(),
        zone: "Europe/Madrid".to_owned(),
        occasion: Some(OccasionKey::daily(day)),
        late: false,
        partial: true,
        reason: None,
        body: Body::Response(Response { questionnaire: "urn:f|1".to_owned(), items }),
    }
}

fn stored(n: u64, entry: Entry) -> Stored {
    Stored { seq: Seq(n), entry, light: Light::OnThisPhone { held: false }, received: None }
}

/// Reads RFC 4180 by the letter: the judge of what is written.
fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap();
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut rest = text.chars().peekable();
    while rest.peek().is_some() {
        if rest.peek() == Some(&'"') {
            rest.next();
            loop {
                match rest.next().unwrap() {
                    '"' if rest.peek() == Some(&'"') => cell.push(rest.next().unwrap()),
                    '"' => break,
                    other => cell.push(other),
                }
            }
        }
        match rest.next().unwrap() {
            ',' => row.push(std::mem::take(&mut cell)),
            '\r' => {
                assert_eq!(rest.next(), Some('\n'), "a line ends in CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '"' | '\n' => unreachable_in_a_plain_cell(),
            other => cell.push(other),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "the last line ends too");
    rows
}

fn unreachable_in_a_plain_cell() {
    assert_eq!("quote or line feed", "in a plain cell");
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = COLUMNS.iter().position(|column| *column == name).unwrap();
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

fn question(link: &str, kind: Kind) -> Item {
    Item::plain(link.to_owned(), kind, format!("About {link}"))
}

fn form() -> Form {
    let mut group = question("group", Kind::Group);
    group.items = vec![question("inner", Kind::Integer)];
    Form {
        canonical: "urn:f|1".to_owned(),
        title: "F".to_owned(),
        language: None,
        copyright: None,
        items: vec![
            question("answered", Kind::Integer),
            question("declined", Kind::Integer),
            question("untouched", Kind::Integer),
            question("hidden", Kind::Integer),
            question("words", Kind::Display),
            group,
        ],
        left_out: Vec::new(),
    }
}

#[test]
fn the_four_states_are_kept_apart() {
    let zero = said("answered", vec![Value::Integer(0)]);
    let items =
        vec![zero, item("declined", Some(Given::Declined)), item("untouched", None), item("group", None)];
    let rows = read(&table(&[stored(1, entry(1, items))], &[form()]));
    assert_eq!(rows[0], COLUMNS);
    let told: Vec<(String, String, String)> = column(&rows, "item")
        .into_iter()
        .zip(column(&rows, "state"))
        .zip(column(&rows, "value"))
        .map(|((item, state), value)| (item, state, value))
        .collect();
    let wanted = [
        ("answered", "answered", "0"),
        ("declined", "declined", ""),
        ("untouched", "untouched", ""),
        ("hidden", "hidden", ""),
        // Its group is there and empty.
        ("inner", "hidden", ""),
    ];
    let wanted = wanted.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(told, wanted);
    assert_eq!(column(&rows, "partial"), ["yes"; 5]);
}

#[test]
fn several_answers_have_a_row_each_and_every_instance_its_place() {
    let coding = |code: &str, words: &str| {
        Value::Coding(Coding {
            system: Some("urn:x".to_owned()),
            code: Some(code.to_owned()),
            display: Some(words.to_owned()),
        })
    };
    let mut one = item("g", None);
    one.items = vec![said("x", vec![Value::Boolean(true)])];
    let items = vec![said("kinds", vec![coding("a", "Aching"), coding("b", "Burning")]), one.clone(), one];
    let rows = read(&table(&[stored(1, entry(1, items))], &[]));
    assert_eq!(column(&rows, "answer"), ["1", "2", "1", "1"]);
    assert_eq!(column(&rows, "code"), ["urn:x|a", "urn:x|b", "", ""]);
    assert_eq!(column(&rows, "value"), ["Aching", "Burning", "true", "true"]);
    assert_eq!(column(&rows, "place"), ["1", "1", "2.1", "3.1"]);
}

#[test]
fn it_says_which_revision_and_which_answer_counts() {
    let answer = |n| entry(n, vec![said("x", vec![Value::Integer(5)])]);
    let mut corrected = answer(3);
    (corrected.id, corrected.parent) = (answer(1).id, Some(answer(1).revision));
    let mut back = answer(5);
    (back.id, back.parent) = (answer(4).id, Some(answer(4).revision));
    let Body::Response(response) = back.body.clone() else { return };
    back.body = Body::Retracted(response);
    let all = [answer(1), answer(2), corrected, answer(4), back];
    let all: Vec<Stored> = all.into_iter().zip(1..).map(|(entry, n)| stored(n, entry)).collect();
    let rows = read(&table(&all, &[]));
    assert_eq!(column(&rows, "counts"), ["corrected", "other-counts", "yes", "corrected", "taken-back"]);
}

#[test]
fn no_cell_is_a_formula_and_numbers_stay_numbers() {
    let words = ["=1+1", "+1", "-a", "@x", "\t=1", "＝1", "-5", "-0.50", "-1.", "+5", "--1", "a=b"];
    let items = words.iter().map(|text| said("x", vec![Value::Text((*text).to_owned())])).collect();
    let rows = read(&table(&[stored(1, entry(1, items))], &[]));
    let wanted = ["'=1+1", "'+1", "'-a", "'@x", "'\t=1", "'＝1", "-5", "-0.50", "'-1.", "'+5", "'--1", "a=b"];
    assert_eq!(column(&rows, "value"), wanted);
}

#[test]
fn entries_without_answers_have_no_row() {
    let mut chosen = entry(1, Vec::new());
    chosen.body = Body::Chosen(chosen.id);
    assert_eq!(read(&table(&[stored(1, chosen)], &[])).len(), 1);
    assert_eq!(read(&table(&[], &[form()])).len(), 1);
}

proptest! {
    #[test]
    fn any_words_read_back(words in "[a-z=+@,\"\r\n' -]{0,12}", reason in ".{0,12}") {
        let mut one = entry(1, vec![said("x", vec![Value::Text(words.clone())])]);
        one.reason = Some(reason.clone());
        let text = table(&[stored(1, one)], &[]);
        let rows = read(&text);
        prop_assert_eq!(rows.len(), 2);
        prop_assert_eq!(rows[1].len(), COLUMNS.len());
        for (name, words) in [("value", words), ("reason", reason)] {
            let cell = &column(&rows, name)[0];
            prop_assert!(*cell == words || *cell == format!("'{words}"), "{:?} {:?}", cell, words);
            prop_assert!(!cell.starts_with(['=', '+', '@', '\t', '\r', '\n']));
        }
    }
}
