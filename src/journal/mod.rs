//! The journal on IndexedDB, sealed.
//!
//! One verb of the port is one strict transaction (after the reading that some need, see
//! [`counts`]). Nothing here knows the network, signals or pages. Start at [`IdbJournal`]; the
//! shape on disk is [`migrations`], how records are sealed [`seal`], how a connection that died is
//! opened again [`connection`], how a verb changes entries [`verbs`] and [`write`].

mod connection;
mod counts;
mod damage;
mod days;
mod drafts;
mod early;
mod family;
mod infusions;
mod keys;
mod late;
mod load;
pub mod lock;
mod migrations;
mod passcode;
mod passkey;
mod porch;
mod read;
mod row;
mod seal;
mod small;
mod spare;
mod trace;
mod transaction;
mod trouble;
mod verbs;
mod write;

use std::cell::Cell;
use std::rc::Rc;

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{
    DayLine, Holding, Journal, JournalError, Kept, Mark, MetaKey, Outgoing, Send, Seq, Stored, Tally,
};
use interlude_diary::occasion::{Draft, DraftKey};

use crate::platform::{Listener, visibility};
use connection::{Open, Store};
use spare::Changed;
pub use trace::Trace;
use trouble::Trouble;
use web_sys::IdbDatabase;

/// The name of the app's own store.
pub const NAME: &str = "interlude";

/// The journal of this phone. Clones are handles on the same connection.
#[derive(Clone)]
pub struct IdbJournal(Rc<Inner>);

struct Inner {
    store: Store,
    /// Under which keys the trace was left already, in this run of the app.
    traced: Cell<Option<u32>>,
    /// A page that is put away holds nobody up.
    _leaving: Vec<Listener>,
}

impl std::fmt::Debug for IdbJournal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("IdbJournal").field(&self.0.store.name()).finish()
    }
}

impl IdbJournal {
    /// Opens the store called `name` ([`NAME`] in the app), making it if it is not there.
    ///
    /// # Errors
    /// [`JournalError::Blocked`] where the browser gives no store or no cryptography,
    /// [`JournalError::TooNew`] for a newer app's store, which is left as it is,
    /// [`JournalError::Locked`] when its keys cannot be opened.
    pub async fn open(name: &str) -> Result<Self, JournalError> {
        let journal = Self::at(name);
        journal.begin().await?;
        Ok(journal)
    }

    /// The store called `name`, not opened yet: what a lock screen works with.
    #[must_use]
    pub fn at(name: &str) -> Self {
        let mut leaving = visibility::on_leaving(transaction::let_go);
        leaving.extend(visibility::on_back(transaction::wake));
        let inner = Inner { store: Store::new(name), traced: Cell::new(None), _leaving: leaving };
        Self(Rc::new(inner))
    }

    /// Opens it.
    ///
    /// # Errors
    /// As [`IdbJournal::open`].
    pub async fn begin(&self) -> Result<(), JournalError> {
        self.0.store.run(async |_: &Open| Ok(())).await
    }

    /// What this phone remembers: asked at the first screen, before anything is recorded.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn trace(&self) -> Result<Trace, JournalError> {
        let store = &self.0.store;
        store
            .run(async |open: &Open| {
                let revisions = read::tally(open).await?.revisions;
                trace::read(open, store.name(), revisions).await
            })
            .await
    }

    /// How many records do not open: they are left as they are, and left out of what is shown.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn damaged(&self) -> Result<usize, JournalError> {
        self.0.store.run(async |open: &Open| damage::count(open).await).await
    }

    /// The small values that the start reads: one reading instead of four.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn meta_at_start(&self) -> Result<Vec<(MetaKey, String)>, JournalError> {
        let (values, back) = self.0.store.run(async |open: &Open| small::at_start(open).await).await?;
        if back {
            // The store was lost and its copy is here: the first page is not to be drawn of half of it.
            // What fails is tried again by the next start.
            if let Ok(work) = late::back(self.clone()).await {
                work.await?;
            }
        }
        Ok(values)
    }

    /// Waits until what is being written lies in the store, its copy perhaps not yet; no longer than `ms`
    /// milliseconds.
    pub async fn written(&self, ms: u32) {
        // What takes longer is told by the verb itself.
        let _in_time = connection::within(ms, transaction::written()).await;
    }

    /// Makes sure that there is a second copy of what is nowhere else, where the browser has room for one in
    /// other files. Once a run; what is recorded from then on is copied as it is recorded.
    pub async fn begin_copy(&self) {
        let begun = self.0.store.run(async |open: &Open| {
            spare::begin(open).await;
            Ok(())
        });
        // A copy that was not made is no failure of the journal.
        drop(begun.await);
    }

    /// Keeps the copy as the store is. What was recorded is safe in the store: the copy never fails it.
    async fn copied(&self, changed: impl AsyncFn(&Open) -> Result<Changed, Trouble>) {
        let followed = self.0.store.run(async |open: &Open| {
            spare::follow(open, changed(open).await?).await;
            Ok(())
        });
        drop(followed.await);
    }

    /// Erases everything and deletes both databases, for good: no verb of this handle does anything
    /// after it. A locked diary can be ended too: its keys are not asked for.
    ///
    /// # Errors
    /// As the store gives them; some of it may be left, and this may be called again.
    pub async fn end(&self) -> Result<(), JournalError> {
        let store = &self.0.store;
        let name = store.name();
        store
            .run_last(async |db: &IdbDatabase| {
                // First: what is found empty is filled from its copy.
                spare::gone(name).await?;
                small::erase(db).await?;
                trace::unmark(name).await
            })
            .await?;
        store.shut();
        let lost = |_trouble| JournalError::Lost;
        connection::delete(name).await.map_err(lost)?;
        connection::delete(&trace::database(name)).await.map_err(lost)
    }

    /// Leaves the trace once a run. What was recorded is safe without it, so a failure is tried
    /// again with the next entry and told to nobody.
    async fn leave_trace(&self) {
        let store = &self.0.store;
        let left = store.run(async |open: &Open| {
            if self.0.traced.get() != Some(open.keys.id) {
                trace::mark(open, store.name()).await?;
            }
            Ok(open.keys.id)
        });
        self.0.traced.set(left.await.ok());
    }
}

impl Journal for IdbJournal {
    async fn record(
        &self,
        entry: &Entry,
        send: Send,
        draft: Option<&DraftKey>,
    ) -> Result<Kept, JournalError> {
        let seq = self.0.store.run(async |open: &Open| verbs::record(open, entry, send, draft).await).await?;
        self.leave_trace().await;
        self.copied(async |open| {
            let ended = match draft {
                Some(key) => Some(drafts::name(open, key).await?),
                None => None,
            };
            Ok(Changed::Revisions(vec![entry.revision], ended))
        })
        .await;
        Ok(Kept { seq })
    }

    async fn undo(&self, revision: RevisionId, draft: &Draft) -> Result<(), JournalError> {
        self.0.store.run(async |open: &Open| verbs::undo(open, revision, draft).await).await?;
        self.copied(async |open| {
            Ok(Changed::Revisions(vec![revision], Some(drafts::name(open, &draft.key).await?)))
        })
        .await;
        Ok(())
    }

    async fn release(&self) -> Result<u32, JournalError> {
        self.0.store.run(async |open: &Open| verbs::release(open).await).await
    }

    async fn save_draft(&self, draft: &Draft) -> Result<u32, JournalError> {
        let saved = self.0.store.run(async |open: &Open| drafts::save(open, draft).await).await?;
        self.copied(async |open| Ok(Changed::Draft(drafts::name(open, &draft.key).await?))).await;
        Ok(saved)
    }

    async fn draft(&self, key: &DraftKey) -> Result<Option<Draft>, JournalError> {
        self.0.store.run(async |open: &Open| drafts::one(open, key).await).await
    }

    async fn drafts(&self) -> Result<Vec<Draft>, JournalError> {
        self.0.store.run(async |open: &Open| drafts::all(open).await).await
    }

    async fn drop_draft(&self, key: &DraftKey) -> Result<(), JournalError> {
        self.0.store.run(async |open: &Open| drafts::remove(open, key).await).await?;
        self.copied(async |open| Ok(Changed::Draft(drafts::name(open, key).await?))).await;
        Ok(())
    }

    async fn days(&self, first: LocalDay, last: LocalDay) -> Result<Vec<DayLine>, JournalError> {
        self.0.store.run(async |open: &Open| days::read(open, first, last).await).await
    }

    async fn infusions(&self) -> Result<Vec<DayLine>, JournalError> {
        self.0.store.run(async |open: &Open| infusions::read(open).await).await
    }

    async fn revisions(&self, id: EntryId) -> Result<Vec<Stored>, JournalError> {
        self.0.store.run(async |open: &Open| read::revisions(open, id).await).await
    }

    async fn page(&self, after: Option<Seq>, limit: usize) -> Result<Vec<Stored>, JournalError> {
        self.0.store.run(async |open: &Open| read::page(open, after, limit).await).await
    }

    async fn pending(&self, now_ms: i64, limit: usize) -> Result<Vec<Outgoing>, JournalError> {
        self.0.store.run(async |open: &Open| read::pending(open, now_ms, limit).await).await
    }

    async fn newest(&self, ids: &[EntryId]) -> Result<Vec<Outgoing>, JournalError> {
        self.0.store.run(async |open: &Open| read::newest(open, ids).await).await
    }

    async fn outbox(&self) -> Result<Vec<Outgoing>, JournalError> {
        self.0.store.run(async |open: &Open| read::outbox(open).await).await
    }

    async fn holdings_of(&self, ids: &[EntryId]) -> Result<Vec<Holding>, JournalError> {
        self.0.store.run(async |open: &Open| read::holdings_of(open, ids).await).await
    }

    async fn holdings(&self, after: Option<Seq>, limit: usize) -> Result<Vec<Holding>, JournalError> {
        self.0.store.run(async |open: &Open| read::holdings(open, after, limit).await).await
    }

    async fn tally(&self) -> Result<Tally, JournalError> {
        self.0.store.run(async |open: &Open| read::tally(open).await).await
    }

    async fn settle(&self, marks: &[Mark], sync: Option<&str>) -> Result<(), JournalError> {
        self.0.store.run(async |open: &Open| verbs::settle(open, marks, sync).await).await?;
        self.copied(async |_| Ok(Changed::by(marks))).await;
        Ok(())
    }

    async fn meta(&self, key: MetaKey) -> Result<Option<String>, JournalError> {
        self.0.store.run(async |open: &Open| small::get(open, key).await).await
    }

    async fn set_meta(&self, key: MetaKey, value: &str) -> Result<(), JournalError> {
        self.0.store.run(async |open: &Open| small::set(open, key, value).await).await?;
        self.copied(async |_| Ok(Changed::Small(key))).await;
        Ok(())
    }

    async fn erase(&self) -> Result<(), JournalError> {
        let store = &self.0.store;
        let name = store.name();
        // A locked diary can be erased too: its keys are not asked for.
        store
            .run_shut(async |db: &IdbDatabase| {
                spare::gone(name).await?;
                small::erase(db).await?;
                trace::unmark(name).await
            })
            .await?;
        // The next verb makes new keys.
        store.shut();
        Ok(())
    }
}
