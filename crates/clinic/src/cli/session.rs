//! Infusion sessions, as the clinic writes them down and plans them.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Body, Entry, Session, SessionOutcome};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::questionnaire::Decimal;
use interlude_fhir::wire::{self, kind_of, write_entry};
use uuid::{Builder, Uuid};

use super::{How, folder, say};
use crate::app::App;
use crate::chance;
use crate::store::{Bounds, Commit, Condition, Kind, NOW, PatientId, Put, Query, Row, Sort, StoreError};

/// A plan of more days than this is a slip of the finger.
const MOST_DAYS: u16 = 30;
const DAY_MS: i64 = 86_400_000;

/// The resources that sessions are.
const KINDS: [Kind; 2] = [Kind::MedicationRequest, Kind::MedicationAdministration];

const OUTCOMES: [(&str, SessionOutcome); 6] = [
    ("completed", SessionOutcome::Completed),
    ("stopped", SessionOutcome::Stopped),
    ("not-done", SessionOutcome::NotDone),
    ("mistaken", SessionOutcome::Mistaken),
    ("planned", SessionOutcome::Planned),
    ("cancelled", SessionOutcome::Cancelled),
];

fn outcome(typed: &str) -> Option<SessionOutcome> {
    OUTCOMES.iter().find(|(name, _)| *name == typed).map(|(_, outcome)| *outcome)
}

fn moment(typed: &str) -> Result<Moment> {
    typed.parse().context("--start is a time with its offset: 2026-03-12T09:30:00+01:00")
}

fn checked(how: How) -> Result<How> {
    let sound = |dose: &String| dose.parse::<Decimal>().is_ok() && !dose.starts_with('-');
    if how.dose.as_ref().is_some_and(|dose| !sound(dose)) {
        bail!("--dose is a number in mg/kg");
    }
    Ok(how)
}

pub(super) async fn add(
    data: &Path,
    patient: &str,
    start: &str,
    typed: &str,
    days: u16,
    how: How,
) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    let (start, How { minutes, dose }) = (moment(start)?, checked(how)?);
    let new = |one: &SessionOutcome| !matches!(one, SessionOutcome::Mistaken | SessionOutcome::Cancelled);
    let outcome =
        outcome(typed).filter(new).context("--outcome is completed, stopped, not-done or planned")?;
    if !(1..=MOST_DAYS).contains(&days) || (days > 1 && outcome != SessionOutcome::Planned) {
        bail!("--days is of a plan, and at most {MOST_DAYS}; what took place is added day by day");
    }
    for n in 0..days {
        let session = Session {
            start: start.plus_ms(i64::from(n) * DAY_MS),
            minutes,
            dose_mg_per_kg: dose.clone(),
            outcome,
        };
        let entry = store(&app, &id, session, n).await?;
        say(format_args!("{}/{}", kind_of(&entry), entry.id));
    }
    Ok(())
}

pub(super) async fn change(
    data: &Path,
    patient: &str,
    named: &str,
    start: Option<&str>,
    typed: Option<&str>,
    how: How,
) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    let how = checked(how)?;
    let (row, entry, mut session) = standing(&app, &id, named).await?;
    if let Some(typed) = typed {
        let same = |one: &SessionOutcome| one.is_plan() == session.outcome.is_plan();
        session.outcome = outcome(typed).filter(same).context(
            "--outcome is completed, stopped, not-done or mistaken; of a plan, planned or cancelled",
        )?;
    }
    if let Some(start) = start {
        session.start = moment(start)?;
    }
    session.minutes = how.minutes.or(session.minutes);
    session.dose_mg_per_kg = how.dose.or(session.dose_mg_per_kg);
    let next = Entry {
        revision: RevisionId::new(fresh_id(&app, 0)?),
        parent: Some(entry.revision),
        day: session.start.local_day(),
        authored: session.start,
        body: Body::Session(session),
        ..entry
    };
    if !keep(&app, &id, &next, Condition::Match(row.version)).await? {
        bail!("it was changed by somebody else meanwhile; look at it with `infusion list`");
    }
    say(format_args!("{}/{}", kind_of(&next), next.id));
    Ok(())
}

/// The session of this name as it stands.
async fn standing(app: &App, patient: &PatientId, named: &str) -> Result<(Row, Entry, Session)> {
    let bare = named.rsplit('/').next().unwrap_or(named);
    if let Ok(id) = bare.parse::<EntryId>() {
        for kind in KINDS {
            let Some(row) = app.store.current(patient, kind, id).await? else { continue };
            let entry = wire::read(&row.text).map_err(|_damaged| anyhow!("{named} cannot be read"))?.entry;
            if let Body::Session(session) = entry.body.clone() {
                return Ok((row, entry, session));
            }
        }
    }
    bail!("no such session; `interlude-clinic infusion list` names them")
}

pub(super) async fn list(data: &Path, patient: &str) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    let mut sessions: Vec<(Moment, String)> = Vec::new();
    for kind in KINDS {
        let query = Query {
            patient: id.clone(),
            kind,
            ids: None,
            questionnaires: None,
            when: Bounds::ALL,
            stored: Bounds::ALL,
            sort: Sort { by_when: true, descending: false },
            as_of: NOW,
            after: None,
            limit: usize::MAX,
        };
        for row in app.store.search(&query).await? {
            if let Ok(Body::Session(session)) = wire::read(&row.text).map(|read| read.entry.body) {
                sessions.push((session.start, line(&row, &session)));
            }
        }
    }
    sessions.sort();
    for (_, line) in sessions {
        say(format_args!("{line}"));
    }
    Ok(())
}

fn line(row: &Row, session: &Session) -> String {
    let outcome = OUTCOMES.iter().find(|(_, one)| *one == session.outcome).map_or("", |(name, _)| name);
    let minutes = session.minutes.map_or(String::new(), |minutes| format!(" {minutes} min"));
    let dose = session.dose_mg_per_kg.as_ref().map_or(String::new(), |dose| format!(" {dose} mg/kg"));
    format!("{}/{} {} {outcome}{dose}{minutes}", row.kind.name(), row.id, session.start)
}

/// Version 7: series are numbered by when they were first told, and the id says so for good. Of several made
/// at once each is a millisecond later than the one before.
fn fresh_id(app: &App, nth: u16) -> Result<Uuid, StoreError> {
    let now = u64::try_from(app.clock.now_ms()).unwrap_or_default().saturating_add(nth.into());
    let bytes = chance::bytes(&*app.config.chance)?;
    Ok(Builder::from_unix_timestamp_millis(now, &bytes).into_uuid())
}

/// Stores a session as the clinic's own entry, the `nth` of those made at once.
pub(super) async fn store(
    app: &App,
    patient: &PatientId,
    session: Session,
    nth: u16,
) -> Result<Entry, StoreError> {
    let entry = Entry {
        id: EntryId::new(fresh_id(app, nth)?),
        revision: RevisionId::new(fresh_id(app, nth)?),
        parent: None,
        device: DeviceId::new(Uuid::nil()),
        day: session.start.local_day(),
        authored: session.start,
        zone: "Etc/Unknown".to_owned(),
        occasion: None,
        late: false,
        partial: false,
        reason: None,
        body: Body::Session(session),
    };
    keep(app, patient, &entry, Condition::Absent).await?;
    Ok(entry)
}

/// Stores one revision; whether its condition held.
async fn keep(
    app: &App,
    patient: &PatientId,
    entry: &Entry,
    condition: Condition,
) -> Result<bool, StoreError> {
    let put = Put {
        kind: Kind::named(kind_of(entry)).ok_or(StoreError::Damaged("a session's kind"))?,
        id: entry.id,
        revision: entry.revision,
        condition,
        text: write_entry(entry, patient.as_str()),
        questionnaire: String::new(),
        when_ms: entry.authored.unix_ms(),
        scores: Vec::new(),
        flags: Vec::new(),
    };
    let commit = Commit {
        patient: patient.clone(),
        actor: "clinic".to_owned(),
        now_ms: app.clock.now_ms(),
        whole: true,
        puts: vec![put],
    };
    Ok(app.store.commit(commit).await?.kept)
}
