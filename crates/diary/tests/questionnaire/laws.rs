//! Laws that hold for any form and any answers.

use interlude_diary::questionnaire::score::instrument;
use interlude_diary::questionnaire::{
    Answers, Asked, Coding, Form, Given, Item, Kind, Response, ResponseItem, Slot, StepKind, Test, Value,
    item as item_of, missing, problems, reopen, respond, scores, steps, values_for_day_line,
};
use proptest::prelude::*;

use crate::support;

const LINKS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Boolean),
        (-2_i32..13).prop_map(Value::Integer),
        "[a-c]".prop_map(|code| support::coded(&code)),
        "[a-z]{0,3}".prop_map(Value::Text),
        Just(Value::Date("2026-03".to_owned())),
    ]
}

fn any_test() -> impl Strategy<Value = Test> {
    prop_oneof![
        any::<bool>().prop_map(Test::Exists),
        any_value().prop_map(Test::Equal),
        any_value().prop_map(Test::NotEqual),
        any_value().prop_map(Test::AtLeast),
    ]
}

/// An item without its link, which its place decides.
fn any_item() -> impl Strategy<Value = Item> {
    let kinds = prop::sample::select(vec![
        Kind::Boolean,
        Kind::Integer,
        Kind::Choice,
        Kind::Display,
        Kind::Group,
        Kind::Group,
    ]);
    let rules = prop::collection::vec((prop::sample::select(&LINKS[..]), any_test()), 0..3);
    let initial = prop::collection::vec(any_value(), 0..3);
    (kinds, any::<[bool; 7]>(), rules, initial).prop_map(|(kind, marks, rules, initial)| {
        let [required, repeats, read_only, hidden, any, short, only_today] = marks;
        let item = Item {
            required,
            repeats,
            read_only: read_only && !required,
            hidden: hidden && !required,
            any,
            short,
            only_today,
            initial,
            ..support::item("", kind)
        };
        rules.into_iter().fold(item, |item, (question, test)| support::when(question, test, item))
    })
}

/// Hangs the items into a tree: each below one of those before it, or at the top.
fn any_form() -> impl Strategy<Value = Form> {
    form_with(|_, _| true)
}

/// A form whose rules look at items before their own, so that none goes round in a circle.
fn straight_form() -> impl Strategy<Value = Form> {
    form_with(|item, question| question < item)
}

fn form_with(may_look_at: fn(&str, &str) -> bool) -> impl Strategy<Value = Form> {
    prop::collection::vec((any_item(), 0_usize..9), 1..9).prop_map(move |parts| {
        let mut items: Vec<(Item, usize)> = parts;
        for (n, (item, _)) in items.iter_mut().enumerate() {
            LINKS[n].clone_into(&mut item.link);
            item.conditions.retain(|rule| may_look_at(LINKS[n], &rule.question));
        }
        let mut roots = Vec::new();
        while let Some((item, parent)) = items.pop() {
            let count = items.len();
            match items.get_mut(parent) {
                Some((parent, _)) if parent.kind != Kind::Display && count > 0 => {
                    parent.items.insert(0, item);
                }
                _ => roots.insert(0, item),
            }
        }
        support::form(roots)
    })
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let slot = (prop::sample::select(&LINKS[..]), prop::collection::vec(0_u16..3, 0..3));
    let given = prop_oneof![
        4 => prop::collection::vec(any_value(), 1..3).prop_map(Given::Values),
        1 => Just(Given::Declined),
    ];
    prop::collection::vec((slot, given), 0..12).prop_map(|all| {
        let mut answers = Answers::default();
        for ((link, at), given) in all {
            answers.set(Slot { link: link.to_owned(), at }, given);
        }
        answers
    })
}

fn any_asked() -> impl Strategy<Value = Asked> {
    (any::<bool>(), any::<bool>())
        .prop_map(|(short, past)| Asked { short, past: past.then(|| "Monday".to_owned()) })
}

fn all_items(items: &[ResponseItem], to: &mut Vec<ResponseItem>) {
    for item in items {
        to.push(item.clone());
        all_items(&item.items, to);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn every_screen_has_its_item_and_its_place(form in any_form(), answers in any_answers(), asked in any_asked()) {
        let steps = steps(&form, &answers, &asked);
        for step in &steps {
            let item = item_of(&form, step).unwrap();
            prop_assert_eq!(&item.link, &step.slot.link);
            prop_assert!(!item.hidden);
            if step.kind == StepKind::Question {
                prop_assert!(item.is_question() && !item.read_only);
                let answered = answers.get(&step.slot).is_some() || !item.items.is_empty();
                prop_assert!(!item.only_today || asked.past.is_none() || answered);
            }
        }
        let mut slots: Vec<_> = steps.iter().filter(|s| s.kind == StepKind::Question).map(|s| s.slot.to_string()).collect();
        let count = slots.len();
        slots.sort();
        slots.dedup();
        prop_assert_eq!(slots.len(), count, "no question twice");
    }

    #[test]
    fn a_response_holds_what_is_on_screen_and_nothing_else_the_person_gave(form in any_form(), answers in any_answers(), asked in any_asked()) {
        let response = respond(&form, &answers, &asked);
        let mut items = Vec::new();
        all_items(&response.items, &mut items);
        for step in steps(&form, &answers, &asked).iter().filter(|s| s.kind == StepKind::Question) {
            let item = item_of(&form, step).unwrap();
            if let Some(given) = answers.get(&step.slot) {
                let kept = items.iter().any(|kept| kept.link == item.link && match (&kept.given, given) {
                    (Some(Given::Values(kept)), Given::Values(given)) => kept.first() == given.first(),
                    (kept, given) => kept.as_ref() == Some(given),
                });
                prop_assert!(kept, "{} is on screen and not in the response", step.slot);
            }
        }
        for item in &items {
            if let Some(Given::Values(values)) = &item.given {
                prop_assert!(!values.is_empty());
            }
        }
    }

    #[test]
    fn a_reopened_response_is_the_same_response(form in straight_form(), answers in any_answers()) {
        let asked = Asked::default();
        let once = respond(&form, &answers, &asked);
        let again = respond(&form, &reopen(&form, &once), &asked);
        prop_assert_eq!(once, again);
    }

    #[test]
    fn how_it_is_asked_loses_no_answer(form in straight_form(), answers in any_answers(), asked in any_asked()) {
        let given = |asked: &Asked| -> Vec<(String, Given)> {
            let mut items = Vec::new();
            all_items(&respond(&form, &answers, asked).items, &mut items);
            items.into_iter().filter_map(|item| Some((item.link, item.given?))).collect()
        };
        prop_assert_eq!(given(&asked), given(&Asked::default()));
    }

    #[test]
    fn nothing_is_missing_that_is_not_asked(form in any_form(), answers in any_answers(), asked in any_asked()) {
        let on_screen: Vec<Slot> = steps(&form, &answers, &asked).into_iter().map(|s| s.slot).collect();
        for slot in missing(&form, &answers, &asked) {
            prop_assert!(on_screen.contains(&slot));
            prop_assert!(answers.values(&slot).is_empty());
        }
        for (slot, _) in problems(&form, &answers, &asked) {
            prop_assert!(on_screen.contains(&slot));
        }
    }
}

/// The items each score is made of.
const MADE_OF: [(&str, &str, &[&str]); 5] = [
    ("peg", "peg", &["peg-1", "peg-2", "peg-3"]),
    ("gad-7", "gad-7", &["gad-1", "gad-2", "gad-3", "gad-4", "gad-5", "gad-6", "gad-7"]),
    ("gad-7", "gad-2", &["gad-1", "gad-2"]),
    ("pgic", "pgic", &["pgic"]),
    ("sleep-times", "sleep-tst", &["bed", "tried", "latency", "waso", "woke", "up"]),
];

fn any_given(link: &'static str) -> BoxedStrategy<Option<Given>> {
    let time = (0_u16..26, 0_u16..62).prop_map(|(h, m)| Value::Time(format!("{h:02}:{m:02}:00")));
    let code = prop::sample::select(vec![
        "LA6568-5",
        "LA6569-3",
        "LA6570-1",
        "LA6571-9",
        "LA18938-3",
        "LA6572-7",
        "no-change",
        "much-worse",
        "better",
    ]);
    let code = code
        .prop_map(|code| Value::Coding(Coding { system: None, code: Some(code.to_owned()), display: None }));
    let value = match link {
        "bed" | "tried" | "woke" | "up" => prop_oneof![9 => time, 1 => any_value()].boxed(),
        "latency" | "waso" => (-5_i32..300).prop_map(Value::Integer).boxed(),
        "gad-1" | "gad-2" | "gad-3" | "gad-4" | "gad-5" | "gad-6" | "gad-7" | "pgic" => {
            prop_oneof![9 => code, 1 => any_value()].boxed()
        }
        _ => prop_oneof![9 => (0_i32..12).prop_map(Value::Integer), 1 => any_value()].boxed(),
    };
    prop_oneof![
        12 => value.prop_map(|value| Some(support::one(value))),
        1 => Just(Some(Given::Declined)),
        1 => Just(None),
    ]
    .boxed()
}

fn any_response() -> impl Strategy<Value = Response> {
    let forms: [(&str, &[&'static str]); 5] = [
        ("peg", MADE_OF[0].2),
        ("gad-7", MADE_OF[1].2),
        ("pgic", MADE_OF[3].2),
        ("sleep-times", MADE_OF[4].2),
        (
            "daily-checkin",
            &["pain-worst", "pain-average", "pain-now", "sleep-quality", "anxiety", "pain-worry", "function"],
        ),
    ];
    prop::sample::select(forms.to_vec()).prop_flat_map(|(form, links)| {
        let items: Vec<_> = links
            .iter()
            .map(|link| {
                any_given(link).prop_map(move |given| ResponseItem {
                    link: (*link).to_owned(),
                    text: None,
                    given,
                    items: Vec::new(),
                })
            })
            .collect();
        (items, any::<usize>()).prop_map(move |(mut items, dropped)| {
            if dropped % 5 == 0 {
                items.remove(dropped % items.len());
            }
            Response { questionnaire: format!("https://interlude.health/fhir/Questionnaire/{form}|1"), items }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn no_score_from_an_incomplete_instrument_and_none_outside_its_range(response in any_response()) {
        let made = scores(&response);
        for score in &made {
            let known = instrument(score.name).unwrap();
            let value = score.value.to_f64();
            prop_assert!(known.range.0 <= value && value <= known.range.1, "{} = {value}", score.name);
            let form = response.questionnaire.split(['/', '|']).rev().nth(1).unwrap();
            prop_assert_eq!(known.form, form);
        }
        for (form, name, links) in MADE_OF {
            if response.questionnaire.ends_with(&format!("/{form}|1")) && links.iter().any(|link| response.value(link).is_none()) {
                prop_assert!(made.iter().all(|score| score.name != name), "{name} from an incomplete form");
            }
        }
        prop_assert_eq!(values_for_day_line(&response).len(), made.len());
    }
}
