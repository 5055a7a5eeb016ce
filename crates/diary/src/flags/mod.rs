//! Red flags: answers that are met with a number to call, on the phone, offline.
//!
//! The rules are data ([`RULES`]) in two levels, and look at questionnaires of our own. Their words
//! live with the app's texts under the rule's name. The same rules run at every tap over a draft
//! ([`flags_now`]) and over a recorded response ([`flags`]), on the phone and at the clinic. A clinic
//! may put words and a number of its own on the cards ([`Own`]).

mod own;

pub use own::{MOST, Own, PHONE_CHARS, TEXT_CHARS, own_number, own_words};

use crate::calendar::LocalDay;
use crate::questionnaire::{Answers, Given, Response, Slot, Value, form_name};

/// How loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The card with the numbers, at once.
    CallNow,
    /// A quiet note, at most weekly.
    Quiet,
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Name for good; also the key of its words.
    pub name: &'static str,
    /// How loud.
    pub level: Level,
    /// Name of the questionnaire it looks at.
    pub questionnaire: &'static str,
    /// What must hold, all of it.
    pub needs: &'static [Need],
}

/// What must hold of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// One of the item's answers has this code.
    Code(&'static str, &'static str),
    /// The item is answered yes.
    Yes(&'static str),
    /// The item has a number of at least this.
    AtLeast(&'static str, i32),
}

/// One rule that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Name of the rule.
    pub rule: &'static str,
    /// How loud.
    pub level: Level,
}

/// The rules shipped. What a person said goes on is asked for beside the complaint itself, so that
/// an answer left behind below an unticked complaint flags nothing.
pub const RULES: &[Rule] = &[
    felt("chest-pain", &[Need::Code("felt", "chest-pain")]),
    felt("breathing", &[Need::Code("felt", "breathing")]),
    felt("fainting", &[Need::Code("felt", "fainting")]),
    felt("seeing-hearing", &[Need::Code("felt", "seeing-hearing"), Need::Yes("seeing-hearing-still")]),
    felt("confusion", &[Need::Code("felt", "confusion"), Need::Yes("confusion-still")]),
    high("pain-worst", &[Need::AtLeast("pain-worst", 9)]),
    high("pain-average", &[Need::AtLeast("pain-average", 9)]),
    high("pain-now", &[Need::AtLeast("pain-now", 9)]),
    high("anxiety", &[Need::AtLeast("anxiety", 9)]),
];

const fn felt(name: &'static str, needs: &'static [Need]) -> Rule {
    Rule { name, level: Level::CallNow, questionnaire: "side-effects", needs }
}

const fn high(name: &'static str, needs: &'static [Need]) -> Rule {
    Rule { name, level: Level::Quiet, questionnaire: "daily-checkin", needs }
}

/// Days from one quiet note to the next.
const NOTE_DAYS: i32 = 7;

/// Whether a quiet note may be shown on this day: on the day of the last one, and from a week after it
/// on. A last one that is still to come was noted by a clock that was wrong, and counts for nothing.
#[must_use]
pub fn may_note(last: Option<LocalDay>, today: LocalDay) -> bool {
    last.is_none_or(|last| !(1..NOTE_DAYS).contains(&today.since(last)))
}

/// The rules that hold for a recorded response, the loudest first.
#[must_use]
pub fn flags(rules: &[Rule], response: &Response) -> Vec<Flag> {
    holding(rules, &response.questionnaire, |link| match &response.item(link)?.given {
        Some(Given::Values(values)) => Some(values.as_slice()),
        Some(Given::Declined) | None => None,
    })
}

/// The rules that hold for the answers of a draft of `canonical` (`url|version`).
#[must_use]
pub fn flags_now(rules: &[Rule], canonical: &str, answers: &Answers) -> Vec<Flag> {
    holding(rules, canonical, |link| Some(answers.values(&Slot::top(link))))
}

fn holding<'v>(rules: &[Rule], canonical: &str, values: impl Fn(&str) -> Option<&'v [Value]>) -> Vec<Flag> {
    let Some(form) = form_name(canonical) else { return Vec::new() };
    let some =
        |link: &str, wanted: &dyn Fn(&Value) -> bool| values(link).is_some_and(|v| v.iter().any(wanted));
    let holds = |need: &Need| match *need {
        Need::Code(link, code) => {
            some(link, &|v| matches!(v, Value::Coding(c) if c.code.as_deref() == Some(code)))
        }
        Need::Yes(link) => some(link, &|v| *v == Value::Boolean(true)),
        Need::AtLeast(link, least) => some(link, &|v| matches!(v, Value::Integer(n) if *n >= least)),
    };
    let ours = |rule: &&Rule| rule.questionnaire == form && rule.needs.iter().all(holds);
    let of = |level| rules.iter().filter(move |rule| rule.level == level).filter(ours);
    let loudest_first = of(Level::CallNow).chain(of(Level::Quiet));
    loudest_first.map(|rule| Flag { rule: rule.name, level: rule.level }).collect()
}
