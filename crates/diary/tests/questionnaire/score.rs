//! Golden vectors of every score.

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::{Session, SessionOutcome};
use interlude_diary::questionnaire::score::{
    self, INSTRUMENTS, NightProblem, instrument, instrument_of, night, values_of_session,
};
use interlude_diary::questionnaire::{
    Answers, Coding, Given, Response, Slot, Value, scores, values_for_day_line,
};

use crate::support::*;

/// `name=value unit`, in order.
fn said(response: &Response) -> Vec<String> {
    scores(response).iter().map(|score| format!("{}={} {}", score.name, score.value, score.unit)).collect()
}

fn whole(link: &'static str, n: i32) -> (&'static str, Value) {
    (link, Value::Integer(n))
}

fn loinc(code: &str) -> Value {
    Value::Coding(Coding {
        system: Some("http://loinc.org".to_owned()),
        code: Some(code.to_owned()),
        display: None,
    })
}

fn gad(codes: [&str; 7]) -> Response {
    let links = ["gad-1", "gad-2", "gad-3", "gad-4", "gad-5", "gad-6", "gad-7"];
    let given: Vec<(&str, Value)> =
        links.into_iter().zip(codes).filter(|(_, c)| !c.is_empty()).map(|(l, c)| (l, loinc(c))).collect();
    response("gad-7", &given)
}

const NEVER: &str = "LA6568-5";
const DAYS: &str = "LA6569-3";
const HALF: &str = "LA6570-1";
const DAILY: &str = "LA6571-9";

#[test]
fn peg_is_the_mean_to_one_decimal() {
    for (items, mean) in [
        ([0, 0, 0], "0.0"),
        ([10, 10, 10], "10.0"),
        ([6, 7, 7], "6.7"),
        ([6, 6, 7], "6.3"),
        ([0, 0, 1], "0.3"),
        ([3, 4, 5], "4.0"),
    ] {
        let [a, b, c] = items;
        let answered = response("peg", &[whole("peg-1", a), whole("peg-2", b), whole("peg-3", c)]);
        assert_eq!(said(&answered), [format!("peg={mean} {{score}}")]);
        let score = &scores(&answered)[0];
        assert_eq!((score.system, score.code), ("http://loinc.org", "91147-9"));
    }
    assert!(said(&response("peg", &[whole("peg-1", 1), whole("peg-2", 1)])).is_empty());
    assert!(said(&response("peg", &[whole("peg-1", 1), whole("peg-2", 1), whole("peg-3", 11)])).is_empty());
}

#[test]
fn gad_7_is_the_sum_and_gad_2_its_first_two() {
    assert_eq!(said(&gad([NEVER; 7])), ["gad-7=0 {score}", "gad-2=0 {score}"]);
    assert_eq!(said(&gad([DAILY; 7])), ["gad-7=21 {score}", "gad-2=6 {score}"]);
    assert_eq!(
        said(&gad([DAYS, HALF, DAILY, NEVER, DAYS, HALF, DAILY])),
        ["gad-7=12 {score}", "gad-2=3 {score}"]
    );
    assert_eq!(
        said(&gad([DAYS, "LA18938-3", "", "", "", "", ""])),
        ["gad-2=3 {score}"],
        "an older code of item 2 is understood"
    );
    assert!(
        said(&gad([DAYS, "LA6572-7", NEVER, NEVER, NEVER, NEVER, NEVER])).is_empty(),
        "an unknown code is no zero"
    );
}

#[test]
fn gad_2_never_carries_the_code_of_phq_15() {
    let scores = scores(&gad([DAYS; 7]));
    assert_eq!((scores[0].system, scores[0].code), ("http://loinc.org", "70274-6"));
    assert_eq!(
        (scores[1].system, scores[1].code),
        ("https://interlude.health/fhir/CodeSystem/diary", "gad-2")
    );
}

#[test]
fn each_daily_scale_stands_alone() {
    let day =
        response("daily-checkin", &[whole("pain-worst", 7), whole("pain-now", 0), whole("anxiety", 11)]);
    assert_eq!(said(&day), ["pain-worst=7 {score}", "pain-now=0 {score}"]);
    let codes: Vec<&str> = scores(&day).iter().map(|score| score.code).collect();
    assert_eq!(codes, ["72514-3", "72514-3"]);
    assert_eq!(values_for_day_line(&day), [("pain-worst".to_owned(), 7.0), ("pain-now".to_owned(), 0.0)]);
}

#[test]
fn pgic_counts_from_best_to_worst_by_code() {
    let answered = |code: &str| said(&response("pgic", &[("pgic", coded(code))]));
    assert_eq!(answered("very-much-improved"), ["pgic=1 {score}"]);
    assert_eq!(answered("no-change"), ["pgic=4 {score}"]);
    assert_eq!(answered("very-much-worse"), ["pgic=7 {score}"]);
    assert!(answered("improved").is_empty());
}

/// bed, tried, latency, waso, woke, up
fn slept(times: [&str; 4], latency: i32, waso: i32) -> Response {
    let [bed, tried, woke, up] = times.map(|t| Value::Time(format!("{t}:00")));
    response(
        "sleep-times",
        &[
            ("bed", bed),
            ("tried", tried),
            whole("latency", latency),
            whole("waso", waso),
            ("woke", woke),
            ("up", up),
        ],
    )
}

#[test]
fn the_night_of_the_facts() {
    assert_eq!(
        said(&slept(["22:30", "23:00", "06:30", "07:00"], 30, 25)),
        [
            "sleep-tib=510 min",
            "sleep-latency=30 min",
            "sleep-waso=25 min",
            "sleep-tst=395 min",
            "sleep-efficiency-tib=77.5 %",
            "sleep-efficiency-dse=87.8 %",
        ]
    );
}

#[test]
fn nights_before_across_and_after_midnight_and_by_day() {
    for (times, tib, tst) in [
        (["23:59", "23:59", "00:01", "00:01"], 2, 2),
        (["00:30", "00:45", "08:00", "08:15"], 465, 435),
        (["23:30", "00:15", "07:00", "07:00"], 450, 405),
        (["08:00", "08:30", "15:00", "16:00"], 480, 390),
        (["12:00", "12:00", "11:59", "11:59"], 1439, 1439),
    ] {
        let night = night(&slept(times, 0, 0)).unwrap().unwrap();
        assert_eq!((night.time_in_bed, night.asleep), (tib, tst), "{times:?}");
    }
}

#[test]
fn a_night_that_cannot_be_gives_no_score() {
    for (response, why) in [
        (slept(["22:30", "23:00", "06:30", "07:00"], 400, 60), NightProblem::TooLongAwake),
        (slept(["22:30", "23:00", "07:30", "07:00"], 0, 0), NightProblem::Order),
        (slept(["10:30", "23:00", "06:30", "07:00"], 0, 0), NightProblem::Order),
        (slept(["23:00", "22:30", "06:30", "07:00"], 0, 0), NightProblem::Order),
        (slept(["22:30", "11:00", "06:30", "07:00"], 0, 0), NightProblem::Order),
        (slept(["22:30", "23:00", "18:30", "07:00"], 0, 0), NightProblem::Order),
        (slept(["22:30", "23:00", "06:30", "19:00"], 0, 0), NightProblem::Order),
        (slept(["22:30", "23:00", "06:30", "07:00"], -1, 0), NightProblem::Minutes),
        (slept(["23:00", "23:00", "23:00", "23:00"], 0, 0), NightProblem::Empty),
    ] {
        assert_eq!(night(&response), Some(Err(why)));
        assert!(scores(&response).is_empty());
    }
}

#[test]
fn a_changed_clock_is_taken_off_what_the_wall_showed() {
    for (change, tib, tst) in [(60, 450, 335), (-60, 570, 455)] {
        let mut spring = slept(["22:30", "23:00", "06:30", "07:00"], 30, 25);
        spring.items.extend(response("sleep-times", &[whole("clock-change", change)]).items);
        let night = night(&spring).unwrap().unwrap();
        assert_eq!((night.time_in_bed, night.asleep), (tib, tst));
    }
}

#[test]
fn the_day_line_of_an_infusion_says_how_and_when() {
    let told = |outcome: &str| {
        values_for_day_line(&response(
            "infusion-session",
            &[("date", Value::Date("2026-03-12".to_owned())), ("outcome", coded(outcome))],
        ))
    };
    let line = |n: f64| [("session".to_owned(), n), ("session-day".to_owned(), 20524.0)];
    assert_eq!(told("completed"), line(2.0));
    assert_eq!(told("stopped"), line(1.0));
    assert_eq!(told("not-done"), line(0.0));
    assert_eq!(told("planned"), line(3.0));
}

#[test]
fn the_clinics_line_of_an_infusion_says_the_same_with_dose_and_minutes() {
    let session = Session {
        start: "2026-03-12T09:30:00+01:00".parse().unwrap(),
        minutes: Some(40),
        dose_mg_per_kg: Some("0.5".to_owned()),
        outcome: SessionOutcome::Completed,
    };
    let said = [("session", 2.0), ("session-day", 20524.0), ("session-dose", 0.5), ("session-minutes", 40.0)];
    assert_eq!(values_of_session(&session), said.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn nobody_elses_form_is_scored() {
    let mut peg = response("peg", &[whole("peg-1", 1), whole("peg-2", 1), whole("peg-3", 1)]);
    assert_eq!(scores(&peg).len(), 1);
    for canonical in [
        "https://example.org/Questionnaire/peg|1",
        "peg",
        "",
        "https://interlude.health/fhir/Questionnaire/peg2|1",
    ] {
        canonical.clone_into(&mut peg.questionnaire);
        assert!(scores(&peg).is_empty());
    }
}

#[test]
fn the_table_knows_every_score_and_its_source() {
    let full = [
        gad([DAYS; 7]),
        slept(["22:30", "23:00", "06:30", "07:00"], 30, 25),
        response("pgic", &[("pgic", coded("no-change"))]),
        response("peg", &[whole("peg-1", 1), whole("peg-2", 1), whole("peg-3", 1)]),
        response(
            "daily-checkin",
            &["pain-worst", "pain-average", "pain-now", "sleep-quality", "anxiety", "pain-worry", "function"]
                .map(|l| whole(l, 5)),
        ),
    ];
    let made: Vec<&str> = full.iter().flat_map(scores).map(|score| score.name).collect();
    assert_eq!(made.len(), INSTRUMENTS.len());
    for name in made {
        assert!(!instrument(name).unwrap().source.is_empty());
    }
    let of_gad: Vec<&str> = instrument_of(&full[0].questionnaire).map(|i| i.score).collect();
    assert_eq!(of_gad, ["gad-7", "gad-2"]);
    let bands: Vec<Option<&str>> = [0.0, 4.0, 5.0, 9.0, 10.0, 14.0, 15.0, 21.0]
        .map(|n| instrument("gad-7").unwrap().band(n).map(|b| b.name))
        .to_vec();
    assert_eq!(
        bands,
        ["minimal", "minimal", "mild", "mild", "moderate", "moderate", "severe", "severe"].map(Some)
    );
}

/// Central Europe, where the clocks go from 02:00 to 03:00 on 29 March 2026 and back on 25 October.
fn madrid(day: LocalDay, minute: u16) -> i16 {
    let at = |text: &str| (text.parse::<LocalDay>().unwrap(), 120);
    if (at("2026-03-29")..at("2026-10-25")).contains(&(day, minute)) { 120 } else { 60 }
}

#[test]
fn the_clocks_going_forward_or_back_are_noted_and_nobody_is_asked() {
    let noted = |day: &str, bed: &str, up: &str| {
        let mut answers = Answers::default();
        for (link, time) in [("bed", bed), ("up", up)] {
            answers.set(Slot::top(link), Given::Values(vec![Value::Time(time.to_owned())]));
        }
        // What an earlier revision noted does not stay.
        answers.set(Slot::top("clock-change"), Given::Values(vec![Value::Integer(7)]));
        score::note_clock_change(&mut answers, day.parse().unwrap(), madrid);
        answers.values(&Slot::top("clock-change")).to_vec()
    };
    assert_eq!(noted("2026-03-29", "23:00:00", "07:30:00"), [Value::Integer(60)]);
    assert_eq!(noted("2026-03-29", "00:30:00", "07:30:00"), [Value::Integer(60)]);
    assert_eq!(noted("2026-10-25", "23:00:00", "07:30:00"), [Value::Integer(-60)]);
    for day in ["2026-03-28", "2026-03-30", "2026-07-01"] {
        assert!(noted(day, "23:00:00", "07:30:00").is_empty(), "{day}");
    }
    let mut answers = Answers::default();
    score::note_clock_change(&mut answers, "2026-03-29".parse().unwrap(), madrid);
    assert!(answers.is_empty(), "nothing is noted of a night without times");
}
