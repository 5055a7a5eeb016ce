//! Small forms made by hand.

use interlude_diary::questionnaire::{
    Answers, Asked, Choice, Coding, Condition, Form, Given, Item, Kind, Response, ResponseItem, Slot, Step,
    StepKind, Test, Value, steps,
};

pub(crate) fn item(link: &str, kind: Kind) -> Item {
    Item::plain(link.to_owned(), kind, format!("{link}?"))
}

pub(crate) fn yes_no(link: &str) -> Item {
    item(link, Kind::Boolean)
}

pub(crate) fn number(link: &str) -> Item {
    item(link, Kind::Integer)
}

pub(crate) fn choice(link: &str, codes: &[&str]) -> Item {
    let options = codes.iter().map(|code| Choice {
        value: coded(code),
        label: code.to_uppercase(),
        ordinal: None,
        exclusive: false,
    });
    Item { options: options.collect(), ..item(link, Kind::Choice) }
}

pub(crate) fn group(link: &str, items: Vec<Item>) -> Item {
    Item { items, ..item(link, Kind::Group) }
}

pub(crate) fn repeating(link: &str, items: Vec<Item>) -> Item {
    Item { repeats: true, ..group(link, items) }
}

pub(crate) fn when(question: &str, test: Test, item: Item) -> Item {
    let mut conditions = item.conditions.clone();
    conditions.push(Condition { question: question.to_owned(), test });
    Item { conditions, ..item }
}

pub(crate) fn if_yes(question: &str, item: Item) -> Item {
    when(question, Test::Equal(Value::Boolean(true)), item)
}

pub(crate) fn form(items: Vec<Item>) -> Form {
    Form {
        canonical: "https://example.org/q|1".to_owned(),
        title: "A form".to_owned(),
        language: None,
        copyright: None,
        items,
        left_out: Vec::new(),
    }
}

pub(crate) fn coded(code: &str) -> Value {
    Value::Coding(Coding { system: Some("urn:test".to_owned()), code: Some(code.to_owned()), display: None })
}

pub(crate) fn one(value: Value) -> Given {
    Given::Values(vec![value])
}

/// Answers by slot, written as slots are printed.
pub(crate) fn answers(given: Vec<(&str, Value)>) -> Answers {
    let mut answers = Answers::default();
    for (slot, value) in given {
        answers.set(slot.parse().unwrap(), one(value));
    }
    answers
}

pub(crate) fn walk(form: &Form, answers: &Answers) -> Vec<Step> {
    steps(form, answers, &Asked::default())
}

/// Screens in order: a question by its slot, words in brackets, "add another" with a plus.
pub(crate) fn screens(form: &Form, answers: &Answers) -> Vec<String> {
    walk(form, answers).into_iter().map(|step| name(&step)).collect()
}

pub(crate) fn name(step: &Step) -> String {
    match step.kind {
        StepKind::Question => step.slot.to_string(),
        StepKind::Words => format!("[{}]", step.slot),
        StepKind::AnotherInstance { instances, .. } => format!("+{} {instances}", step.slot),
    }
}

pub(crate) fn slots(found: Vec<Slot>) -> Vec<String> {
    found.iter().map(Slot::to_string).collect()
}

/// A response of top-level items to one of our own forms.
pub(crate) fn response(form: &str, given: &[(&str, Value)]) -> Response {
    let items = given.iter().map(|(link, value)| ResponseItem {
        link: (*link).to_owned(),
        text: None,
        given: Some(one(value.clone())),
        items: Vec::new(),
    });
    Response {
        questionnaire: format!("https://interlude.health/fhir/Questionnaire/{form}|1"),
        items: items.collect(),
    }
}

/// A response as an outline: one line an item, `link = given`, indented.
pub(crate) fn outline(items: &[ResponseItem]) -> String {
    fn line(items: &[ResponseItem], depth: usize, to: &mut String) {
        for item in items {
            let given = match &item.given {
                None => String::new(),
                Some(Given::Declined) => " = declined".to_owned(),
                Some(Given::Values(values)) => format!(" = {values:?}"),
            };
            to.push_str(&format!("{}{}{given}\n", "  ".repeat(depth), item.link));
            line(&item.items, depth + 1, to);
        }
    }
    let mut text = String::new();
    line(items, 0, &mut text);
    text
}
