//! Resources as a phone would send them.

/// A check-in with a note, as another system might write it: one answer and nothing more. Its id
/// ends in `n`.
pub(crate) fn check_in(n: u32, patient: &str, pain: u8) -> (String, String) {
    let id = format!("00000000-0000-7000-8000-{n:012}");
    let text = serde_json::json!({
        "resourceType": "QuestionnaireResponse",
        "id": id,
        "questionnaire": "https://interlude.health/fhir/Questionnaire/daily-checkin|1.0.0",
        "status": "completed",
        "subject": { "reference": format!("Patient/{patient}") },
        "authored": "2026-03-12T07:42:05+01:00",
        "item": [{ "linkId": "pain-worst", "answer": [{ "valueInteger": pain }] }],
    });
    (format!("/fhir/QuestionnaireResponse/{id}"), text.to_string())
}

/// A side-effects form that asks for a call.
pub(crate) fn chest_pain(n: u32, patient: &str) -> (String, String) {
    let (path, text) = check_in(n, patient, 0);
    let mut resource: serde_json::Value = serde_json::from_str(&text).unwrap();
    resource["questionnaire"] = "https://interlude.health/fhir/Questionnaire/side-effects|1.0.0".into();
    let coding = serde_json::json!({
        "system": "https://interlude.health/fhir/CodeSystem/diary",
        "code": "chest-pain",
    });
    resource["item"] = serde_json::json!([{ "linkId": "felt", "answer": [{ "valueCoding": coding }] }]);
    (path, resource.to_string())
}
