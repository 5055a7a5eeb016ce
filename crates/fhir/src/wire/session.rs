//! `MedicationAdministration`: an infusion session as the clinic wrote it down.

use interlude_diary::entry::{Entry, Session, SessionOutcome};
use interlude_diary::questionnaire::Decimal;

use super::read::{WireError, moment};
use super::write::{identifier, patient_member};
use crate::json::{Node, Writer};

pub(super) fn write(to: &mut Writer, entry: &Entry, session: &Session, patient: &str) {
    to.name("identifier").open('[');
    identifier(to, entry);
    to.close(']');
    to.text(
        "status",
        match session.outcome {
            SessionOutcome::Completed => "completed",
            SessionOutcome::Stopped => "stopped",
            SessionOutcome::NotDone => "not-done",
        },
    );
    to.name("medicationCodeableConcept").open('{').name("coding").open('[').open('{');
    to.text("system", "http://www.nlm.nih.gov/research/umls/rxnorm").text("code", "6130");
    to.text("display", "ketamine").close('}').close(']').close('}');
    patient_member(to, "subject", patient);
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
    if let Some(dose) = session.dose_mg_per_kg.as_ref().and_then(|dose| dose.parse::<Decimal>().ok()) {
        to.name("dosage").open('{').name("dose").open('{').name("value").raw(dose.as_str());
        to.text("unit", "mg/kg").text("system", "http://unitsofmeasure.org").text("code", "mg/kg");
        to.close('}').close('}');
    }
}

pub(super) fn read(resource: &Node<'_>, status: &str) -> Result<Session, WireError> {
    let outcome = match status {
        // One that runs has begun, and that is what the schedule counts from.
        "completed" | "in-progress" => SessionOutcome::Completed,
        "stopped" => SessionOutcome::Stopped,
        // Written down by mistake: there was none.
        "not-done" | "entered-in-error" => SessionOutcome::NotDone,
        _ => return Err(WireError::Part("status")),
    };
    let period = resource.get("effectivePeriod");
    let start = resource.str("effectiveDateTime").or_else(|| period?.str("start"));
    let start = start.and_then(moment).ok_or(WireError::Part("effective"))?;
    let end = period.and_then(|period| period.str("end")).and_then(moment);
    let minutes = end.and_then(|end| u16::try_from((end.unix_ms() - start.unix_ms()) / 60_000).ok());
    let dose = resource.get("dosage").and_then(|dosage| dosage.get("dose"));
    let per_kg = dose.filter(|dose| dose.str("code").or_else(|| dose.str("unit")) == Some("mg/kg"));
    let dose_mg_per_kg = per_kg.and_then(|dose| dose.get("value")?.number()).map(str::to_owned);
    Ok(Session { start, minutes, dose_mg_per_kg, outcome })
}
