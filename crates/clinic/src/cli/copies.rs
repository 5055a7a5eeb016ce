//! Copies of the store: backups and restores.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::{folder, say, tell};
use crate::chance::OsChance;
use crate::clock::{Clock as _, SystemClock};
use crate::store::SqliteStore;
use crate::{code, ledger};

pub(super) async fn backup(data: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        bail!("{} is there already; name another file", to.display());
    }
    let store = folder::standing_store(data).await?;
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
    if let Err(error) = SqliteStore::inspect(&fresh).await {
        remove(&fresh)?;
        return Err(error).with_context(|| format!("{} is no whole copy made by `backup`", from.display()));
    }
    let epoch = code::epoch(&OsChance)?;
    let store = SqliteStore::open(&fresh, &epoch, now_ms).await?;
    store.begin_epoch(&epoch, now_ms).await?;
    let kept = folder::ledger(data);
    if !kept.exists() {
        tell(format_args!(
            "there is no {}: what was erased or revoked after the copy was made is back. If the file is kept \
             elsewhere, put it there and restore again",
            kept.display()
        ));
    }
    let facts = ledger::read(&kept)?;
    ledger::replay(&facts, &store, now_ms).await?;
    store.close().await?;
    settle(&fresh)?;

    let place = folder::store(data);
    if place.exists() {
        set_aside(data, &place, &epoch).await?;
    }
    for log in ["clinic.sqlite-wal", "clinic.sqlite-shm"] {
        remove(&data.join(log))?;
    }
    std::fs::rename(&fresh, &place)?;
    settle(data)?;
    say(format_args!("restored; epoch {epoch}, {} erasures and revocations done again", facts.len()));
    Ok(())
}

/// Keeps the store that was there under another name, whole or not: a damaged one is why somebody
/// restores.
async fn set_aside(data: &Path, place: &Path, epoch: &str) -> Result<()> {
    let name = format!("before-{epoch}.sqlite");
    // Whatever the old log holds belongs to the old file alone: written back, or kept beside it.
    match SqliteStore::open(place, epoch, SystemClock.now_ms()).await {
        Ok(store) => store.close().await?,
        Err(_damaged) => {
            let log = data.join("clinic.sqlite-wal");
            if log.exists() {
                std::fs::rename(log, data.join(format!("{name}-wal")))?;
            }
        }
    }
    let aside = data.join(name);
    // A second name, where there is such a thing: at no moment is there no store, which the next
    // start would take for a new clinic.
    if std::fs::hard_link(place, &aside).is_err() {
        std::fs::copy(place, &aside)?;
        settle(&aside)?;
    }
    say(format_args!("the store before is kept as {}", aside.display()));
    Ok(())
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
