//! The clinic: the real router over a memory store, with a clock that is set.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use interlude_clinic::app::token_hash;
use interlude_clinic::ledger::{self, Fact};
use interlude_clinic::limits::Rates;
use interlude_clinic::store::{MemoryStore, PatientId, StoreError};
use interlude_clinic::{App, Clock, Config};
use interlude_diary::entry::{Digest, Entry};
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::sync::Server;
use interlude_fhir::exchange::{Answer, Call};
use interlude_fhir::wire;
use interlude_testkit::Chance;
use tower::ServiceExt as _;

use crate::backing::Backing;
use crate::echo::echoing;
use crate::host::Host;
use crate::mutants::Mutant;
use crate::plan::Plan;
use crate::rack::Rack;

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
    /// Whose it is.
    pub person: usize,
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
    backing: Backing,
    rack: Arc<Rack>,
    hands: Arc<Hands>,
    dice: Arc<Dice>,
    router: Router,
    /// Its patients.
    people: Vec<PatientId>,
    /// What must never come back.
    facts: Vec<Fact>,
    mutant: Option<Mutant>,
    read: i64,
    /// Versions there are now, by entry, in order.
    pub now: BTreeMap<EntryId, Vec<Held>>,
    /// Contents there ever were, of each revision.
    pub ever: BTreeMap<RevisionId, BTreeSet<[u8; 32]>>,
    /// When each revision was stored, as often as it was.
    times: BTreeSet<(RevisionId, i64)>,
    /// Restores so far.
    pub restores: u32,
    /// It says back to each phone the digest of what that phone sent.
    pub echoes: bool,
    /// Requests it has answered.
    pub requests: u64,
}

const BASE: &str = "http://clinic.test/fhir";
/// Its first epoch.
pub const EPOCH: &str = "EPOCH000";

impl Clinic {
    /// An honest one.
    #[must_use]
    pub fn new(now_ms: i64) -> Self {
        Self::over(Backing::memory(MemoryStore::new(EPOCH)), now_ms)
    }

    /// One whose store keeps something else than it was given.
    #[must_use]
    pub fn altering(now_ms: i64, damage: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self::over(Backing::memory(MemoryStore::altering(EPOCH, damage)), now_ms)
    }

    /// One that keeps everything in an SQLite file.
    #[must_use]
    pub fn on_files(now_ms: i64) -> Self {
        Self::over(Backing::files(now_ms), now_ms)
    }

    fn over(backing: Backing, now_ms: i64) -> Self {
        let rack = Arc::new(Rack::new(backing.store()));
        let hands = Arc::new(Hands(AtomicI64::new(now_ms)));
        let dice = Arc::new(Dice(Mutex::new(Chance::new(0))));
        let config = Config {
            rates: Rates::unlimited(),
            public_base: Some(BASE.to_owned()),
            chance: Arc::clone(&dice) as _,
            ..Config::default()
        };
        let app = App::new(Arc::clone(&rack) as _, Arc::clone(&hands) as _, config);
        let patient = backing.wait(app.add_patient("AB")).expect("a patient");
        let router = interlude_clinic::router(app.clone());
        Self {
            app,
            backing,
            rack,
            hands,
            dice,
            router,
            people: vec![patient],
            facts: Vec::new(),
            mutant: None,
            read: 0,
            now: BTreeMap::new(),
            ever: BTreeMap::new(),
            times: BTreeSet::new(),
            restores: 0,
            echoes: false,
            requests: 0,
        }
    }

    /// This one, emptied: the same router, and nothing in it of what was before.
    #[must_use]
    pub fn anew(mut self, now_ms: i64) -> Self {
        self.backing.anew(now_ms);
        self.rack.begin(0, 0, None);
        self.rack.exchange(self.backing.store());
        self.set_clock(now_ms);
        *self.dice.chance() = Chance::new(0);
        let patient = self.backing.wait(self.app.add_patient("AB")).expect("a patient");
        Self {
            people: vec![patient],
            facts: Vec::new(),
            mutant: None,
            read: 0,
            now: BTreeMap::new(),
            ever: BTreeMap::new(),
            times: BTreeSet::new(),
            restores: 0,
            echoes: false,
            requests: 0,
            ..self
        }
    }

    /// As a plan wants it: with so many patients, and a store that fails.
    #[must_use]
    pub fn as_planned(mut self, seed: u64, plan: &Plan) -> Self {
        while self.people.len() < plan.people {
            self.people.push(self.backing.wait(self.app.add_patient("CD")).expect("a patient"));
        }
        if plan.files {
            self.backing.copy();
        }
        self.rack.begin(seed, plan.rack, plan.mutant);
        self.mutant = plan.mutant;
        self.echoes |= plan.mutant == Some(Mutant::EchoesDigest);
        self
    }

    /// How many patients it has, or had.
    #[must_use]
    pub const fn people(&self) -> usize {
        self.people.len()
    }

    /// Whether a patient was erased.
    #[must_use]
    pub fn is_erased(&self, person: usize) -> bool {
        self.facts.contains(&Fact::Erased(self.people[person].clone()))
    }

    /// Whether anything of a patient is there: known, or in its store.
    #[must_use]
    pub fn has_any_of(&self, person: usize) -> bool {
        let (store, patient) = (self.backing.store(), &self.people[person]);
        let known = self.backing.wait(store.patient(patient)).expect("patient").is_some();
        known || !self.backing.wait(store.numbers(patient)).expect("numbers").is_empty()
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
        let mut answer = self.backing.wait(async {
            let response = router.oneshot(request).await.expect("the router answers");
            let status = response.status().as_u16();
            let after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            let after_ms = after.and_then(|seconds| Some(seconds.parse::<i64>().ok()? * 1000));
            let body = response.into_body().collect().await.expect("a body").to_bytes();
            let body = String::from_utf8(body.into()).expect("UTF-8");
            Answer { status, after_ms, body }
        });
        let failed = answer.status >= 500 && self.rack.failures() == 0;
        assert!(!failed, "the clinic failed: {} {}", answer.status, answer.body);
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
        let last = self.backing.last(&self.people);
        if last <= self.read {
            return;
        }
        let numbers: Vec<i64> = (self.read + 1..=last).collect();
        self.read = last;
        let store = self.backing.store();
        for (person, patient) in self.people.iter().enumerate() {
            for row in self.backing.wait(store.versions(patient, &numbers)).expect("versions") {
                let received = wire::read(&row.text).expect("the store holds what can be read");
                let digest = received.digest;
                let entry = received.entry;
                self.ever.entry(entry.revision).or_default().insert(*digest.bytes());
                self.times.insert((entry.revision, row.stored_ms));
                let held = Held { person, digest, n: row.n, stored_ms: row.stored_ms, entry };
                self.now.entry(held.entry.id).or_default().push(held);
            }
        }
    }

    /// Loses everything stored after version `n`, or after its last copy, and begins another life.
    fn restore_to(&mut self, n: i64) {
        self.restores += 1;
        let reuses = self.mutant == Some(Mutant::ReusesVersions);
        let epoch = if reuses { EPOCH.to_owned() } else { format!("EPOCH{:03}", self.restores) };
        let now_ms = self.hands.now_ms();
        self.backing.restore(n, &epoch, now_ms);
        let n = self.backing.last(&self.people);
        self.rack.exchange(self.backing.store());
        if self.mutant != Some(Mutant::ForgetsErasures) {
            let done = self.backing.wait(ledger::replay(&self.facts, &*self.backing.store(), now_ms));
            done.expect("what was done can be done again");
        }
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

    fn patient(&self, person: usize) -> &str {
        self.people[person].as_str()
    }

    fn token(&self, person: usize) -> String {
        let token = self.backing.wait(self.app.issue_token(&self.people[person], "phone"));
        // An erased patient's phones have none that is any good.
        token.unwrap_or_else(|_none| "none".to_owned())
    }

    fn revoke(&mut self, token: &str) -> bool {
        let request = Request::delete("http://clinic.test/pair")
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty());
        let answer = self.backing.wait(self.router.clone().oneshot(request.expect("a request")));
        let status = answer.expect("the router answers").status();
        assert!(status != 405, "a phone can give its token back");
        if status.is_success() {
            self.facts.push(Fact::Revoked(token_hash(token)));
        }
        status.is_success()
    }

    fn erase(&mut self, person: usize) {
        let patient = self.people[person].clone();
        self.backing.wait(self.app.erase(&patient, "clinic")).expect("a patient can be erased");
        self.facts.push(Fact::Erased(patient));
        for versions in self.now.values_mut() {
            versions.retain(|held| held.person != person);
        }
        self.now.retain(|_, versions| !versions.is_empty());
    }

    fn set_clock(&mut self, now_ms: i64) {
        self.hands.0.store(now_ms, Ordering::Relaxed);
    }

    fn execute(&mut self, call: &Call, token: &str) -> Answer {
        self.answer(call, token)
    }

    fn copy(&mut self) {
        self.backing.copy();
    }

    fn restore(&mut self, chance: &mut Chance) {
        let last = u64::try_from(self.backing.last(&self.people)).unwrap_or(0);
        self.restore_to(i64::try_from(chance.below(last + 1)).unwrap_or(0));
    }

    fn mend(&mut self) {
        self.rack.mend();
    }

    fn stored_at(&self, revision: RevisionId, at_ms: i64) -> bool {
        self.times.contains(&(revision, at_ms))
    }

    fn ever(&self, revision: RevisionId) -> Option<&BTreeSet<[u8; 32]>> {
        self.ever.get(&revision)
    }

    fn requests(&self) -> u64 {
        self.requests
    }
}
