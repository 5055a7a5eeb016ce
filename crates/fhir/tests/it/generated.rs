//! Forms made by chance: asked, filled in and judged like the real ones.

use interlude_fhir::questionnaire::{FormError, form};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixtures::complete;

/// What one item is to be; `rule` picks a question before it to look at.
#[derive(Debug, Clone)]
struct Seed {
    kind: usize,
    required: bool,
    repeats: bool,
    rule: Option<(prop::sample::Index, u8)>,
    below: Vec<Self>,
}

const KINDS: [&str; 14] = [
    "group",
    "display",
    "boolean",
    "integer",
    "decimal",
    "date",
    "dateTime",
    "time",
    "string",
    "text",
    "url",
    "choice",
    "open-choice",
    "quantity",
];

fn seed() -> impl Strategy<Value = Seed> {
    let own = || {
        (
            0..KINDS.len(),
            any::<bool>(),
            any::<bool>(),
            proptest::option::of(any::<(prop::sample::Index, u8)>()),
        )
    };
    let make = |(kind, required, repeats, rule), below| Seed { kind, required, repeats, rule, below };
    let leaf = own().prop_map(move |own| make(own, Vec::new()));
    leaf.prop_recursive(3, 16, 4, move |inner| {
        (own(), proptest::collection::vec(inner, 0..4)).prop_map(move |(own, below)| make(own, below))
    })
}

/// Writes the items; `asked` are the questions so far with their types, by linkId.
fn items(seeds: &[Seed], asked: &mut Vec<(String, &'static str)>, next: &mut usize) -> Vec<Value> {
    let mut all = Vec::new();
    for seed in seeds {
        *next += 1;
        let (link, kind) = (format!("i{next}"), KINDS[seed.kind]);
        let group = kind == "group";
        let mut item = json!({ "linkId": link, "type": kind, "text": format!("Item {next}") });
        if kind != "display" {
            item["required"] = seed.required.into();
            // Rules and repeating groups are judged by others; here each question is there once.
            item["repeats"] = (seed.repeats && !group).into();
        }
        if kind == "choice" || kind == "open-choice" {
            let option =
                |code: &str| json!({ "valueCoding": { "system": "s", "code": code, "display": code } });
            item["answerOption"] = json!([option("a"), option("b")]);
        }
        if let Some((at, operator)) = &seed.rule
            && !asked.is_empty()
        {
            let (question, kind) = at.get(asked);
            let answer = match *kind {
                "boolean" => Some(json!({ "answerBoolean": true })),
                "integer" => Some(json!({ "answerInteger": 5 })),
                "string" | "text" => Some(json!({ "answerString": "some words" })),
                "choice" | "open-choice" => Some(json!({ "answerCoding": { "system": "s", "code": "a" } })),
                _ => None,
            };
            let (mut rule, operator) = match (answer, operator % 4) {
                (Some(answer), 0) => (answer, "="),
                (Some(answer), 1) => (answer, "!="),
                (_, n) => (json!({ "answerBoolean": n % 2 == 0 }), "exists"),
            };
            rule["question"] = question.clone().into();
            rule["operator"] = operator.into();
            item["enableWhen"] = json!([rule]);
        }
        if !group && kind != "display" {
            asked.push((link, kind));
        }
        if kind != "display" && !seed.below.is_empty() {
            item["item"] = items(&seed.below, asked, next).into();
        }
        all.push(item);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn forms_made_by_chance_are_completed(seeds in proptest::collection::vec(seed(), 1..6)) {
        let items = items(&seeds, &mut Vec::new(), &mut 0);
        let text = json!({ "resourceType": "Questionnaire", "status": "draft", "item": items }).to_string();
        match form(&text, "en") {
            Ok(form) => {
                prop_assert_eq!(&form.left_out, &[]);
                complete(&text, &form);
            }
            Err(why) => prop_assert_eq!(why, FormError::Empty),
        }
    }
}
