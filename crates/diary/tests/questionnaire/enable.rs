//! enableWhen: every operator, nesting, scope and circles.

use interlude_diary::questionnaire::{Answers, Given, Item, Kind, Slot, Test, Value};

use crate::support::*;

fn shown(test: Test, question: Item, given: Option<Value>) -> bool {
    let form = form(vec![question.clone(), when(&question.link, test, yes_no("then"))]);
    let mut answers = Answers::default();
    if let Some(value) = given {
        answers.set(Slot::top(&question.link), one(value));
    }
    screens(&form, &answers).contains(&"then".to_owned())
}

#[test]
fn each_operator_on_numbers() {
    type Operator = fn(Value) -> Test;
    let five = || Value::Integer(5);
    let table: [(Operator, [bool; 3]); 6] = [
        (Test::Equal, [false, true, false]),
        (Test::NotEqual, [true, false, true]),
        (Test::Greater, [false, false, true]),
        (Test::Less, [true, false, false]),
        (Test::AtLeast, [false, true, true]),
        (Test::AtMost, [true, true, false]),
    ];
    for (operator, expected) in table {
        for (n, expected) in [4, 5, 6].into_iter().zip(expected) {
            let test = operator(five());
            assert_eq!(shown(test.clone(), number("q"), Some(Value::Integer(n))), expected, "{n} {test:?}");
        }
        assert!(!shown(operator(five()), number("q"), None), "an unanswered question passes no comparison");
    }
}

#[test]
fn exists_looks_for_any_answer() {
    for (wanted, given, expected) in
        [(true, true, true), (true, false, false), (false, true, false), (false, false, true)]
    {
        let value = given.then_some(Value::Boolean(false));
        assert_eq!(shown(Test::Exists(wanted), yes_no("q"), value), expected);
    }
}

#[test]
fn numbers_of_two_kinds_and_dates_compare() {
    let decimal = |text: &str| Value::Decimal(text.parse().unwrap());
    assert!(shown(Test::Equal(Value::Integer(2)), item("q", Kind::Decimal), Some(decimal("2.0"))));
    assert!(shown(Test::Greater(Value::Integer(2)), item("q", Kind::Decimal), Some(decimal("2.01"))));
    let date = |text: &str| Value::Date(text.to_owned());
    assert!(shown(Test::Less(date("2026-03-12")), item("q", Kind::Date), Some(date("2026-03-11"))));
    assert!(
        !shown(Test::Greater(coded("a")), choice("q", &["a", "b"]), Some(coded("b"))),
        "codes have no order"
    );
}

#[test]
fn declined_is_no_answer() {
    let form = form(vec![yes_no("q"), when("q", Test::Exists(true), yes_no("then"))]);
    let mut answers = Answers::default();
    answers.set(Slot::top("q"), Given::Declined);
    assert_eq!(screens(&form, &answers), ["q"]);
}

#[test]
fn with_several_answers_one_match_is_enough_and_not_equal_wants_none() {
    let question = || Item { repeats: true, ..choice("q", &["a", "b", "c"]) };
    let shown = |test: Test, codes: &[&str]| {
        let form = form(vec![question(), when("q", test, yes_no("then"))]);
        let mut answers = Answers::default();
        answers.set(Slot::top("q"), Given::Values(codes.iter().map(|code| coded(code)).collect()));
        screens(&form, &answers).len() == 2
    };
    assert!(shown(Test::Equal(coded("b")), &["a", "b"]));
    assert!(!shown(Test::Equal(coded("c")), &["a", "b"]));
    assert!(!shown(Test::NotEqual(coded("b")), &["a", "b"]));
    assert!(shown(Test::NotEqual(coded("c")), &["a", "b"]));
}

#[test]
fn all_or_any_of_the_rules() {
    let both = if_yes("a", if_yes("b", yes_no("then")));
    for (any, a, b, expected) in [
        (false, true, true, true),
        (false, true, false, false),
        (true, true, false, true),
        (true, false, true, true),
        (true, false, false, false),
    ] {
        let form = form(vec![yes_no("a"), yes_no("b"), Item { any, ..both.clone() }]);
        let answers = answers(vec![("a", Value::Boolean(a)), ("b", Value::Boolean(b))]);
        assert_eq!(screens(&form, &answers).len() == 3, expected, "any {any}, {a}, {b}");
    }
}

#[test]
fn a_question_that_is_not_there_has_no_answer() {
    // c depends on b, b on a; the old answers to b and c must not keep c alive.
    let form = form(vec![
        yes_no("a"),
        if_yes("a", yes_no("b")),
        if_yes("b", yes_no("c")),
        when("b", Test::Exists(false), yes_no("d")),
    ]);
    let given =
        |a| answers(vec![("a", Value::Boolean(a)), ("b", Value::Boolean(true)), ("c", Value::Boolean(true))]);
    assert_eq!(screens(&form, &given(true)), ["a", "b", "c"]);
    assert_eq!(screens(&form, &given(false)), ["a", "d"]);
}

#[test]
fn a_group_takes_all_in_it_along() {
    let inner = group("inner", vec![yes_no("x")]);
    let form = form(vec![yes_no("a"), if_yes("a", group("outer", vec![inner])), if_yes("x", yes_no("y"))]);
    let given = |a| answers(vec![("a", Value::Boolean(a)), ("x", Value::Boolean(true))]);
    assert_eq!(screens(&form, &given(true)), ["a", "x", "y"]);
    assert_eq!(screens(&form, &given(false)), ["a"]);
}

#[test]
fn what_stands_below_a_question_waits_for_its_answer() {
    let form = form(vec![Item { items: vec![number("how-many")], ..yes_no("any") }]);
    assert_eq!(screens(&form, &Answers::default()), ["any"]);
    assert_eq!(screens(&form, &answers(vec![("any", Value::Boolean(false))])), ["any", "how-many"]);
}

#[test]
fn a_condition_stays_within_its_instance() {
    let form = form(vec![repeating("child", vec![yes_no("twin"), if_yes("twin", yes_no("identical"))])]);
    let answers = answers(vec![
        ("child", Value::Integer(3)),
        ("twin@1", Value::Boolean(true)),
        ("twin@2", Value::Boolean(false)),
    ]);
    assert_eq!(screens(&form, &answers), ["twin@0", "twin@1", "identical@1", "twin@2", "+child 3"]);
}

#[test]
fn nested_instances_share_the_outer_one() {
    let doses = repeating("dose", vec![if_yes("taken", number("mg"))]);
    let form = form(vec![repeating("drug", vec![yes_no("taken"), doses])]);
    let answers = answers(vec![
        ("drug", Value::Integer(2)),
        ("taken@0", Value::Boolean(false)),
        ("taken@1", Value::Boolean(true)),
        ("dose@1", Value::Integer(2)),
    ]);
    assert_eq!(screens(&form, &answers), ["taken@0", "taken@1", "mg@1.0", "mg@1.1", "+dose@1 2", "+drug 2"]);
}

#[test]
fn from_outside_the_nearest_occurrence_counts() {
    let form = form(vec![
        if_yes("twin", yes_no("before")),
        repeating("child", vec![yes_no("twin")]),
        if_yes("twin", yes_no("after")),
    ]);
    let given =
        |first, last| answers(vec![("twin@0", Value::Boolean(first)), ("twin@1", Value::Boolean(last))]);
    assert_eq!(screens(&form, &given(true, false)), ["before", "twin@0", "twin@1", "+child 2"]);
    assert_eq!(screens(&form, &given(false, true)), ["twin@0", "twin@1", "+child 2", "after"]);
}

#[test]
fn circles_and_unknown_questions_end() {
    let round = form(vec![
        when("b", Test::Exists(false), yes_no("a")),
        when("a", Test::Exists(false), yes_no("b")),
        if_yes("me", yes_no("me")),
        if_yes("nowhere", yes_no("lost")),
        when("nowhere", Test::Exists(false), yes_no("found")),
        when("g", Test::Exists(true), group("g", vec![yes_no("in-g")])),
    ]);
    let yes = || Value::Boolean(true);
    let answers = answers(vec![("a", yes()), ("b", yes()), ("me", yes()), ("in-g", yes())]);
    assert_eq!(screens(&round, &answers), ["b", "found"]);
    assert!(screens(&round, &Answers::default()).len() <= 3);
}

#[test]
fn hidden_and_read_only_values_steer_rules() {
    let hidden = Item { hidden: true, initial: vec![coded("eu")], ..choice("region", &["eu", "us"]) };
    let fixed = Item { read_only: true, initial: vec![Value::Integer(3)], ..number("visit") };
    let form = form(vec![
        hidden,
        fixed,
        when("region", Test::Equal(coded("eu")), yes_no("gdpr")),
        when("visit", Test::AtLeast(Value::Integer(3)), yes_no("third")),
    ]);
    assert_eq!(screens(&form, &Answers::default()), ["gdpr", "third"]);
}
