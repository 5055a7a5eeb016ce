//! The verbs of the lock: what a locked store tells, opening it, setting and removing the code.
//!
//! None of them runs before the first question of a store without a passcode.

use std::rc::Rc;

use interlude_diary::journal::JournalError;
use web_sys::IdbDatabase;

use super::connection::Open;
pub use super::passcode::Cost;
use super::passcode::{Lock, Recipe, Secret, replace, wrapped_by, wrapped_by_device};
use super::porch::{self, TRIES};
pub use super::porch::{Seen, Unproved};
use super::trouble::Trouble;
use super::{IdbJournal, keys, passkey};

/// Why a code did not do what it was given for. Nothing was changed, but the count of wrong codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// It is not the code.
    Wrong,
    /// Too many were wrong: the next may be given in so many milliseconds.
    Wait {
        /// Milliseconds.
        ms: i64,
    },
    /// The store failed.
    Store(JournalError),
}

impl From<JournalError> for Denied {
    fn from(error: JournalError) -> Self {
        Self::Store(error)
    }
}

/// What is put in the place of the present code.
#[derive(Clone, Copy)]
pub enum NewCode<'a> {
    /// This one, stretched at this cost.
    Is(&'a str, Cost),
    /// None: the device's own key alone.
    None,
}

/// What opens the lock for a change.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// There is no code yet.
    NoneYet,
    /// The present code.
    Code(&'a str),
}

impl IdbJournal {
    /// What can be told of the store without its keys.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn seen(&self) -> Result<Seen, JournalError> {
        self.0.store.run_shut(async |db: &IdbDatabase| porch::seen(db).await).await
    }

    /// What would be lost if the locked store were discarded now.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn unproved(&self) -> Result<Unproved, JournalError> {
        self.0.store.run_shut(async |db: &IdbDatabase| porch::unproved(db).await).await
    }

    /// Opens the store with its code. `now_ms` is the clock's time.
    ///
    /// # Errors
    /// [`Denied`]; the store stays as it is.
    pub async fn unlock(&self, code: &str, now_ms: i64) -> Result<(), Denied> {
        self.count_one(now_ms).await?;
        let lock = self.lock("data").await?;
        let keys = lock.open(&Secret::Code(code), false).await.map_err(told)?.ok_or(Denied::Wrong)?;
        self.0.store.hold(Rc::new(keys));
        self.forget_tries().await
    }

    /// Sets, changes or removes the code: one row in one transaction.
    ///
    /// # Errors
    /// [`Denied`]; the code is then what it was.
    pub async fn change_code(&self, proof: Proof<'_>, new: NewCode<'_>, now_ms: i64) -> Result<(), Denied> {
        let lock = self.lock("data").await?;
        let secret = match proof {
            Proof::Code(code) => {
                self.count_one(now_ms).await?;
                code
            }
            Proof::NoneYet => "",
        };
        let keys = lock.open(&Secret::Code(secret), true).await.map_err(told)?.ok_or(Denied::Wrong)?;
        let device = &lock.wrapped.device;
        let (row, others, gone) = match new {
            NewCode::Is(code, cost) => {
                let recipe = Recipe::of_cost(cost).await.map_err(told)?;
                let row = wrapped_by(&keys, &recipe, &Secret::Code(code), device).await.map_err(told)?;
                let porch =
                    if lock.wrapped.coded { Vec::new() } else { vec![porch::fresh().await.map_err(told)?] };
                (row, porch, &[TRIES][..])
            }
            NewCode::None => {
                let row = wrapped_by_device(&keys, device).await.map_err(told)?;
                (row, Vec::new(), &[TRIES, porch::PORCH, passkey::ROW][..])
            }
        };
        let store = &self.0.store;
        let done = store
            .run_shut(async |db: &IdbDatabase| replace(db, &lock.wrapped, Some(&row), &others, gone).await);
        Ok(done.await?)
    }

    /// Keeps what the lock screen needs. Without a code there is no lock screen, and nothing is kept.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn set_porch(&self, said: &str) -> Result<(), JournalError> {
        self.0.store.run(async |open: &Open| porch::set(open, said).await).await
    }

    /// Lets the keys go: with a code, no verb opens the store until it is given again.
    pub fn shut(&self) {
        self.0.store.shut();
    }

    /// Whether nothing is being read or written.
    #[must_use]
    pub fn idle(&self) -> bool {
        self.0.store.idle()
    }

    pub(super) async fn lock(&self, row: &str) -> Result<Lock, Denied> {
        let read = self.0.store.run_shut(async |db: &IdbDatabase| Lock::read(db, row).await);
        read.await?.ok_or_else(|| told(keys::locked()))
    }

    pub(super) async fn count_one(&self, now_ms: i64) -> Result<(), Denied> {
        match self.0.store.run_shut(async |db: &IdbDatabase| porch::count_one(db, now_ms).await).await? {
            0 => Ok(()),
            ms => Err(Denied::Wait { ms }),
        }
    }

    pub(super) async fn forget_tries(&self) -> Result<(), Denied> {
        Ok(self.0.store.run_shut(async |db: &IdbDatabase| porch::forget_tries(db).await).await?)
    }
}

/// What failed outside of a transaction.
pub(super) fn told(trouble: Trouble) -> Denied {
    Denied::Store(match trouble {
        Trouble::Final(error) => error,
        Trouble::Dead | Trouble::OtherKeys | Trouble::Moved => JournalError::Lost,
    })
}
