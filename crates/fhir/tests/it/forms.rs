//! Questionnaires as forms: every feature, every refusal.

use interlude_diary::questionnaire::{Condition, Form, Hint, Item, Kind, LeftOut, Test, Value, Why};
use interlude_fhir::json::JsonError;
use interlude_fhir::questionnaire::{FormError, form};
use serde_json::json;

use crate::sample::coding;

fn of(items: serde_json::Value) -> Result<Form, FormError> {
    form(&json!({ "resourceType": "Questionnaire", "item": items }).to_string(), "en")
}

fn one(mut item: serde_json::Value) -> Item {
    if item.get("linkId").is_none() {
        item["linkId"] = "a".into();
    }
    let form = of(json!([item])).unwrap();
    assert_eq!(form.left_out, []);
    form.items[0].clone()
}

fn ext(name: &str, kind: &str, value: serde_json::Value) -> serde_json::Value {
    json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), kind: value })
}

fn control(code: &str) -> serde_json::Value {
    ext("questionnaire-itemControl", "valueCodeableConcept", json!({ "coding": [{ "code": code }] }))
}

fn refused(error: FormError) -> Vec<LeftOut> {
    match error {
        FormError::Unsupported(items) => items,
        other => panic!("{other}"),
    }
}

#[test]
fn the_head_of_a_form() {
    let text = json!({
        "resourceType": "Questionnaire", "url": "https://x/q", "version": "2", "title": "T", "language": "en",
        "copyright": "(c)", "item": [{ "linkId": "a", "type": "string", "text": "A?" }],
    })
    .to_string();
    let read = form(&format!("\u{feff}{text}"), "es").unwrap();
    assert_eq!(
        (read.canonical.as_str(), read.title.as_str(), read.language.as_deref(), read.copyright.as_deref()),
        ("https://x/q|2", "T", Some("en"), Some("(c)"))
    );
    let unversioned = text.replace("\"version\":\"2\"", "\"name\":\"n\"");
    assert_eq!(form(&unversioned, "es").unwrap().canonical, "https://x/q");
    let local = text.replace("\"url\"", "\"date\"");
    let canonical = form(&local, "es").unwrap().canonical;
    assert!(canonical.starts_with("urn:sha256:") && canonical.len() == 75, "{canonical}");
    assert_eq!(form(&format!("\u{feff}{local}"), "es").unwrap().canonical, canonical);
    assert_ne!(form(&local.replace("A?", "B?"), "es").unwrap().canonical, canonical);
}

#[test]
fn every_type_has_its_kind() {
    for (code, kind) in [
        ("boolean", Kind::Boolean),
        ("integer", Kind::Integer),
        ("decimal", Kind::Decimal),
        ("date", Kind::Date),
        ("dateTime", Kind::DateTime),
        ("time", Kind::Time),
        ("string", Kind::String),
        ("text", Kind::Text),
        ("url", Kind::Url),
        ("open-choice", Kind::OpenChoice),
        ("quantity", Kind::Quantity),
    ] {
        assert_eq!(one(json!({ "type": code })).kind, kind);
    }
    let read = of(json!([{ "linkId": "g", "type": "group", "text": "G", "repeats": true, "item": [
        { "linkId": "d", "type": "display", "text": "D" }, { "linkId": "q", "type": "boolean", "text": "Q" }]}]));
    let group = &read.unwrap().items[0];
    assert_eq!((group.kind, group.repeats, group.items[0].kind), (Kind::Group, true, Kind::Display));
    assert_eq!(group.items[1].text, "Q");
}

#[test]
fn plain_properties() {
    let item = one(json!({ "type": "integer", "text": " How bad? ", "prefix": "1.", "required": true,
        "repeats": true, "readOnly": false, "maxLength": 9, "initial": [{ "valueInteger": 3 }, { "valueInteger": 4 }],
        "extension": [ext("minValue", "valueInteger", 0.into()), ext("maxValue", "valueDecimal", 10.into()),
            control("slider"), ext("questionnaire-sliderStepValue", "valueInteger", 2.into())],
    }));
    assert_eq!((item.text.as_str(), item.prefix.as_deref()), ("How bad?", Some("1.")));
    assert!(item.required && item.repeats && !item.read_only && !item.hidden && !item.any);
    assert_eq!((item.max_length, item.step, item.hint), (Some(9), Some(2), Hint::Slider));
    assert_eq!((item.min, item.max), (Some(Value::Integer(0)), Some(Value::Decimal("10".parse().unwrap()))));
    assert_eq!(item.initial, [Value::Integer(3), Value::Integer(4)]);
    assert_eq!(one(json!({ "type": "integer", "code": [{ "display": "Named" }] })).text, "Named");
    assert_eq!(one(json!({ "type": "integer" })).text, "a");
    let first =
        one(json!({ "type": "integer", "initial": [{ "valueInteger": 3 }, { "valueInteger": 4 }] })).initial;
    assert_eq!(first, [Value::Integer(3)]);
}

#[test]
fn hints() {
    for (code, hint) in [
        ("drop-down", Hint::DropDown),
        ("autocomplete", Hint::DropDown),
        ("radio-button", Hint::Radio),
        ("check-box", Hint::CheckBox),
        ("text-box", Hint::None),
    ] {
        assert_eq!(one(json!({ "type": "string", "extension": [control(code)] })).hint, hint);
    }
    for code in ["gtable", "table", "htable"] {
        let group = json!([{ "linkId": "g", "type": "group", "extension": [control(code)],
            "item": [{ "linkId": "a", "type": "boolean" }] }]);
        assert_eq!(of(group).unwrap().items[0].hint, Hint::Table);
    }
}

#[test]
fn children_that_are_words_of_the_question() {
    let child = |link: &str, code: &str, text: &str| json!({ "linkId": link, "type": "display", "text": text, "extension": [control(code)] });
    let mut ruled = child("r", "help", "only sometimes");
    ruled["enableWhen"] = json!([{ "question": "a", "operator": "exists", "answerBoolean": true }]);
    let plain = json!({ "linkId": "p", "type": "display", "text": "plain" });
    let item = one(
        json!({ "type": "integer", "item": [child("h", "help", "help"), child("i", "instructions", "more"),
        child("l", "lower", "none"), child("u", "upper", "worst"), child("n", "unit", "steps"), ruled, plain] }),
    );
    assert_eq!(item.help.as_deref(), Some("help\nmore"));
    assert_eq!(item.ends, Some(("none".to_owned(), "worst".to_owned())));
    assert_eq!(item.units[0].display, "steps");
    assert_eq!(item.items.iter().map(|i| i.link.as_str()).collect::<Vec<_>>(), ["r", "p"]);
    // In a group they are shown by themselves: a group is no screen of its own.
    let group = json!([{ "linkId": "g", "type": "group", "item": [child("h", "help", "x"), { "linkId": "q", "type": "boolean" }] }]);
    assert_eq!(of(group).unwrap().items[0].items[0].text, "x");
}

#[test]
fn units() {
    let unit = |name: &str, code: &str| {
        ext(
            name,
            "valueCoding",
            json!({ "system": "http://unitsofmeasure.org", "code": code, "display": format!("in {code}") }),
        )
    };
    let item = one(
        json!({ "type": "quantity", "extension": [unit("questionnaire-unitOption", "kg"), unit("questionnaire-unitOption", "g")] }),
    );
    assert_eq!(item.units.len(), 2);
    assert_eq!((item.units[1].display.as_str(), item.units[1].code.as_deref()), ("in g", Some("g")));
    assert_eq!(
        one(json!({ "type": "decimal", "extension": [unit("questionnaire-unit", "cm")] })).units.len(),
        1
    );
}

#[test]
fn choices_of_every_kind() {
    let item = one(json!({ "type": "choice", "answerOption": [
        { "valueCoding": { "system": "s", "code": "a", "display": "A" }, "initialSelected": true,
          "extension": [ext("ordinalValue", "valueDecimal", json!(1.50))] },
        { "valueCoding": { "code": "b", "extension": [ext("itemWeight", "valueDecimal", 2.into())] } },
        { "valueString": "words", "extension": [ext("questionnaire-optionExclusive", "valueBoolean", true.into())] },
        { "valueInteger": 7 }, { "valueDate": "2026-03" }, { "valueTime": "07:30:00" },
    ]}));
    let labels: Vec<&str> = item.options.iter().map(|o| o.label.as_str()).collect();
    assert_eq!(labels, ["A", "b", "words", "7", "2026-03", "07:30:00"]);
    let weights: Vec<_> =
        item.options.iter().map(|o| o.ordinal.as_ref().map(|w| w.as_str().to_owned())).collect();
    assert_eq!(weights[..3], [Some("1.5".to_owned()), Some("2".to_owned()), None]);
    assert!(item.options[2].exclusive && !item.options[0].exclusive);
    assert_eq!(item.initial, [coding("s", "a", "A")]);
    let ours = json!([{ "url": "https://interlude.health/fhir/StructureDefinition/exclusive", "valueBoolean": true }]);
    let item = one(json!({ "type": "integer", "answerOption": [{ "valueInteger": 1, "extension": ours }] }));
    assert!(item.options[0].exclusive && item.kind == Kind::Integer);
}

fn with_set(answer_set: &str, set: serde_json::Value) -> Result<Form, FormError> {
    let mut set = set;
    set["resourceType"] = "ValueSet".into();
    set["id"] = "vs".into();
    set["url"] = "http://x/vs".into();
    let text = json!({ "resourceType": "Questionnaire", "contained": [{ "resourceType": "Library", "id": "vs" }, set],
        "item": [{ "linkId": "a", "type": "choice", "answerValueSet": answer_set }, { "linkId": "b", "type": "string" }] });
    form(&text.to_string(), "es")
}

#[test]
fn value_sets_that_the_form_carries() {
    let compose = json!({ "compose": { "include": [
        { "system": "s", "concept": [{ "code": "a", "display": "A", "designation": [{ "language": "es", "value": "Á" }] }] },
        { "system": "t", "concept": [{ "code": "b", "extension": [ext("ordinalValue", "valueDecimal", 4.into())] }] }] } });
    for set in ["#vs", "http://x/vs", "http://x/vs|1.0"] {
        let read = with_set(set, compose.clone()).unwrap();
        let options = &read.items[0].options;
        assert_eq!((options[0].label.as_str(), options[1].label.as_str()), ("Á", "b"));
        assert_eq!((&options[0].value, &options[1].value), (&coding("s", "a", ""), &coding("t", "b", "")));
        assert_eq!(options[1].ordinal.as_ref().unwrap().as_str(), "4");
        assert_eq!(read.language.as_deref(), Some("es"));
    }
    let expansion = json!({ "expansion": { "contains": [
        { "abstract": true, "code": "top", "contains": [{ "system": "s", "code": "x", "display": "X" }] }, { "system": "s", "code": "y" }] } });
    let read = with_set("#vs", expansion).unwrap();
    assert_eq!(read.items[0].options.iter().map(|o| o.label.as_str()).collect::<Vec<_>>(), ["X", "y"]);
    for elsewhere in [
        json!({ "compose": { "include": [{ "system": "s" }] } }),
        json!({ "compose": { "include": [{ "system": "s", "concept": [{ "code": "a" }] }], "exclude": [{}] } }),
        json!({}),
    ] {
        let read = with_set("#vs", elsewhere).unwrap();
        assert_eq!(read.left_out[0].why, Why::ChoicesElsewhere("#vs".to_owned()));
        assert_eq!(read.items.len(), 1);
    }
    assert_eq!(with_set("#no", compose).unwrap().left_out.len(), 1);
}

#[test]
fn rules_for_being_shown() {
    let rule = |operator: &str, answer: &str, value: serde_json::Value| json!({ "question": "q", "operator": operator, answer: value });
    let item = json!({ "linkId": "a", "type": "string", "enableBehavior": "any", "enableWhen": [
        rule("exists", "answerBoolean", false.into()), rule("=", "answerCoding", json!({ "system": "s", "code": "c" })),
        rule("!=", "answerString", "x".into()), rule(">", "answerInteger", 1.into()), rule("<", "answerDecimal", json!(1.5)),
        rule(">=", "answerDate", "2026-03-12".into()), rule("<=", "answerTime", "07:30:00".into()) ]});
    let read = of(json!([{ "linkId": "q", "type": "string" }, item])).unwrap();
    let tests: Vec<Test> = read.items[1].conditions.iter().map(|c| c.test.clone()).collect();
    let expected = [
        Test::Exists(false),
        Test::Equal(coding("s", "c", "")),
        Test::NotEqual(Value::Text("x".to_owned())),
        Test::Greater(Value::Integer(1)),
        Test::Less(Value::Decimal("1.5".parse().unwrap())),
        Test::AtLeast(Value::Date("2026-03-12".to_owned())),
        Test::AtMost(Value::Time("07:30:00".to_owned())),
    ];
    assert_eq!(tests, expected);
    assert!(read.items[1].any);
    assert_eq!(
        read.items[1].conditions[0],
        Condition { question: "q".to_owned(), test: Test::Exists(false) }
    );
}

#[test]
fn our_own_extensions_and_translations() {
    let ours = |name: &str| format!("https://interlude.health/fhir/StructureDefinition/{name}");
    let spanish = |text: &str| {
        json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
            { "url": "lang", "valueCode": "es" }, { "url": "content", "valueString": text }] }] })
    };
    let text = json!({ "resourceType": "Questionnaire", "language": "en", "title": "T", "_title": spanish("Título"),
        "item": [{ "linkId": "a", "type": "choice", "text": "Now?", "_text": spanish("¿Ahora?"),
        "extension": [{ "url": ours("short-form"), "valueBoolean": true }, { "url": ours("only-today"), "valueBoolean": true },
            { "url": ours("past-text"), "valueString": "On {day}?", "_valueString": spanish("¿El {day}?") }],
        "answerOption": [{ "valueCoding": { "code": "a", "display": "A", "_display": spanish("Á") } },
            { "valueString": "b", "_valueString": spanish("be") }] }] })
    .to_string();
    let read = form(&text, "es-MX").unwrap();
    let item = &read.items[0];
    assert_eq!((read.title.as_str(), read.language.as_deref()), ("Título", Some("es-MX")));
    assert_eq!((item.text.as_str(), item.past_text.as_deref()), ("¿Ahora?", Some("¿El {day}?")));
    assert!(item.short && item.only_today);
    assert_eq!((item.options[0].label.as_str(), item.options[1].label.as_str()), ("Á", "be"));
    assert_eq!(item.options[1].value, Value::Text("b".to_owned()));
    let read = form(&text, "de").unwrap();
    assert_eq!((read.title.as_str(), read.language.as_deref()), ("T", Some("en")));
    assert_eq!(read.items[0].past_text.as_deref(), Some("On {day}?"));
}

#[test]
fn what_is_optional_is_left_out_by_name() {
    let expression = |name: &str| {
        json!([ext(name, "valueExpression", json!({ "language": "text/fhirpath", "expression": "1" }))])
    };
    let read = of(json!([
        { "linkId": "q", "type": "string" },
        { "linkId": "1", "type": "attachment", "text": "A photo" },
        { "linkId": "2", "type": "reference" },
        { "linkId": "3", "type": "choice", "answerValueSet": "http://x/vs" },
        { "linkId": "4", "type": "integer", "extension": expression("sdc-questionnaire-calculatedExpression") },
        { "linkId": "5", "type": "string", "extension": expression("sdc-questionnaire-enableWhenExpression") },
        { "linkId": "6", "type": "choice", "extension": expression("sdc-questionnaire-answerExpression") },
        { "linkId": "7", "type": "string", "enableWhen": [{ "question": "q", "operator": "~", "answerString": "x" }] },
        { "linkId": "8", "type": "string", "readOnly": true, "extension": expression("sdc-questionnaire-initialExpression") },
        { "linkId": "9", "type": "string", "extension": expression("sdc-questionnaire-initialExpression") },
        { "linkId": "10", "type": "choice", "answerOption": [{ "valueReference": { "reference": "X/1" } }] },
        { "linkId": "11", "type": "string", "modifierExtension": [{ "url": "urn:x", "valueBoolean": true }] },
        { "linkId": "12", "type": "open-choice", "answerValueSet": "http://x/vs" },
        { "linkId": "13", "type": "attachment", "item": [{ "linkId": "14", "type": "string" }] },
    ]))
    .unwrap();
    let why: Vec<(&str, &Why)> = read.left_out.iter().map(|l| (l.link.as_str(), &l.why)).collect();
    let kind = |code: &str| Why::Type(code.to_owned());
    assert_eq!(
        why,
        [
            ("1", &kind("attachment")),
            ("2", &kind("reference")),
            ("3", &Why::ChoicesElsewhere("http://x/vs".to_owned())),
            ("4", &Why::NotCalculated),
            ("5", &Why::RuleNotEvaluated),
            ("6", &Why::RuleNotEvaluated),
            ("7", &Why::RuleNotEvaluated),
            ("8", &Why::NotCalculated),
            ("9", &Why::NotPrefilled),
            ("10", &kind("reference")),
            ("11", &Why::RuleNotEvaluated),
            ("13", &kind("attachment")),
        ]
    );
    assert_eq!((read.left_out[0].text.as_str(), read.left_out[1].text.as_str()), ("A photo", "2"));
    assert_eq!(read.items.iter().map(|i| i.link.as_str()).collect::<Vec<_>>(), ["q", "9", "12"]);
}

#[test]
fn what_is_needed_refuses_the_form_by_name() {
    let photo = json!({ "linkId": "p", "type": "attachment", "text": "A photo", "required": true });
    let ask = json!({ "linkId": "q", "type": "string" });
    assert_eq!(refused(of(json!([ask, photo])).unwrap_err())[0].text, "A photo");
    assert!(of(json!([ask, photo])).unwrap_err().to_string().contains("A photo"));
    // Looked at by a rule.
    let looked_at = json!([{ "linkId": "p", "type": "choice", "answerValueSet": "http://x/vs" },
        { "linkId": "q", "type": "string", "enableWhen": [{ "question": "p", "operator": "exists", "answerBoolean": true }] }]);
    assert_eq!(refused(of(looked_at).unwrap_err())[0].link, "p");
    // Below something that cannot be asked.
    let below = json!([ask, { "linkId": "p", "type": "reference", "item": [{ "linkId": "x", "type": "string", "required": true }] }]);
    assert_eq!(refused(of(below).unwrap_err())[0].link, "p");
    // Nobody can fill it in.
    let locked = json!([ask, { "linkId": "p", "type": "string", "readOnly": true, "required": true }]);
    assert_eq!(refused(of(locked).unwrap_err())[0].why, Why::NotCalculated);
    // Nothing is left to ask.
    let nothing = json!([{ "linkId": "p", "type": "attachment" }]);
    assert_eq!(refused(of(nothing).unwrap_err())[0].link, "p");
    assert_eq!(of(json!([{ "linkId": "p", "type": "display", "text": "Hello" }])), Err(FormError::Empty));
    let modified = json!({ "resourceType": "Questionnaire", "title": "Mod", "modifierExtension": [{ "url": "urn:x" }], "item": [ask] });
    assert_eq!(refused(form(&modified.to_string(), "en").unwrap_err())[0].text, "Mod");
}

#[test]
fn hidden_items_keep_what_they_start_with() {
    let hidden = ext("questionnaire-hidden", "valueBoolean", true.into());
    let read =
        of(json!([{ "linkId": "q", "type": "string" }, { "linkId": "h", "type": "choice", "required": true,
        "extension": [hidden], "initial": [{ "valueCoding": { "code": "x", "display": "X" } }] }]))
        .unwrap();
    let item = &read.items[1];
    assert!(item.hidden);
    assert_eq!((item.options[0].label.as_str(), &item.options[0].value), ("X", &item.initial[0]));
}

#[test]
fn damage_is_named() {
    let damaged = |items| match of(items).unwrap_err() {
        FormError::Damaged { link, what } => (link, what),
        other => panic!("{other}"),
    };
    assert_eq!(
        damaged(json!([{ "type": "string", "text": "Words" }])),
        ("Words".to_owned(), "it has no linkId")
    );
    assert_eq!(damaged(json!([{ "type": "string" }])).0, "item 1 of form");
    assert_eq!(damaged(json!([7])).0, "item 1 of form");
    let twice = json!([{ "linkId": "a", "type": "string" }, { "linkId": "a", "type": "string" }]);
    assert_eq!(damaged(twice), ("a".to_owned(), "its linkId stands twice"));
    assert_eq!(damaged(json!({ "linkId": "a" })).1, "its items are no list");
    let initial = json!([{ "linkId": "a", "type": "integer", "initial": [{ "valueInteger": "1" }] }]);
    assert_eq!(damaged(initial).1, "its first value is malformed");
    let option = json!([{ "linkId": "a", "type": "choice", "answerOption": [{}] }]);
    assert_eq!(damaged(option).1, "a choice without a usable value");
    let bound = json!([{ "linkId": "a", "type": "integer", "extension": [ext("minValue", "valueInteger", "x".into())] }]);
    assert_eq!(damaged(bound).1, "a least or greatest value is malformed");
    let untyped = json!([{ "linkId": "b", "type": "string" }, { "linkId": "a", "required": true }]);
    assert_eq!(refused(of(untyped).unwrap_err())[0].why, Why::Type(String::new()));
    assert_eq!(form("{\"resourceType\":\"Patient\"}", "en"), Err(FormError::NotAQuestionnaire));
    assert_eq!(form("[]", "en"), Err(FormError::NotAQuestionnaire));
    assert_eq!(form("<html>", "en"), Err(FormError::NotJson(JsonError::Syntax(0))));
}
