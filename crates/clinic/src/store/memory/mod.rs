//! The store in memory: for tests and simulations, by the same contract as SQLite.

mod copy;
mod find;
mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use interlude_diary::calendar::LocalDay;
use interlude_diary::flags::Own;
use interlude_diary::ids::EntryId;

pub use self::copy::Copy;
use self::state::{Person, State, head_of, shown};
use super::{
    ClockRow, Commit, Committed, Device, FlagRow, Kind, Link, Patient, PatientId, Query, Reminder, Row,
    ScoreQuery, ScoreRow, Store, StoreError, Verdict,
};
use crate::audit::{self, Action, Head};

/// What a faulty disk would do to a text on its way in.
type Damage = Box<dyn Fn(&str) -> String + Send + Sync>;

/// A store that forgets everything when dropped.
pub struct MemoryStore {
    state: Mutex<State>,
    damage: Option<Damage>,
}

impl MemoryStore {
    /// An empty store whose life has this name.
    #[must_use]
    pub fn new(epoch: &str) -> Self {
        Self { state: Mutex::new(State { epoch: epoch.to_owned(), ..State::default() }), damage: None }
    }

    /// An empty store that keeps something else than it was given: for the tests that must see it.
    #[must_use]
    pub fn altering(epoch: &str, damage: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self { damage: Some(Box::new(damage)), ..Self::new(epoch) }
    }

    /// Forgets everything and begins a life of this name: as good as new.
    pub fn forget(&self, epoch: &str) {
        *self.state() = State { epoch: epoch.to_owned(), ..State::default() };
    }

    /// Takes back everything stored after version `n` and starts a new epoch: what a restore from
    /// a backup does.
    pub fn restore(&self, n: i64, epoch: &str) {
        let mut state = self.state();
        state.epoch = epoch.to_owned();
        state.last = n;
        state.invitations.clear();
        state.versions.retain(|number, _| *number <= n);
        for (_owner, numbers) in state.by_id.values_mut() {
            numbers.retain(|number| *number <= n);
        }
        state.by_id.retain(|_, (_owner, numbers)| !numbers.is_empty());
        state.scores.retain(|_, (_owner, row)| row.n <= n);
        for person in state.patients.values_mut() {
            let kept = person.chain.iter().position(|link| link.n > n).unwrap_or(person.chain.len());
            person.chain.truncate(kept);
            person.head = head_of(&person.chain);
            person.changes = person.changes.min(n);
        }
    }

    /// Copies everything.
    #[must_use]
    pub fn copy(&self) -> Copy {
        Copy(self.state().clone())
    }

    /// Goes back to a copy and starts a new epoch. What was erased or revoked since is back: that is for
    /// the ledger to do again.
    pub fn put_back(&self, copy: &Copy, epoch: &str) {
        let mut state = copy.0.clone();
        epoch.clone_into(&mut state.epoch);
        state.invitations.clear();
        *self.state() = state;
    }

    /// Number of the last version stored.
    #[must_use]
    pub fn last(&self) -> i64 {
        self.state().last
    }

    // A panic while the lock was held left plain data behind; the store goes on with it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn epoch(&self) -> Result<String, StoreError> {
        Ok(self.state().epoch.clone())
    }

    async fn well(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn add_patient(
        &self,
        id: &PatientId,
        initials: &str,
        key: [u8; 32],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        let order = state.patients.len();
        let person = Person {
            initials: initials.to_owned(),
            added_ms: now_ms,
            order,
            key: Some(key),
            head: audit::START,
            chain: Vec::new(),
            changes: 0,
            erased_ms: None,
        };
        state.patients.insert(id.clone(), person);
        state.note(id, Action::Added, "clinic", now_ms, 0, &[]);
        Ok(())
    }

    async fn patients(&self) -> Result<Vec<Patient>, StoreError> {
        let state = self.state();
        let mut alive: Vec<_> = state.patients.iter().filter(|(_, p)| p.key.is_some()).collect();
        alive.sort_by_key(|(_, person)| person.order);
        Ok(alive.into_iter().map(|(id, person)| shown(id, person)).collect())
    }

    async fn patient(&self, id: &PatientId) -> Result<Option<Patient>, StoreError> {
        Ok(self.state().person(id).ok().map(|person| shown(id, person)))
    }

    async fn erase(&self, id: &PatientId, actor: &str, now_ms: i64) -> Result<(), StoreError> {
        let mut state = self.state();
        state.person(id)?;
        state.note(id, Action::Erased, actor, now_ms, 0, &[]);
        let person = state.person(id)?;
        (person.key, person.initials, person.erased_ms) = (None, String::new(), Some(now_ms));
        state.versions.retain(|_, kept| kept.patient != *id);
        state.by_id.retain(|_, (owner, _)| owner != id);
        state.scores.retain(|_, (owner, _)| owner != id);
        state.flags.retain(|flag| flag.patient != *id);
        state.clocks.retain(|clock| clock.patient != *id);
        state.reminders.retain(|_, reminder| reminder.patient != *id);
        state.invitations.retain(|_, (owner, _)| owner != id);
        for device in state.devices.values_mut().filter(|device| device.patient == *id) {
            device.revoked_ms = device.revoked_ms.or(Some(now_ms));
        }
        Ok(())
    }

    async fn invite(&self, patient: &PatientId, code: [u8; 32], expires_ms: i64) -> Result<(), StoreError> {
        let mut state = self.state();
        state.person(patient)?;
        state.invitations.retain(|_, (owner, _)| owner != patient);
        state.invitations.insert(code, (patient.clone(), expires_ms));
        Ok(())
    }

    async fn redeem(
        &self,
        code: [u8; 32],
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<Option<Patient>, StoreError> {
        let mut state = self.state();
        let Some((patient, expires_ms)) = state.invitations.get(&code).cloned() else { return Ok(None) };
        if now_ms >= expires_ms {
            return Ok(None);
        }
        state.invitations.remove(&code);
        let shown = shown(&patient, state.person(&patient)?);
        state.grant(&patient, token, device, now_ms);
        Ok(Some(shown))
    }

    async fn grant(
        &self,
        patient: &PatientId,
        token: [u8; 32],
        device: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        state.person(patient)?;
        state.grant(patient, token, device, now_ms);
        Ok(())
    }

    async fn device(&self, token: [u8; 32]) -> Result<Option<Device>, StoreError> {
        Ok(self.state().devices.get(&token).filter(|device| device.revoked_ms.is_none()).cloned())
    }

    async fn erased(&self, token: [u8; 32]) -> Result<Option<(i64, Head)>, StoreError> {
        let state = self.state();
        let person = state.devices.get(&token).and_then(|device| state.patients.get(&device.patient));
        Ok(person.and_then(|person| Some((person.erased_ms?, person.head))))
    }

    async fn devices(&self, patient: &PatientId) -> Result<Vec<Device>, StoreError> {
        let state = self.state();
        let mut devices: Vec<_> =
            state.devices.values().filter(|device| device.patient == *patient).cloned().collect();
        devices.sort_by_key(|device| device.paired_ms);
        Ok(devices)
    }

    async fn revoke(&self, token: [u8; 32], now_ms: i64) -> Result<bool, StoreError> {
        let mut state = self.state();
        let Some(device) = state.devices.get_mut(&token).filter(|device| device.revoked_ms.is_none()) else {
            return Ok(false);
        };
        device.revoked_ms = Some(now_ms);
        let (patient, name) = (device.patient.clone(), device.device.clone());
        state.reminders.remove(&token);
        state.note(&patient, Action::Revoked, &name, now_ms, 0, &[]);
        Ok(true)
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, StoreError> {
        let mut state = self.state();
        let before = commit.whole.then(|| state.clone());
        let verdicts = commit
            .puts
            .iter()
            .map(|put| state.put(&commit, put, self.damage.as_ref()))
            .collect::<Result<Vec<_>, _>>()?;
        let failed = |v: &Verdict| matches!(v, Verdict::Stale { .. } | Verdict::NotYours);
        match before {
            Some(before) if verdicts.iter().any(failed) => {
                *state = before;
                Ok(Committed { verdicts, kept: false })
            }
            _ => Ok(Committed { verdicts, kept: true }),
        }
    }

    async fn versions(&self, patient: &PatientId, numbers: &[i64]) -> Result<Vec<Row>, StoreError> {
        let state = self.state();
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        let kept = numbers.iter().filter_map(|n| state.versions.get(n));
        Ok(kept.filter(|kept| kept.patient == *patient).map(|kept| kept.row.clone()).collect())
    }

    async fn numbers(&self, patient: &PatientId) -> Result<Vec<i64>, StoreError> {
        let state = self.state();
        Ok(state.versions.values().filter(|kept| kept.patient == *patient).map(|kept| kept.row.n).collect())
    }

    async fn current(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Option<Row>, StoreError> {
        Ok(self.state().current(patient, kind, id).map(|kept| kept.row.clone()))
    }

    async fn history(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Result<Vec<Row>, StoreError> {
        let state = self.state();
        let Some((owner, numbers)) = state.by_id.get(&(kind, id)) else { return Ok(Vec::new()) };
        if owner != patient {
            return Ok(Vec::new());
        }
        let kept = numbers.iter().rev().filter_map(|n| state.versions.get(n));
        Ok(kept.map(|kept| kept.row.clone()).collect())
    }

    async fn search(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        Ok(self.state().search(query))
    }

    async fn changes(&self, patient: &PatientId) -> Result<i64, StoreError> {
        Ok(self.state().person(patient)?.changes)
    }

    async fn scores(&self, query: &ScoreQuery) -> Result<Vec<ScoreRow>, StoreError> {
        Ok(self.state().scores(query))
    }

    async fn flags(&self, all: bool) -> Result<Vec<FlagRow>, StoreError> {
        let state = self.state();
        Ok(state.flags.iter().filter(|flag| all || flag.acknowledged_ms.is_none()).cloned().collect())
    }

    async fn acknowledge(&self, flag: i64, actor: &str, now_ms: i64) -> Result<bool, StoreError> {
        let mut state = self.state();
        let open = |f: &&mut FlagRow| f.number == flag && f.acknowledged_ms.is_none();
        let Some(found) = state.flags.iter_mut().find(open) else { return Ok(false) };
        found.acknowledged_ms = Some(now_ms);
        let patient = found.patient.clone();
        state.note(&patient, Action::Acknowledged, actor, now_ms, 0, &[]);
        Ok(true)
    }

    async fn note_clock(
        &self,
        patient: &PatientId,
        device: &str,
        now_ms: i64,
        ahead_ms: i64,
    ) -> Result<(), StoreError> {
        self.state().note_clock(patient, device, now_ms, ahead_ms)
    }

    async fn clocks(&self) -> Result<Vec<ClockRow>, StoreError> {
        Ok(self.state().clocks.clone())
    }

    async fn cards(&self) -> Result<Vec<Own>, StoreError> {
        Ok(self.state().cards.clone())
    }

    async fn set_card(&self, card: &Own) -> Result<(), StoreError> {
        self.state().set_card(card);
        Ok(())
    }

    async fn set_reminder(&self, wish: &Reminder) -> Result<bool, StoreError> {
        Ok(self.state().set_reminder(wish))
    }

    async fn reminder(&self, token: [u8; 32]) -> Result<Option<Reminder>, StoreError> {
        Ok(self.state().reminders.get(&token).cloned())
    }

    async fn reminders(&self) -> Result<Vec<Reminder>, StoreError> {
        Ok(self.state().reminders.values().cloned().collect())
    }

    async fn forget_reminder(&self, token: [u8; 32], endpoint: Option<&str>) -> Result<bool, StoreError> {
        let mut state = self.state();
        let goes =
            state.reminders.get(&token).is_some_and(|had| endpoint.is_none_or(|end| had.endpoint == end));
        Ok(goes && state.reminders.remove(&token).is_some())
    }

    async fn reminded(&self, token: [u8; 32], day: LocalDay, sent: bool) -> Result<(), StoreError> {
        self.state().reminded(token, day, sent);
        Ok(())
    }

    async fn note(
        &self,
        patient: &PatientId,
        action: Action,
        actor: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        state.person(patient)?;
        state.note(patient, action, actor, now_ms, 0, &[]);
        Ok(())
    }

    async fn chain(&self, patient: &PatientId) -> Result<(Vec<Link>, Head), StoreError> {
        let state = self.state();
        let person = state.patients.get(patient).ok_or(StoreError::NoSuchPatient)?;
        Ok((person.chain.clone(), person.head))
    }

    async fn everyone(&self) -> Result<Vec<PatientId>, StoreError> {
        Ok(self.state().patients.keys().cloned().collect())
    }

    async fn genuine(&self, patient: &PatientId, n: i64, digest: &[u8]) -> Result<Option<bool>, StoreError> {
        let mut state = self.state();
        let Some(key) = state.person(patient).ok().and_then(|person| person.key) else { return Ok(None) };
        let kept = state.versions.get(&n).filter(|kept| kept.patient == *patient);
        Ok(kept.map(|kept| audit::content(&key, &kept.row.text) == digest))
    }
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}
