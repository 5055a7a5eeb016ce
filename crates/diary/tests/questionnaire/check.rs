//! An answer against its question's own rules.

use interlude_diary::questionnaire::{
    Answers, Asked, Given, Item, Kind, Problem, Quantity, Slot, Unit, Value, check, missing, problems,
};

use crate::support::*;

fn judged(item: &Item, value: Value) -> Result<(), Problem> {
    check(item, &one(value))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn required_wants_an_answer_and_declining_is_none() {
    let must = Item { required: true, ..yes_no("q") };
    assert_eq!(check(&must, &Given::Declined), Err(Problem::Required));
    assert_eq!(check(&must, &Given::Values(Vec::new())), Err(Problem::Required));
    assert_eq!(check(&must, &one(Value::Boolean(false))), Ok(()));
    assert_eq!(check(&yes_no("q"), &Given::Declined), Ok(()));
}

#[test]
fn bounds_are_inclusive() {
    let scale = Item { min: Some(Value::Integer(0)), max: Some(Value::Integer(10)), ..number("q") };
    for n in 0..=10 {
        assert_eq!(judged(&scale, Value::Integer(n)), Ok(()));
    }
    assert_eq!(judged(&scale, Value::Integer(-1)), Err(Problem::BelowMin(Value::Integer(0))));
    assert_eq!(judged(&scale, Value::Integer(11)), Err(Problem::AboveMax(Value::Integer(10))));
    let weight = Item { max: Some(Value::Integer(10)), ..item("w", Kind::Decimal) };
    assert_eq!(
        judged(&weight, Value::Decimal("10.01".parse().unwrap())),
        Err(Problem::AboveMax(Value::Integer(10)))
    );
}

#[test]
fn a_partial_date_is_outside_only_when_all_of_it_is() {
    let date = |t: &str| Value::Date(t.to_owned());
    let since = Item { min: Some(date("2026-03-05")), ..item("q", Kind::Date) };
    for (given, fits) in [
        ("2026-03-05", true),
        ("2026-03-04", false),
        ("2026-03", true),
        ("2026", true),
        ("2026-02", false),
        ("2025", false),
    ] {
        assert_eq!(judged(&since, date(given)).is_ok(), fits, "{given}");
    }
}

#[test]
fn moments_compare_as_instants() {
    let at = |t: &str| Value::DateTime(t.to_owned());
    let until = Item { max: Some(at("2026-03-05T12:00:00+00:00")), ..item("q", Kind::DateTime) };
    assert_eq!(judged(&until, at("2026-03-05T12:30:00+01:00")), Ok(()));
    assert!(matches!(judged(&until, at("2026-03-05T12:30:00+00:00")), Err(Problem::AboveMax(_))));
}

#[test]
fn texts_have_a_length_in_characters_and_say_something() {
    let short = Item { max_length: Some(4), ..item("q", Kind::String) };
    assert_eq!(judged(&short, text("años")), Ok(()));
    assert_eq!(judged(&short, text("five5")), Err(Problem::TooLong(4)));
    assert_eq!(judged(&short, text("  ")), Err(Problem::Empty));
}

#[test]
fn choices_are_those_offered() {
    let closed = choice("q", &["a", "b"]);
    assert_eq!(judged(&closed, coded("a")), Ok(()));
    assert_eq!(judged(&closed, coded("z")), Err(Problem::NotAChoice));
    assert_eq!(judged(&closed, text("a")), Err(Problem::NotAChoice));
    let open = Item { kind: Kind::OpenChoice, ..closed };
    assert_eq!(judged(&open, text("something else")), Ok(()));
    assert_eq!(judged(&open, coded("z")), Err(Problem::NotAChoice));
}

#[test]
fn one_answer_unless_it_repeats_and_none_of_these_stands_alone() {
    let mut many = Item { repeats: true, ..choice("q", &["none", "a", "b"]) };
    many.options[0].exclusive = true;
    let given = |codes: &[&str]| Given::Values(codes.iter().map(|code| coded(code)).collect());
    assert_eq!(check(&many, &given(&["a", "b"])), Ok(()));
    assert_eq!(check(&many, &given(&["none"])), Ok(()));
    assert_eq!(check(&many, &given(&["none", "a"])), Err(Problem::NotAlone));
    assert_eq!(check(&choice("q", &["a", "b"]), &given(&["a", "b"])), Err(Problem::TooMany));
}

#[test]
fn amounts_come_in_the_units_offered() {
    let unit = Unit {
        display: "mg/kg".to_owned(),
        system: Some("http://unitsofmeasure.org".to_owned()),
        code: Some("mg/kg".to_owned()),
    };
    let dose = Item { units: vec![unit], max: Some(Value::Integer(10)), ..item("q", Kind::Quantity) };
    let amount = |value: &str, code: &str| {
        Value::Quantity(Quantity {
            value: value.parse().unwrap(),
            unit: None,
            system: None,
            code: Some(code.to_owned()),
        })
    };
    assert_eq!(judged(&dose, amount("0.5", "mg/kg")), Ok(()));
    assert_eq!(judged(&dose, amount("0.5", "mg")), Err(Problem::NotAUnit));
    assert_eq!(judged(&dose, amount("10.5", "mg/kg")), Err(Problem::AboveMax(Value::Integer(10))));
}

#[test]
fn no_kind_takes_another_kinds_value() {
    let values = [
        (Kind::Boolean, Value::Boolean(true)),
        (Kind::Integer, Value::Integer(1)),
        (Kind::Decimal, Value::Decimal("1.5".parse().unwrap())),
        (Kind::Date, Value::Date("2026-03-12".to_owned())),
        (Kind::DateTime, Value::DateTime("2026-03-12T07:42:00+01:00".to_owned())),
        (Kind::Time, Value::Time("07:42:00".to_owned())),
        (Kind::Text, text("x")),
        (Kind::Url, Value::Uri("https://example.org".to_owned())),
    ];
    for (kind, _) in &values {
        for (other, value) in &values {
            let fits = kind == other || (*kind == Kind::Decimal && *other == Kind::Integer);
            assert_eq!(judged(&item("q", *kind), value.clone()).is_ok(), fits, "{kind:?} {value:?}");
        }
    }
    for (kind, value) in [
        (Kind::Date, Value::Date("2026-02-30".to_owned())),
        (Kind::Time, Value::Time("7:42".to_owned())),
        (Kind::DateTime, Value::DateTime("2026-03-12T07:42".to_owned())),
    ] {
        assert_eq!(judged(&item("q", kind), value), Err(Problem::WrongKind));
    }
}

#[test]
fn missing_are_the_required_visible_questions() {
    let must = |link: &str| Item { required: true, ..yes_no(link) };
    let form = form(vec![
        must("a"),
        must("b"),
        if_yes("b", must("c")),
        Item { hidden: true, ..must("h") },
        Item { read_only: true, ..must("r") },
        yes_no("o"),
        Item { only_today: true, ..must("today") },
    ]);
    let mut given = answers(vec![("a", Value::Boolean(false))]);
    given.set(Slot::top("b"), Given::Declined);
    assert_eq!(slots(missing(&form, &given, &Asked::default())), ["b", "today"]);
    given.set(Slot::top("b"), one(Value::Boolean(true)));
    let past = Asked { short: false, past: Some("Monday".to_owned()) };
    assert_eq!(slots(missing(&form, &given, &past)), ["c"]);
}

#[test]
fn an_empty_instance_of_an_optional_group_owes_nothing() {
    let drugs = repeating("drug", vec![Item { required: true, ..number("dose") }, yes_no("daily")]);
    let optional = form(vec![drugs.clone()]);
    assert!(missing(&optional, &Answers::default(), &Asked::default()).is_empty());
    let begun = answers(vec![("daily@1", Value::Boolean(true))]);
    assert_eq!(slots(missing(&optional, &begun, &Asked::default())), ["dose@1"]);
    let required = form(vec![Item { required: true, ..drugs }]);
    assert_eq!(slots(missing(&required, &Answers::default(), &Asked::default())), ["dose@0"]);
}

#[test]
fn problems_name_the_slot_and_the_rule() {
    let form = form(vec![Item { max: Some(Value::Integer(10)), ..number("a") }, choice("b", &["x"])]);
    let given = answers(vec![("a", Value::Integer(11)), ("b", coded("x")), ("stray", Value::Integer(1))]);
    let found = problems(&form, &given, &Asked::default());
    assert_eq!(found, [(Slot::top("a"), Problem::AboveMax(Value::Integer(10)))]);
}
