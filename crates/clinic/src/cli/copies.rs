//! Copies of the store: exports, backups, restores; and the proof that nothing was changed.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::{folder, say, tell};
use crate::api::{bundle, receipt};
use crate::audit::{self, Action};
use crate::chance::OsChance;
use crate::clock::{Clock as _, SystemClock};
use crate::store::{Bounds, Kind, PatientId, Query, Sort, SqliteStore, Store};
use crate::{code, ledger};

/// Everything of one patient, every version, as received and with its `meta`.
pub(super) async fn export(data: &Path, patient: &str, to: Option<&Path>) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    let epoch = app.store.epoch().await?;
    let mut set = bundle::Set::new("collection", app.clock.now(), &[]);
    for kind in Kind::ALL {
        let query = Query {
            patient: id.clone(),
            kind,
            ids: None,
            questionnaires: None,
            when: Bounds::ALL,
            stored: Bounds::ALL,
            sort: Sort { by_when: false, descending: false },
            after: None,
            limit: usize::MAX,
        };
        for current in app.store.search(&query).await? {
            for row in app.store.history(&id, kind, current.id).await?.iter().rev() {
                let resource = receipt::resource(row, &epoch);
                let resource = resource.map_err(|problem| anyhow::anyhow!(problem.text))?;
                set.push(&format!("urn:uuid:{}", row.id), &resource, "");
            }
        }
    }
    app.store.note(&id, Action::Exported, "clinic", app.clock.now_ms()).await?;
    let text = set.finish();
    match to {
        Some(path) => folder::secret(path, text.as_bytes())?,
        None => say(format_args!("{text}")),
    }
    Ok(())
}

pub(super) async fn backup(data: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        bail!("{} is there already", to.display());
    }
    let store = folder::open_store(data).await?;
    store.backup(to).await.with_context(|| format!("{} cannot be written", to.display()))?;
    settle(to)?;
    say(format_args!("{}", to.display()));
    Ok(())
}

/// Makes a written file outlive a power cut.
fn settle(path: &Path) -> Result<()> {
    std::fs::File::open(path)?.sync_all()?;
    Ok(())
}

/// The copy takes the store's place in one rename, after everything was done to it that a restore
/// asks for: cut off anywhere, either the old store stands or the new one.
pub(super) async fn restore(data: &Path, from: &Path) -> Result<()> {
    folder::make(data)?;
    let _held = folder::lock(data)?;
    let now_ms = SystemClock.now_ms();
    let fresh = data.join("restoring.sqlite");
    for leftover in ["restoring.sqlite", "restoring.sqlite-wal", "restoring.sqlite-shm"] {
        remove(&data.join(leftover))?;
    }
    std::fs::copy(from, &fresh).with_context(|| format!("{} cannot be read", from.display()))?;
    let epoch = code::epoch(&OsChance)?;
    let store = SqliteStore::open(&fresh, &epoch, now_ms).await?;
    store.begin_epoch(&epoch, now_ms).await?;
    let facts = ledger::read(&folder::ledger(data))?;
    ledger::replay(&facts, &store, now_ms).await?;
    store.close().await?;
    settle(&fresh)?;

    let place = folder::store(data);
    if place.exists() {
        // Whatever the old log holds belongs to the old file alone.
        SqliteStore::open(&place, &epoch, now_ms).await?.close().await?;
        let aside = data.join(format!("before-{epoch}.sqlite"));
        std::fs::rename(&place, &aside)?;
        say(format_args!("the store before is kept as {}", aside.display()));
    }
    for log in ["clinic.sqlite-wal", "clinic.sqlite-shm"] {
        remove(&data.join(log))?;
    }
    std::fs::rename(&fresh, &place)?;
    say(format_args!("restored; epoch {epoch}, {} erasures and revocations done again", facts.len()));
    Ok(())
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

pub(super) async fn verify(data: &Path, heads: &[String]) -> Result<()> {
    let store = folder::open_store(data).await?;
    let mut wrong = 0;
    let mut wanted: Vec<&str> = heads.iter().map(String::as_str).collect();
    for patient in store.everyone().await? {
        wrong += check(&store, &patient, &mut wanted).await?;
    }
    for head in &wanted {
        tell(format_args!("no chain holds the head {head}: something was cut off"));
        wrong += 1;
    }
    if wrong > 0 {
        bail!("{wrong} things are wrong");
    }
    say(format_args!("every chain is whole"));
    Ok(())
}

/// Checks one chain link by link, and the texts it vouches for; answers how much is wrong.
pub(super) async fn check(store: &dyn Store, patient: &PatientId, wanted: &mut Vec<&str>) -> Result<usize> {
    let (links, head) = store.chain(patient).await?;
    let mut before = audit::START;
    let mut wrong = 0;
    for (link, seq) in links.iter().zip(1..) {
        let said = audit::Link {
            seq,
            at_ms: link.at_ms,
            actor: &link.actor,
            action: &link.action,
            n: link.n,
            digest: &link.digest,
        };
        let after = said.after(&before);
        if link.seq != seq || link.hash != after {
            tell(format_args!("{patient}: link {seq} does not follow from the one before"));
            wrong += 1;
        }
        if link.n > 0 && store.genuine(patient, link.n, &link.digest).await? == Some(false) {
            tell(format_args!("{patient}: version {} is not what was stored", link.n));
            wrong += 1;
        }
        wanted.retain(|head| *head != audit::short(&after));
        before = after;
    }
    if before != head {
        tell(format_args!("{patient}: the chain's end is missing"));
        wrong += 1;
    }
    Ok(wrong)
}
