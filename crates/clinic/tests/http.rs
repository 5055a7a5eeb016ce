//! The server as phones meet it: the router called without a socket.

mod support;

use axum::http::StatusCode;
use interlude_fhir::digest::digest;
use interlude_fhir::wire::{read, write_entry};
use support::{Clinic, check_in, corrected, receipt_in};

#[tokio::test]
async fn a_put_is_answered_with_a_receipt_of_what_was_stored() {
    let clinic = Clinic::new().await;
    let entry = check_in(1, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    let answer = clinic.put(&entry, &text, &[("if-none-match", "*")]).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let received = read(&answer.text).unwrap();
    assert_eq!(received.entry, entry);
    assert_eq!(received.receipt.unwrap().digest, Some(digest(&entry)));

    let again = clinic.put(&entry, &text, &[("if-none-match", "*")]).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.text, answer.text);
}

#[tokio::test]
async fn a_batch_gives_each_entry_its_own_fate() {
    let clinic = Clinic::new().await;
    let (first, second) = (check_in(1, 4), check_in(2, 5));
    let texts = [
        write_entry(&first, clinic.patient.as_str()),
        write_entry(&second, "somebody-else"),
        "{\"resourceType\":\"QuestionnaireResponse\"}".to_owned(),
        write_entry(&second, clinic.patient.as_str()),
    ];
    let ids = [first.id, second.id, second.id, second.id];
    let entries: Vec<_> = ids.iter().zip(&texts).map(|(id, text)| (*id, text.as_str(), "*")).collect();
    let answer = clinic.batch("batch", &entries).await;
    assert_eq!(answer.statuses(), ["201 Created", "404 Not Found", "422 Unprocessable Entity", "201 Created"]);
    assert_eq!(receipt_in(&answer.text, 0).digest, Some(digest(&first)));
    assert_eq!(receipt_in(&answer.text, 3).digest, Some(digest(&second)));

    let late = corrected(&first, 6);
    let text = write_entry(&late, clinic.patient.as_str());
    let answer = clinic.batch("batch", &[(late.id, &text, "*")]).await;
    assert_eq!(answer.statuses(), ["412 Precondition Failed"]);
    assert_eq!(answer.json()["entry"][0]["resource"]["item"][0]["answer"][0]["valueInteger"], 4);
}
