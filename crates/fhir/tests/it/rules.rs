//! A second reader of Questionnaires, that shares nothing with the first: says whether a response
//! obeys its form's own rules.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What is wrong with `response` by the rules of `form`, both FHIR JSON; `left_out` are linkIds
/// that were announced as not asked.
pub(crate) fn broken(form: &Value, response: &Value, left_out: &BTreeSet<String>) -> Vec<String> {
    let mut answers = BTreeMap::new();
    gather(response, &mut answers);
    let mut judge = Judge { answers, left_out, contained: &form["contained"], found: Vec::new() };
    judge.items(form, response);
    judge.found
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// Every answer by linkId.
fn gather<'v>(parent: &'v Value, to: &mut BTreeMap<&'v str, Vec<&'v Value>>) {
    for item in list(parent, "item") {
        to.entry(word(item, "linkId")).or_default().extend(list(item, "answer"));
        gather(item, to);
        for answer in list(item, "answer") {
            gather(answer, to);
        }
    }
}

struct Judge<'v> {
    answers: BTreeMap<&'v str, Vec<&'v Value>>,
    left_out: &'v BTreeSet<String>,
    contained: &'v Value,
    found: Vec<String>,
}

impl Judge<'_> {
    fn items(&mut self, form: &Value, response: &Value) {
        let asked: Vec<&str> = list(form, "item").iter().map(|item| word(item, "linkId")).collect();
        let mut last = 0;
        for given in list(response, "item") {
            let link = word(given, "linkId");
            match asked.iter().position(|asked| *asked == link) {
                None => self.found.push(format!("{link} does not belong here")),
                Some(at) if at < last => self.found.push(format!("{link} is out of order")),
                Some(at) => last = at,
            }
        }
        for item in list(form, "item") {
            let link = word(item, "linkId");
            let given: Vec<&Value> =
                list(response, "item").iter().filter(|given| word(given, "linkId") == link).collect();
            self.item(item, &given);
        }
    }

    fn item(&mut self, item: &Value, given: &[&Value]) {
        let link = word(item, "linkId");
        let (kind, repeats) = (word(item, "type"), item["repeats"] == true);
        if !self.enabled(item) || kind == "display" || self.left_out.contains(link) {
            if !given.is_empty() {
                self.found.push(format!("{link} should not be there"));
            }
            return;
        }
        if given.len() > 1 && !(kind == "group" && repeats) {
            self.found.push(format!("{link} is there {} times", given.len()));
        }
        let required = item["required"] == true;
        if required && given.is_empty() {
            self.found.push(format!("{link} is required"));
        }
        for one in given {
            if kind == "group" {
                if !list(one, "answer").is_empty() {
                    self.found.push(format!("{link} is a group with an answer"));
                }
                self.items(item, one);
                continue;
            }
            let answers = list(one, "answer");
            if required && answers.is_empty() {
                self.found.push(format!("{link} must be answered"));
            }
            if answers.len() > 1 && !repeats {
                self.found.push(format!("{link} has {} answers", answers.len()));
            }
            for answer in answers {
                self.answer(item, answer);
            }
            if let Some(first) = answers.first() {
                self.items(item, first);
            } else if !list(one, "item").is_empty() {
                self.found.push(format!("{link} has items below and no answer"));
            }
        }
    }

    fn answer(&mut self, item: &Value, answer: &Value) {
        let link = word(item, "linkId");
        let values: Vec<&str> = answer
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .filter(|key| key.starts_with("value"))
            .collect();
        let options = self.options(item);
        let fits: &[&str] = match word(item, "type") {
            "boolean" => &["valueBoolean"],
            "integer" => &["valueInteger"],
            "decimal" => &["valueDecimal"],
            "date" => &["valueDate"],
            "dateTime" => &["valueDateTime"],
            "time" => &["valueTime"],
            "string" | "text" => &["valueString"],
            "url" => &["valueUri"],
            "quantity" => &["valueQuantity"],
            // An option of any type is answered as what it is.
            "choice" | "open-choice" => {
                &["valueCoding", "valueString", "valueInteger", "valueDate", "valueTime"]
            }
            _ => &[],
        };
        if values.len() != 1 || !fits.contains(&values[0]) {
            self.found.push(format!("{link} is answered by {values:?}"));
            return;
        }
        let value = &answer[values[0]];
        let open = word(item, "type") == "open-choice" && values[0] == "valueString";
        if !options.is_empty()
            && !open
            && !options.iter().any(|(name, option)| *name == values[0] && same(option, value))
        {
            self.found.push(format!("{link} is answered by what is no option: {value}"));
        }
        if let (Some(most), Some(text)) = (item["maxLength"].as_u64(), value.as_str())
            && text.chars().count() as u64 > most
        {
            self.found.push(format!("{link} is longer than {most}"));
        }
        for extension in list(item, "extension") {
            let bound = extension["valueInteger"].as_f64().or(extension["valueDecimal"].as_f64());
            let (Some(bound), Some(n)) = (bound, value.as_f64()) else { continue };
            let url = word(extension, "url");
            if (url.ends_with("/minValue") && n < bound) || (url.ends_with("/maxValue") && n > bound) {
                self.found.push(format!("{link}: {n} is out of bounds"));
            }
        }
    }

    /// The options as (`value[x]`, value).
    fn options(&self, item: &Value) -> Vec<(String, Value)> {
        let mut options = Vec::new();
        for option in list(item, "answerOption") {
            let (name, value) =
                option.as_object().unwrap().iter().find(|(key, _)| key.starts_with("value")).unwrap();
            options.push((name.clone(), value.clone()));
        }
        let sets = self.contained.as_array().map_or(&[][..], Vec::as_slice);
        if let Some(url) = item["answerValueSet"].as_str()
            && let Some(set) =
                sets.iter().find(|set| url == word(set, "url") || url.strip_prefix('#') == set["id"].as_str())
        {
            for include in list(&set["compose"], "include") {
                for concept in list(include, "concept") {
                    let coding = serde_json::json!({ "system": include["system"], "code": concept["code"] });
                    options.push(("valueCoding".to_owned(), coding));
                }
            }
        }
        options
    }

    fn enabled(&self, item: &Value) -> bool {
        let rules = list(item, "enableWhen");
        let mut verdicts = rules.iter().map(|rule| self.holds(rule));
        if rules.is_empty() || word(item, "enableBehavior") != "any" {
            verdicts.all(|v| v)
        } else {
            verdicts.any(|v| v)
        }
    }

    fn holds(&self, rule: &Value) -> bool {
        let answers = self.answers.get(word(rule, "question")).cloned().unwrap_or_default();
        let (name, wanted) =
            rule.as_object().unwrap().iter().find(|(key, _)| key.starts_with("answer")).unwrap();
        let name = name.replacen("answer", "value", 1);
        match word(rule, "operator") {
            "exists" => wanted == !answers.is_empty(),
            "=" => answers.iter().any(|answer| same(wanted, &answer[&name])),
            // "No answer has a value that is equal", of those there are (R4, enable operator).
            "!=" => !answers.is_empty() && !answers.iter().any(|answer| same(wanted, &answer[&name])),
            other => panic!("no fixture had {other}"),
        }
    }
}

/// Codings by system and code, everything else by value.
fn same(a: &Value, b: &Value) -> bool {
    if a.is_object() && b.is_object() {
        let absent = a["system"].is_null() || b["system"].is_null();
        return a["code"] == b["code"] && (absent || a["system"] == b["system"]);
    }
    a == b
}

#[test]
fn the_judge_finds_faults() {
    let form = serde_json::json!({ "item": [
        { "linkId": "a", "type": "choice", "required": true, "answerOption": [{ "valueCoding": { "code": "x" } }] },
        { "linkId": "b", "type": "string", "maxLength": 2, "enableWhen":
            [{ "question": "a", "operator": "=", "answerCoding": { "code": "x" } }] },
        { "linkId": "c", "type": "group", "item": [{ "linkId": "d", "type": "integer", "extension":
            [{ "url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 3 }] }] } ] });
    let a =
        |code: &str| serde_json::json!({ "linkId": "a", "answer": [{ "valueCoding": { "code": code } }] });
    let b = |text: &str| serde_json::json!({ "linkId": "b", "answer": [{ "valueString": text }] });
    let d = |n: i32| serde_json::json!({ "linkId": "c", "item": [{ "linkId": "d", "answer": [{ "valueInteger": n }] }] });
    let judge = |items: Vec<Value>| broken(&form, &serde_json::json!({ "item": items }), &BTreeSet::new());
    assert_eq!(judge(vec![a("x"), b("ok"), d(3)]), Vec::<String>::new());
    for (items, fault) in [
        (vec![b("ok")], "b should not be there"),
        (vec![d(1)], "a is required"),
        (vec![serde_json::json!({ "linkId": "a" })], "a must be answered"),
        (vec![a("y")], "no option"),
        (vec![a("x"), b("long")], "longer than 2"),
        (vec![a("x"), d(4)], "out of bounds"),
        (vec![d(1), a("x")], "out of order"),
        (vec![a("x"), a("x")], "2 times"),
        (vec![a("x"), serde_json::json!({ "linkId": "e" })], "does not belong"),
        (vec![serde_json::json!({ "linkId": "a", "answer": [{ "valueString": "x" }] })], "no option"),
        (vec![serde_json::json!({ "linkId": "a", "answer": [{ "valueBoolean": true }] })], "is answered by"),
    ] {
        let found = judge(items);
        assert!(found.iter().any(|found| found.contains(fault)), "{fault}: {found:?}");
    }
}
