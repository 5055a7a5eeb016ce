//! `MedicationAdministration` and `MedicationRequest`: an infusion session as the clinic wrote it down, or
//! planned it. One resource a session.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Entry, Session, SessionOutcome};
use interlude_diary::questionnaire::Decimal;

use super::read::{WireError, moment};
use super::write::{identifier, patient_member};
use crate::json::{Node, Writer};

const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const KETAMINE: &str = "6130";

pub(super) fn write(to: &mut Writer, entry: &Entry, session: &Session, patient: &str) {
    to.name("identifier").open('[');
    identifier(to, entry);
    to.close(']');
    let status = match session.outcome {
        SessionOutcome::Completed => "completed",
        SessionOutcome::Stopped => "stopped",
        SessionOutcome::NotDone => "not-done",
        SessionOutcome::Mistaken => "entered-in-error",
        SessionOutcome::Planned => "active",
        SessionOutcome::Cancelled => "cancelled",
    };
    to.text("status", status);
    let plan = session.outcome.is_plan();
    if plan {
        to.text("intent", "order");
    }
    to.name("medicationCodeableConcept").open('{').name("coding").open('[').open('{');
    to.text("system", RXNORM).text("code", KETAMINE);
    to.text("display", "ketamine").close('}').close(']').close('}');
    patient_member(to, "subject", patient);
    if plan { planned(to, session) } else { given(to, session) }
}

/// When and how much, of what was given.
fn given(to: &mut Writer, session: &Session) {
    match session.minutes {
        Some(minutes) => {
            let end = session.start.plus_ms(i64::from(minutes) * 60_000);
            to.name("effectivePeriod").open('{').text("start", &session.start.to_string());
            to.text("end", &end.to_string()).close('}');
        }
        None => {
            to.text("effectiveDateTime", &session.start.to_string());
        }
    }
    if let Some(dose) = dose_of(session) {
        to.name("dosage").open('{').name("dose");
        quantity(to, &dose);
        to.close('}');
    }
}

/// The same of what is to be given.
fn planned(to: &mut Writer, session: &Session) {
    to.name("dosageInstruction").open('[').open('{').name("timing").open('{');
    to.name("event").open('[').string(&session.start.to_string()).close(']');
    if let Some(minutes) = session.minutes {
        to.name("repeat").open('{').name("duration").raw(&minutes.to_string());
        to.text("durationUnit", "min").close('}');
    }
    to.close('}');
    if let Some(dose) = dose_of(session) {
        to.name("doseAndRate").open('[').open('{').name("doseQuantity");
        quantity(to, &dose);
        to.close('}').close(']');
    }
    to.close('}').close(']');
}

fn dose_of(session: &Session) -> Option<Decimal> {
    session.dose_mg_per_kg.as_ref().and_then(|dose| dose.parse().ok())
}

fn quantity(to: &mut Writer, dose: &Decimal) {
    to.open('{').name("value").raw(dose.as_str());
    to.text("unit", "mg/kg").text("system", "http://unitsofmeasure.org").text("code", "mg/kg").close('}');
}

/// Reads a `MedicationAdministration`.
pub(super) fn read(resource: &Node<'_>, status: &str) -> Result<Session, WireError> {
    let outcome = match status {
        // One that runs has begun, and that is what the schedule counts from.
        "completed" | "in-progress" => SessionOutcome::Completed,
        "stopped" => SessionOutcome::Stopped,
        "not-done" => SessionOutcome::NotDone,
        "entered-in-error" => SessionOutcome::Mistaken,
        _ => return Err(WireError::Part("status")),
    };
    let period = resource.get("effectivePeriod");
    let start = resource.str("effectiveDateTime").or_else(|| period?.str("start"));
    let start = start.and_then(moment).ok_or(WireError::Part("effective"))?;
    let end = period.and_then(|period| period.str("end")).and_then(moment);
    let minutes = end.and_then(|end| u16::try_from((end.unix_ms() - start.unix_ms()) / 60_000).ok());
    let dose_mg_per_kg = resource.get("dosage").and_then(|dosage| dosage.get("dose")).and_then(per_kg);
    Ok(Session { start, minutes, dose_mg_per_kg, outcome })
}

/// Reads a `MedicationRequest` of one session.
pub(super) fn read_plan(resource: &Node<'_>, status: &str) -> Result<Session, WireError> {
    let outcome = match status {
        "active" | "completed" | "draft" | "on-hold" => SessionOutcome::Planned,
        "cancelled" | "stopped" | "entered-in-error" => SessionOutcome::Cancelled,
        _ => return Err(WireError::Part("status")),
    };
    let [instruction] = resource.list("dosageInstruction") else {
        return Err(WireError::Part("dosageInstruction"));
    };
    let timing = instruction.get("timing").ok_or(WireError::Part("timing"))?;
    let [event] = timing.list("event") else { return Err(WireError::Part("event")) };
    let start: Moment = event.string().and_then(moment).ok_or(WireError::Part("event"))?;
    let repeat = timing.get("repeat").filter(|repeat| repeat.str("durationUnit") == Some("min"));
    let minutes = repeat.and_then(|repeat| repeat.get("duration")?.number()?.parse().ok());
    let dose = instruction.list("doseAndRate").iter().find_map(|one| one.get("doseQuantity"));
    Ok(Session { start, minutes, dose_mg_per_kg: dose.and_then(per_kg), outcome })
}

fn per_kg(dose: &Node<'_>) -> Option<String> {
    let per_kg = dose.str("code").or_else(|| dose.str("unit")) == Some("mg/kg");
    dose.get("value").filter(|_| per_kg)?.number().map(str::to_owned)
}

/// Whether a `MedicationAdministration` or a `MedicationRequest` is about ketamine: a hospital's server has
/// those of every other medicine too, and they are no infusions.
pub(super) fn is_of_ketamine(resource: &Node<'_>) -> bool {
    let named = |text: Option<&str>| text.is_some_and(|text| text.to_ascii_lowercase().contains("ketamin"));
    let coded = |coding: &Node<'_>| {
        let rxnorm = coding.str("system") == Some(RXNORM) && coding.str("code") == Some(KETAMINE);
        rxnorm || named(coding.str("display"))
    };
    let concept = resource.get("medicationCodeableConcept");
    let reference = resource.get("medicationReference");
    concept.is_some_and(|concept| named(concept.str("text")) || concept.list("coding").iter().any(coded))
        || reference.is_some_and(|reference| named(reference.str("display")))
}
