//! One diary as a FHIR Bundle, written while it is read: never all of it in memory.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};

use super::folder;
use crate::api::{bundle, receipt};
use crate::app::App;
use crate::audit::Action;
use crate::store::{Bounds, Kind, PatientId, Query, Sort};

/// Entries that are read at once.
const AT_ONCE: usize = 50;

/// Everything of one patient, every version, as received and with its `meta`.
pub(super) async fn export(data: &Path, patient: &str, to: Option<&Path>) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    match to {
        Some(path) => {
            let file = folder::fresh(path)?;
            if let Err(error) = into_file(&app, &id, file).await {
                // Half an export must not pass for one.
                std::fs::remove_file(path)?;
                return Err(error.context(format!("{} cannot be written", path.display())));
            }
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout());
            write(&app, &id, &mut out).await.context("not all of it was written")?;
        }
    }
    app.store.note(&id, Action::Exported, "clinic", app.clock.now_ms()).await?;
    Ok(())
}

async fn into_file(app: &App, id: &PatientId, file: File) -> Result<()> {
    let mut out = BufWriter::new(file);
    write(app, id, &mut out).await?;
    Ok(out.into_inner()?.sync_all()?)
}

/// Writes the Bundle a resource at a time; all of it is of the moment it was begun.
async fn write(app: &App, id: &PatientId, out: &mut impl Write) -> Result<()> {
    let epoch = app.store.epoch().await?;
    let as_of = app.store.changes(id).await?;
    let mut set = bundle::Set::new("collection", app.clock.now(), &[]);
    for kind in Kind::ALL {
        let mut query = Query {
            patient: id.clone(),
            kind,
            ids: None,
            questionnaires: None,
            when: Bounds::ALL,
            stored: Bounds::ALL,
            sort: Sort { by_when: false, descending: false },
            as_of,
            after: None,
            limit: AT_ONCE,
        };
        loop {
            let page = app.store.search(&query).await?;
            let Some(last) = page.last() else { break };
            query.after = Some((last.stored_ms, last.n));
            for current in &page {
                let rows = app.store.history(id, kind, current.id).await?;
                for row in rows.iter().rev().filter(|row| row.n <= as_of) {
                    let resource = receipt::resource(row, &epoch, &app.readings);
                    let resource = resource.map_err(|problem| anyhow!(problem.text))?;
                    set.push(&format!("urn:uuid:{}", row.id), &resource, "");
                    out.write_all(set.take().as_bytes())?;
                }
            }
        }
    }
    writeln!(out, "{}", set.finish())?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use interlude_diary::ids::{EntryId, RevisionId};
    use uuid::Uuid;

    use super::*;
    use crate::Config;
    use crate::clock::SystemClock;
    use crate::store::{Commit, Condition, MemoryStore, Put};

    /// Keeps what it is given, and how much of it came at once; full after so many bytes.
    #[derive(Default)]
    struct Watch {
        all: Vec<u8>,
        most: usize,
        room: Option<usize>,
    }

    impl Write for Watch {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.room.is_some_and(|room| self.all.len() + bytes.len() > room) {
                return Err(std::io::ErrorKind::StorageFull.into());
            }
            self.most = self.most.max(bytes.len());
            self.all.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    const LONG: usize = 20_000;

    async fn keep(app: &App, patient: &PatientId, kind: Kind, id: u128, revision: u128) {
        let text = format!(
            "{{\"resourceType\":\"{}\",\"id\":\"{id}\",\"language\":\"{}\"}}",
            kind.name(),
            "e".repeat(LONG)
        );
        let put = Put {
            kind,
            id: EntryId::new(Uuid::from_u128(id)),
            revision: RevisionId::new(Uuid::from_u128(revision)),
            condition: Condition::None,
            text,
            questionnaire: String::new(),
            when_ms: 0,
            scores: Vec::new(),
            flags: Vec::new(),
        };
        let (patient, actor) = (patient.clone(), "phone".to_owned());
        app.store.commit(Commit { patient, actor, now_ms: 5, whole: true, puts: vec![put] }).await.unwrap();
    }

    #[tokio::test]
    async fn a_long_diary_goes_out_a_resource_at_a_time() {
        let app = App::new(Arc::new(MemoryStore::new("EXP00000")), Arc::new(SystemClock), Config::default());
        let patient = app.add_patient("A.B.").await.unwrap();
        // More than a page of each kind, all stored in the same millisecond, some corrected.
        let entries = u128::try_from(2 * AT_ONCE + 7).unwrap();
        for (kind, base) in Kind::ALL.into_iter().zip([0_u128, 1000, 2000, 3000]) {
            for n in 0..entries {
                keep(&app, &patient, kind, base + n, base + n).await;
            }
            keep(&app, &patient, kind, base + 3, base + 900).await;
        }
        let mut out = Watch::default();
        write(&app, &patient, &mut out).await.unwrap();
        assert!(out.most < 2 * LONG, "{} bytes at once", out.most);
        let bundle: serde_json::Value = serde_json::from_slice(&out.all).unwrap();
        let listed = bundle["entry"].as_array().unwrap();
        let versions: std::collections::BTreeSet<_> =
            listed.iter().map(|entry| entry["resource"]["meta"]["versionId"].as_str().unwrap()).collect();
        let all = Kind::ALL.len() * 108;
        assert_eq!((listed.len(), versions.len()), (all, all));

        let mut full = Watch { room: Some(10 * LONG), ..Watch::default() };
        assert!(write(&app, &patient, &mut full).await.is_err());
    }
}
