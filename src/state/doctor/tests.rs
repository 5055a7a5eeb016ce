//! What goes into the files of numbers.

use interlude_diary::ids::RevisionId;
use interlude_diary::journal::Seq;
use interlude_diary::occasion::OccasionKey;
use interlude_diary::questionnaire::{Given, ResponseItem};
use uuid::Uuid;

use super::*;

const EARS: &str = "Ringing, in my ears";

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

fn answered(link: &str, text: &str, value: Value) -> Response {
    let item = ResponseItem {
        link: link.to_owned(),
        text: Some(text.to_owned()),
        given: Some(Given::Values(vec![value])),
        items: Vec::new(),
    };
    Response { questionnaire: Part::Lines.canonical().to_owned(), items: vec![item] }
}

fn pain(n: i32) -> DayLine {
    let id = Uuid::from_u128(1);
    DayLine {
        day: day(n),
        id: EntryId::new(id),
        revision: RevisionId::new(id),
        seq: Seq(1),
        questionnaire: "https://interlude.health/fhir/Questionnaire/daily-checkin|1".to_owned(),
        occasion: Some(OccasionKey::daily(day(n))),
        authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
        late: false,
        partial: false,
        retracted: false,
        revisions: 1,
        values: vec![("pain-average".to_owned(), 4.0)],
        declined: Vec::new(),
    }
}

fn known() -> Known {
    Known {
        today: day(9),
        lines: vec![pain(0)],
        spare: BTreeSet::new(),
        infusions: Vec::new(),
        reports: Vec::new(),
        labels: BTreeMap::new(),
        own: vec![
            (day(-400), answered("a", EARS, Value::Integer(10))),
            (day(7), answered("a", EARS, Value::Integer(3))),
            (day(8), answered("a", EARS, Value::Integer(7))),
            (day(9), answered("b", "=1 g Paracetamol: taken?", Value::Boolean(true))),
        ],
    }
}

fn files(with_own: bool) -> [String; 2] {
    let summary = known().summary(Period::Quarter, with_own);
    [sheet::table(&summary), sheet::bundle(&summary, None)]
}

#[test]
fn own_questions_are_in_the_files_of_numbers_if_the_person_lets_them_in_and_not_before() {
    let never_said: Added = serde_json::from_str("{}").unwrap();
    let without = files(never_said.with_own);
    for text in &without {
        assert!(!text.contains("Ringing") && !text.contains("Paracetamol"), "{text}");
        assert!(!text.contains("own-question") && !text.contains("\nown,"), "{text}");
    }
    let [table, bundle] = files(true);
    // Of these days alone, and no formula for a spreadsheet.
    let rows: Vec<&str> = table.lines().filter(|row| row.starts_with("own,")).collect();
    assert_eq!(
        rows,
        [
            "own,,\"Ringing, in my ears\",,,,,3,7,,,,,,,,,,,,,,2,",
            "own,,'=1 g Paracetamol: taken?,,,,,,,,,,,,,,,,,,,,1,1"
        ]
    );
    assert!(bundle.contains("\"text\":\"Ringing, in my ears\""), "{bundle}");
    // The rest is the same, byte by byte.
    let rest: String = table.split_inclusive('\n').filter(|row| !row.starts_with("own,")).collect();
    assert_eq!(rest, without[0]);
    assert!(bundle.starts_with(without[1].trim_end_matches("]}")));
    assert_eq!(files(true), [table, bundle], "the same diary gives the same bytes");
}

#[test]
fn a_diary_of_own_answers_alone_is_summed_up_from_the_first() {
    let known = Known { lines: Vec::new(), ..known() };
    let all = known.summary(Period::All, true);
    assert_eq!((all.span.first, all.span.last), (day(-400), day(9)));
    let ears = all.own.iter().find(|one| one.text == EARS).unwrap();
    assert_eq!(ears.times, 3);
    let without = known.summary(Period::All, false);
    assert_eq!((without.span.first, without.own.len()), (day(9), 0), "not let in, they move nothing");
}
