//! Red flags on a draft and on a record.

use interlude_diary::calendar::LocalDay;
use interlude_diary::flags::{
    Flag, Level, Own, PHONE_CHARS, RULES, TEXT_CHARS, flags, flags_now, may_note, own_number, own_words,
};
use interlude_diary::questionnaire::{Answers, Given, Slot, Value};

use crate::support::*;

const SIDE_EFFECTS: &str = "https://interlude.health/fhir/Questionnaire/side-effects|1";
const DAILY: &str = "https://interlude.health/fhir/Questionnaire/daily-checkin|1";

fn felt(codes: &[&str]) -> Answers {
    let mut answers = Answers::default();
    answers.set(Slot::top("felt"), Given::Values(codes.iter().map(|code| coded(code)).collect()));
    answers
}

fn names(flags: Vec<Flag>) -> Vec<(&'static str, Level)> {
    flags.into_iter().map(|flag| (flag.rule, flag.level)).collect()
}

#[test]
fn chest_pain_breathing_and_fainting_call_at_the_tap() {
    for code in ["chest-pain", "breathing", "fainting"] {
        assert_eq!(names(flags_now(RULES, SIDE_EFFECTS, &felt(&["nausea", code]))), [(code, Level::CallNow)]);
    }
    assert!(flags_now(RULES, SIDE_EFFECTS, &felt(&["nausea", "seeing-hearing", "confusion"])).is_empty());
}

#[test]
fn what_does_not_stop_calls_and_what_was_unticked_does_not() {
    for code in ["seeing-hearing", "confusion"] {
        let still = Slot::top(&format!("{code}-still"));
        let mut answers = felt(&[code]);
        answers.set(still.clone(), one(Value::Boolean(false)));
        assert!(flags_now(RULES, SIDE_EFFECTS, &answers).is_empty());
        answers.set(still, one(Value::Boolean(true)));
        assert_eq!(names(flags_now(RULES, SIDE_EFFECTS, &answers)), [(code, Level::CallNow)]);
        answers.set(Slot::top("felt"), one(coded("none")));
        assert!(flags_now(RULES, SIDE_EFFECTS, &answers).is_empty());
    }
}

#[test]
fn nine_or_more_is_a_quiet_note() {
    for link in ["pain-worst", "pain-average", "pain-now", "anxiety"] {
        let at = |n| flags_now(RULES, DAILY, &answers(vec![(link, Value::Integer(n))]));
        assert!(at(8).is_empty());
        assert_eq!(names(at(9)), [(link, Level::Quiet)]);
        assert_eq!(names(at(10)), [(link, Level::Quiet)]);
    }
    for link in ["pain-worry", "function", "sleep-quality"] {
        assert!(flags_now(RULES, DAILY, &answers(vec![(link, Value::Integer(10))])).is_empty());
    }
}

#[test]
fn a_record_is_judged_as_its_draft_was() {
    let recorded = response("side-effects", &[("felt", coded("fainting"))]);
    assert_eq!(names(flags(RULES, &recorded)), [("fainting", Level::CallNow)]);
    let mut elsewhere = recorded;
    elsewhere.questionnaire = "https://example.org/side-effects|1".to_owned();
    assert!(flags(RULES, &elsewhere).is_empty());
}

#[test]
fn a_still_answer_inside_its_group_is_found() {
    let mut recorded = response("side-effects", &[("felt", coded("confusion"))]);
    let mut group = response("side-effects", &[("confusion", Value::Boolean(true))]).items.remove(0);
    group.given = None;
    group.items = response("side-effects", &[("confusion-still", Value::Boolean(true))]).items;
    recorded.items.push(group);
    assert_eq!(names(flags(RULES, &recorded)), [("confusion", Level::CallNow)]);
}

#[test]
fn a_quiet_note_comes_at_most_weekly() {
    let today = LocalDay::from_number(20_524);
    assert!(may_note(None, today));
    let may: Vec<i32> = (-1..9).filter(|n| may_note(Some(today), today.plus(*n))).collect();
    assert_eq!(may, [-1, 0, 7, 8], "a clock that was set back silences no note");
}

fn own(rule: Option<&str>, language: Option<&str>, text: Option<&str>, phone: Option<&str>) -> Own {
    let kept = |text: Option<&str>| text.map(str::to_owned);
    Own { rule: kept(rule), language: kept(language), text: kept(text), phone: kept(phone) }
}

#[test]
fn the_clinics_words_are_those_for_the_rule_in_the_language_shown() {
    let all = [
        own(None, None, Some("Call us first."), Some("1")),
        own(None, Some("es"), Some("Llame primero."), None),
        own(Some("chest-pain"), None, Some("Ask for the heart nurse."), Some("2")),
        own(Some("fainting"), Some("es"), Some("Túmbese."), None),
    ];
    assert_eq!(own_words(&all, &[], "en"), ["Call us first."]);
    assert_eq!(own_words(&all, &[], "es"), ["Llame primero."]);
    assert_eq!(own_words(&all, &["chest-pain"], "es"), ["Ask for the heart nurse."]);
    assert_eq!(own_words(&all, &["fainting", "breathing"], "es"), ["Túmbese.", "Llame primero."]);
    assert_eq!(own_words(&all, &["fainting", "breathing"], "en"), ["Call us first."], "said once");
    assert_eq!(own_number(&all, &[], "en"), Some("1"));
    assert_eq!(own_number(&all, &["fainting", "chest-pain"], "en"), Some("2"), "a number of its own first");
    assert_eq!(own_number(&all, &["fainting"], "es"), Some("1"));
    assert_eq!(own_number(&all[1..2], &["chest-pain"], "es"), None);
    assert!(own_words(&[], &["chest-pain"], "en").is_empty());
}

#[test]
fn a_row_says_something_that_fits_a_card() {
    let (text, phone) = ("x".repeat(TEXT_CHARS), "1".repeat(PHONE_CHARS));
    for (row, sound) in [
        (own(None, None, Some(&text), Some(&phone)), true),
        (own(None, None, Some(&format!("{text}x")), None), false),
        (own(None, None, None, Some(&format!("{phone}1"))), false),
        (own(None, None, None, Some("ask")), false),
        (own(None, None, Some(" "), None), false),
        (own(Some("chest-pain"), Some("es"), None, None), false),
    ] {
        assert_eq!(row.is_sound(), sound, "{row:?}");
    }
}
