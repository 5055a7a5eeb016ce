//! The tree an entry keeps.

use interlude_diary::questionnaire::{
    Answers, Asked, Given, Item, Kind, Slot, Test, Value, reopen, respond, steps,
};

use crate::support::*;

fn tree(form: &interlude_diary::questionnaire::Form, answers: &Answers) -> String {
    outline(&respond(form, answers, &Asked::default()).items)
}

#[test]
fn the_four_states_are_kept_apart() {
    let form = form(vec![
        number("answered"),
        number("declined"),
        number("untouched"),
        if_yes("no-such", number("ruled-out")),
        item("words", Kind::Display),
    ]);
    let mut given = answers(vec![
        ("answered", Value::Integer(0)),
        ("ruled-out", Value::Integer(1)),
        ("stray", Value::Integer(1)),
    ]);
    given.set(Slot::top("declined"), Given::Declined);
    assert_eq!(tree(&form, &given), "answered = [Integer(0)]\ndeclined = declined\nuntouched\n");
    let response = respond(&form, &given, &Asked::default());
    assert_eq!(response.questionnaire, form.canonical);
    assert!(response.items.iter().all(|item| item.text == Some(format!("{}?", item.link))));
}

#[test]
fn what_stands_below_a_question_comes_with_its_answer() {
    let form = form(vec![Item { items: vec![number("how-many")], ..yes_no("any") }]);
    let given = answers(vec![("any", Value::Boolean(true)), ("how-many", Value::Integer(2))]);
    assert_eq!(tree(&form, &given), "any = [Boolean(true)]\n  how-many = [Integer(2)]\n");
    assert_eq!(tree(&form, &answers(vec![("how-many", Value::Integer(2))])), "any\n");
}

#[test]
fn one_item_an_instance_and_empty_ones_are_not_said() {
    let form = form(vec![repeating("drug", vec![number("dose"), repeating("time", vec![number("hour")])])]);
    let given = answers(vec![
        ("drug", Value::Integer(4)),
        ("dose@0", Value::Integer(5)),
        ("dose@2", Value::Integer(7)),
        ("hour@2.0", Value::Integer(8)),
        ("hour@2.1", Value::Integer(20)),
    ]);
    assert_eq!(
        tree(&form, &given),
        "drug\n  dose = [Integer(5)]\n  time\n    hour\ndrug\n  dose = [Integer(7)]\n  time\n    hour = [Integer(8)]\n  time\n    hour = [Integer(20)]\n"
    );
    assert_eq!(
        tree(&form, &Answers::default()),
        "drug\n  dose\n  time\n    hour\n",
        "untouched is said once"
    );
}

#[test]
fn an_empty_optional_group_that_asks_something_required_is_absent() {
    let drugs = repeating("drug", vec![Item { required: true, ..number("dose") }]);
    assert_eq!(tree(&form(vec![drugs.clone()]), &Answers::default()), "");
    assert_eq!(tree(&form(vec![Item { required: true, ..drugs }]), &Answers::default()), "drug\n  dose\n");
}

#[test]
fn a_group_of_which_a_rule_left_nothing_is_said_where_it_is_required() {
    let emptied = group("g", vec![if_yes("no-such", yes_no("x"))]);
    assert_eq!(tree(&form(vec![emptied.clone()]), &Answers::default()), "");
    assert_eq!(tree(&form(vec![Item { required: true, ..emptied }]), &Answers::default()), "g\n");
}

#[test]
fn hidden_items_come_with_the_value_they_start_with_and_no_words() {
    let hidden = Item { hidden: true, initial: vec![coded("v2")], ..choice("version", &["v2"]) };
    let unset = Item { hidden: true, ..number("unset") };
    let inside = Item {
        hidden: true,
        ..group("meta", vec![Item { initial: vec![Value::Integer(1)], ..number("n") }])
    };
    let form = form(vec![hidden, unset, inside]);
    let response = respond(&form, &Answers::default(), &Asked::default());
    let links: Vec<&str> = response.items.iter().map(|item| item.link.as_str()).collect();
    assert_eq!(links, ["version", "meta"]);
    assert!(response.items.iter().all(|item| item.text.is_none()));
    assert_eq!(response.value("n"), Some(&Value::Integer(1)));
}

#[test]
fn what_the_app_writes_into_a_hidden_group_is_sent() {
    let hidden = Item {
        hidden: true,
        ..repeating("device", vec![number("clock"), Item { required: true, ..number("id") }])
    };
    let form = form(vec![hidden, when("clock", Test::Exists(false), yes_no("no-clock"))]);
    assert_eq!(
        tree(&form, &answers(vec![("clock@0", Value::Integer(60))])),
        "device\n  clock = [Integer(60)]\n"
    );
    assert_eq!(tree(&form, &Answers::default()), "no-clock\n");
}

#[test]
fn read_only_values_are_sent() {
    let fixed = Item { read_only: true, initial: vec![Value::Integer(3)], ..number("visit") };
    assert_eq!(tree(&form(vec![fixed]), &Answers::default()), "visit = [Integer(3)]\n");
}

#[test]
fn what_was_neither_asked_nor_answered_is_absent() {
    let form = form(vec![
        Item { short: true, ..number("pain") },
        group("g", vec![number("mood")]),
        Item { short: true, only_today: true, ..number("now") },
    ]);
    let asked = |short, past: Option<&str>| Asked { short, past: past.map(str::to_owned) };
    let tree = |answers: &Answers, asked: &Asked| outline(&respond(&form, answers, asked).items);
    let pain = answers(vec![("pain", Value::Integer(4))]);
    assert_eq!(tree(&pain, &asked(true, None)), "pain = [Integer(4)]\nnow\n");
    assert_eq!(tree(&pain, &asked(false, Some("Monday"))), "pain = [Integer(4)]\ng\n  mood\n");
}

#[test]
fn no_answer_is_lost_to_the_short_part_or_to_the_next_day() {
    let form = form(vec![
        Item { short: true, ..number("pain") },
        group("g", vec![number("mood"), number("sleep")]),
        Item {
            only_today: true,
            past_text: Some("On {day}, when you answered?".to_owned()),
            ..number("now")
        },
    ]);
    let mut given =
        answers(vec![("pain", Value::Integer(4)), ("mood", Value::Integer(2)), ("now", Value::Integer(9))]);
    given.set(Slot::top("sleep"), Given::Declined);
    let all = "pain = [Integer(4)]\ng\n  mood = [Integer(2)]\n  sleep = declined\nnow = [Integer(9)]\n";
    for short in [false, true] {
        for past in [None, Some("Monday".to_owned())] {
            let asked = Asked { short, past: past.clone() };
            let response = respond(&form, &given, &asked);
            assert_eq!(outline(&response.items), all);
            let slots: Vec<String> =
                steps(&form, &given, &asked).iter().map(|step| step.slot.to_string()).collect();
            let on_screen = if short { vec!["pain"] } else { vec!["pain", "mood", "sleep", "now"] };
            assert_eq!(slots, on_screen, "to be corrected, it must be on screen");
            if past.is_some() {
                assert_eq!(response.items[2].text.as_deref(), Some("On Monday, when you answered?"));
            }
        }
    }
}

#[test]
fn the_words_are_those_shown_about_a_past_day() {
    let form = form(vec![Item { past_text: Some("On {day}?".to_owned()), ..number("pain") }]);
    let asked = Asked { short: false, past: Some("Monday 10 March".to_owned()) };
    assert_eq!(
        respond(&form, &Answers::default(), &asked).items[0].text.as_deref(),
        Some("On Monday 10 March?")
    );
}

#[test]
fn a_single_question_keeps_one_answer() {
    let mut given = Answers::default();
    given.set(Slot::top("q"), Given::Values(vec![Value::Integer(1), Value::Integer(2)]));
    assert_eq!(tree(&form(vec![number("q")]), &given), "q = [Integer(1)]\n");
    assert_eq!(
        tree(&form(vec![Item { repeats: true, ..number("q") }]), &given),
        "q = [Integer(1), Integer(2)]\n"
    );
}

#[test]
fn reopening_for_a_correction_gives_the_same_response_again() {
    let below = Item { items: vec![number("how-many")], ..yes_no("any") };
    let form = form(vec![
        below,
        number("declined"),
        group("g", vec![number("x")]),
        repeating("drug", vec![number("dose"), yes_no("daily")]),
    ]);
    let mut given = answers(vec![
        ("any", Value::Boolean(true)),
        ("how-many", Value::Integer(2)),
        ("x", Value::Integer(1)),
        ("dose@0", Value::Integer(5)),
        ("daily@1", Value::Boolean(true)),
    ]);
    given.set(Slot::top("declined"), Given::Declined);
    let response = respond(&form, &given, &Asked::default());
    assert_eq!(respond(&form, &reopen(&form, &response), &Asked::default()), response);
}
