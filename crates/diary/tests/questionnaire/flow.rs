//! Screens: order, words that lead to them, short part, past day, repeating groups.

use interlude_diary::questionnaire::{
    Answers, Asked, Given, Hint, Item, Kind, Slot, StepKind, Value, add_instance, initial, is_scale,
    item as item_of, remove_instance, stem, steps,
};

use crate::support::*;

fn words(link: &str, text: &str) -> Item {
    Item { text: text.to_owned(), ..item(link, Kind::Display) }
}

#[test]
fn one_question_a_screen_with_the_words_before_it() {
    let table = Item {
        hint: Hint::Table,
        text: "How often?".to_owned(),
        ..group("g", vec![number("q1"), number("q2")])
    };
    let form = form(vec![words("d", "Welcome."), table, words("e", "Thank you.")]);
    let steps = walk(&form, &Answers::default());
    let names: Vec<String> = steps.iter().map(name).collect();
    assert_eq!(names, ["q1", "q2", "[e]"]);
    assert_eq!(steps[0].lead, ["Welcome.", "How often?"]);
    assert_eq!(steps[1].lead, Vec::<String>::new());
    assert_eq!(steps[1].within, ["How often?"], "the group's words stay in sight");
    assert_eq!(steps[2].lead, ["Thank you."]);
    for step in &steps {
        assert_eq!(item_of(&form, step).unwrap().link, step.slot.link);
    }
}

#[test]
fn a_title_with_nothing_to_ask_below_is_not_said() {
    let empty = Item { text: "Gone".to_owned(), ..group("g", vec![if_yes("a", yes_no("b"))]) };
    let alone = Item { text: "Read this.".to_owned(), ..group("h", Vec::new()) };
    let form = form(vec![yes_no("a"), empty, alone, yes_no("c")]);
    assert_eq!(walk(&form, &Answers::default())[1].lead, ["Read this."]);
}

#[test]
fn hidden_items_are_left_out_and_read_only_ones_are_words() {
    let fixed = Item {
        read_only: true,
        text: "Your arm:".to_owned(),
        initial: vec![coded("a")],
        ..choice("arm", &["a"])
    };
    let total = Item { read_only: true, ..number("total") };
    let form = form(vec![Item { hidden: true, ..group("h", vec![yes_no("x")]) }, fixed, total, yes_no("q")]);
    let steps = walk(&form, &Answers::default());
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].lead, ["Your arm: A"]);
}

#[test]
fn the_short_part_is_what_is_marked_and_what_leads_to_it() {
    let marked = Item { short: true, ..number("pain") };
    let below = Item { short: true, items: vec![yes_no("more")], ..yes_no("any") };
    let form = form(vec![number("sleep"), group("g", vec![marked, number("mood")]), below]);
    let asked = Asked { short: true, past: None };
    let answers = answers(vec![("any", Value::Boolean(true))]);
    let names: Vec<String> = steps(&form, &answers, &asked).iter().map(name).collect();
    assert_eq!(names, ["pain", "any", "more"]);
}

#[test]
fn a_past_day_is_named_and_right_now_is_not_asked() {
    let worst = Item { past_text: Some("On {day}, how strong?".to_owned()), ..number("worst") };
    let now = Item { only_today: true, ..number("now") };
    let form = form(vec![worst.clone(), now]);
    let asked = Asked { short: false, past: Some("Tuesday 11 March".to_owned()) };
    let names: Vec<String> = steps(&form, &Answers::default(), &asked).iter().map(name).collect();
    assert_eq!(names, ["worst"]);
    assert_eq!(stem(&worst, &asked), "On Tuesday 11 March, how strong?");
    assert_eq!(stem(&worst, &Asked::default()), "worst?");
}

#[test]
fn instances_are_added_with_their_first_values_and_taken_away_with_their_answers() {
    let unit = Item { initial: vec![coded("mg")], ..choice("unit", &["mg", "g"]) };
    let form = form(vec![repeating("drug", vec![number("dose"), unit])]);
    let group = Slot::top("drug");
    let mut answers = initial(&form);
    assert_eq!(answers.values(&"unit@0".parse().unwrap()), [coded("mg")]);
    add_instance(&form, &mut answers, &group);
    assert_eq!(screens(&form, &answers), ["dose@0", "unit@0", "dose@1", "unit@1", "+drug 2"]);
    assert_eq!(answers.values(&"unit@1".parse().unwrap()), [coded("mg")]);
    answers.set("dose@1".parse().unwrap(), one(Value::Integer(5)));
    remove_instance(&form, &mut answers, &group);
    assert_eq!(screens(&form, &answers), ["dose@0", "unit@0", "+drug 1"]);
    assert!(answers.iter().all(|(slot, _)| slot.at.first() != Some(&1)), "nothing of it stays behind");
    remove_instance(&form, &mut answers, &group);
    assert_eq!(screens(&form, &answers).len(), 3, "the only instance is emptied, not removed");
    for _ in 0..200 {
        add_instance(&form, &mut answers, &group);
    }
    assert_eq!(
        walk(&form, &answers).last().unwrap().kind,
        StepKind::AnotherInstance { instances: 99, title: "drug?".to_owned() }
    );
}

#[test]
fn a_scale_is_never_preset() {
    let bounds = |least, most| Item {
        min: Some(Value::Integer(least)),
        max: Some(Value::Integer(most)),
        initial: vec![Value::Integer(most)],
        ..number("q")
    };
    for scale in [bounds(0, 10), bounds(1, 5), Item { hint: Hint::Slider, ..bounds(0, 100) }] {
        assert!(is_scale(&scale));
        assert!(initial(&form(vec![scale])).is_empty());
    }
    let count = bounds(0, 400);
    assert!(!is_scale(&count));
    assert_eq!(initial(&form(vec![count])).get(&Slot::top("q")), Some(&one(Value::Integer(400))));
}

#[test]
fn what_is_hidden_fixed_or_single_starts_accordingly() {
    let many = vec![coded("a"), coded("b")];
    let single = Item { initial: many.clone(), ..choice("single", &["a", "b"]) };
    let several = Item { repeats: true, initial: many.clone(), ..choice("several", &["a", "b"]) };
    let hidden = Item { hidden: true, initial: many.clone(), ..choice("hidden", &["a", "b"]) };
    let fixed = Item { read_only: true, initial: many.clone(), ..choice("fixed", &["a", "b"]) };
    let answers = initial(&form(vec![single, several, hidden, fixed]));
    assert_eq!(answers.get(&Slot::top("single")), Some(&one(coded("a"))));
    assert_eq!(answers.get(&Slot::top("several")), Some(&Given::Values(many)));
    assert_eq!(answers.iter().count(), 2);
}

#[test]
fn nesting_without_end_ends() {
    let mut deep = yes_no("leaf");
    for n in 0..500 {
        deep = group(&format!("g{n}"), vec![deep]);
    }
    assert_eq!(screens(&form(vec![deep]), &Answers::default()), Vec::<String>::new());
}
