//! What is behind the clinic's rack: a store in memory or in files, and the copies that are made of it.

use std::path::PathBuf;
use std::sync::Arc;

use interlude_clinic::store::memory::Copy;
use interlude_clinic::store::{MemoryStore, PatientId, SqliteStore, Store};
use interlude_testkit::block_on;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::clinic::EPOCH;

/// A store and its last copy.
pub enum Backing {
    /// In memory.
    Memory {
        /// The store.
        store: Arc<MemoryStore>,
        /// Its last copy.
        copy: Option<Copy>,
    },
    /// In an SQLite file.
    Files(Files),
}

/// A store in an SQLite file, and where its files are.
pub struct Files {
    runtime: Runtime,
    folder: TempDir,
    store: Arc<SqliteStore>,
    copy: Option<PathBuf>,
    /// Files so far.
    number: u32,
}

impl Files {
    /// A path that was not used before.
    fn path(&mut self) -> PathBuf {
        self.number += 1;
        self.folder.path().join(format!("{}.sqlite", self.number))
    }

    fn open(&self, path: &std::path::Path, now_ms: i64) -> Arc<SqliteStore> {
        Arc::new(self.runtime.block_on(SqliteStore::open(path, EPOCH, now_ms)).expect("a store"))
    }
}

impl Backing {
    /// Over a store in memory.
    #[must_use]
    pub fn memory(store: MemoryStore) -> Self {
        Self::Memory { store: Arc::new(store), copy: None }
    }

    /// Over an empty SQLite file.
    #[must_use]
    pub fn files(now_ms: i64) -> Self {
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        let folder = TempDir::new().expect("a folder");
        let first = folder.path().join("0.sqlite");
        let store = runtime.block_on(SqliteStore::open(&first, EPOCH, now_ms)).expect("a store");
        Self::Files(Files { runtime, folder, store: Arc::new(store), copy: None, number: 0 })
    }

    /// Waits for what asks the store.
    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        match self {
            Self::Memory { .. } => block_on(future),
            Self::Files(files) => files.runtime.block_on(future),
        }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory { store, .. } => Arc::clone(store) as _,
            Self::Files(files) => Arc::clone(&files.store) as _,
        }
    }

    /// Empties it.
    pub fn anew(&mut self, now_ms: i64) {
        match self {
            Self::Memory { store, copy } => {
                store.forget(EPOCH);
                *copy = None;
            }
            Self::Files(_) => *self = Self::files(now_ms),
        }
    }

    /// Number of the last version of these patients.
    #[must_use]
    pub fn last(&self, people: &[PatientId]) -> i64 {
        match self {
            Self::Memory { store, .. } => store.last(),
            Self::Files(files) => {
                let of = |patient| files.runtime.block_on(files.store.numbers(patient)).expect("numbers");
                people.iter().filter_map(|patient| of(patient).last().copied()).max().unwrap_or(0)
            }
        }
    }

    /// Copies it, as `interlude-clinic backup` does.
    pub fn copy(&mut self) {
        match self {
            Self::Memory { store, copy } => *copy = Some(store.copy()),
            Self::Files(files) => {
                let path = files.path();
                files.runtime.block_on(files.store.backup(&path)).expect("a copy");
                files.copy = Some(path);
            }
        }
    }

    /// Goes back to the last copy, or to version `n` where there is none and that can be done.
    pub fn restore(&mut self, n: i64, epoch: &str, now_ms: i64) {
        match self {
            Self::Memory { store, copy: Some(copy) } => store.put_back(copy, epoch),
            Self::Memory { store, copy: None } => store.restore(n, epoch),
            Self::Files(files) => {
                let Some(copy) = files.copy.clone() else { return };
                let place = files.path();
                std::fs::copy(copy, &place).expect("a copy");
                files.store = files.open(&place, now_ms);
                files.runtime.block_on(files.store.begin_epoch(epoch, now_ms)).expect("an epoch");
            }
        }
    }
}
