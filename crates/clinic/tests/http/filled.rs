//! A clinic that holds one of everything it serves, over each store.

use interlude_clinic::Config;
use interlude_clinic::store::{Commit, Condition, Kind, MemoryStore, Put, SqliteStore, Store};
use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Body as EntryBody, Consent, Entry, Session, SessionOutcome, Share};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_fhir::wire::write_entry;
use uuid::Uuid;

use crate::support::{Clinic, check_in, corrected};

pub(crate) const EPOCH: &str = "EP0CH000";

/// The clinic, and the addresses of what it holds.
pub(crate) struct Filled {
    pub(crate) clinic: Clinic,
    /// Answered once.
    pub(crate) single: Entry,
    /// Answered, and corrected since.
    pub(crate) twice: Entry,
    pub(crate) consent: Entry,
    pub(crate) session: Entry,
    pub(crate) plan: Entry,
    /// Id of an Observation of `single`.
    pub(crate) score: String,
    _folder: Option<tempfile::TempDir>,
}

impl Filled {
    /// Id of something of this type, and a version of it where versions are served.
    pub(crate) fn of(&self, resource: &str) -> (String, Option<String>) {
        let version = |n: u8| Some(format!("{EPOCH}-{n}"));
        match resource {
            "QuestionnaireResponse" => (self.twice.id.to_string(), version(2)),
            "Consent" => (self.consent.id.to_string(), version(4)),
            "MedicationAdministration" => (self.session.id.to_string(), version(5)),
            "MedicationRequest" => (self.plan.id.to_string(), version(6)),
            "Observation" => (self.score.clone(), None),
            "Questionnaire" => ("daily-checkin".to_owned(), None),
            "Organization" => ("clinic".to_owned(), None),
            "Patient" => (self.clinic.patient.to_string(), None),
            other => panic!("{other} is served, and nothing here holds one"),
        }
    }
}

pub(crate) fn config() -> Config {
    let site = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
    Config { site: Some(site), rates: interlude_clinic::limits::Rates::unlimited(), ..Config::default() }
}

/// One over the memory store, one over SQLite.
pub(crate) async fn everywhere() -> [Filled; 2] {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqliteStore::open(&folder.path().join("s.sqlite"), EPOCH, 0).await.unwrap();
    [fill(MemoryStore::new(EPOCH), None).await, fill(sqlite, Some(folder)).await]
}

async fn fill(store: impl Store, folder: Option<tempfile::TempDir>) -> Filled {
    let clinic = Clinic::with(store, config()).await;
    let (single, first) = (check_in(1, 4), check_in(2, 5));
    let twice = corrected(&first, 6);
    let consent = consent(70, &first);
    for (kind, entry) in [
        ("QuestionnaireResponse", &single),
        ("QuestionnaireResponse", &first),
        ("QuestionnaireResponse", &twice),
        ("Consent", &consent),
    ] {
        let text = write_entry(entry, clinic.patient.as_str());
        let answer = clinic.put_at(&format!("/fhir/{kind}/{}", entry.id), &text).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        clinic.clock.pass(60_000);
    }
    let session = session(71, &first, SessionOutcome::Completed);
    keep_session(&clinic, Kind::MedicationAdministration, &session).await;
    let plan = self::session(72, &first, SessionOutcome::Planned);
    keep_session(&clinic, Kind::MedicationRequest, &plan).await;
    let found = clinic.get(&format!("/fhir/Observation?derived-from={}", single.id)).await;
    let score = found.json()["entry"][0]["resource"]["id"].as_str().unwrap().to_owned();
    Filled { clinic, single, twice, consent, session, plan, score, _folder: folder }
}

/// An entry of its own, otherwise like another.
fn other(n: u128, like: &Entry, body: EntryBody) -> Entry {
    let id = Uuid::from_u128(n);
    Entry { id: EntryId::new(id), revision: RevisionId::new(id), occasion: None, body, ..like.clone() }
}

pub(crate) fn consent(n: u128, like: &Entry) -> Entry {
    let consent = Consent {
        permit: true,
        clinic: "The clinic".to_owned(),
        base: "http://localhost/fhir".to_owned(),
        share: vec![Share::Questionnaires],
    };
    other(n, like, EntryBody::Consent(consent))
}

fn session(n: u128, like: &Entry, outcome: SessionOutcome) -> Entry {
    let start: Moment = "2026-03-11T09:30:00+01:00".parse().unwrap();
    let session = Session { start, minutes: Some(40), dose_mg_per_kg: Some("0.50".to_owned()), outcome };
    Entry { authored: start, ..other(n, like, EntryBody::Session(session)) }
}

/// As the command line writes it down.
async fn keep_session(clinic: &Clinic, kind: Kind, session: &Entry) {
    let put = Put {
        kind,
        id: session.id,
        revision: session.revision,
        condition: Condition::Absent,
        text: write_entry(session, clinic.patient.as_str()),
        questionnaire: String::new(),
        when_ms: session.authored.unix_ms(),
        scores: Vec::new(),
        flags: Vec::new(),
    };
    let (patient, now_ms) = (clinic.patient.clone(), clinic.app.clock.now_ms());
    let commit = Commit { patient, actor: "clinic".to_owned(), now_ms, whole: true, puts: vec![put] };
    assert!(clinic.app.store.commit(commit).await.unwrap().kept);
}
