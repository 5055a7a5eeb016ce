//! The parsers that see the outside, each with the routes that lead to it.

use axum::http::Method;
use interlude_clinic::code::Code;
use interlude_diary::calendar::Moment;
use interlude_diary::entry::VersionId;
use interlude_diary::ids::RevisionId;
use interlude_diary::journal::Journal as _;
use interlude_diary::pairing;
use interlude_diary::questionnaire::{Asked, initial, respond};
use interlude_fhir::backup::{self, Contents, Recovery};
use interlude_fhir::digest::digest;
use interlude_fhir::{bundle, questionnaire, wire};
use interlude_testkit::{MemoryJournal, block_on};
use uuid::Uuid;

use crate::clinic::ask;

const FHIR: &str = "application/fhir+json";
const FORM: &str = "application/x-www-form-urlencoded";

fn now() -> Moment {
    Moment::new(1_773_302_400_000, 60)
}

/// A Bundle: what a phone pushes, what a server answers, what a search gives.
pub fn bundle(bytes: &[u8]) {
    ask(Method::POST, "/fhir", FHIR, bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    drop(bundle::read_requests(text));
    drop(bundle::read_list(text));
    drop(bundle::read_full(text));
    let sent = [1, 2].map(|n| RevisionId::new(uuid(n)));
    for status in [0, 200, 404, 412, 500] {
        assert_eq!(bundle::read_push_reply(status, text, &sent, now()).len(), 2, "a fate for each");
    }
}

/// A Questionnaire: a form of the clinic's, or any other.
pub fn questionnaire(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for language in ["en", "es", "x-\u{0}"] {
        drop(questionnaire::form(text, language));
    }
    let Ok(form) = questionnaire::form_with_url(text, "es") else { return };
    // What can be read can be asked and answered.
    let answers = initial(&form);
    drop(respond(&form, &answers, &Asked::default()));
    let short = Asked { short: true, past: Some("the day before".to_owned()) };
    drop(respond(&form, &answers, &short));
}

/// A `QuestionnaireResponse`, or another resource that becomes an entry.
pub fn response(bytes: &[u8]) {
    let place = format!("/fhir/QuestionnaireResponse/{}", uuid(7));
    ask(Method::PUT, &place, FHIR, bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    drop(wire::read_session(text));
    drop(wire::with_meta(text, &VersionId("v".to_owned()), now(), None));
    if let Ok(received) = wire::read(text) {
        let entry = received.entry;
        if entry.goes_up() {
            let again = wire::read_entry(&wire::write_entry(&entry, "p"));
            let again = again.expect("what was read is written so that it can be read");
            assert_eq!(digest(&again), digest(&entry), "and says the same");
            assert_eq!(again.day, entry.day, "about the same day");
        }
        for kind in ["QuestionnaireResponse", "Consent", "MedicationAdministration", "MedicationRequest"] {
            ask(Method::PUT, &format!("/fhir/{kind}/{}", entry.id), FHIR, bytes);
        }
    }
}

/// A search, in the address and as a form, of every type there is and of one there is not.
pub fn search(bytes: &[u8]) {
    let kinds = ["QuestionnaireResponse", "Consent", "MedicationAdministration", "MedicationRequest"];
    for kind in kinds.into_iter().chain(["Observation", "Questionnaire", "Patient", "Nothing"]) {
        ask(Method::POST, &format!("/fhir/{kind}/_search"), FORM, bytes);
        if let Ok(text) = std::str::from_utf8(bytes) {
            ask(Method::GET, &format!("/fhir/{kind}?{text}"), FORM, b"");
        }
    }
    // Also as what stands in the path.
    if let Ok(text) = std::str::from_utf8(bytes) {
        ask(Method::GET, &format!("/fhir/{text}"), FORM, b"");
        ask(Method::GET, &format!("/{text}"), FORM, b"");
    }
}

/// A pairing link: what stands behind `#` in it, a code as it is typed, and the request it becomes.
pub fn link(bytes: &[u8]) {
    ask(Method::POST, "/pair", "application/json", bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for code in [pairing::linked(text), pairing::typed(text)].into_iter().flatten() {
        assert!(
            code.len() <= pairing::LONGEST && code.bytes().all(|b| b.is_ascii_alphanumeric()),
            "{code:?}"
        );
    }
    if let Some(code) = Code::read(text) {
        assert_eq!(Code::read(&code.to_string()), Some(code), "a code reads back as it is printed");
    }
    for code in [text, pairing::linked(text).as_deref().unwrap_or_default()] {
        let body = serde_json::json!({ "code": code, "device": uuid(1).to_string() }).to_string();
        let (status, _) = ask(Method::POST, "/pair", "application/json", body.as_bytes());
        assert_ne!(status, 200, "nobody was invited");
    }
}

/// A backup file, what it holds once opened, and the recovery code that is typed for it.
pub fn backup(bytes: &[u8]) {
    if let Ok(sealed) = backup::read_frame(bytes) {
        let plain = sealed.message.len() - 16;
        assert_eq!(sealed.frame.header(plain), sealed.header, "a header reads back as it was written");
    }
    if let Ok(contents) = Contents::read(bytes) {
        let again = contents.write().expect("what was read can be written");
        assert_eq!(Contents::read(&again), Ok(contents.clone()), "and says the same");
        let (journal, marks) = (MemoryJournal::default(), contents.marks());
        for _ in 0..2 {
            drop(block_on(journal.settle(&marks, None)));
        }
        let tally = block_on(journal.tally()).expect("a journal that still counts");
        let most = u64::try_from(contents.revisions.len()).unwrap_or(u64::MAX);
        assert!(tally.revisions <= most, "brought twice is there once");
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(code) = Recovery::read(text) {
        assert_eq!(Recovery::read(&code.to_string()), Ok(code), "a code reads back as it is shown");
    }
}

const fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}
