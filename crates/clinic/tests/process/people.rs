//! Patients, codes, phones, sessions and flags from the command line, beside a running server.

use crate::entries::{check_in, chest_pain};
use crate::place::Place;
use crate::server::{DEVICE, Server};

#[test]
fn a_phone_is_invited_paired_and_revoked_while_the_server_runs() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    assert_eq!(place.good(&["patient", "list"]), format!("{patient} A.B.\n"));
    let server = Server::start(&place);
    let (first, second) = (place.code(&patient), place.code(&patient));
    assert_eq!(server.pair(&first).status, 404, "a newer code voids the one before");
    let phone = server.paired(&second);
    assert_eq!(server.pair(&second).status, 404, "a code works once");
    let own = format!("/fhir/Patient/{patient}");
    assert_eq!(phone.get(&own).status, 200);

    let listed = place.good(&["revoke", &patient]);
    assert!(listed.starts_with(&format!("{DEVICE} paired 20")), "{listed}");
    assert_eq!(place.good(&["revoke", &patient, DEVICE]), "1 ended\n");
    assert_eq!(phone.get(&own).status, 401);
    assert_eq!(place.good(&["revoke", &patient]), "");
    let again = place.bad(&["revoke", &patient, DEVICE]);
    assert!(again.contains("no such phone is paired; without a device, `revoke` lists"), "{again}");

    let both = [place.code(&patient), place.code(&patient)].map(|code| server.pair(&code).status);
    assert_eq!(both, [404, 200]);
    let third = server.paired(&place.code(&patient));
    assert_eq!(place.good(&["revoke", &patient, "all"]), "2 ended\n");
    assert_eq!(third.get(&own).status, 401);
}

#[test]
fn a_session_written_down_reaches_the_phone() {
    let place = Place::new();
    let (patient, other) = (place.patient("A.B."), place.patient("C.D."));
    let start = "2026-03-12T09:30:00+01:00";
    let words = ["infusion", "add", &patient, "--start", start, "--minutes", "40", "--dose", "0.50"];
    let said = place.good(&words);
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    let answer = phone.get(&format!("/fhir/{}", said.trim()));
    let read = answer.json();
    assert_eq!(read["status"], "completed");
    assert_eq!(read["subject"]["reference"], format!("Patient/{patient}"));
    assert!(answer.text.contains("\"value\":0.50"), "{}", answer.text);
    // Beside the running server, and for somebody else.
    let theirs = place.good(&["infusion", "add", &other, "--start", start, "--outcome", "not-done"]);
    assert_eq!(phone.get(&format!("/fhir/{}", theirs.trim())).status, 404);
    let list = phone.get("/fhir/MedicationAdministration").json();
    assert_eq!(list["entry"].as_array().unwrap().len(), 1);
}

#[test]
fn a_series_is_planned_moved_shortened_and_corrected() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let words = ["infusion", "add", &patient, "--start", "2026-03-09T09:30:00+01:00", "--outcome", "planned"];
    let said = place.good(&[&words[..], &["--days", "3", "--minutes", "40", "--dose", "0.50"]].concat());
    let plans: Vec<&str> = said.lines().collect();
    assert!(plans.len() == 3 && plans.iter().all(|plan| plan.starts_with("MedicationRequest/")), "{said}");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    let third = phone.get(&format!("/fhir/{}", plans[2])).json();
    assert_eq!((&third["status"], &third["intent"]), (&"active".into(), &"order".into()));
    assert_eq!(third["dosageInstruction"][0]["timing"]["event"][0], "2026-03-11T09:30:00.000+01:00");

    let moved = "2026-03-12T10:00:00+01:00";
    place.good(&["infusion", "change", &patient, plans[2], "--start", moved]);
    place.good(&["infusion", "change", &patient, plans[1], "--outcome", "cancelled"]);
    let wrong = place.bad(&["infusion", "change", &patient, plans[0], "--outcome", "completed"]);
    assert!(wrong.contains("of a plan, planned or cancelled"), "{wrong}");
    let given = place.good(&["infusion", "add", &patient, "--start", "2026-03-09T09:40:00+01:00"]);
    place.good(&["infusion", "change", &patient, given.trim(), "--outcome", "stopped", "--minutes", "25"]);

    let listed = place.good(&["infusion", "list", &patient]);
    let told: Vec<&str> = listed.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    assert_eq!(
        told,
        [
            "2026-03-09T09:30:00.000+01:00 planned 0.50 mg/kg 40 min",
            "2026-03-09T09:40:00.000+01:00 stopped 25 min",
            "2026-03-10T09:30:00.000+01:00 cancelled 0.50 mg/kg 40 min",
            "2026-03-12T10:00:00.000+01:00 planned 0.50 mg/kg 40 min",
        ]
    );
    let history = phone.get(&format!("/fhir/{}/_history", plans[2])).json();
    assert_eq!(history["entry"].as_array().unwrap().len(), 2, "what was planned first stays readable");
    assert!(history["entry"][0].to_string().contains("StructureDefinition/parent"));
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
}

#[test]
fn what_the_clinic_says_on_its_cards_reaches_the_phone() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    let led = phone.get(&format!("/fhir/Patient/{patient}")).json();
    let at = format!("/fhir/{}", led["managingOrganization"]["reference"].as_str().unwrap());
    let before = phone.get(&at).json();
    assert_eq!((&before["name"], &before["telecom"]), (&"The clinic".into(), &serde_json::Value::Null));
    assert_eq!(phone.get("/fhir/Organization/other").status, 404);

    place.good(&["card", "set", "--phone", "+34 910 555 0142"]);
    place.good(&[
        "card",
        "set",
        "--rule",
        "chest-pain",
        "--language",
        "es",
        "--text",
        "Llame a la enfermera.",
    ]);
    place.good(&["card", "set", "--rule", "chest-pain", "--language", "es", "--phone", "112"]);
    let said = phone.get(&at).json();
    assert_eq!(said["telecom"][0]["value"], "+34 910 555 0142");
    let parts: Vec<String> = said["extension"][0]["extension"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["url"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(parts, ["rule", "language", "text", "phone"], "what was not named again stayed");
    assert_eq!(
        place.good(&["card", "list"]),
        "every-card any-language phone +34 910 555 0142\n\
         chest-pain es phone 112 text Llame a la enfermera.\n"
    );

    place.good(&["card", "clear", "--rule", "chest-pain", "--language", "es"]);
    place.good(&["card", "clear"]);
    assert_eq!(phone.get(&at).json(), before);
}

#[test]
fn a_flag_stands_until_it_is_acknowledged() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    assert_eq!(place.good(&["flags"]), "");
    let (path, text) = chest_pain(1, &patient);
    assert_eq!(phone.put(&path, &text).status, 201);
    let (path, text) = check_in(2, &patient, 10);
    assert_eq!(phone.put(&path, &text).status, 201);
    let listed = place.good(&["flags"]);
    let words: Vec<&str> = listed.trim().split(' ').collect();
    assert_eq!((words[0], words[2], words[3], words[4]), ("1", "A.B.", patient.as_str(), "chest-pain"));
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert_eq!(place.good(&["flags", "--ack", "1"]), "1 acknowledged\n");
    assert_eq!(place.good(&["flags"]), "");
    assert!(place.good(&["flags", "--all"]).contains(" acknowledged 20"));
    let again = place.bad(&["flags", "--ack", "1"]);
    assert!(again.contains("no open flag has this number; `interlude-clinic flags` lists them"), "{again}");
    // What was done about it stands in the chain.
    place.good(&["verify-audit"]);
}

#[test]
fn an_erased_patient_is_gone_for_good() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    let (path, text) = check_in(1, &patient, 4);
    assert_eq!(phone.put(&path, &text).status, 201);
    let meant = place.bad(&["patient", "erase", &patient]);
    assert!(meant.contains("say --yes when it is meant"), "{meant}");
    assert_eq!(phone.get(&path).status, 200);
    place.good(&["patient", "erase", &patient, "--yes"]);
    assert_eq!(phone.get(&path).status, 401);
    assert_eq!(place.good(&["patient", "list"]), "");
    place.bad(&["invite", &patient]);
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
    let file = std::fs::read(place.store()).unwrap();
    let held = |needle: &[u8]| file.windows(needle.len()).any(|part| part == needle);
    assert!(!held(b"pain-worst") && held(patient.as_bytes()), "content is overwritten, the chain is kept");
}

#[test]
fn a_phone_with_a_wrong_clock_is_listed() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    assert_eq!(place.good(&["clocks"]), "");
    let (path, text) = check_in(1, &patient, 4);
    let request = format!("{{\"method\":\"PUT\",\"url\":\"{}\"}}", path.trim_start_matches("/fhir/"));
    let body = format!(
        "{{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"timestamp\":\"2019-01-01T00:00:00Z\",\
         \"entry\":[{{\"resource\":{text},\"request\":{request}}}]}}"
    );
    let bearer = format!("Bearer {}", phone.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
    let answer = server.send("POST", "/fhir", &headers, body.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text);
    let listed = place.good(&["clocks"]);
    assert!(listed.starts_with(&format!("A.B. {patient} {DEVICE} ")), "{listed}");
    assert!(listed.contains(" d ") && listed.contains(" behind, from 20"), "{listed}");
}
