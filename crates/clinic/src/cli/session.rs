//! Infusion sessions, as the clinic writes them down.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Body, Entry, Session, SessionOutcome};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::questionnaire::Decimal;
use interlude_fhir::wire::write_entry;
use uuid::{Builder, Uuid};

use super::{folder, say};
use crate::app::App;
use crate::chance;
use crate::store::{Commit, Condition, Kind, PatientId, Put, StoreError};

pub(super) async fn add(
    data: &Path,
    patient: &str,
    start: &str,
    minutes: Option<u16>,
    dose: Option<String>,
    outcome: &str,
) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    let start: Moment =
        start.parse().context("--start is a time with its offset: 2026-03-12T09:30:00+01:00")?;
    if let Some(dose) = &dose {
        dose.parse::<Decimal>()
            .ok()
            .filter(|_| !dose.starts_with('-'))
            .context("--dose is a number in mg/kg")?;
    }
    let outcome = match outcome {
        "completed" => SessionOutcome::Completed,
        "stopped" => SessionOutcome::Stopped,
        "not-done" => SessionOutcome::NotDone,
        _ => bail!("--outcome is completed, stopped or not-done"),
    };
    let session = Session { start, minutes, dose_mg_per_kg: dose, outcome };
    let entry = store(&app, &id, session).await?;
    say(format_args!("MedicationAdministration/{entry}"));
    Ok(())
}

/// Stores a session as the clinic's own entry.
pub(super) async fn store(app: &App, patient: &PatientId, session: Session) -> Result<EntryId, StoreError> {
    // Version 7: series are numbered by when they were first told, and the id says so for good.
    let now = u64::try_from(app.clock.now_ms()).unwrap_or_default();
    let id = || {
        chance::bytes(&*app.config.chance)
            .map(|bytes| Builder::from_unix_timestamp_millis(now, &bytes).into_uuid())
    };
    let entry = Entry {
        id: EntryId::new(id()?),
        revision: RevisionId::new(id()?),
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
    let put = Put {
        kind: Kind::MedicationAdministration,
        id: entry.id,
        revision: entry.revision,
        condition: Condition::Absent,
        text: write_entry(&entry, patient.as_str()),
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
    app.store.commit(commit).await?;
    Ok(entry.id)
}
