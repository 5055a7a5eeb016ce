//! Every resource the clinic serves is valid by the schema that HL7 gives for R4.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use axum::http::Method;
use interlude_clinic::routes;
use interlude_fhir::wire::write_entry;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::filled::{Filled, everywhere};
use crate::support::{Answer, bundle, check_in, corrected};

/// The folder of shared fixtures: `INTERLUDE_SHARED`, or `shared` beside the checkout. Where it is
/// absent the test fails in CI and says loudly elsewhere that it proved nothing.
fn schema() -> Option<Value> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("INTERLUDE_SHARED").map_or(beside, PathBuf::from).join("fixtures");
    let Ok(text) = std::fs::read_to_string(folder.join("fhir.r4.schema.json")) else {
        let sentence = format!(
            "SKIPPED, NOTHING PROVED: validation by the R4 schema needs the shared fixtures; {} is not \
             there. Set INTERLUDE_SHARED to the folder that holds them.\n",
            folder.display()
        );
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{sentence}");
        // Past the capture of the test harness, so that it is seen.
        std::io::stderr().write_all(sentence.as_bytes()).unwrap();
        return None;
    };
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // Resources within resources are judged one by one: the schema would try all 148 types on each.
    schema["definitions"]["ResourceList"] = json!({ "type": "object" });
    Some(schema)
}

/// Validators by resource type, made when first asked for.
struct Judge {
    schema: Value,
    made: BTreeMap<String, Validator>,
    judged: BTreeMap<String, usize>,
}

impl Judge {
    fn new(schema: Value) -> Self {
        Self { schema, made: BTreeMap::new(), judged: BTreeMap::new() }
    }

    /// What is wrong with a resource and with those in it.
    fn complaints(&mut self, resource: &Value) -> Vec<String> {
        let kind = resource["resourceType"].as_str().unwrap_or_default().to_owned();
        let schema = &self.schema;
        let validator = self.made.entry(kind.clone()).or_insert_with(|| {
            let root = json!({
                "$schema": schema["$schema"],
                "definitions": schema["definitions"],
                "allOf": [{ "$ref": format!("#/definitions/{kind}") }],
            });
            jsonschema::validator_for(&root).unwrap()
        });
        let errors = validator.iter_errors(resource);
        let mut wrong: Vec<String> =
            errors.map(|error| format!("{kind} {}: {error}", error.instance_path())).collect();
        *self.judged.entry(kind).or_default() += 1;
        for entry in resource["entry"].as_array().into_iter().flatten() {
            for within in [&entry["resource"], &entry["response"]["outcome"]] {
                if !within.is_null() {
                    wrong.extend(self.complaints(within));
                }
            }
        }
        wrong
    }

    fn judge(&mut self, what: &str, answer: &Answer) {
        if answer.text.is_empty() || !answer.header("content-type").starts_with("application/fhir+json") {
            return;
        }
        let wrong = self.complaints(&answer.json());
        assert!(wrong.is_empty(), "{what}: {wrong:?}\n{}", answer.text);
    }
}

#[test]
fn the_judge_finds_faults() {
    let Some(schema) = schema() else { return };
    let mut judge = Judge::new(schema);
    let good: Value = serde_json::from_str(&write_entry(&check_in(1, 4), "x")).unwrap();
    assert_eq!(judge.complaints(&good), Vec::<String>::new());
    let mut bad = good.clone();
    bad["mood"] = "fine".into();
    let set = |resource: &Value| json!({ "resourceType": "Bundle", "type": "searchset", "entry": [{ "resource": resource }] });
    assert!(judge.complaints(&set(&good)).is_empty() && !judge.complaints(&set(&bad)).is_empty());
    assert!(!judge.complaints(&json!({ "resourceType": "Bundle", "type": 7 })).is_empty());
}

#[tokio::test]
async fn whatever_is_served_is_valid() {
    let Some(schema) = schema() else { return };
    let mut judge = Judge::new(schema);
    for filled in everywhere().await {
        read_it_all(&filled, &mut judge).await;
        refused(&filled, &mut judge).await;
        written(&filled, &mut judge).await;
    }
    let types: Vec<&str> = judge.judged.keys().map(String::as_str).collect();
    assert_eq!(
        types,
        [
            "Bundle",
            "CapabilityStatement",
            "Consent",
            "MedicationAdministration",
            "MedicationRequest",
            "Observation",
            "OperationOutcome",
            "Organization",
            "Patient",
            "Questionnaire",
            "QuestionnaireResponse",
        ]
    );
}

/// Every route that reads, whole and lean, one a page and all at once.
async fn read_it_all(filled: &Filled, judge: &mut Judge) {
    for route in routes::table().iter().filter(|route| route.path.starts_with("/fhir/")) {
        let resource = route.path.split('/').nth(2).unwrap_or_default();
        let (id, version) = if route.path.contains('{') { filled.of(resource) } else { Default::default() };
        let path = route.path.replace("{id}", &id).replace("{version}", &version.unwrap_or_default());
        if route.method == Method::GET {
            for query in ["", "?_count=1", "?_elements=id,meta", "?_elements=id,meta&_count=1", "?nothing=x"]
            {
                judge.judge(&format!("{path}{query}"), &filled.clinic.get(&format!("{path}{query}")).await);
            }
        } else if path.ends_with("_search") {
            judge.judge(&path, &filled.clinic.form(&path, "").await);
        }
    }
}

/// What is refused, each in its own way.
async fn refused(filled: &Filled, judge: &mut Judge) {
    let clinic = &filled.clinic;
    let place = format!("/fhir/QuestionnaireResponse/{}", filled.twice.id);
    let text = write_entry(&filled.single, clinic.patient.as_str());
    let bearer = clinic.bearer();
    let json = ("content-type", "application/fhir+json");
    let own = ("authorization", bearer.as_str());
    let mut statuses = Vec::new();
    for (method, path, headers, body) in [
        ("GET", "/fhir/Nothing", vec![own], ""),
        ("GET", "/fhir/QuestionnaireResponse?_format=xml", vec![own], ""),
        ("GET", place.as_str(), vec![], ""),
        ("DELETE", &place, vec![own], ""),
        ("PUT", &place, vec![own, json], "{"),
        ("PUT", &place, vec![own, json], "{\"resourceType\":\"Basic\"}"),
        (
            "PUT",
            &place,
            vec![own, json, ("if-match", "W/\"x\"")],
            &write_entry(&corrected(&filled.twice, 1), clinic.patient.as_str()),
        ),
        ("PUT", &place, vec![own, ("content-type", "text/plain")], &text),
        ("PUT", &place, vec![own, json, ("content-length", "99999999")], &text),
        ("POST", "/pair", vec![("content-type", "application/json")], "{\"code\":\"\",\"device\":\"\"}"),
        ("POST", "/pair", vec![("content-type", "application/json")], "x"),
    ] {
        let answer = clinic.send(method, path, &headers, body.to_owned()).await;
        assert_eq!(answer.json()["resourceType"], "OperationOutcome", "{method} {path}");
        judge.judge(&format!("{method} {path}"), &answer);
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [404, 406, 401, 405, 400, 422, 412, 415, 413, 404, 400]);
}

/// Answers to what is put, alone and in Bundles of every fate; corrections and retractions after.
async fn written(filled: &Filled, judge: &mut Judge) {
    let clinic = &filled.clinic;
    let (new, patient) = (check_in(30, 10), clinic.patient.as_str());
    let mut gone = corrected(&new, 10);
    if let interlude_diary::entry::Body::Response(response) = gone.body.clone() {
        gone.body = interlude_diary::entry::Body::Retracted(response);
    }
    let texts = [
        (new.id, write_entry(&new, patient), "*"),
        (new.id, write_entry(&new, patient), "*"),
        (gone.id, write_entry(&gone, patient), ""),
        (filled.single.id, write_entry(&corrected(&filled.single, 2), patient), "EP0CH000-99"),
        (filled.single.id, write_entry(&filled.single, "somebody-else"), ""),
        (filled.single.id, "{\"resourceType\":\"QuestionnaireResponse\"}".to_owned(), ""),
    ];
    let entries: Vec<_> = texts.iter().map(|(id, text, on)| (*id, text.as_str(), *on)).collect();
    let answer = clinic.batch("batch", &entries).await;
    let fates: Vec<String> =
        answer.statuses().iter().map(|status| status.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(fates, ["201", "200", "200", "412", "404", "422"]);
    judge.judge("batch", &answer);
    judge.judge("empty batch", &clinic.batch("batch", &[]).await);
    judge.judge("transaction", &clinic.batch("transaction", &entries[..1]).await);
    let bearer = clinic.bearer();
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
    judge.judge("collection", &clinic.send("POST", "/fhir", &headers, bundle("collection", &[])).await);
    let put = clinic.put_at(&format!("/fhir/QuestionnaireResponse/{}", gone.id), &texts[2].1).await;
    assert!(put.status.is_success());
    judge.judge("put", &put);
    for path in [
        format!("/fhir/QuestionnaireResponse/{}/_history", gone.id),
        "/fhir/Observation".to_owned(),
        "/fhir/QuestionnaireResponse?authored=1999".to_owned(),
    ] {
        judge.judge(&path, &clinic.get(&path).await);
    }
}

/// Every place of a value in a document.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    for (name, member) in value.as_object().into_iter().flatten() {
        places(member, &format!("{at}/{name}"), found);
    }
    for (n, element) in value.as_array().into_iter().flatten().enumerate() {
        places(element, &format!("{at}/{n}"), found);
    }
}

/// The document with something else at this place: values of every type, another name, nothing.
fn spoilt(good: &Value, place: &str) -> Vec<Value> {
    let others = [
        json!(7),
        json!("x"),
        json!(true),
        json!(["x"]),
        json!([{ "id": "x" }]),
        json!({ "id": "x" }),
        json!("2026-13-45"),
        json!("a b"),
    ];
    let with = |other: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = other;
        bad
    };
    let mut all = Vec::from(others.map(with));
    let (parent, name) = place.rsplit_once('/').unwrap();
    let mut gone = good.clone();
    if let Some(names) = gone.pointer_mut(parent).unwrap().as_object_mut() {
        let value = names.remove(name).unwrap();
        all.push(gone.clone());
        gone.pointer_mut(parent).unwrap()["colour"] = value;
        all.push(gone);
    }
    all
}

/// What is taken is served for years: of another shape than R4's, it is not taken.
#[tokio::test]
async fn what_is_of_another_shape_is_not_taken() {
    let Some(schema) = schema() else { return };
    let mut judge = Judge::new(schema);
    let [filled, _] = everywhere().await;
    let patient = filled.clinic.patient.as_str();
    let (mut holes, mut tried) = (Vec::new(), 0);
    for (kind, entry) in
        [("QuestionnaireResponse", &corrected(&filled.twice, 3)), ("Consent", &filled.consent)]
    {
        let good: Value = serde_json::from_str(&write_entry(entry, patient)).unwrap();
        let path = format!("/fhir/{kind}/{}", entry.id);
        let mut found = Vec::new();
        places(&good, "", &mut found);
        for place in found.iter().filter(|place| !["", "/resourceType"].contains(&place.as_str())) {
            for bad in spoilt(&good, place).iter().filter(|bad| **bad != good) {
                if judge.complaints(bad).is_empty() {
                    continue;
                }
                tried += 1;
                let answer = filled.clinic.put_at(&path, &bad.to_string()).await;
                if answer.status.is_success() {
                    holes.push(format!("{kind}{place}: {}", bad.pointer(place).unwrap_or(&Value::Null)));
                }
            }
        }
    }
    assert!(holes.is_empty() && tried > 400, "{tried}: {}", holes.join("\n"));
}
