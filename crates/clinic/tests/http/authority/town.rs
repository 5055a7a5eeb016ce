//! Two diaries in one clinic, and everybody who might ask for the first.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interlude_clinic::app::token_hash;
use interlude_clinic::audit::Head;
use interlude_clinic::store::{Device, PatientId};
use interlude_fhir::wire::write_entry;

use crate::filled::Filled;
use crate::support::{Answer, Clinic, bundle, check_in, corrected, device};

/// Two diaries, and everybody who might ask for the first.
pub(super) struct Town {
    pub(super) filled: Filled,
    /// Another patient's id, and an entry of theirs.
    pub(super) neighbour: (PatientId, String),
    /// Name of the role, and its token.
    pub(super) strangers: Vec<(&'static str, Option<String>)>,
    pub(super) next_door: String,
}

impl Town {
    pub(super) async fn around(filled: Filled) -> Self {
        let app = &filled.clinic.app;
        let other = app.add_patient("C.D.").await.unwrap();
        let next_door = app.issue_token(&other, &device().to_string()).await.unwrap();
        let revoked = app.issue_token(&filled.clinic.patient, "gone").await.unwrap();
        assert!(app.revoke(token_hash(&revoked)).await.unwrap());
        let erased = app.add_patient("E.F.").await.unwrap();
        let erased_token = app.issue_token(&erased, "gone").await.unwrap();
        app.erase(&erased, "clinic").await.unwrap();
        let entry = check_in(40, 2);
        let text = write_entry(&entry, other.as_str());
        let place = format!("/fhir/QuestionnaireResponse/{}", entry.id);
        let headers = [("authorization", format!("Bearer {next_door}"))];
        let headers = [(headers[0].0, headers[0].1.as_str()), ("content-type", "application/fhir+json")];
        let kept = filled.clinic.send("PUT", &place, &headers, text).await;
        assert_eq!(kept.status, StatusCode::CREATED);
        // What lies in the clinic's own files opens nothing: there is no key to all diaries.
        let of_the_clinic = [
            (
                "the clinic's own hash of a live token",
                URL_SAFE_NO_PAD.encode(token_hash(&filled.clinic.token)),
            ),
            ("the clinic's pepper", URL_SAFE_NO_PAD.encode(app.config.pepper)),
            ("the clinic's epoch", app.store.epoch().await.unwrap()),
            ("an open pairing code", app.invite(&filled.clinic.patient).await.unwrap().to_string()),
        ];
        let mut strangers = vec![
            ("nobody", None),
            ("an invented token", Some("A".repeat(43))),
            ("no token at all", Some("x".to_owned())),
            ("a revoked phone", Some(revoked)),
            ("a phone of an erased diary", Some(erased_token)),
        ];
        strangers.extend(of_the_clinic.map(|(who, token)| (who, Some(token))));
        Self { filled, neighbour: (other, entry.id.to_string()), strangers, next_door }
    }

    pub(super) fn clinic(&self) -> &Clinic {
        &self.filled.clinic
    }

    /// Everything that may not be seen from outside this diary.
    pub(super) fn secrets(&self) -> Vec<String> {
        let filled = &self.filled;
        let ids = [&filled.single, &filled.twice, &filled.consent, &filled.session].map(|e| e.id.to_string());
        let mut secrets = Vec::from(ids);
        secrets.extend([self.clinic().patient.to_string(), filled.score.clone(), "A.B.".to_owned()]);
        secrets
    }

    /// Whatever a write would change.
    pub(super) async fn footprint(&self) -> (Vec<i64>, Head, usize) {
        let (store, patient) = (&self.clinic().app.store, &self.clinic().patient);
        let alive =
            |devices: Vec<Device>| devices.iter().filter(|device| device.revoked_ms.is_none()).count();
        (
            store.numbers(patient).await.unwrap(),
            store.chain(patient).await.unwrap().1,
            alive(store.devices(patient).await.unwrap()),
        )
    }

    /// The address with the first diary's ids in it.
    pub(super) fn address(&self, path: &str) -> String {
        let resource = path.strip_prefix("/fhir/").and_then(|below| below.split('/').next());
        let Some(resource) = resource.filter(|_| path.contains('{')) else { return path.to_owned() };
        let (id, version) = self.filled.of(resource);
        path.replace("{id}", &id).replace("{version}", &version.unwrap_or_default())
    }

    pub(super) async fn ask(&self, token: Option<&str>, method: &str, path: &str, body: &str) -> Answer {
        let kind = match path {
            _ if path.ends_with("/_search") => "application/x-www-form-urlencoded",
            "/pair" | "/leave" | "/reminder" => "application/json",
            _ => "application/fhir+json",
        };
        let bearer = token.map(|token| format!("Bearer {token}")).unwrap_or_default();
        let mut headers = vec![("content-type", kind)];
        headers.extend(token.map(|_| ("authorization", bearer.as_str())));
        self.clinic().send(method, path, &headers, body.to_owned()).await
    }

    /// A body that would do harm, had it come from the diary's own phone: a correction of its entry.
    pub(super) fn harm(&self, path: &str, subject: &str) -> String {
        let next = if path.contains("/Consent/") {
            let mut next = self.filled.consent.clone();
            next.revision = corrected(&next, 0).revision;
            next
        } else {
            corrected(&self.filled.twice, 9)
        };
        let text = write_entry(&next, subject);
        match path {
            "/fhir" | "/fhir/" => bundle("batch", &[(next.id, &text, "")]),
            "/pair" => format!("{{\"code\":\"00000000\",\"device\":\"{}\"}}", device()),
            "/leave" => "{\"clinic\":\"erases\"}".to_owned(),
            _ if path.contains("/{id}") => text,
            _ => String::new(),
        }
    }
}

/// Neither in the body nor in any header.
pub(super) fn unsaid(town: &Town, answer: &Answer, what: &str) {
    let said = format!("{:?} {}", answer.headers, answer.text);
    for secret in town.secrets() {
        assert!(!said.contains(&secret), "{what} says {secret}: {said}");
    }
}
