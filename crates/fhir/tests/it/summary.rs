//! The doctor's page as a Bundle.

use std::collections::BTreeSet;

use interlude_diary::calendar::LocalDay;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{DayLine, Seq};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::own::Summed;
use interlude_diary::schedule::{Infusion, Outcome, Teller};
use interlude_diary::summary::{Effect, Period, Report, Source, Summary};
use interlude_fhir::bundle::summary;
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::sample::PATIENT;
use crate::schema::valid;

fn on(n: i32) -> LocalDay {
    "2026-03-09".parse::<LocalDay>().unwrap().plus(n)
}

fn pain(n: i32, value: i32, late: bool) -> DayLine {
    let own = Uuid::from_u128(u128::from(on(n).number().unsigned_abs()));
    DayLine {
        day: on(n),
        id: EntryId::new(own),
        revision: RevisionId::new(own),
        seq: Seq(1),
        questionnaire: "https://interlude.health/fhir/Questionnaire/daily-checkin|1".to_owned(),
        occasion: Some(OccasionKey::daily(on(n))),
        authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
        late,
        partial: false,
        retracted: false,
        revisions: 1,
        values: vec![("pain-average".to_owned(), f64::from(value))],
        declined: Vec::new(),
    }
}

fn summed(lines: &[DayLine], today: i32, period: Period) -> Summary {
    let infusion = |n: i32| Infusion {
        told: (0, EntryId::new(Uuid::nil()), u16::try_from(n).unwrap()),
        day: on(n),
        outcome: if n == 3 { Outcome::Stopped } else { Outcome::Completed },
        planned: None,
        dose_mg_per_kg: (n != 4).then_some(0.5),
        minutes: (n != 4).then_some(40),
        by: Teller::Clinic,
    };
    let infusions: Vec<Infusion> = (0..5).map(infusion).collect();
    let nausea = Effect {
        code: "nausea".to_owned(),
        words: "Nausea \"a\" \u{1f642}".to_owned(),
        how: Some(("mild".to_owned(), "Mild".to_owned())),
        still: None,
    };
    let of = |n: u128, day, effects| Report { day, id: EntryId::new(Uuid::from_u128(n)), effects };
    let reports = [of(1, on(0), vec![nausea]), of(2, on(2), Vec::new())];
    let spare = BTreeSet::new();
    let source = Source {
        lines,
        spare: &spare,
        infusions: &infusions,
        reports: &reports,
        own: None,
        today: on(today),
    };
    interlude_diary::summary::summary(&source, period)
}

fn observations(text: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(text).unwrap();
    bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect()
}

/// The components of an Observation by their code.
fn part<'a>(observation: &'a Value, code: &str) -> &'a Value {
    let parts = observation["component"].as_array().map_or(&[][..], Vec::as_slice);
    parts.iter().find(|part| part["code"]["coding"][0]["code"] == code).unwrap_or(&Value::Null)
}

#[test]
fn means_have_what_they_are_of_and_the_time_before_them() {
    let lines: Vec<DayLine> =
        (-7..0).map(|n| pain(n, 8, false)).chain((5..15).map(|n| pain(n, 4, n == 7))).collect();
    let text = summary(&summed(&lines, 20, Period::Series), Some(PATIENT));
    valid(&text).unwrap();
    let all = observations(&text);
    for one in &all {
        valid(&one.to_string()).unwrap();
        assert_eq!(one["subject"]["reference"], format!("Patient/{PATIENT}"));
    }
    let of = |at: &str| {
        let is = |one: &&Value| {
            part(one, "score")["valueCodeableConcept"]["coding"][0]["code"] == "pain-average"
                && part(one, "at")["valueCodeableConcept"]["coding"][0]["code"] == at
        };
        all.iter().find(is).unwrap()
    };
    let (before, week) = (of("before"), of("week"));
    assert_eq!(before["valueQuantity"]["value"], 8);
    assert_eq!(week["valueQuantity"]["value"], 4);
    assert_eq!(week["derivedFrom"][0]["reference"], format!("urn:uuid:{}", before["id"].as_str().unwrap()));
    let counts = ["days", "on-time", "late"].map(|code| part(week, code)["valueInteger"].as_i64());
    assert_eq!(counts, [Some(7), Some(6), Some(1)]);
    assert_eq!(part(week, "percent")["valueQuantity"]["value"], -50);
    assert_eq!(part(week, "meaningful")["valueCodeableConcept"]["coding"][0]["code"], "substantial");
    let curve = all.iter().find(|one| !part(one, "on-time")["valueSampledData"].is_null()).unwrap();
    let data = part(curve, "on-time")["valueSampledData"]["data"].as_str().unwrap();
    assert!(data.starts_with("8 8 8 8 8 8 8 E E E E E 4 4 E 4"), "{data}");
    let ids: BTreeSet<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len(), "an id for each");
}

#[test]
fn own_questions_are_observations_in_the_persons_words_and_only_where_they_are_let_in() {
    let mut summed = summed(&[pain(1, 4, false)], 20, Period::Series);
    let without = summary(&summed, Some(PATIENT));
    assert!(!without.contains("own-question"), "nothing is let in by itself: {without}");
    let own = |link: &str, text: &str, times, scale, yes| Summed {
        link: link.to_owned(),
        text: text.to_owned(),
        times,
        scale,
        yes,
    };
    summed.own = vec![
        own("a", "Ringing \"in\" my ears", 2, Some((3, 7)), None),
        own("b", "Went out", 4, None, Some(0)),
        own("c", "", 1, Some((0, 0)), None),
    ];
    let text = summary(&summed, Some(PATIENT));
    assert_eq!(text, summary(&summed, Some(PATIENT)), "the same diary gives the same bytes");
    assert!(text.starts_with(without.trim_end_matches("]}")), "the rest is as it was");
    valid(&text).unwrap();
    let all = observations(&text);
    for one in &all {
        valid(&one.to_string()).unwrap();
    }
    let is_own = |one: &&Value| one["code"]["coding"][0]["code"] == "own-question";
    let own: Vec<&Value> = all.iter().filter(is_own).collect();
    let counts = |one: &Value| {
        ["times", "least", "greatest", "yes"].map(|code| part(one, code)["valueInteger"].as_i64())
    };
    assert_eq!(counts(own[0]), [Some(2), Some(3), Some(7), None]);
    assert_eq!(counts(own[1]), [Some(4), None, None, Some(0)]);
    assert_eq!(own[0]["code"]["text"], "Ringing \"in\" my ears");
    assert!(own[2]["code"].get("text").is_none(), "no words are no text");
    assert!(own.iter().all(|one| one.as_object().unwrap().keys().all(|key| !key.starts_with("value"))));
    let ids: BTreeSet<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len(), "an id for each");
}

#[test]
fn nobody_is_named_where_nobody_is_known() {
    let text = summary(&summed(&[], 200, Period::All), None);
    valid(&text).unwrap();
    assert!(!text.contains("Patient/"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_diary_is_valid_and_the_same_bytes_twice(
        days in prop::collection::vec((0_i32..=10, 0_u8..4), 0..240),
        today in 0_i32..400,
    ) {
        let lines: Vec<DayLine> = (-20..).zip(&days)
            .filter(|(_, (_, kind))| *kind > 0)
            .map(|(n, (value, kind))| pain(n, *value, *kind == 1))
            .collect();
        for period in Period::ALL {
            let summed = summed(&lines, today, period);
            let text = summary(&summed, None);
            prop_assert_eq!(&text, &summary(&summed, None));
            valid(&text).map_err(TestCaseError::fail)?;
            for one in observations(&text) {
                valid(&one.to_string()).map_err(TestCaseError::fail)?;
            }
        }
    }
}
