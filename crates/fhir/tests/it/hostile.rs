//! Text that anybody may have written: never a panic, and JSON is what the judge says it is.

use interlude_diary::entry::VersionId;
use interlude_fhir::bundle::{read_full, read_list, read_push_reply, read_requests};
use interlude_fhir::json::{JsonError, MAX_DEPTH, parse};
use interlude_fhir::questionnaire::{FormError, MAX_BYTES, form};
use interlude_fhir::wire::{WireError, read, read_entry, read_session, with_meta, write_entry};
use proptest::prelude::*;

use crate::sample::{PATIENT, any_entry, now, revision};

/// Everything that reads text.
fn all(text: &str) {
    drop(form(text, "en"));
    drop(read(text));
    drop(read_session(text));
    drop(read_list(text));
    drop(read_full(text));
    drop(read_requests(text));
    drop(with_meta(text, &VersionId("v".to_owned()), now(), None));
    for status in [0, 200, 404, 412, 500] {
        assert_eq!(read_push_reply(status, text, &[revision(1), revision(2)], now()).len(), 2);
    }
}

/// Names and values that mean something to a reader, for places where they do not belong.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "resourceType", "id", "status", "type", "item", "linkId", "answer", "extension", "url", "meta", "entry",
    "resource", "request", "response", "valueCoding", "valueDecimal", "valueString", "answerOption", "text",
    "enableWhen", "question", "operator", "answerBoolean", "contained", "compose", "initial", "link",
    "outcome", "authored", "questionnaire", "issue", "provision", "_text", "valueDateTime", "versionId",
    "effectivePeriod",
];
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "Questionnaire", "QuestionnaireResponse", "Consent", "Bundle", "MedicationAdministration", "batch",
    "transaction", "choice", "group", "display", "200", "201 Created", "completed", "2026-03-12", "", "=",
    "exists", "https://interlude.health/fhir/StructureDefinition/receipt", "permit", "2026-03-12T07:42:05Z",
    "https://interlude.health/fhir/StructureDefinition/revision", "a/b|c", "é🙂", "W/\"\"", "next",
    "Patient/",
];

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let name = proptest::sample::select(NAMES);
    let text = proptest::sample::select(TEXTS);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        let members = proptest::collection::btree_map(name.clone(), inner.clone(), 0..8);
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Value::from),
            members.prop_map(|m| m.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        all(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_tree(tree in any_json()) {
        all(&tree.to_string());
    }

    #[test]
    fn any_tree_said_to_be_a_resource(tree in any_json(), kind in 0..5_usize) {
        let kind = ["Questionnaire", "QuestionnaireResponse", "Consent", "Bundle", "MedicationAdministration"][kind];
        if let serde_json::Value::Object(mut members) = tree {
            members.insert("resourceType".to_owned(), kind.into());
            members.insert("id".to_owned(), "x".into());
            members.insert("status".to_owned(), "completed".into());
            all(&serde_json::Value::Object(members).to_string());
        }
    }

    /// One byte of a good resource changed, or the end cut off.
    #[test]
    fn a_resource_with_a_broken_byte(entry in any_entry(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let text = write_entry(&entry, PATIENT);
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        all(&String::from_utf8_lossy(&bytes));
        bytes.truncate(at);
        prop_assert!(read(&String::from_utf8_lossy(&bytes)).is_err());
    }

    /// The judge of JSON is serde_json; we refuse more (names twice), never less.
    #[test]
    fn json_is_what_the_judge_says(text in "[\\[\\]{}\",:0-9eE+.\\\\unltrfasb/ \n-]{0,24}") {
        let judge: Result<serde_json::Value, _> = serde_json::from_str(&text);
        match parse(&text) {
            Ok(node) => {
                prop_assert!(judge.is_ok(), "{text}");
                prop_assert_eq!(node.raw(), text.trim_matches([' ', '\n']));
            }
            Err(JsonError::Twice(_)) => {}
            // The judge refuses numbers too great for it; text of a number is fine here.
            Err(_) => prop_assert!(judge.is_err(), "{text}"),
        }
    }

    #[test]
    fn strings_are_what_the_judge_says(text in ".{0,24}", escaped in "(\\\\u[0-9a-fA-F]{4}|\\\\[nrtbf/\"\\\\]|[a-z🙂]){0,6}") {
        let plain = serde_json::to_string(&text).unwrap();
        let node = parse(&plain).unwrap();
        prop_assert_eq!(node.string(), Some(text.as_str()));
        let quoted = format!("\"{escaped}\"");
        let judge: Result<String, _> = serde_json::from_str(&quoted);
        prop_assert_eq!(parse(&quoted).ok().and_then(|n| n.string().map(str::to_owned)), judge.ok());
    }
}

#[test]
fn nesting_has_an_end() {
    let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    assert!(parse(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(parse(&deep(MAX_DEPTH + 1)), Err(JsonError::TooDeep(MAX_DEPTH + 1)));
    assert!(matches!(
        read_entry(&"{\"a\":".repeat(1_000_000)),
        Err(WireError::NotJson(JsonError::TooDeep(_)))
    ));
    let mut items = "[]".to_owned();
    for n in 0..20 {
        items = format!("[{{\"linkId\":\"{n}\",\"type\":\"group\",\"item\":{items}}}]");
    }
    let text = format!("{{\"resourceType\":\"Questionnaire\",\"item\":{items}}}");
    assert!(matches!(
        form(&text, "en"),
        Err(FormError::Damaged { what: "items stand too deep in each other", .. })
    ));
}

#[test]
fn a_name_twice_is_refused_in_small_and_large_objects() {
    assert_eq!(parse("{\"a\":1,\"\\u0061\":2}"), Err(JsonError::Twice(18)));
    let members: Vec<String> = (0..1000).map(|n| format!("\"m{}\":0", n % 999)).collect();
    assert!(matches!(parse(&format!("{{{}}}", members.join(","))), Err(JsonError::Twice(_))));
}

#[test]
fn a_huge_form_is_refused_before_it_is_read() {
    let text = " ".repeat(MAX_BYTES + 1);
    assert_eq!(form(&text, "en"), Err(FormError::TooLarge { limit: MAX_BYTES }));
}

#[test]
fn one_value_set_for_very_many_items_does_not_fill_the_memory() {
    let concepts = vec!["{\"code\":\"x\"}"; 1_000].join(",");
    let items: Vec<String> = (0..1_000)
        .map(|n| format!("{{\"linkId\":\"{n}\",\"type\":\"choice\",\"answerValueSet\":\"#s\"}}"))
        .collect();
    let text = format!(
        "{{\"resourceType\":\"Questionnaire\",\"contained\":[{{\"resourceType\":\"ValueSet\",\"id\":\"s\",\
         \"compose\":{{\"include\":[{{\"concept\":[{concepts}]}}]}}}}],\"item\":[{}]}}",
        items.join(",")
    );
    let what = "the form has too many choices";
    assert_eq!(form(&text, "en"), Err(FormError::Damaged { link: "50".to_owned(), what }));
}
