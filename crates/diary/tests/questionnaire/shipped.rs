//! The forms we ship say what the scores and flags look for.

use std::collections::BTreeMap;
use std::path::Path;

use interlude_diary::flags::{Need, RULES};
use serde_json::Value as Json;

fn shipped(name: &str) -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../public/questionnaires/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

const ALL: [&str; 7] =
    ["daily-checkin", "sleep-times", "peg", "gad-7", "pgic", "side-effects", "infusion-session"];

fn each<'j>(items: &'j Json, to: &mut BTreeMap<String, &'j Json>) {
    for item in items["item"].as_array().into_iter().flatten() {
        assert!(to.insert(item["linkId"].as_str().unwrap().to_owned(), item).is_none(), "a linkId twice");
        each(item, to);
    }
}

fn items(form: &Json) -> BTreeMap<String, &Json> {
    let mut all = BTreeMap::new();
    each(form, &mut all);
    all
}

fn questions(form: &Json) -> Vec<String> {
    items(form)
        .into_iter()
        .filter(|(_, i)| !matches!(i["type"].as_str(), Some("display" | "group")))
        .map(|(link, _)| link)
        .collect()
}

/// Codes an item can be answered by, here or in a contained value set.
fn codes<'j>(form: &'j Json, item: &'j Json) -> Vec<&'j str> {
    let listed = item["answerOption"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|o| o["valueCoding"]["code"].as_str());
    let set = item["answerValueSet"].as_str().and_then(|url| url.strip_prefix('#'));
    let contained = form["contained"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|c| set.is_some() && c["id"].as_str() == set);
    let concepts = contained.flat_map(|c| c["compose"]["include"].as_array().into_iter().flatten());
    let concepts = concepts
        .flat_map(|i| i["concept"].as_array().into_iter().flatten())
        .filter_map(|c| c["code"].as_str());
    listed.chain(concepts).collect()
}

#[test]
fn each_form_names_itself_its_licence_and_its_sources() {
    for name in ALL {
        let form = shipped(name);
        assert_eq!(form["url"], format!("https://interlude.health/fhir/Questionnaire/{name}"));
        assert_eq!(form["version"], "1");
        assert!(form["copyright"].as_str().is_some_and(|line| !line.is_empty()), "{name}");
        assert!(form["extension"][0]["url"].as_str().unwrap().ends_with("/sources"), "{name}");
        if form.to_string().contains("\"http://loinc.org\"") {
            assert!(form["copyright"].as_str().unwrap().contains("http://loinc.org/license"), "{name}");
        }
    }
}

#[test]
fn the_link_ids_are_those_decided() {
    let daily =
        ["anxiety", "function", "pain-average", "pain-now", "pain-worry", "pain-worst", "sleep-quality"];
    assert_eq!(questions(&shipped("daily-checkin")), daily);
    assert_eq!(
        questions(&shipped("sleep-times")),
        ["bed", "clock-change", "latency", "tried", "up", "waso", "woke"]
    );
    assert_eq!(questions(&shipped("peg")), ["peg-1", "peg-2", "peg-3"]);
    assert_eq!(
        questions(&shipped("gad-7")),
        ["gad-1", "gad-2", "gad-3", "gad-4", "gad-5", "gad-6", "gad-7", "gad-difficulty"]
    );
    assert_eq!(questions(&shipped("pgic")), ["pgic"]);
    assert_eq!(questions(&shipped("infusion-session")), ["count", "date", "dose", "minutes", "outcome"]);
}

#[test]
fn scales_run_from_0_to_10_with_both_ends_in_words_and_no_answer_codes() {
    for name in ["daily-checkin", "peg"] {
        let form = shipped(name);
        for link in questions(&form) {
            let item = items(&form)[&link];
            assert_eq!(item["type"], "integer");
            let bound = |name: &str| {
                let all = item["extension"].as_array().unwrap();
                all.iter().find(|e| e["url"].as_str().unwrap().ends_with(name)).unwrap()["valueInteger"]
                    .as_i64()
            };
            assert_eq!((bound("minValue"), bound("maxValue")), (Some(0), Some(10)));
            assert_eq!(item["item"].as_array().unwrap().len(), 2, "{link}");
            assert!(item.get("initial").is_none());
        }
        assert!(!form.to_string().contains("LA6113-0"), "LOINC's own answer list calls it 2 or more");
    }
}

#[test]
fn validated_items_keep_their_own_words_and_ours_speak_spanish() {
    for name in ["peg", "gad-7", "pgic"] {
        let form = shipped(name).to_string();
        assert!(!form.contains("translation") && !form.contains("designation"), "{name}");
    }
    for name in ["daily-checkin", "sleep-times", "side-effects", "infusion-session"] {
        let form = shipped(name);
        for (link, item) in items(&form) {
            let spanish = &item["_text"]["extension"][0]["extension"][1]["valueString"];
            assert!(item.get("text").is_none() || spanish.is_string(), "{name} {link}");
        }
    }
    let gad = shipped("gad-7");
    assert_eq!(items(&gad)["gad-2"]["text"], "Not being able to stop or control worrying");
    assert_eq!(codes(&gad, items(&gad)["gad-2"]), ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]);
    assert!(!gad.to_string().contains("70273-8") && !gad.to_string().contains("LA18938-3"));
}

#[test]
fn a_form_about_a_past_day_names_it_in_every_question() {
    for name in ["daily-checkin", "sleep-times", "side-effects"] {
        let form = shipped(name);
        for link in questions(&form) {
            let extensions = items(&form)[&link]["extension"].as_array().cloned().unwrap_or_default();
            let find = |name: &str| extensions.iter().find(|e| e["url"].as_str().unwrap().ends_with(name));
            if find("questionnaire-hidden").is_some() {
                continue;
            }
            let past = find("past-text").unwrap_or_else(|| unreachable!("{name} {link} has no past words"));
            let spanish = &past["_valueString"]["extension"][0]["extension"][1]["valueString"];
            for words in [&past["valueString"], spanish] {
                assert!(
                    words.as_str().is_some_and(|words| words.contains("{day}")),
                    "{name} {link}: {words}"
                );
            }
        }
    }
}

#[test]
fn sleep_quality_is_worse_when_higher_like_pain() {
    let form = shipped("daily-checkin");
    let all = items(&form);
    assert_eq!(all["sleep-quality-0"]["text"], "Best possible sleep");
    assert_eq!(all["sleep-quality-10"]["text"], "Worst possible sleep");
}

#[test]
fn every_flag_looks_at_something_that_can_be_answered() {
    for rule in RULES {
        let form = shipped(rule.questionnaire);
        let all = items(&form);
        for need in rule.needs {
            match need {
                Need::Code(link, code) => assert!(codes(&form, all[*link]).contains(code), "{}", rule.name),
                Need::Yes(link) => assert_eq!(all[*link]["type"], "boolean", "{}", rule.name),
                Need::AtLeast(link, _) => assert_eq!(all[*link]["type"], "integer", "{}", rule.name),
            }
        }
    }
}

#[test]
fn each_side_effect_ticked_is_asked_about_and_none_other() {
    let form = shipped("side-effects");
    let all = items(&form);
    for code in codes(&form, all["felt"]).into_iter().filter(|code| *code != "none") {
        assert_eq!(all[code]["enableWhen"][0]["answerCoding"]["code"], code);
        assert_eq!(codes(&form, all[format!("{code}-how").as_str()]), ["mild", "moderate", "severe"]);
        assert_eq!(all[format!("{code}-still").as_str()]["type"], "boolean");
    }
}

#[test]
fn outcomes_and_changes_have_the_codes_that_are_scored() {
    let infusion = shipped("infusion-session");
    assert_eq!(
        codes(&infusion, items(&infusion)["outcome"]),
        ["completed", "stopped", "not-done", "planned"]
    );
    let pgic = shipped("pgic");
    let from_best = codes(&pgic, items(&pgic)["pgic"]);
    let scored: Vec<f64> = from_best
        .iter()
        .map(|code| {
            let answered = crate::support::response("pgic", &[("pgic", crate::support::coded(code))]);
            interlude_diary::questionnaire::scores(&answered)[0].value.to_f64()
        })
        .collect();
    assert_eq!(scored, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
}
