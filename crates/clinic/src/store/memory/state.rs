//! What the store in memory holds, and what each act makes of it.

use std::collections::BTreeMap;

use interlude_diary::calendar::LocalDay;
use interlude_diary::flags::Own;
use interlude_diary::ids::{EntryId, RevisionId};

use super::super::rules::{Known, decide, version_id};
use super::super::{
    ClockRow, Commit, Device, FlagRow, Kind, Link, NOW, Patient, PatientId, Put, Reminder, Row, ScoreRow,
    StoreError, Verdict,
};
use super::Damage;
use crate::audit::{self, Action, Head};

#[derive(Default, Clone)]
pub(super) struct State {
    pub(super) epoch: String,
    pub(super) patients: BTreeMap<PatientId, Person>,
    pub(super) invitations: BTreeMap<[u8; 32], (PatientId, i64)>,
    pub(super) devices: BTreeMap<[u8; 32], Device>,
    pub(super) versions: BTreeMap<i64, Kept>,
    pub(super) by_id: BTreeMap<(Kind, EntryId), (PatientId, Vec<i64>)>,
    pub(super) scores: BTreeMap<(EntryId, String), (PatientId, ScoreRow)>,
    pub(super) flags: Vec<FlagRow>,
    pub(super) clocks: Vec<ClockRow>,
    pub(super) cards: Vec<Own>,
    pub(super) reminders: BTreeMap<[u8; 32], Reminder>,
    /// Numbers are never used twice, even when versions are erased.
    pub(super) last: i64,
    pub(super) last_ms: i64,
}

#[derive(Clone)]
pub(super) struct Person {
    pub(super) initials: String,
    pub(super) added_ms: i64,
    pub(super) order: usize,
    pub(super) key: Option<[u8; 32]>,
    pub(super) head: Head,
    pub(super) chain: Vec<Link>,
    pub(super) changes: i64,
    pub(super) erased_ms: Option<i64>,
}

#[derive(Clone)]
pub(super) struct Kept {
    pub(super) patient: PatientId,
    pub(super) revision: RevisionId,
    pub(super) questionnaire: String,
    pub(super) row: Row,
}

impl State {
    pub(super) fn person(&mut self, id: &PatientId) -> Result<&mut Person, StoreError> {
        self.patients.get_mut(id).filter(|person| person.key.is_some()).ok_or(StoreError::NoSuchPatient)
    }

    fn known(&self, numbers: &[i64]) -> Vec<Known> {
        let kept = numbers.iter().filter_map(|n| self.versions.get(n));
        kept.map(|kept| Known { n: kept.row.n, revision: kept.revision, version: kept.row.version.clone() })
            .collect()
    }

    pub(super) fn note(
        &mut self,
        id: &PatientId,
        action: Action,
        actor: &str,
        at_ms: i64,
        n: i64,
        digest: &[u8],
    ) {
        let Some(person) = self.patients.get_mut(id) else { return };
        let seq = i64::try_from(person.chain.len()).unwrap_or(i64::MAX).saturating_add(1);
        let link = audit::Link { seq, at_ms, actor, action: action.code(), n, digest };
        person.head = link.after(&person.head);
        person.chain.push(Link {
            seq,
            at_ms,
            actor: actor.to_owned(),
            action: action.code().to_owned(),
            n,
            digest: digest.to_vec(),
            hash: person.head.to_vec(),
        });
    }

    pub(super) fn put(
        &mut self,
        commit: &Commit,
        put: &Put,
        damage: Option<&Damage>,
    ) -> Result<Verdict, StoreError> {
        let key = self.person(&commit.patient)?.key.unwrap_or_default();
        let numbers = match self.by_id.get(&(put.kind, put.id)) {
            Some((owner, _)) if *owner != commit.patient => return Ok(Verdict::NotYours),
            Some((_, numbers)) => numbers.clone(),
            None => Vec::new(),
        };
        let n = self.last + 1;
        let verdict = decide(&self.known(&numbers), put.revision, &put.condition, n);
        let Verdict::Stored { created, .. } = verdict else { return Ok(verdict) };
        self.note(
            &commit.patient,
            Action::Stored,
            &commit.actor,
            commit.now_ms,
            n,
            &audit::content(&key, &put.text),
        );
        let person = self.person(&commit.patient)?;
        person.changes = n;
        let head = person.head.iter().take(16).copied().collect();
        (self.last, self.last_ms) = (n, commit.now_ms.max(self.last_ms));
        let row = Row {
            n,
            version: version_id(&self.epoch, n),
            kind: put.kind,
            id: put.id,
            stored_ms: self.last_ms,
            when_ms: put.when_ms,
            head,
            text: damage.map_or_else(|| put.text.as_str().into(), |damage| damage(&put.text).into()),
        };
        self.derive(commit, put, &row, created);
        self.by_id
            .entry((put.kind, put.id))
            .or_insert_with(|| (commit.patient.clone(), Vec::new()))
            .1
            .push(n);
        let kept = Kept {
            patient: commit.patient.clone(),
            revision: put.revision,
            questionnaire: put.questionnaire.clone(),
            row,
        };
        self.versions.insert(n, kept);
        Ok(verdict)
    }

    fn derive(&mut self, commit: &Commit, put: &Put, row: &Row, created: bool) {
        for ((response, _), (_, score)) in &mut self.scores {
            if *response == put.id {
                score.stands = false;
                score.amended = true;
                (score.n, score.stored_ms) = (row.n, row.stored_ms);
                score.version = row.version.clone();
            }
        }
        for score in &put.scores {
            let kept = ScoreRow {
                response: put.id,
                score: score.clone(),
                stands: true,
                amended: !created,
                from: row.n,
                n: row.n,
                version: row.version.clone(),
                stored_ms: row.stored_ms,
                when_ms: put.when_ms,
                place: (row.stored_ms, row.n),
            };
            self.scores.insert((put.id, score.name.clone()), (commit.patient.clone(), kept));
        }
        let initials = self.patients.get(&commit.patient).map(|p| p.initials.clone()).unwrap_or_default();
        for flag in &put.flags {
            let number = i64::try_from(self.flags.len()).unwrap_or(i64::MAX).saturating_add(1);
            self.flags.push(FlagRow {
                number,
                patient: commit.patient.clone(),
                initials: initials.clone(),
                response: put.id,
                rule: flag.rule.clone(),
                stored_ms: row.stored_ms,
                acknowledged_ms: None,
            });
        }
    }

    pub(super) fn current(&self, patient: &PatientId, kind: Kind, id: EntryId) -> Option<&Kept> {
        self.as_of(patient, kind, id, NOW)
    }

    /// The version that was current when `n` was the last.
    pub(super) fn as_of(&self, patient: &PatientId, kind: Kind, id: EntryId, n: i64) -> Option<&Kept> {
        let (owner, numbers) = self.by_id.get(&(kind, id))?;
        if owner != patient {
            return None;
        }
        self.versions.get(numbers.iter().rev().find(|number| **number <= n)?)
    }

    pub(super) fn grant(&mut self, patient: &PatientId, token: [u8; 32], device: &str, now_ms: i64) {
        let granted = Device {
            patient: patient.clone(),
            device: device.to_owned(),
            token,
            paired_ms: now_ms,
            revoked_ms: None,
        };
        self.devices.insert(token, granted);
        self.note(patient, Action::Paired, device, now_ms, 0, &[]);
    }

    /// Puts a card in the place of the one for the same rule and language.
    pub(super) fn set_card(&mut self, card: &Own) {
        self.cards.retain(|one| (&one.rule, &one.language) != (&card.rule, &card.language));
        if card.text.is_some() || card.phone.is_some() {
            self.cards.push(card.clone());
            self.cards.sort_by(|a, b| (&a.rule, &a.language).cmp(&(&b.rule, &b.language)));
        }
    }

    pub(super) fn set_reminder(&mut self, wish: &Reminder) -> bool {
        let Some(device) = self.devices.get(&wish.token).filter(|device| device.revoked_ms.is_none()) else {
            return false;
        };
        self.reminders.retain(|token, other| *token == wish.token || other.endpoint != wish.endpoint);
        let sent = self.reminders.get(&wish.token).map_or(0, |before| before.sent);
        let patient = device.patient.clone();
        self.reminders.insert(wish.token, Reminder { patient, sent, ..wish.clone() });
        true
    }

    pub(super) fn reminded(&mut self, token: [u8; 32], day: LocalDay, sent: bool) {
        if let Some(reminder) = self.reminders.get_mut(&token) {
            reminder.told = Some(day);
            reminder.sent += i64::from(sent);
        }
    }

    pub(super) fn note_clock(
        &mut self,
        patient: &PatientId,
        device: &str,
        now_ms: i64,
        ahead_ms: i64,
    ) -> Result<(), StoreError> {
        let initials = self.person(patient)?.initials.clone();
        let last = self.clocks.iter_mut().rev().find(|row| row.patient == *patient && row.device == device);
        if let Some(same) = last.filter(|row| row.is_the_same(ahead_ms)) {
            same.last_ms = now_ms;
            return Ok(());
        }
        let (patient, device) = (patient.clone(), device.to_owned());
        self.clocks.push(ClockRow { patient, initials, device, ahead_ms, first_ms: now_ms, last_ms: now_ms });
        Ok(())
    }
}

pub(super) fn head_of(chain: &[Link]) -> Head {
    chain.last().and_then(|link| Head::try_from(link.hash.as_slice()).ok()).unwrap_or(audit::START)
}

pub(super) fn shown(id: &PatientId, person: &Person) -> Patient {
    Patient { id: id.clone(), initials: person.initials.clone(), added_ms: person.added_ms }
}
