//! The steps of a sync cycle as HTTP, and what answers mean.

use interlude_diary::sync::{By, Create, Failure, Kind, Pushed, Server, Step, Told};
use interlude_fhir::bundle::{push_bundle_as, read_requests};
use interlude_fhir::digest::digest;
use interlude_fhir::exchange::{Answer, calls, ready, told};
use interlude_fhir::wire::write_entry;

use crate::sample::{PATIENT, consent, entry, now, outgoing};

const FOREIGN: Server = Server::Foreign { create: Create::PutByIdentifier };

fn path(step: &Step, server: Server) -> String {
    let calls = calls(step, server, PATIENT, now());
    assert!(calls.len() == 1 && calls[0].body.is_none());
    calls[0].path.clone()
}

#[test]
fn lists_and_fetches() {
    let list = |kind, since, next| Step::List { kind, since, next };
    assert_eq!(
        path(&list(Kind::Response, Some(now()), None), Server::Clinic),
        "QuestionnaireResponse?subject=Patient/pat-1&_elements=id,meta&_lastUpdated=ge2026-03-12T06:42:09.001Z\
         &_sort=_lastUpdated&_count=1000"
    );
    assert_eq!(
        path(&list(Kind::Consent, None, None), FOREIGN),
        "Consent?patient=Patient/pat-1&_sort=_lastUpdated&_count=1000"
    );
    let next = "https://x/fhir?page=2".to_owned();
    assert_eq!(path(&list(Kind::Consent, None, Some(next.clone())), FOREIGN), next.clone());
    let fetch = |by, next| Step::Fetch {
        kind: Kind::Session,
        resources: vec!["a".to_owned(), "b".to_owned()],
        by,
        next,
    };
    assert_eq!(path(&fetch(By::Id, Some(next.clone())), FOREIGN), next);
    assert_eq!(
        path(&fetch(By::Identifier, None), FOREIGN),
        "MedicationAdministration?subject=Patient/pat-1&identifier=urn:ietf:rfc:3986%7Curn:uuid:a,\
         urn:ietf:rfc:3986%7Curn:uuid:b&_count=1000"
    );
    let fetch = fetch(By::Id, None);
    assert_eq!(
        path(&fetch, Server::Clinic),
        "MedicationAdministration?subject=Patient/pat-1&_id=a,b&_count=1000"
    );
    let page = format!(
        "{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{}}}]}}",
        write_entry(&entry(), PATIENT)
    );
    let good = [Answer { status: 200, after_ms: None, body: page }];
    let histories = Step::Histories(["a", "b"].map(|id| (Kind::Response, id.to_owned())).to_vec());
    let asked: Vec<String> =
        calls(&histories, Server::Clinic, PATIENT, now()).into_iter().map(|call| call.path).collect();
    assert_eq!(asked, ["a", "b"].map(|id| format!("QuestionnaireResponse/{id}/_history?_count=1000")));
    let Some(Told::Histories(read)) = told(&histories, &good, now()) else { panic!("no histories") };
    assert_eq!(read[0].as_ref().map(|rows| rows[0].entry.revision), Ok(entry().revision));
    assert_eq!(read[1], Err(Failure { status: 0, after_ms: None }), "the second was never answered");
    let Some(Told::Fetched { rows: fetched, next: None }) = told(&fetch, &good, now()) else {
        panic!("not fetched")
    };
    assert_eq!((&*fetched[0].entry, fetched[0].digest), (&entry(), Some(digest(&entry()))));
    let Some(Told::Listed(listed)) = told(&list(Kind::Response, None, None), &good, now()) else {
        panic!("not listed")
    };
    assert_eq!(listed.rows[0].id, entry().id);
}

#[test]
fn answers_that_are_none() {
    let list = Step::List { kind: Kind::Response, since: None, next: None };
    let failed = |status, after_ms| Some(Told::Failed(Failure { status, after_ms }));
    let answer = |status, body: &str| [Answer { status, after_ms: Some(7), body: body.to_owned() }];
    assert_eq!(told(&list, &answer(200, "<html>Wi-Fi</html>"), now()), failed(0, Some(7)));
    assert_eq!(told(&list, &answer(503, "{}"), now()), failed(503, Some(7)));
    assert_eq!(told(&list, &[], now()), failed(0, None));
    assert_eq!(told(&Step::Here(vec![]), &[], now()), None);
    // A push of which one answer never came.
    let push = Step::Push(vec![vec![outgoing(entry(), None)], vec![outgoing(consent(true), None)]]);
    let Some(Told::Pushed(pushed)) = told(&push, &answer(401, ""), now()) else { panic!("not pushed") };
    assert_eq!(
        pushed.iter().map(|p: &Pushed| (p.status, p.fates.len())).collect::<Vec<_>>(),
        [(401, 1), (0, 1)]
    );
}

#[test]
fn pushes_go_as_the_server_takes_them() {
    let rows = vec![outgoing(entry(), None)];
    let step = Step::Push(vec![rows.clone()]);
    let body = |server| calls(&step, server, PATIENT, now())[0].body.clone().unwrap();
    assert_eq!(body(Server::Clinic), push_bundle_as(&rows, PATIENT, Server::Clinic, Some(now())));
    assert_eq!(
        read_requests(&body(Server::Clinic)).unwrap().at,
        Some(now()),
        "our clinic is told the time here"
    );
    assert_eq!(read_requests(&body(FOREIGN)).unwrap().at, None);
    assert_eq!(body(FOREIGN), push_bundle_as(&rows, PATIENT, FOREIGN, None));
    let ready = ready(rows, PATIENT);
    assert_eq!((ready[0].digest, ready[0].bytes), (digest(&entry()), write_entry(&entry(), PATIENT).len()));
}
