//! What a put and a Bundle store, and what is answered.

use axum::http::StatusCode;
use interlude_clinic::store::MemoryStore;
use interlude_clinic::{Config, OsChance, chance};
use interlude_diary::entry::{Body, Entry};
use interlude_fhir::digest::digest;
use interlude_fhir::wire::{read, write_entry};

use crate::support::{Clinic, bundle, check_in, corrected, receipt_in};

#[tokio::test]
async fn a_put_is_answered_with_a_receipt_of_what_was_stored() {
    let clinic = Clinic::new().await;
    let entry = check_in(1, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    let answer = clinic.put(&entry, &text, &[("if-none-match", "*")]).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("etag"), "W/\"EP0CH000-1\"");
    assert!(answer.header("location").ends_with(&format!("/{}/_history/EP0CH000-1", entry.id)));
    let received = read(&answer.text).unwrap();
    assert_eq!(received.entry, entry);
    assert_eq!(received.receipt.unwrap().digest, Some(digest(&entry)));

    let again = clinic.put(&entry, &text, &[("if-none-match", "*")]).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.text, answer.text);
}

#[tokio::test]
async fn extensions_of_others_and_decimals_come_back_as_sent() {
    let clinic = Clinic::new().await;
    let entry = check_in(1, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    let theirs = "{ \"url\" : \"https://example.org/dose\",\n \"valueDecimal\":6.50 }";
    let odd = text.replacen("\"extension\":[", &format!("\"extension\" : [{theirs} , "), 1);
    let odd = odd.replacen('{', "{ \"language\" : \"\\u0065s\",\n", 1);
    let answer = clinic.put(&entry, &odd, &[]).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let read = clinic.get(&format!("/fhir/QuestionnaireResponse/{}", entry.id)).await;
    assert!(read.text.contains(theirs), "{}", read.text);
    assert!(read.text.contains("\"language\" : \"\\u0065s\",\n"), "{}", read.text);
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
    assert_eq!(
        answer.statuses(),
        ["201 Created", "404 Not Found", "422 Unprocessable Entity", "201 Created"]
    );
    assert_eq!(receipt_in(&answer.text, 0).digest, Some(digest(&first)));
    assert_eq!(receipt_in(&answer.text, 3).digest, Some(digest(&second)));
    // Said again, each is answered as the first time, with no new version.
    let again = clinic.batch("batch", &entries).await;
    assert_eq!(again.statuses(), ["200 OK", "404 Not Found", "422 Unprocessable Entity", "200 OK"]);
    assert_eq!(receipt_in(&again.text, 0), receipt_in(&answer.text, 0));
}

#[tokio::test]
async fn a_stale_condition_is_answered_with_what_is_current() {
    let clinic = Clinic::new().await;
    let first = check_in(1, 4);
    let mine = write_entry(&first, clinic.patient.as_str());
    clinic.batch("batch", &[(first.id, &mine, "*")]).await;
    let late = corrected(&first, 6);
    let text = write_entry(&late, clinic.patient.as_str());
    let answer = clinic.batch("batch", &[(late.id, &text, "*")]).await;
    assert_eq!(answer.statuses(), ["412 Precondition Failed"]);
    let current = answer.json()["entry"][0]["resource"].to_string();
    let current = read(&current).unwrap();
    assert_eq!(current.entry, first);
    assert_eq!(current.receipt.unwrap().version.0, "EP0CH000-1");
    let answer = clinic.batch("batch", &[(late.id, &text, "EP0CH000-1")]).await;
    assert_eq!(answer.statuses(), ["200 OK"]);
    let history = clinic.get(&format!("/fhir/QuestionnaireResponse/{}/_history", first.id)).await;
    assert_eq!(history.json()["entry"].as_array().unwrap().len(), 2);
    let old = clinic.get(&format!("/fhir/QuestionnaireResponse/{}/_history/EP0CH000-1", first.id)).await;
    assert_eq!(read(&old.text).unwrap().entry, first);
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing() {
    let clinic = Clinic::new().await;
    let (first, second) = (check_in(1, 4), check_in(2, 5));
    let texts = [first.clone(), second.clone()].map(|entry| write_entry(&entry, clinic.patient.as_str()));
    clinic.batch("batch", &[(first.id, &texts[0], "*")]).await;
    let late = write_entry(&corrected(&first, 9), clinic.patient.as_str());
    let both = [(second.id, texts[1].as_str(), "*"), (first.id, late.as_str(), "*")];
    assert_eq!(clinic.batch("transaction", &both).await.status, StatusCode::PRECONDITION_FAILED);
    let missing = clinic.get(&format!("/fhir/QuestionnaireResponse/{}", second.id)).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let both = [(second.id, texts[1].as_str(), "*"), (first.id, late.as_str(), "EP0CH000-1")];
    assert_eq!(clinic.batch("transaction", &both).await.statuses(), ["201 Created", "200 OK"]);
}

/// A server that keeps something else than it was sent must say so: its receipt is made of the
/// row, so the phone sees a digest that is not its own. One that echoes fails here.
#[tokio::test]
async fn an_altered_row_has_another_digest() {
    let store = MemoryStore::altering("EP0CH000", |text| {
        text.replacen("\"valueInteger\":4", "\"valueInteger\":5", 1)
    });
    let clinic = Clinic::with(store, Config::default()).await;
    let entry = check_in(1, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    let answer = clinic.batch("batch", &[(entry.id, &text, "*")]).await;
    let receipt = receipt_in(&answer.text, 0);
    assert_eq!(receipt.revision, entry.revision);
    assert_ne!(receipt.digest, Some(digest(&entry)));
    assert_eq!(receipt.digest, Some(digest(&check_in(1, 5))));
}

#[tokio::test]
async fn a_row_that_cannot_be_read_any_more_is_not_called_ours() {
    let clinic =
        Clinic::with(MemoryStore::altering("EP0CH000", |_| "torn".to_owned()), Config::default()).await;
    let entry = check_in(1, 4);
    let text = write_entry(&entry, clinic.patient.as_str());
    let answer = clinic.batch("batch", &[(entry.id, &text, "*")]).await;
    assert_ne!(receipt_in(&answer.text, 0).digest, Some(digest(&entry)));
}

#[tokio::test]
async fn a_plain_client_without_revisions_makes_versions_by_content() {
    let clinic = Clinic::new().await;
    let entry = check_in(1, 4);
    let plain = |n: u8| {
        format!(
            "{{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"{}\",\"meta\":{{\"versionId\":\"1\"}},\
             \"status\":\"completed\",\"questionnaire\":\"https://x.example/q|1\",\
             \"subject\":{{\"reference\":\"Patient/{}\"}},\"authored\":\"2026-03-12T07:42:05+01:00\",\
             \"item\":[{{\"linkId\":\"a\",\"answer\":[{{\"valueInteger\":{n}}}]}}]}}",
            entry.id, clinic.patient
        )
    };
    for (text, version) in [(plain(1), 1), (plain(1), 1), (plain(2), 2), (plain(2), 2)] {
        let answer = clinic.put(&entry, &text, &[]).await;
        assert_eq!(answer.header("etag"), format!("W/\"EP0CH000-{version}\""), "{}", answer.text);
    }
}

#[tokio::test]
async fn gzip_both_ways() {
    use std::io::{Read as _, Write as _};
    let clinic = Clinic::new().await;
    let entries: Vec<Entry> = (1..20).map(|n| check_in(n, 4)).collect();
    let texts: Vec<String> =
        entries.iter().map(|entry| write_entry(entry, clinic.patient.as_str())).collect();
    let puts: Vec<_> =
        entries.iter().zip(&texts).map(|(entry, text)| (entry.id, text.as_str(), "*")).collect();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bundle("batch", &puts).as_bytes()).unwrap();
    let bearer = clinic.bearer();
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/fhir+json"),
        ("content-encoding", "gzip"),
        ("accept-encoding", "gzip"),
    ];
    let answer = clinic.send("POST", "/fhir", &headers, packer.finish().unwrap()).await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.bytes.as_slice()).read_to_string(&mut text).unwrap();
    assert_eq!(receipt_in(&text, 18).digest, Some(digest(&entries[18])));
}

#[tokio::test]
async fn a_session_is_not_put_by_phones() {
    let clinic = Clinic::new().await;
    let id = chance::uuid(&OsChance).unwrap();
    let path = format!("/fhir/MedicationAdministration/{id}");
    let headers = [("authorization", clinic.bearer())];
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(clinic.send("PUT", &path, &headers, "{}").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn answers_taken_back_stay_readable() {
    let clinic = Clinic::new().await;
    let first = check_in(1, 4);
    let mut gone = corrected(&first, 4);
    if let Body::Response(response) = gone.body.clone() {
        gone.body = Body::Retracted(response);
    }
    let texts = [first.clone(), gone.clone()].map(|entry| write_entry(&entry, clinic.patient.as_str()));
    clinic.batch("batch", &[(first.id, &texts[0], "*"), (gone.id, &texts[1], "EP0CH000-1")]).await;
    let read = clinic.get(&format!("/fhir/QuestionnaireResponse/{}", first.id)).await;
    assert_eq!(read.json()["status"], "entered-in-error");
    let scores = clinic.get("/fhir/Observation").await.json();
    let statuses = scores["entry"].as_array().into_iter().flatten().map(|e| e["resource"]["status"].clone());
    assert!(statuses.into_iter().all(|status| status == "entered-in-error"), "{scores}");
}
