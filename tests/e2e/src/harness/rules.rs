//! A form's own rules, as a second opinion on a response to it.
//!
//! Written from the FHIR R4 specification and sharing no code with the app.

use std::collections::BTreeMap;

use serde_json::Value;

/// What of a response breaks the rules of its questionnaire.
#[must_use]
pub fn broken(questionnaire: &Value, response: &Value) -> Vec<String> {
    let mut given = BTreeMap::new();
    gather(list(response, "item"), &mut given);
    let mut check = Check { questionnaire, given, complaints: Vec::new() };
    check.items(list(questionnaire, "item"), list(response, "item"));
    check.complaints
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn yes(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// All answers by link id, however deep.
fn gather<'a>(items: &'a [Value], given: &mut BTreeMap<&'a str, Vec<&'a Value>>) {
    for item in items {
        for answer in list(item, "answer") {
            given.entry(word(item, "linkId")).or_default().push(answer);
            gather(list(answer, "item"), given);
        }
        gather(list(item, "item"), given);
    }
}

/// The `value[x]` of an answer, an option or an `enableWhen` (where it is `answer[x]`).
fn value_of(holder: &Value) -> Option<(&str, &Value)> {
    let fields = holder.as_object()?;
    fields.iter().find_map(|(name, value)| {
        let kind = name.strip_prefix("value").or_else(|| name.strip_prefix("answer"))?;
        Some((kind, value))
    })
}

/// Whether two values are the same answer: codings by system and code, quantities by number.
fn same(a: &Value, b: &Value) -> bool {
    match (a.get("code"), b.get("code")) {
        (Some(one), Some(other)) => {
            let systems = (a.get("system"), b.get("system"));
            one == other && (systems.0 == systems.1 || systems.0.is_none() || systems.1.is_none())
        }
        _ if a.is_object() && b.is_object() => {
            a.get("display") == b.get("display") && a.get("value") == b.get("value")
        }
        _ => a == b || number(a).is_some_and(|one| number(b) == Some(one)),
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.get("value")?.as_f64())
}

struct Check<'a> {
    questionnaire: &'a Value,
    given: BTreeMap<&'a str, Vec<&'a Value>>,
    complaints: Vec<String>,
}

impl<'a> Check<'a> {
    fn items(&mut self, asked: &'a [Value], given: &'a [Value]) {
        for item in given {
            if !asked.iter().any(|question| word(question, "linkId") == word(item, "linkId")) {
                self.complaints.push(format!("{} is not asked here", word(item, "linkId")));
            }
        }
        for question in asked {
            let link = word(question, "linkId");
            let found: Vec<&Value> = given.iter().filter(|item| word(item, "linkId") == link).collect();
            if !self.enabled(question) {
                if !found.is_empty() {
                    self.complaints.push(format!("{link} is hidden by its rule, and there"));
                }
                continue;
            }
            self.item(question, &found);
        }
    }

    fn item(&mut self, question: &'a Value, found: &[&'a Value]) {
        let link = word(question, "linkId");
        let answers: Vec<&Value> = found.iter().flat_map(|item| list(item, "answer")).collect();
        let is_group = word(question, "type") == "group";
        let kept_from_people =
            yes(question, "readOnly") || extension(question, "questionnaire-hidden").is_some();
        let empty = if is_group { found.is_empty() } else { answers.is_empty() };
        if yes(question, "required") && empty && !kept_from_people && word(question, "type") != "display" {
            self.complaints.push(format!("{link} is required, and not there"));
        }
        if !yes(question, "repeats") && (answers.len() > 1 || (is_group && found.len() > 1)) {
            self.complaints.push(format!("{link} does not repeat, and does"));
        }
        for answer in &answers {
            self.answer(question, answer);
            self.items(list(question, "item"), list(answer, "item"));
        }
        for item in found {
            if is_group {
                self.items(list(question, "item"), list(item, "item"));
            }
        }
    }

    fn answer(&mut self, question: &'a Value, answer: &'a Value) {
        let link = word(question, "linkId");
        let Some((kind, value)) = value_of(answer) else {
            self.complaints.push(format!("{link} has an answer without a value"));
            return;
        };
        let kinds: &[&str] = match word(question, "type") {
            "boolean" => &["Boolean"],
            "decimal" => &["Decimal"],
            "integer" => &["Integer"],
            "date" => &["Date"],
            "dateTime" => &["DateTime"],
            "time" => &["Time"],
            "string" | "text" => &["String"],
            "url" => &["Uri"],
            "quantity" => &["Quantity"],
            "choice" => &["Coding", "Integer", "Date", "Time", "String"],
            "open-choice" => &["Coding", "String"],
            _ => &[],
        };
        if !kinds.contains(&kind) {
            self.complaints.push(format!("{link} is {}, answered with {kind}", word(question, "type")));
        }
        let options = self.options(question);
        let free = word(question, "type") == "open-choice" && kind == "String";
        if !options.is_empty() && !free && !options.iter().any(|option| same(option, value)) {
            self.complaints.push(format!("{link} has no option {value}"));
        }
        self.limits(question, value);
    }

    fn limits(&mut self, question: &Value, value: &Value) {
        let link = word(question, "linkId");
        let longest = question.get("maxLength").and_then(Value::as_u64);
        let length = value.as_str().map(|text| u64::try_from(text.chars().count()).unwrap_or(u64::MAX));
        if let (Some(longest), Some(length)) = (longest, length)
            && length > longest
        {
            self.complaints.push(format!("{link} takes {longest} characters, got {length}"));
        }
        let limit = |name: &str| {
            extension(question, name).and_then(value_of).and_then(|(_kind, limit)| number(limit))
        };
        let Some(value) = number(value) else { return };
        if limit("minValue").is_some_and(|least| value < least)
            || limit("maxValue").is_some_and(|most| value > most)
        {
            self.complaints.push(format!("{link} does not take {value}"));
        }
    }

    /// The values a question offers: its options, or its contained value set's codes.
    fn options(&self, question: &'a Value) -> Vec<&'a Value> {
        let own: Vec<&Value> =
            list(question, "answerOption").iter().filter_map(value_of).map(|(_kind, value)| value).collect();
        let Some(id) = word(question, "answerValueSet").strip_prefix('#') else { return own };
        let sets = list(self.questionnaire, "contained").iter().filter(|one| word(one, "id") == id);
        let set = sets.flat_map(|set| {
            let expanded = set.get("expansion").map_or(&[][..], |all| list(all, "contains"));
            let composed = set.get("compose").map_or(&[][..], |all| list(all, "include"));
            expanded.iter().chain(composed.iter().flat_map(|include| list(include, "concept")))
        });
        set.collect()
    }

    fn enabled(&self, question: &Value) -> bool {
        let rules = list(question, "enableWhen");
        let mut outcomes = rules.iter().map(|rule| self.holds(rule));
        match word(question, "enableBehavior") {
            "all" => outcomes.all(|holds| holds),
            _ => rules.is_empty() || outcomes.any(|holds| holds),
        }
    }

    fn holds(&self, rule: &Value) -> bool {
        let given = self.given.get(word(rule, "question")).map_or(&[][..], Vec::as_slice);
        let Some((_kind, wanted)) = value_of(rule) else { return false };
        let mut values = given.iter().filter_map(|answer| value_of(answer)).map(|(_kind, value)| value);
        let order =
            |value: &Value, test: fn(std::cmp::Ordering) -> bool| compare(value, wanted).is_some_and(test);
        match word(rule, "operator") {
            "exists" => given.is_empty() != wanted.as_bool().unwrap_or(true),
            "=" => values.any(|value| same(value, wanted)),
            "!=" => values.any(|value| !same(value, wanted)),
            ">" => values.any(|value| order(value, std::cmp::Ordering::is_gt)),
            "<" => values.any(|value| order(value, std::cmp::Ordering::is_lt)),
            ">=" => values.any(|value| order(value, std::cmp::Ordering::is_ge)),
            "<=" => values.any(|value| order(value, std::cmp::Ordering::is_le)),
            _ => false,
        }
    }
}

fn compare(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (number(a), number(b)) {
        (Some(one), Some(other)) => one.partial_cmp(&other),
        _ => Some(a.as_str()?.cmp(b.as_str()?)),
    }
}

/// An extension by the end of its address.
fn extension<'a>(question: &'a Value, name: &str) -> Option<&'a Value> {
    list(question, "extension").iter().find(|one| word(one, "url").rsplit('/').next() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn form() -> Value {
        json!({ "item": [
            { "linkId": "a", "type": "boolean", "required": true },
            { "linkId": "b", "type": "choice", "answerOption": [{ "valueCoding": { "code": "x" } }],
              "enableWhen": [{ "question": "a", "operator": "=", "answerBoolean": true }] },
            { "linkId": "c", "type": "string", "maxLength": 3 },
        ] })
    }

    #[test]
    fn a_good_response_breaks_nothing() {
        let response = json!({ "item": [
            { "linkId": "a", "answer": [{ "valueBoolean": true }] },
            { "linkId": "b", "answer": [{ "valueCoding": { "code": "x" } }] },
        ] });
        assert_eq!(broken(&form(), &response), Vec::<String>::new());
    }

    #[test]
    fn each_rule_can_be_broken() {
        let cases = [
            json!({ "item": [] }),
            json!({ "item": [{ "linkId": "a", "answer": [{ "valueString": "yes" }] }] }),
            json!({ "item": [{ "linkId": "a", "answer": [{ "valueBoolean": true }, { "valueBoolean": true }] }] }),
            json!({ "item": [{ "linkId": "a", "answer": [{ "valueBoolean": false }] },
                             { "linkId": "b", "answer": [{ "valueCoding": { "code": "x" } }] }] }),
            json!({ "item": [{ "linkId": "a", "answer": [{ "valueBoolean": true }] },
                             { "linkId": "b", "answer": [{ "valueCoding": { "code": "y" } }] }] }),
            json!({ "item": [{ "linkId": "a", "answer": [{ "valueBoolean": true }] },
                             { "linkId": "c", "answer": [{ "valueString": "long" }] }] }),
            json!({ "item": [{ "linkId": "a", "answer": [{ "valueBoolean": true }] }, { "linkId": "z" }] }),
        ];
        for case in cases {
            assert_eq!(broken(&form(), &case).len(), 1, "{case}");
        }
    }
}
