//! The data folder: the store, the key for pairing codes, the ledger, and who serves from it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};

use crate::app::{App, Config};
use crate::chance::{self, OsChance};
use crate::clock::{Clock as _, SystemClock};
use crate::code;
use crate::ledger::Ledger;
use crate::remind::vapid::Vapid;
use crate::store::{PatientId, SqliteStore};

/// The store's file.
pub(super) fn store(data: &Path) -> PathBuf {
    data.join("clinic.sqlite")
}

/// The ledger's file.
pub(super) fn ledger(data: &Path) -> PathBuf {
    data.join("never-again.log")
}

/// Makes the folder, readable by its owner alone.
pub(super) fn make(data: &Path) -> Result<()> {
    std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(data, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Who serves from the folder holds this lock; who replaces its store must have it too.
pub(super) fn lock(data: &Path) -> Result<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(data.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("a server is running from {}", data.display()),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Opens the store, or makes it.
pub(super) async fn open_store(data: &Path) -> Result<SqliteStore> {
    make(data)?;
    let path = store(data);
    let opened = SqliteStore::open(&path, &code::epoch(&OsChance)?, SystemClock.now_ms()).await;
    opened.with_context(|| format!("{} cannot be opened", path.display()))
}

/// Opens the store of a folder that has one. A mistyped `--data` must not pass for an empty clinic.
pub(super) async fn standing_store(data: &Path) -> Result<SqliteStore> {
    if !store(data).exists() {
        let place = data.display();
        bail!("there is no clinic in {place}: name its folder with --data, or begin one with `patient add`");
    }
    open_store(data).await
}

/// An app over the folder, with these settings.
pub(super) async fn open(data: &Path, config: Config) -> Result<App> {
    app_over(open_store(data).await?, data, config)
}

fn app_over(store: SqliteStore, data: &Path, config: Config) -> Result<App> {
    let config = Config { pepper: pepper(data)?, ledger: Some(Ledger::open(&ledger(data))?), ..config };
    Ok(App::new(Arc::new(store), Arc::new(SystemClock), config))
}

/// The app of a folder that has a store: what most commands need.
pub(super) async fn app(data: &Path) -> Result<App> {
    app_over(standing_store(data).await?, data, Config::default())
}

/// The key for pairing codes; made once.
fn pepper(data: &Path) -> Result<[u8; 32]> {
    let path = data.join("pairing.key");
    if !path.exists() {
        let fresh = chance::bytes::<32>(&OsChance)?;
        secret(&path, &fresh)?;
    }
    let bytes = std::fs::read(&path)?;
    bytes.try_into().map_err(|_length| anyhow::anyhow!("{} is damaged", path.display()))
}

/// The key pair by which push services know this clinic; made once. With another one every phone would have
/// to turn its reminders on again.
pub(super) fn vapid(data: &Path, contact: &str) -> Result<Vapid> {
    let path = data.join("push.key");
    if !path.exists() {
        secret(&path, &Vapid::fresh()?)?;
    }
    let bytes = std::fs::read(&path)?;
    Vapid::open(&bytes, contact).with_context(|| format!("{} is damaged", path.display()))
}

/// How a file that only its owner may read is made.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// A new file only its owner may read.
pub(super) fn fresh(path: &Path) -> Result<File> {
    private().open(path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            anyhow::anyhow!("{} is there already; name another file", path.display())
        } else {
            anyhow::Error::new(error).context(format!("{} cannot be written", path.display()))
        }
    })
}

/// Writes a file only its owner may read, unless it is there: then another process was first.
pub(super) fn secret(path: &Path, bytes: &[u8]) -> Result<()> {
    match private().open(path) {
        Ok(mut file) => {
            file.write_all(bytes)?;
            file.sync_all()?;
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be written", path.display())),
    }
}

/// A patient's id as typed, if there is such a patient.
pub(super) async fn patient(app: &App, typed: &str) -> Result<PatientId> {
    if let Ok(id) = typed.parse::<PatientId>()
        && app.store.patient(&id).await?.is_some()
    {
        return Ok(id);
    }
    bail!("no such patient; `interlude-clinic patient list` names them")
}
