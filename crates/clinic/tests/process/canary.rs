//! Nothing of a diary, of a person or of a token is ever said in the log or in an error.
//!
//! A word that stands nowhere else is put into every place a request has: answers, names, ids,
//! codes, tokens, headers, addresses. Then the server is asked everything, well and badly.

use serde_json::{Value, json};
use sqlx::Connection as _;

use crate::entries::check_in;
use crate::http::{Answer, send};
use crate::place::Place;
use crate::server::{Phone, Server};

/// Where letters may stand.
const WORD: &str = "Qanary7q";
/// Where only hexadecimal digits or a code's characters may stand.
const DIGITS: &str = "CA9A4717";
const ID: &str = "ca9a4717-0000-7000-8000-00000000ca9a";

struct Watch {
    server: Server,
    patient: String,
    phone: Phone,
    /// All that may never be said, in lower case.
    canaries: Vec<String>,
    asked: usize,
    refused: usize,
}

impl Watch {
    fn begin(place: &Place, level: &str) -> Self {
        let patient = place.patient(WORD);
        let server = Server::with(place, &["--behind-proxy"], &[("RUST_LOG", level)]);
        let code = place.code(&patient);
        let body = json!({ "code": code, "device": ID }).to_string();
        let answer = server.send("POST", "/pair", &[("content-type", "application/json")], body.as_bytes());
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        let phone = Phone { at: server.at, token: token.clone(), epoch: String::new() };
        let canaries = [WORD, DIGITS, &patient, &token, &code, &code.replace('-', "")];
        let canaries = canaries.iter().map(|one| one.to_lowercase()).collect();
        Self { server, patient, phone, canaries, asked: 1, refused: 0 }
    }

    /// Asks as the paired phone, with canaries in the headers too.
    fn ask(&mut self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Answer {
        let bearer = format!("Bearer {}", self.phone.token);
        let mut headers = vec![
            ("user-agent", WORD),
            ("cookie", "interlude-seen=Qanary7q"),
            ("referer", "https://x.example/Qanary7q"),
            ("x-forwarded-for", "Qanary7q, 203.0.113.9"),
            ("accept", "application/fhir+json"),
        ];
        if more.iter().all(|(name, _)| *name != "authorization") {
            headers.push(("authorization", &bearer));
        }
        if more.iter().all(|(name, _)| *name != "content-type") {
            headers.push(("content-type", "application/fhir+json"));
        }
        headers.extend_from_slice(more);
        let answer = self.server.send(method, path, &headers, body.as_bytes());
        self.judged(&format!("{method} {path}"), answer)
    }

    fn judged(&mut self, what: &str, answer: Answer) -> Answer {
        self.asked += 1;
        if answer.status >= 400 {
            self.refused += 1;
            self.silent(what, &format!("{}\n{}", answer.head, answer.text));
        } else if answer.text.contains("batch-response") {
            for entry in answer.json()["entry"].as_array().into_iter().flatten() {
                // What is current is the phone's own; what is said about it is not to quote it.
                let response = &entry["response"];
                if !response["status"].as_str().unwrap().starts_with('2') {
                    self.refused += 1;
                    self.silent(what, &response["outcome"].to_string());
                }
            }
        }
        answer
    }

    fn silent(&self, what: &str, said: &str) {
        let lower = said.to_lowercase();
        for canary in &self.canaries {
            assert!(!lower.contains(canary), "{what}: {canary} in {said}");
        }
    }

    fn entry(&self) -> Value {
        let (_, text) = check_in(1, &self.patient, 4);
        let mut entry: Value = serde_json::from_str(&text).unwrap();
        entry["id"] = ID.into();
        entry["item"][0]["text"] = WORD.into();
        entry["item"][0]["answer"] = json!([{ "valueString": WORD }]);
        entry["extension"] = json!([{ "url": format!("https://x.example/{WORD}"), "valueString": WORD }]);
        entry
    }
}

fn batch(kind: &str, entries: &[(Value, Value)]) -> String {
    let entries: Vec<Value> = entries
        .iter()
        .map(|(request, resource)| json!({ "request": request, "resource": resource }))
        .collect();
    json!({ "resourceType": "Bundle", "type": kind, "entry": entries }).to_string()
}

/// Everything that is done as it should be.
fn well(watch: &mut Watch) {
    let place = format!("/fhir/QuestionnaireResponse/{ID}");
    let mut entry = watch.entry();
    let created = watch.ask("PUT", &place, &[], &entry.to_string());
    assert_eq!(created.status, 201, "{}", created.text);
    assert!(created.text.contains(WORD), "the canary is where it belongs");
    entry["item"][0]["answer"][0]["valueString"] = format!("{WORD} again").into();
    let put = json!({ "method": "PUT", "url": format!("QuestionnaireResponse/{ID}") });
    let done = watch.ask("POST", "/fhir", &[], &batch("batch", &[(put.clone(), entry.clone())]));
    assert_eq!(done.json()["entry"][0]["response"]["status"], "200 OK", "{}", done.text);
    watch.ask("POST", "/fhir", &[], &batch("transaction", &[(put, entry)]));
    let json = done.json();
    let version = json["entry"][0]["response"]["etag"].as_str().unwrap();
    let version = version.strip_prefix("W/\"").and_then(|tag| tag.strip_suffix('"')).unwrap();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let patient = watch.patient.clone();
    for path in [
        place.clone(),
        format!("{place}/_history"),
        format!("{place}/_history/{version}"),
        format!("/fhir/QuestionnaireResponse?subject=Patient/{patient}&_id={ID},{WORD}"),
        format!("/fhir/QuestionnaireResponse?questionnaire=https://x.example/{WORD}"),
        format!("/fhir/Observation?code={WORD}&derived-from=QuestionnaireResponse/{ID}"),
        format!("/fhir/Patient/{patient}"),
        "/fhir/metadata".to_owned(),
        "/health".to_owned(),
        "/pair".to_owned(),
    ] {
        assert_eq!(watch.ask("GET", &path, &[], "").status, 200, "{path}");
    }
    let found = watch.ask("POST", "/fhir/QuestionnaireResponse/_search", &form, &format!("_id={ID}"));
    assert!(found.text.contains(WORD));
}

/// Bodies that are refused, and the status of each.
fn bad_bodies(watch: &Watch) -> Vec<(String, u16)> {
    let good = watch.entry();
    let with = |name: &str, value: Value| {
        let mut entry = good.clone();
        entry[name] = value;
        entry.to_string()
    };
    let text = good.to_string();
    vec![
        (WORD.to_owned(), 400),
        (format!("{{\"{WORD}\":"), 400),
        (text.get(..text.len() - 1).unwrap().to_owned(), 400),
        (format!("{text}{WORD}"), 400),
        (text.replacen('{', &format!("{{\"{WORD}\":1,\"{WORD}\":2,"), 1), 400),
        (with("resourceType", WORD.into()), 422),
        (with("status", WORD.into()), 422),
        (with("authored", WORD.into()), 422),
        (with("subject", json!({ "reference": format!("Patient/{WORD}") })), 404),
        (with("id", "ca9a4717-0000-7000-8000-00000000ca9b".into()), 400),
        (with("id", WORD.into()), 400),
        (with(WORD, WORD.into()), 422),
        (with("item", json!([{ "linkId": WORD, WORD: WORD }])), 422),
        (with("item", json!([{ "linkId": WORD, "answer": [{ "valueInteger": WORD }] }])), 422),
        (with("item", json!([{ "linkId": WORD, "answer": [{ "valueDate": WORD }] }])), 422),
        (with("item", WORD.into()), 422),
        (with("questionnaire", json!([WORD])), 422),
        (with("item", json!([{ "linkId": WORD, "text": WORD.repeat(200_000) }])), 413),
    ]
}

/// Everything that is refused.
fn badly(watch: &mut Watch) {
    let place = format!("/fhir/QuestionnaireResponse/{ID}");
    for (body, status) in bad_bodies(watch) {
        let answer = watch.ask("PUT", &place, &[], &body);
        let start: String = body.chars().take(300).collect();
        assert_eq!(answer.status, status, "{start}: {}", answer.text);
        let put = json!({ "method": "PUT", "url": format!("QuestionnaireResponse/{ID}") });
        if let Ok(resource) = serde_json::from_str::<Value>(&body) {
            for kind in ["batch", "transaction"] {
                watch.ask("POST", "/fhir", &[], &batch(kind, &[(put.clone(), resource.clone())]));
            }
        }
    }
    let good = watch.entry().to_string();
    for headers in [
        [("if-match", "W/\"Qanary7q-1\"")],
        [("if-none-match", "Qanary7q")],
        [("content-type", "text/Qanary7q")],
        [("content-encoding", "Qanary7q")],
        [("content-encoding", "gzip")],
        [("authorization", "Bearer Qanary7q")],
        [("authorization", "Bearer Qanary7qQanary7qQanary7qQanary7qQanary7q777")],
        [("authorization", "Basic Qanary7q")],
    ] {
        // Other than what is there, so that it is no repetition.
        let answer = watch.ask("PUT", &place, &headers, &good.replace("Qanary7q\"", "Qanary7q!\""));
        assert!(answer.status >= 400, "{headers:?}: {}", answer.status);
    }
    for (request, status) in [
        (json!({ "method": WORD, "url": format!("QuestionnaireResponse/{ID}") }), "405"),
        (json!({ "method": "PUT", "url": format!("{WORD}/{ID}") }), "404"),
        (json!({ "method": "PUT", "url": format!("QuestionnaireResponse/{WORD}") }), "400"),
        (json!({ "method": "PUT", "url": WORD }), "404"),
        (json!({ "method": "PUT", "url": format!("MedicationAdministration/{ID}") }), "405"),
        (json!({ "method": "PUT", "url": format!("QuestionnaireResponse/{ID}"), "ifMatch": WORD }), "412"),
        (
            json!({ "method": "PUT", "url": format!("QuestionnaireResponse/{ID}"), "ifNoneMatch": WORD }),
            "400",
        ),
    ] {
        let mut entry = watch.entry();
        entry["item"][0]["text"] = format!("{WORD} {status}").into();
        let answer = watch.ask("POST", "/fhir", &[], &batch("batch", &[(request.clone(), entry)]));
        let said = answer.json()["entry"][0]["response"]["status"].as_str().unwrap_or_default().to_owned();
        assert!(said.starts_with(status), "{request}: {}", answer.text);
    }
    for path in ADDRESSES {
        let answer = watch.ask("GET", path, &[], "");
        assert!(answer.status >= 400, "{path}: {}", answer.status);
    }
    for (method, path) in [("DELETE", place.as_str()), ("PATCH", &place), ("PUT", "/fhir/Consent/Qanary7q")] {
        assert!(watch.ask(method, path, &[], "{}").status >= 400, "{method} {path}");
    }
}

const ADDRESSES: [&str; 17] = [
    "/Qanary7q",
    "/fhir/Qanary7q",
    "/fhir/QuestionnaireResponse/Qanary7q",
    "/fhir/QuestionnaireResponse/ca9a4717-0000-7000-8000-000000000001",
    "/fhir/QuestionnaireResponse/ca9a4717-0000-7000-8000-00000000ca9a/_history/Qanary7q",
    "/fhir/Patient/Qanary7q",
    "/fhir/Observation/Qanary7q",
    "/fhir/Questionnaire/Qanary7q",
    "/fhir/QuestionnaireResponse?subject=Patient/Qanary7q",
    "/fhir/QuestionnaireResponse?authored=Qanary7q",
    "/fhir/QuestionnaireResponse?_lastUpdated=geQanary7q",
    "/fhir/QuestionnaireResponse?_count=Qanary7q",
    "/fhir/QuestionnaireResponse?_sort=Qanary7q",
    "/fhir/QuestionnaireResponse?_elements=Qanary7q",
    "/fhir/QuestionnaireResponse?_format=Qanary7q",
    "/fhir/QuestionnaireResponse?_page=Qanary7q",
    "/fhir/Patient?_id=Qanary7q",
];

/// Pairing, and what is no HTTP.
fn strangely(watch: &mut Watch) {
    let kind = [("content-type", "application/json")];
    for body in [
        json!({ "code": DIGITS, "device": ID }).to_string(),
        json!({ "code": WORD, "device": WORD }).to_string(),
        json!({ "code": DIGITS, "device": WORD }).to_string(),
        json!({ WORD: WORD }).to_string(),
        json!({ "code": { WORD: WORD } }).to_string(),
        WORD.to_owned(),
        WORD.repeat(2000),
    ] {
        let answer = watch.ask("POST", "/pair", &kind, &body);
        assert!(answer.status >= 400, "{body}: {}", answer.status);
    }
    for request in [
        "Qanary7q\r\n\r\n".to_owned(),
        "GET /Qanary7q HTTP/9.9\r\n\r\n".to_owned(),
        "GET /fhir/Qanary7q HTTP/1.1\r\nQanary7q\r\n\r\n".to_owned(),
        "GET /fhir/%ffQanary7q HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned(),
        format!("GET /{} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", WORD.repeat(20_000)),
        "PUT /fhir/Consent/Qanary7q HTTP/1.1\r\nhost: x\r\ncontent-length: Qanary7q\r\n\r\n".to_owned(),
    ] {
        let answer = send(watch.server.at, request.as_bytes());
        let start: String = request.chars().take(60).collect();
        assert!(answer.status >= 400 || answer.status == 0, "{start}: {}", answer.status);
        watch.judged(&start, answer);
    }
}

/// The store breaks while it is asked.
fn broken(watch: &mut Watch, place: &Place) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}", place.store().display());
        let mut file = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql("PRAGMA foreign_keys = OFF; ALTER TABLE version RENAME TO elsewhere")
            .execute(&mut file)
            .await
            .unwrap();
    });
    let address = format!("/fhir/QuestionnaireResponse/{ID}");
    let entry = watch.entry().to_string().replace("again", "and again");
    for (method, body) in [("GET", ""), ("PUT", entry.as_str())] {
        let answer = watch.ask(method, &address, &[], body);
        assert!(answer.status >= 500, "{method}: {} {}", answer.status, answer.text);
    }
}

#[test]
fn no_log_line_and_no_error_says_anything_of_a_diary() {
    for level in ["info", "trace"] {
        let place = Place::new();
        let mut watch = Watch::begin(&place, level);
        well(&mut watch);
        badly(&mut watch);
        strangely(&mut watch);
        broken(&mut watch, &place);
        assert!(watch.refused > 90 && watch.asked > 90, "{} {}", watch.refused, watch.asked);
        assert_eq!(watch.ask("DELETE", "/pair", &[], "").status, 204);
        let Watch { server, canaries, asked, .. } = watch;
        let (out, log) = server.end();
        let said = format!("{out}{log}").to_lowercase();
        for canary in &canaries {
            let line = said.lines().find(|line| line.contains(canary));
            assert_eq!(line, None, "{level}: {canary}");
        }
        // It was listening: nearly every request left its line.
        let answered = log.lines().filter(|line| line.contains("\"answered\"")).count();
        assert!(answered + 10 > asked, "{answered} of {asked}");
        assert!(log.contains("the store failed"), "{log}");
    }
}
