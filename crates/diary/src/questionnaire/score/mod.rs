//! Scores of the instruments we know: from a response alone, the same on phone and clinic.
//!
//! A score needs all its items, each within its own range; otherwise there is none. Rules, ranges,
//! bands and sources stand in [`INSTRUMENTS`]; the arithmetic of a night in [`night`].

mod instrument;
mod night;

pub use instrument::{Band, INSTRUMENTS, Instrument, Meaningful, instrument, instrument_of};
pub use night::{Night, NightProblem, night, note_clock_change};

use super::answers::Given;
use super::response::Response;
use super::value::{Decimal, Value};
use crate::entry::{Session, SessionOutcome};

/// The base of our canonical URLs. It names things; nothing is fetched from it.
const FORMS: &str = "https://interlude.health/fhir/Questionnaire/";
/// Our own code system.
pub const OUR_CODES: &str = "https://interlude.health/fhir/CodeSystem/diary";
const LOINC: &str = "http://loinc.org";

/// One derived number of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Code system of `code`: LOINC where it has the concept, else ours.
    pub system: &'static str,
    /// The code.
    pub code: &'static str,
    /// The code's words.
    pub display: &'static str,
    /// UCUM unit.
    pub unit: &'static str,
    /// The value, with the precision the rule gives it.
    pub value: Decimal,
    /// Its name here: unique among all scores, and always a code of [`OUR_CODES`] too, which an
    /// Observation carries beside `code` (three kinds of pain share one LOINC code).
    pub name: &'static str,
}

/// What a score is called, before it has a value.
struct Label {
    name: &'static str,
    system: &'static str,
    code: &'static str,
    display: &'static str,
    unit: &'static str,
}

const fn ours(name: &'static str, display: &'static str, unit: &'static str) -> Label {
    Label { name, system: OUR_CODES, code: name, display, unit }
}

const fn loinc(name: &'static str, code: &'static str, display: &'static str, unit: &'static str) -> Label {
    Label { name, system: LOINC, code, display, unit }
}

const PAIN: &str = "Pain severity - 0-10 verbal numeric rating [Score] - Reported";

const DAILY: [Label; 7] = [
    loinc("pain-worst", "72514-3", PAIN, "{score}"),
    loinc("pain-average", "72514-3", PAIN, "{score}"),
    loinc("pain-now", "72514-3", PAIN, "{score}"),
    ours("sleep-quality", "Sleep quality, 0 best to 10 worst", "{score}"),
    ours("anxiety", "Anxiety or worry, 0 to 10", "{score}"),
    ours("pain-worry", "Worry about pain or fear of it, 0 to 10", "{score}"),
    ours("function", "Pain got in the way, 0 to 10", "{score}"),
];
const PEG: Label = loinc("peg", "91147-9", "Mean score", "{score}");
const GAD_7: Label = loinc("gad-7", "70274-6", "Generalized anxiety disorder 7 item total score", "{score}");
/// No LOINC code is known for it; 70273-8, often seen, is the total of PHQ-15.
const GAD_2: Label = ours("gad-2", "GAD-2 total, items 1 and 2 of GAD-7", "{score}");
const PGIC: Label = ours("pgic", "Global impression of change, 1 best to 7 worst", "{score}");
const SLEEP: [Label; 6] = [
    ours("sleep-tib", "Time in bed", "min"),
    loinc("sleep-latency", "103212-7", "Duration of falling asleep", "min"),
    loinc("sleep-waso", "103215-0", "Wake time after sleep onset", "min"),
    loinc("sleep-tst", "93832-4", "Sleep duration", "min"),
    ours("sleep-efficiency-tib", "Sleep efficiency over time in bed", "%"),
    ours("sleep-efficiency-dse", "Sleep efficiency over the time spent trying to sleep", "%"),
];

/// Every score of a response; none of an instrument with an item missing or out of range.
///
/// The scales of the daily check-in are scores each, since none is made of the others.
#[must_use]
pub fn scores(response: &Response) -> Vec<Score> {
    match form_name(&response.questionnaire) {
        Some("daily-checkin") => DAILY.iter().filter_map(|label| one_scale(response, label)).collect(),
        Some("peg") => peg(response).into_iter().collect(),
        Some("gad-7") => gad(response),
        Some("pgic") => pgic(response).into_iter().collect(),
        Some("sleep-times") => sleep(response),
        _ => Vec::new(),
    }
}

/// What a score is called in code systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    /// Code system of `code`.
    pub system: &'static str,
    /// The code.
    pub code: &'static str,
    /// The code's words.
    pub display: &'static str,
    /// UCUM unit.
    pub unit: &'static str,
}

/// The code of a score, by its name.
#[must_use]
pub fn coded(score: &str) -> Option<Coded> {
    let all = DAILY.iter().chain([&PEG, &GAD_7, &GAD_2, &PGIC]).chain(&SLEEP);
    let label = all.into_iter().find(|label| label.name == score)?;
    Some(Coded { system: label.system, code: label.code, display: label.display, unit: label.unit })
}

/// The numbers that screens draw, by score name.
///
/// For an infusion its outcome (`session`: 0 not done, 1 stopped early, 2 completed, 3 planned) and its
/// date (`session-day`, days since 1970-01-01); where known the dose in mg/kg, the minutes, and of a
/// plan the number of days (`session-dose`, `session-minutes`, `session-count`).
#[must_use]
pub fn values_for_day_line(response: &Response) -> Vec<(String, f64)> {
    let drawn = |score: Score| (score.name.to_owned(), score.value.to_f64());
    let mut values: Vec<(String, f64)> = scores(response).into_iter().map(drawn).collect();
    if form_name(&response.questionnaire) == Some("infusion-session") {
        let number = |link: &str| match response.value(link) {
            Some(Value::Integer(n)) => Some(f64::from(*n)),
            Some(Value::Quantity(quantity)) => Some(quantity.value.to_f64()),
            _ => None,
        };
        let outcome = code(response, "outcome").and_then(|code| OUTCOMES.iter().find(|(c, _)| *c == code));
        let day = response.value("date").and_then(Value::day);
        let told = [
            ("session", outcome.map(|(_, n)| *n)),
            ("session-day", day.map(|day| f64::from(day.number()))),
            ("session-dose", number("dose")),
            ("session-minutes", number("minutes")),
            ("session-count", number("count")),
        ];
        values.extend(told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    values
}

/// The same of an infusion that the clinic wrote down or planned. What was a mistake, or is planned no
/// more, has no outcome.
#[must_use]
pub fn values_of_session(session: &Session) -> Vec<(String, f64)> {
    let outcome = match session.outcome {
        SessionOutcome::NotDone => Some(0.0),
        SessionOutcome::Stopped => Some(1.0),
        SessionOutcome::Completed => Some(2.0),
        SessionOutcome::Planned => Some(3.0),
        SessionOutcome::Mistaken | SessionOutcome::Cancelled => None,
    };
    let dose = session.dose_mg_per_kg.as_ref().and_then(|dose| dose.parse::<Decimal>().ok());
    let told = [
        ("session", outcome),
        ("session-day", Some(f64::from(session.start.local_day().number()))),
        ("session-dose", dose.map(|dose| dose.to_f64())),
        ("session-minutes", session.minutes.map(f64::from)),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The scales of a response that the person would rather not answer, by score name.
#[must_use]
pub fn declined_scales(response: &Response) -> Vec<String> {
    if form_name(&response.questionnaire) != Some("daily-checkin") {
        return Vec::new();
    }
    let declined =
        |label: &&Label| response.item(label.name).is_some_and(|item| item.given == Some(Given::Declined));
    DAILY.iter().filter(declined).map(|label| label.name.to_owned()).collect()
}

const OUTCOMES: [(&str, f64); 4] =
    [("not-done", 0.0), ("stopped", 1.0), ("completed", 2.0), ("planned", 3.0)];

/// The name of one of our forms in `url|version`; `None` for anybody else's.
#[must_use]
pub fn form_name(canonical: &str) -> Option<&str> {
    let url = canonical.split('|').next().unwrap_or(canonical);
    url.strip_prefix(FORMS)
}

impl Label {
    fn score(&self, value: Option<Decimal>) -> Option<Score> {
        let Self { name, system, code, display, unit } = *self;
        Some(Score { system, code, display, unit, value: value?, name })
    }
}

/// A whole number from 0 to 10 given for `link`.
fn zero_to_ten(response: &Response, link: &str) -> Option<i32> {
    match response.value(link) {
        Some(Value::Integer(n)) if (0..=10).contains(n) => Some(*n),
        _ => None,
    }
}

fn code<'a>(response: &'a Response, link: &str) -> Option<&'a str> {
    match response.value(link) {
        Some(Value::Coding(coding)) => coding.code.as_deref(),
        _ => None,
    }
}

fn whole(n: i32) -> Option<Decimal> {
    n.to_string().parse().ok()
}

/// `tenths` as a number with one decimal.
fn one_decimal(tenths: i32) -> Option<Decimal> {
    format!("{}.{}", tenths / 10, tenths % 10).parse().ok()
}

fn one_scale(response: &Response, label: &Label) -> Option<Score> {
    label.score(whole(zero_to_ten(response, label.name)?))
}

fn peg(response: &Response) -> Option<Score> {
    let sum =
        zero_to_ten(response, "peg-1")? + zero_to_ten(response, "peg-2")? + zero_to_ten(response, "peg-3")?;
    // A third of a whole number is never half-way between two tenths.
    PEG.score(one_decimal((sum * 20 + 3) / 6))
}

fn gad(response: &Response) -> Vec<Score> {
    const LINKS: [&str; 7] = ["gad-1", "gad-2", "gad-3", "gad-4", "gad-5", "gad-6", "gad-7"];
    let weights: Vec<Option<i32>> = LINKS.iter().map(|link| gad_weight(code(response, link)?)).collect();
    let sum = |items: &[Option<i32>]| items.iter().copied().sum::<Option<i32>>();
    let first_two = weights.get(..2).and_then(sum).and_then(whole);
    [GAD_7.score(sum(&weights).and_then(whole)), GAD_2.score(first_two)].into_iter().flatten().collect()
}

/// The weight of an answer code. LA18938-3 ("more days than not") stood for 2 in older copies of
/// LOINC's form; it is understood and never sent.
fn gad_weight(code: &str) -> Option<i32> {
    match code {
        "LA6568-5" => Some(0),
        "LA6569-3" => Some(1),
        "LA6570-1" | "LA18938-3" => Some(2),
        "LA6571-9" => Some(3),
        _ => None,
    }
}

fn pgic(response: &Response) -> Option<Score> {
    const CHANGES: [&str; 7] = [
        "very-much-improved",
        "much-improved",
        "minimally-improved",
        "no-change",
        "minimally-worse",
        "much-worse",
        "very-much-worse",
    ];
    let code = code(response, "pgic")?;
    let place = CHANGES.iter().position(|change| *change == code)?;
    PGIC.score(whole(i32::try_from(place).ok()? + 1))
}

fn sleep(response: &Response) -> Vec<Score> {
    let Some(Ok(night)) = night(response) else { return Vec::new() };
    let values = [
        whole(night.time_in_bed),
        whole(night.latency),
        whole(night.awake),
        whole(night.asleep),
        one_decimal(night.efficiency_in_bed),
        one_decimal(night.efficiency_trying),
    ];
    SLEEP.iter().zip(values).filter_map(|(label, value)| label.score(value)).collect()
}
