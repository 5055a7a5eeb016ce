//! What the person asks themselves stands apart from every instrument, and leaves the phone only by its kind.

#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use interlude_diary::entry::Share;
use interlude_diary::flags::{RULES, flags};
use interlude_diary::own::{Answer, LONGEST, MOST, NotAdded, Own, Part, Summed, Words, summed};
use interlude_diary::questionnaire::score::INSTRUMENTS;
use interlude_diary::questionnaire::{
    Answers, Asked, Given, Kind, Slot, Value, is_scale, respond, scores, steps, values_for_day_line,
};

const WORDS: Words = Words {
    titles: ["My own questions", "A note"],
    ends: ("Not at all", "Very much"),
    taken: |medicine| format!("{medicine}: taken?"),
    note: "What do you want to write down?",
};

fn some() -> Own {
    let mut own = Own::default();
    own.add("a".to_owned(), Answer::Scale, "  Ringing in   my ears ").unwrap();
    own.add("b".to_owned(), Answer::YesNo, "Went outside").unwrap();
    own.add("c".to_owned(), Answer::Taken, "Paracetamol 1 g").unwrap();
    own
}

#[test]
fn each_line_is_one_question_in_the_persons_words() {
    let form = some().form(Part::Lines, "en", &WORDS).unwrap();
    let said: Vec<(&str, Kind)> = form.items.iter().map(|item| (item.text.as_str(), item.kind)).collect();
    assert_eq!(
        said,
        [
            ("Ringing in my ears", Kind::Integer),
            ("Went outside", Kind::Boolean),
            ("Paracetamol 1 g: taken?", Kind::Boolean)
        ]
    );
    assert!(is_scale(&form.items[0]));
    assert_eq!(steps(&form, &Answers::default(), &Asked::default()).len(), 3);
    let note = Own::default().form(Part::Note, "en", &WORDS).unwrap();
    assert!(note.items[0].required, "an empty note is none");
    assert_eq!(Own::default().form(Part::Lines, "en", &WORDS), None);
}

#[test]
fn no_score_day_line_flag_or_instrument_knows_an_answer() {
    // Even where a line's id is that of a question of ours.
    let mut own = some();
    own.add("pain-average".to_owned(), Answer::Scale, "Pain of my neighbour").unwrap();
    own.add("anxiety".to_owned(), Answer::Scale, "Anxiety of my cat").unwrap();
    let form = own.form(Part::Lines, "en", &WORDS).unwrap();
    let mut answers = Answers::default();
    for link in ["a", "pain-average", "anxiety"] {
        answers.set(Slot::top(link), Given::Values(vec![Value::Integer(10)]));
    }
    let response = respond(&form, &answers, &Asked::default());
    assert_eq!(response.value("pain-average"), Some(&Value::Integer(10)));
    assert!(scores(&response).is_empty());
    assert!(values_for_day_line(&response).is_empty());
    assert!(flags(RULES, &response).is_empty());
    for part in Part::ALL {
        assert!(INSTRUMENTS.iter().all(|instrument| instrument.form != part.name()));
    }
}

#[test]
fn a_form_is_its_own_by_name_and_canonical_and_no_other_is() {
    for part in Part::ALL {
        assert_eq!(Part::of(part.name()), Some(part));
        assert_eq!(Part::of(part.canonical()), Some(part));
    }
    for other in ["", "daily-checkin", "own", "https://example.org/Questionnaire/own-lines|1"] {
        assert_eq!(Part::of(other), None, "{other}");
    }
}

#[test]
fn a_line_says_something_once_and_there_are_not_too_many() {
    let mut own = some();
    let before = own.clone();
    let mut refused = |text: &str| own.add("x".to_owned(), Answer::YesNo, text).unwrap_err();
    assert_eq!(refused(" \n "), NotAdded::Empty);
    assert_eq!(refused(&"é".repeat(LONGEST + 1)), NotAdded::Long);
    assert_eq!(refused("Went  outside"), NotAdded::There);
    assert_eq!(own, before);
    for n in own.lines.len()..MOST {
        own.add(n.to_string(), Answer::YesNo, &format!("Question {n}")).unwrap();
    }
    assert_eq!(own.add("x".to_owned(), Answer::Scale, "One more"), Err(NotAdded::Full));
    own.end("b");
    assert!(own.lines.iter().all(|line| line.text != "Went outside"));
    assert_eq!(own.add("y".to_owned(), Answer::Scale, "One more"), Ok(()));
}

#[test]
fn nothing_is_shared_but_what_was_chosen_for_this_patient() {
    let mut own = some();
    let all = [Share::Questionnaires, Share::Notes, Share::Trackers];
    assert!(all.iter().all(|kind| !own.shares(*kind, "https://a/fhir", "1")));
    own.share(&[Share::Trackers], "https://a/fhir", "1");
    assert!(own.shares(Part::Lines.share(), "https://a/fhir", "1"));
    assert!(!own.shares(Part::Note.share(), "https://a/fhir", "1"));
    assert!(!own.shares(Share::Trackers, "https://a/fhir", "2"), "another patient");
    assert!(!own.shares(Share::Trackers, "https://b/fhir", "1"), "another clinic");
    assert!(!own.unshared().shares(Share::Trackers, "https://a/fhir", "1"), "another phone");
    own.share(&[], "https://a/fhir", "1");
    assert!(!own.shares(Share::Trackers, "https://a/fhir", "1"), "taken back");
}

#[test]
fn what_is_kept_reads_back_from_other_versions_of_the_app_too() {
    let mut own = some();
    own.share(&[Share::Notes], "https://a/fhir", "1");
    let text = serde_json::to_string(&own).unwrap();
    assert_eq!(serde_json::from_str::<Own>(&text).unwrap(), own);
    let one = r#"{"lines":[{"id":"a","answer":"yes-no","text":"Slept"}],"later":1}"#;
    assert_eq!(serde_json::from_str::<Own>(one).unwrap().lines.len(), 1);
}

#[test]
fn what_was_answered_is_counted_and_no_mean_is_made() {
    let form = some().form(Part::Lines, "en", &WORDS).unwrap();
    let day = |ears: Option<Given>, outside: bool| {
        let mut answers = Answers::default();
        if let Some(given) = ears {
            answers.set(Slot::top("a"), given);
        }
        answers.set(Slot::top("b"), Given::Values(vec![Value::Boolean(outside)]));
        respond(&form, &answers, &Asked::default())
    };
    let scale = |n| Some(Given::Values(vec![Value::Integer(n)]));
    let days = [day(scale(4), true), day(scale(9), false), day(Some(Given::Declined), true), day(None, true)];
    let told = summed(&days);
    let sum = |link: &str, text: &str, times, scale, yes| Summed {
        link: link.to_owned(),
        text: text.to_owned(),
        times,
        scale,
        yes,
    };
    let ears = sum("a", "Ringing in my ears", 2, Some((4, 9)), None);
    let outside = sum("b", "Went outside", 4, None, Some(3));
    assert_eq!(told, [ears, outside]);
}

#[test]
fn a_correction_asks_what_was_asked_then() {
    let mut own = some();
    let form = own.form(Part::Lines, "en", &WORDS).unwrap();
    let mut answers = Answers::default();
    answers.set(Slot::top("b"), Given::Values(vec![Value::Boolean(true)]));
    let response = respond(&form, &answers, &Asked::default());
    own.end("a");
    own.end("c");
    own.add("d".to_owned(), Answer::YesNo, "Something new").unwrap();
    let again = own.form_again(&response, "en", &WORDS).unwrap();
    assert_eq!(again.items, form.items, "the same questions, each with its words and its kind");
    let stranger = Own::default().form_again(&response, "en", &WORDS).unwrap();
    let kinds: Vec<Kind> = stranger.items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds[1], Kind::Boolean, "a phone without the line sees by the answer what it takes");
}
