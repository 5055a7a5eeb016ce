//! What the clinic derives from a response: scores and red flags, by the diary's own rules.

use interlude_diary::entry::{Body, Entry};
use interlude_diary::flags::{self, Level};
use interlude_fhir::observation;

use crate::store::{Flag, Score};

/// The diary's own code system.
pub const OUR_CODES: &str = "https://interlude.health/fhir/CodeSystem/diary";

/// The scores of an entry; none for answers taken back.
#[must_use]
pub fn scores(entry: &Entry) -> Vec<Score> {
    let Body::Response(_) = &entry.body else { return Vec::new() };
    let derived = observation::derive(entry, None).into_iter();
    derived
        .map(|one| Score {
            id: one.id,
            name: one.score.name.to_owned(),
            system: one.score.system.to_owned(),
            code: one.score.code.to_owned(),
            value: one.score.value.to_string(),
        })
        .collect()
}

/// The call-now answers of an entry; none for answers taken back.
#[must_use]
pub fn red_flags(entry: &Entry) -> Vec<Flag> {
    let Body::Response(response) = &entry.body else { return Vec::new() };
    let held = flags::flags(flags::RULES, response).into_iter();
    held.filter(|flag| flag.level == Level::CallNow).map(|flag| Flag { rule: flag.rule.to_owned() }).collect()
}
