//! HL7's JSON schema of FHIR R4, as the judge of what the clinic serves.

use anyhow::{Context as _, Result};
use jsonschema::Validator;
use serde_json::{Value, json};

use super::place;

/// A validator of one type of resource. The schema as published tries all 148 types at once and
/// names none in its complaints.
///
/// # Errors
/// When the schema is not beside the checkout.
pub fn of(resource: &str) -> Result<Validator> {
    let file = place::fixtures().join("fhir.r4.schema.json");
    let text = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let whole: Value = serde_json::from_slice(&text)?;
    let one = json!({
        "$schema": whole.get("$schema"),
        "$ref": format!("#/definitions/{resource}"),
        "definitions": whole.get("definitions"),
    });
    jsonschema::validator_for(&one).context("the schema is not one")
}

/// What is wrong with a document, in words.
#[must_use]
pub fn complaints(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|wrong| format!("{}: {wrong}", wrong.instance_path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_judge_can_say_no() {
        let judge = of("QuestionnaireResponse").unwrap();
        let good = json!({ "resourceType": "QuestionnaireResponse", "status": "completed" });
        assert_eq!(complaints(&judge, &good), Vec::<String>::new());
        let bad = json!({ "resourceType": "QuestionnaireResponse", "status": "completed", "mood": "fine" });
        assert_eq!(complaints(&judge, &bad).len(), 1);
        let bad = json!({ "resourceType": "QuestionnaireResponse", "status": "completed", "item": "none" });
        assert!(!complaints(&judge, &bad).is_empty());
    }
}
