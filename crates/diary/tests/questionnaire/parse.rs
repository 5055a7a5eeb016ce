//! What people and native fields write.

use interlude_diary::questionnaire::{Item, Kind, Problem, Unit, Value, check, parse};
use proptest::prelude::*;

use crate::support::*;

fn read(kind: Kind, text: &str) -> Result<Value, Problem> {
    parse(&item("q", kind), text, 60, None)
}

#[test]
fn whole_numbers() {
    for (text, n) in
        [("7", 7), (" 7 ", 7), ("+7", 7), ("-3", -3), ("−3", -3), ("007", 7), ("7.0", 7), ("7,00", 7)]
    {
        assert_eq!(read(Kind::Integer, text), Ok(Value::Integer(n)), "{text}");
    }
    for text in ["7.5", "7,5", "99999999999"] {
        assert_eq!(read(Kind::Integer, text), Err(Problem::NotAWholeNumber), "{text}");
    }
    for text in ["seven", "7 8", "1e3", "--7", "7-"] {
        assert_eq!(read(Kind::Integer, text), Err(Problem::NotANumber), "{text}");
    }
    assert_eq!(read(Kind::Integer, "  "), Err(Problem::Empty));
}

#[test]
fn numbers_with_a_point_or_a_comma_keep_their_precision() {
    for (text, kept) in [
        ("6.50", "6.50"),
        ("6,50", "6.50"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-,25", "-0.25"),
        ("+1.5", "1.5"),
        ("10", "10"),
    ] {
        let Ok(Value::Decimal(number)) = read(Kind::Decimal, text) else { panic!("{text}") };
        assert_eq!(number.as_str(), kept);
    }
    for text in ["1,234.5", "1.234,5", "1.2.3", "e5", "1e5", "NaN", "inf", "-", ".", "½"] {
        assert_eq!(read(Kind::Decimal, text), Err(Problem::NotANumber), "{text}");
    }
}

#[test]
fn dates_whole_and_partial() {
    for text in ["2026-03-12", "2026-03", "2026", "2024-02-29"] {
        assert_eq!(read(Kind::Date, text), Ok(Value::Date(text.to_owned())));
    }
    for text in [
        "2026-02-29",
        "2026-13",
        "26-03-12",
        "12/03/2026",
        "2026-3-1",
        "20260312",
        "1066",
        "2026-03-12T00:00",
    ] {
        assert_eq!(read(Kind::Date, text), Err(Problem::NotADate), "{text}");
    }
}

#[test]
fn times_get_seconds() {
    for (text, kept) in [
        ("07:42", "07:42:00"),
        ("7:42", "07:42:00"),
        ("23:59:59", "23:59:59"),
        ("00:00", "00:00:00"),
        ("07:42:05.120", "07:42:05.120"),
    ] {
        assert_eq!(read(Kind::Time, text), Ok(Value::Time(kept.to_owned())));
    }
    for text in
        ["24:00", "7", "7:4", "07:60", "07:42:60", "7.30", "half past", "07:42.5", "-1:00", "07:42:05."]
    {
        assert_eq!(read(Kind::Time, text), Err(Problem::NotATime), "{text}");
    }
}

#[test]
fn a_time_on_the_wall_gets_its_offset() {
    for (text, kept) in [
        ("2026-03-12T07:42", "2026-03-12T07:42:00+01:00"),
        ("2026-03-12 07:42:10", "2026-03-12T07:42:10+01:00"),
        ("2026-03-12", "2026-03-12"),
        ("2026", "2026"),
        ("2026-03-12T07:42:00Z", "2026-03-12T07:42:00Z"),
    ] {
        assert_eq!(read(Kind::DateTime, text), Ok(Value::DateTime(kept.to_owned())));
    }
    let west = parse(&item("q", Kind::DateTime), "2026-03-12T07:42", -210, None);
    assert_eq!(west, Ok(Value::DateTime("2026-03-12T07:42:00-03:30".to_owned())));
    for text in ["2026-02-30T07:42", "2026-03-12T25:00", "yesterday", "2026-03T07:42"] {
        assert_eq!(read(Kind::DateTime, text), Err(Problem::NotADateTime), "{text}");
    }
}

#[test]
fn amounts_take_the_unit_chosen_or_the_first() {
    let unit = |code: &str| Unit { display: code.to_owned(), system: None, code: Some(code.to_owned()) };
    let dose = Item { units: vec![unit("mg"), unit("g")], ..item("q", Kind::Quantity) };
    let code = |chosen: Option<&Unit>| match parse(&dose, "2,5", 0, chosen) {
        Ok(Value::Quantity(q)) => (q.value.to_string(), q.code.unwrap()),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(None), ("2.5".to_owned(), "mg".to_owned()));
    assert_eq!(code(Some(&unit("g"))), ("2.5".to_owned(), "g".to_owned()));
}

#[test]
fn addresses_are_whole() {
    let uri = |text: &str| Ok(Value::Uri(text.to_owned()));
    assert_eq!(read(Kind::Url, "https://example.org/a?b"), uri("https://example.org/a?b"));
    assert_eq!(read(Kind::Url, "example.org"), uri("https://example.org"));
    for text in ["two words", "nothing", "https:", "http://a b"] {
        assert_eq!(read(Kind::Url, text), Err(Problem::NotAnAddress), "{text}");
    }
}

proptest! {
    #[test]
    fn whatever_is_read_fits_its_question(text in "\\PC{0,30}|[0-9:.,T +-]{0,20}", offset in -720_i16..840) {
        for kind in [Kind::Integer, Kind::Decimal, Kind::Date, Kind::Time, Kind::DateTime, Kind::Url, Kind::String, Kind::Quantity] {
            let question = item("q", kind);
            if let Ok(value) = parse(&question, &text, offset, None) {
                prop_assert_eq!(check(&question, &one(value)), Ok(()), "{:?} {}", kind, text);
            }
        }
    }
}
