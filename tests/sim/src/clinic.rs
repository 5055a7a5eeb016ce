//! The clinic: the real router over a memory store, with a clock that is set.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use interlude_clinic::limits::Rates;
use interlude_clinic::store::{MemoryStore, PatientId, Store as _, StoreError};
use interlude_clinic::{App, Clock, Config};
use interlude_diary::entry::{Digest, Entry};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::sync::Server;
use interlude_fhir::exchange::{Answer, Call};
use interlude_fhir::wire;
use interlude_testkit::{Chance, block_on};
use tower::ServiceExt as _;

use crate::host::Host;

/// The server's clock.
#[derive(Debug, Default)]
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The clinic's chance, so that nothing in a schedule is another time different.
struct Dice(Mutex<Chance>);

impl Dice {
    fn chance(&self) -> MutexGuard<'_, Chance> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl interlude_clinic::Chance for Dice {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
        let mut chance = self.chance();
        for some in bytes.chunks_mut(8) {
            some.copy_from_slice(&chance.next().to_be_bytes()[..some.len()]);
        }
        Ok(())
    }
}

/// What a revision was held as, and where.
#[derive(Debug, Clone)]
pub struct Held {
    /// What it says.
    pub entry: Entry,
    /// Digest computed here of the stored text.
    pub digest: Digest,
    /// Number of its version.
    pub n: i64,
    /// When it was stored.
    pub stored_ms: i64,
}

/// The server under test.
pub struct Clinic {
    app: App,
    store: Arc<MemoryStore>,
    hands: Arc<Hands>,
    dice: Arc<Dice>,
    router: Router,
    /// The patient.
    pub patient: PatientId,
    read: i64,
    /// Versions there are now, by entry, in order.
    pub now: BTreeMap<EntryId, Vec<Held>>,
    /// Contents there ever were, of each revision.
    pub ever: BTreeMap<RevisionId, BTreeSet<[u8; 32]>>,
    /// Restores so far.
    pub restores: u32,
    /// It says back to each phone the digest of what that phone sent.
    pub echoes: bool,
    /// Requests it has answered.
    pub requests: u64,
}

const BASE: &str = "http://clinic.test/fhir";
const EPOCH: &str = "EPOCH000";

impl Clinic {
    /// An honest one.
    #[must_use]
    pub fn new(now_ms: i64) -> Self {
        Self::over(MemoryStore::new(EPOCH), now_ms)
    }

    /// One whose store keeps something else than it was given.
    #[must_use]
    pub fn altering(now_ms: i64, damage: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self::over(MemoryStore::altering(EPOCH, damage), now_ms)
    }

    fn over(store: MemoryStore, now_ms: i64) -> Self {
        let store = Arc::new(store);
        let hands = Arc::new(Hands(AtomicI64::new(now_ms)));
        let dice = Arc::new(Dice(Mutex::new(Chance::new(0))));
        let config = Config {
            rates: Rates::unlimited(),
            public_base: Some(BASE.to_owned()),
            chance: Arc::clone(&dice) as _,
            ..Config::default()
        };
        let app = App::new(Arc::clone(&store) as _, Arc::clone(&hands) as _, config);
        let patient = block_on(app.add_patient("AB")).expect("a patient");
        let router = interlude_clinic::router(app.clone());
        Self {
            app,
            store,
            hands,
            dice,
            router,
            patient,
            read: 0,
            now: BTreeMap::new(),
            ever: BTreeMap::new(),
            restores: 0,
            echoes: false,
            requests: 0,
        }
    }

    /// This one, emptied: the same router, and nothing in it of what was before.
    #[must_use]
    pub fn anew(mut self, now_ms: i64) -> Self {
        self.store.forget(EPOCH);
        self.set_clock(now_ms);
        *self.dice.chance() = Chance::new(0);
        let patient = block_on(self.app.add_patient("AB")).expect("a patient");
        Self {
            patient,
            read: 0,
            now: BTreeMap::new(),
            ever: BTreeMap::new(),
            restores: 0,
            requests: 0,
            ..self
        }
    }

    fn answer(&mut self, call: &Call, token: &str) -> Answer {
        self.requests += 1;
        let path = call.path.strip_prefix(BASE).unwrap_or(&call.path).trim_start_matches('/');
        let address = format!("{BASE}/{path}");
        let request = Request::builder()
            .uri(address.trim_end_matches('/'))
            .method(if call.body.is_some() { "POST" } else { "GET" })
            .header("authorization", format!("Bearer {token}"));
        let request = match &call.body {
            Some(body) => {
                request.header("content-type", "application/fhir+json").body(Body::from(body.clone()))
            }
            None => request.body(Body::empty()),
        };
        let request = request.expect("a request");
        let router = self.router.clone();
        let mut answer = block_on(async {
            let response = router.oneshot(request).await.expect("the router answers");
            let status = response.status().as_u16();
            let body = response.into_body().collect().await.expect("a body").to_bytes();
            let body = String::from_utf8(body.into()).expect("UTF-8");
            Answer { status, after_ms: None, body }
        });
        assert!(answer.status < 500, "the clinic failed: {} {}", answer.status, answer.body);
        self.look();
        if self.echoes
            && let Some(sent) = &call.body
        {
            answer.body = echoing(sent, &answer.body);
        }
        answer
    }

    /// Reads what was stored since the last look.
    fn look(&mut self) {
        let last = self.store.last();
        if last <= self.read {
            return;
        }
        let numbers: Vec<i64> = (self.read + 1..=last).collect();
        self.read = last;
        for row in block_on(self.store.versions(&self.patient, &numbers)).expect("versions") {
            let received = wire::read(&row.text).expect("the store holds what can be read");
            let digest = received.digest;
            let entry = received.entry;
            self.ever.entry(entry.revision).or_default().insert(*digest.bytes());
            self.now.entry(entry.id).or_default().push(Held {
                entry,
                digest,
                n: row.n,
                stored_ms: row.stored_ms,
            });
        }
    }

    /// Loses everything stored after version `n`, and begins another life.
    fn restore_to(&mut self, n: i64) {
        self.restores += 1;
        self.store.restore(n, &format!("EPOCH{:03}", self.restores));
        self.read = self.read.min(n);
        for versions in self.now.values_mut() {
            versions.retain(|held| held.n <= n);
        }
        self.now.retain(|_, versions| !versions.is_empty());
    }
}

impl Host for Clinic {
    fn server(&self) -> Server {
        Server::Clinic
    }

    fn patient(&self) -> &str {
        self.patient.as_str()
    }

    fn token(&self) -> String {
        block_on(self.app.issue_token(&self.patient, "phone")).expect("a token")
    }

    fn revoke(&mut self, token: &str) {
        let request = Request::delete("http://clinic.test/pair")
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty());
        let answer = block_on(self.router.clone().oneshot(request.expect("a request")));
        assert!(answer.expect("the router answers").status() != 405, "a phone can give its token back");
    }

    fn set_clock(&mut self, now_ms: i64) {
        self.hands.0.store(now_ms, Ordering::Relaxed);
    }

    fn execute(&mut self, call: &Call, token: &str) -> Answer {
        self.answer(call, token)
    }

    fn restore(&mut self, chance: &mut Chance) {
        let last = u64::try_from(self.store.last()).unwrap_or(0);
        self.restore_to(i64::try_from(chance.below(last + 1)).unwrap_or(0));
    }

    fn ever(&self, revision: RevisionId) -> Option<&BTreeSet<[u8; 32]>> {
        self.ever.get(&revision)
    }

    fn requests(&self) -> u64 {
        self.requests
    }
}

/// Puts the digests of what was sent in place of those in the answer, in order.
fn echoing(sent: &str, answer: &str) -> String {
    let Ok(requests) = interlude_fhir::bundle::read_requests(sent) else { return answer.to_owned() };
    let resources = requests.requests.iter().flatten().filter_map(|request| request.resource.as_ref());
    let mut digests = resources.filter_map(|node| Some(wire::read(node.raw()).ok()?.digest.to_string()));
    let mut out = String::new();
    let mut rest = answer;
    while let Some(at) = rest.find("\"url\":\"digest\",\"valueString\":\"") {
        let start = at + "\"url\":\"digest\",\"valueString\":\"".len();
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let (own, after) = after.split_at(64.min(after.len()));
        out.push_str(digests.next().as_deref().unwrap_or(own));
        rest = after;
    }
    out + rest
}
