//! The store below the clinic's router: another one behind it that can be exchanged, and that fails.
//!
//! What fails, fails whole: a commit that is refused stored nothing, one whose answer is lost stored
//! everything. One that is forgotten says "stored" and is not, as a disk does that lies: the router reads
//! back what it answers for, and finds out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use interlude_clinic::audit::{Action, Head};
use interlude_clinic::store::{
    ClockRow, Commit, Committed, Condition, Device, FlagRow, Kind, Link, Patient, PatientId, Query, Reminder,
    Row, ScoreQuery, ScoreRow, Store, StoreError, Verdict,
};
use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::VersionId;
use interlude_diary::flags::Own;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_testkit::Chance;

use crate::mutants::Mutant;

/// The store of a clinic.
pub struct Rack(Mutex<Inside>);

struct Inside {
    store: Arc<dyn Store>,
    chance: Chance,
    /// Failures of a hundred transactions.
    percent: u64,
    failures: u64,
    mutant: Option<Mutant>,
    /// What was forgotten, as a mutant gives it back.
    given: BTreeMap<i64, Row>,
    /// Tokens that were revoked, for a mutant that knows them still.
    revoked: BTreeMap<[u8; 32], Device>,
}

/// Numbers of versions that are said to be stored and are not.
const FORGOTTEN: i64 = 1_000_000;

impl Rack {
    /// Over a store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let chance = Chance::new(0);
        Self(Mutex::new(Inside {
            store,
            chance,
            percent: 0,
            failures: 0,
            mutant: None,
            given: BTreeMap::new(),
            revoked: BTreeMap::new(),
        }))
    }

    /// Begins a schedule: of a hundred transactions `percent` fail.
    pub fn begin(&self, seed: u64, percent: u64, mutant: Option<Mutant>) {
        let mut inside = self.inside();
        inside.chance = Chance::new(seed ^ 0x7261_636b);
        (inside.percent, inside.failures, inside.mutant) = (percent, 0, mutant);
        inside.given.clear();
        inside.revoked.clear();
    }

    /// It fails no more.
    pub fn mend(&self) {
        self.inside().percent = 0;
    }

    /// Failures so far.
    #[must_use]
    pub fn failures(&self) -> u64 {
        self.inside().failures
    }

    /// Another store takes the place of the one behind.
    pub fn exchange(&self, store: Arc<dyn Store>) {
        self.inside().store = store;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.inside().store)
    }

    /// The store, if it is not just now failing.
    fn up(&self) -> Result<Arc<dyn Store>, StoreError> {
        let mut inside = self.inside();
        if inside.fails() { busy() } else { Ok(Arc::clone(&inside.store)) }
    }

    fn is(&self, mutant: Mutant) -> bool {
        self.inside().mutant == Some(mutant)
    }

    /// Says of everything that it is stored.
    fn forget(&self, commit: &Commit) -> Committed {
        let mut inside = self.inside();
        let mut verdicts = Vec::new();
        for put in &commit.puts {
            let n = FORGOTTEN + i64::try_from(inside.failures).unwrap_or(0) * 1000;
            let n = n + i64::try_from(verdicts.len()).unwrap_or(0);
            verdicts.push(Verdict::Stored { n, created: true });
            let row = Row {
                n,
                version: VersionId(format!("{}-{n}", crate::clinic::EPOCH)),
                kind: put.kind,
                id: put.id,
                stored_ms: commit.now_ms,
                when_ms: put.when_ms,
                head: vec![0; 16],
                text: put.text.as_str().into(),
            };
            inside.given.insert(n, row);
        }
        Committed { verdicts, kept: true }
    }
}

impl Inside {
    fn fails(&mut self) -> bool {
        let fails = self.percent > 0 && self.chance.one_in_hundred(self.percent);
        self.failures += u64::from(fails);
        fails
    }
}

fn busy<T>() -> Result<T, StoreError> {
    Err(StoreError::Unavailable("busy".into()))
}

#[async_trait]
impl Store for Rack {
    async fn epoch(&self) -> Result<String, StoreError> {
        self.up()?.epoch().await
    }

    async fn well(&self) -> Result<(), StoreError> {
        self.up()?.well().await
    }

    async fn add_patient(
        &self,
        id: &PatientId,
        initials: &str,
        key: [u8; 32],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.store().add_patient(id, initials, key, now_ms).await
    }

    async fn patients(&self) -> Result<Vec<Patient>, StoreError> {
        self.up()?.patients().await
    }

    async fn patient(&self, id: &PatientId) -> Result<Option<Patient>, StoreError> {
        self.store().patient(id).await
    }

    async fn erase(&self, id: &PatientId, actor: &str, now_ms: i64) -> Result<(), StoreError> {
        self.store().erase(id, actor, now_ms).await
    }

    async fn invite(&self, patient: &PatientId, code: [u8; 32], expires_ms: i64) -> Result<(), StoreError> {
        self.up()?.invite(patient, code, expires_ms).await
    }

    async fn redeem(
        &self,
        code: [u8; 32],
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<Option<Patient>, StoreError> {
        self.up()?.redeem(code, token, device, now_ms).await
    }

    async fn grant(
        &self,
        patient: &PatientId,
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.store().grant(patient, token, device, now_ms).await
    }

    async fn device(&self, token: [u8; 32]) -> Result<Option<Device>, StoreError> {
        let found = self.up()?.device(token).await?;
        Ok(found.or_else(|| self.inside().revoked.get(&token).cloned()))
    }

    async fn erased(&self, token: [u8; 32]) -> Result<Option<(i64, Head)>, StoreError> {
        self.up()?.erased(token).await
    }

    async fn devices(&self, patient: &PatientId) -> Result<Vec<Device>, StoreError> {
        self.up()?.devices(patient).await
    }

    async fn revoke(&self, token: [u8; 32], now_ms: i64) -> Result<bool, StoreError> {
        if self.is(Mutant::KnowsRevoked) {
            let device = self.store().device(token).await?;
            self.inside().revoked.extend(device.map(|device| (token, device)));
        }
        self.up()?.revoke(token, now_ms).await
    }

    async fn commit(&self, mut commit: Commit) -> Result<Committed, StoreError> {
        let fault = {
            let mut inside = self.inside();
            if inside.fails() { inside.chance.below(3) } else { 3 }
        };
        if self.is(Mutant::StoresTwice) {
            for put in &mut commit.puts {
                put.revision = RevisionId::new(self.inside().chance.uuid());
            }
        }
        if self.is(Mutant::IgnoresConditions) {
            commit.puts.iter_mut().for_each(|put| put.condition = Condition::None);
        }
        match fault {
            0 => Err(StoreError::Full),
            1 => self.store().commit(commit).await.and_then(|_done| busy()),
            2 => Ok(self.forget(&commit)),
            _ => self.store().commit(commit).await,
        }
    }

    async fn versions(&self, patient: &PatientId, numbers: &[i64]) -> Result<Vec<Row>, StoreError> {
        let mut rows = self.up()?.versions(patient, numbers).await?;
        if self.is(Mutant::NoStoreReadBack) {
            let inside = self.inside();
            rows.extend(numbers.iter().filter_map(|n| inside.given.get(n).cloned()));
        }
        Ok(rows)
    }

    async fn numbers(&self, patient: &PatientId) -> Result<Vec<i64>, StoreError> {
        self.store().numbers(patient).await
    }

    async fn current(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Option<Row>, StoreError> {
        self.up()?.current(patient, kind, id).await
    }

    async fn history(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Vec<Row>, StoreError> {
        self.up()?.history(patient, kind, id).await
    }

    async fn search(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        let store = self.up()?;
        if self.is(Mutant::FindsOthers)
            && let Some(first) = store.everyone().await?.into_iter().next()
        {
            return store.search(&Query { patient: first, ..query.clone() }).await;
        }
        store.search(query).await
    }

    async fn changes(&self, patient: &PatientId) -> Result<i64, StoreError> {
        self.up()?.changes(patient).await
    }

    async fn scores(&self, query: &ScoreQuery) -> Result<Vec<ScoreRow>, StoreError> {
        self.up()?.scores(query).await
    }

    async fn flags(&self, all: bool) -> Result<Vec<FlagRow>, StoreError> {
        self.up()?.flags(all).await
    }

    async fn acknowledge(&self, flag: i64, actor: &str, now_ms: i64) -> Result<bool, StoreError> {
        self.up()?.acknowledge(flag, actor, now_ms).await
    }

    async fn note_clock(
        &self,
        patient: &PatientId,
        device: &str,
        now_ms: i64,
        ahead_ms: i64,
    ) -> Result<(), StoreError> {
        self.up()?.note_clock(patient, device, now_ms, ahead_ms).await
    }

    async fn clocks(&self) -> Result<Vec<ClockRow>, StoreError> {
        self.store().clocks().await
    }

    async fn cards(&self) -> Result<Vec<Own>, StoreError> {
        self.store().cards().await
    }

    async fn set_card(&self, card: &Own) -> Result<(), StoreError> {
        self.up()?.set_card(card).await
    }

    async fn set_reminder(&self, wish: &Reminder) -> Result<bool, StoreError> {
        self.up()?.set_reminder(wish).await
    }

    async fn reminder(&self, token: [u8; 32]) -> Result<Option<Reminder>, StoreError> {
        self.up()?.reminder(token).await
    }

    async fn reminders(&self) -> Result<Vec<Reminder>, StoreError> {
        self.up()?.reminders().await
    }

    async fn forget_reminder(&self, token: [u8; 32], endpoint: Option<&str>) -> Result<bool, StoreError> {
        self.up()?.forget_reminder(token, endpoint).await
    }

    async fn reminded(&self, token: [u8; 32], day: LocalDay, sent: bool) -> Result<(), StoreError> {
        self.up()?.reminded(token, day, sent).await
    }

    async fn note(
        &self,
        patient: &PatientId,
        action: Action,
        actor: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.up()?.note(patient, action, actor, now_ms).await
    }

    async fn chain(&self, patient: &PatientId) -> Result<(Vec<Link>, Head), StoreError> {
        self.store().chain(patient).await
    }

    async fn everyone(&self) -> Result<Vec<PatientId>, StoreError> {
        self.store().everyone().await
    }

    async fn genuine(&self, patient: &PatientId, n: i64, digest: &[u8]) -> Result<Option<bool>, StoreError> {
        self.store().genuine(patient, n, digest).await
    }
}
