//! One transaction, strict, that aborts unless it is committed.
//!
//! The one file that speaks IndexedDB's requests. Nothing but those requests may be awaited while
//! a [`Tx`] lives: the browser ends a transaction that has nothing to do, and an awaited
//! `WebCrypto` promise is enough. So everything is sealed before, and opened after.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbCursor, IdbCursorDirection, IdbDatabase, IdbIndex, IdbObjectStore, IdbRequest, IdbRequestReadyState,
    IdbTransaction, IdbTransactionMode,
};

use super::trouble::{self, Trouble};

thread_local! {
    /// Those that are running in this page.
    static RUNNING: RefCell<Vec<IdbTransaction>> = const { RefCell::new(Vec::new()) };
    /// The page is being put away.
    static AWAY: Cell<bool> = const { Cell::new(false) };
    /// Who waits for it to come back.
    static WAITING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
    /// Who waits for what is being written.
    static FOLLOWING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// How long a verb waits for a page that was put away. A page that sleeps has no clock: where this time
/// passes, it was not put away after all.
const NAP_MS: u32 = 2_000;

/// Takes back what is running. For a page that is put away: `WebKit` keeps its transactions asleep
/// with it, and every later one of any page waits for them. The verbs they belong to run again when
/// the page wakes.
pub(super) fn let_go() {
    AWAY.set(true);
    for raw in RUNNING.with_borrow(Clone::clone) {
        // Throws when it is being committed already: then nothing is left to do in this page.
        drop(raw.abort());
    }
}

/// The page is back.
pub(super) fn wake() {
    AWAY.set(false);
    WAITING.take().into_iter().for_each(Waker::wake);
}

/// Whether the page is being put away: what begins now sleeps with it, and all pages wait for it.
pub(super) fn away() -> bool {
    AWAY.get()
}

/// Waits while the page is put away.
pub(super) async fn awake() {
    let woken = poll_fn(|task| {
        if away() {
            WAITING.with_borrow_mut(|waiting| waiting.push(task.waker().clone()));
            return Poll::Pending;
        }
        Poll::Ready(())
    });
    if away() && super::connection::within(NAP_MS, woken).await.is_none() {
        wake();
    }
}

/// Waits until nothing is being written in this page.
pub(super) async fn written() {
    let writes = |tx: &IdbTransaction| tx.mode() == Ok(IdbTransactionMode::Readwrite);
    poll_fn(|task| {
        if RUNNING.with_borrow(|running| running.iter().any(writes)) {
            FOLLOWING.with_borrow_mut(|following| following.push(task.waker().clone()));
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

/// No limit to a list (IndexedDB takes 0 so).
pub(super) const ALL: u32 = 0;

/// What a transaction may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

/// A running transaction. Dropped without [`Tx::commit`] it takes everything back, so that an
/// early `?` cannot leave half of a verb behind.
pub(super) struct Tx {
    raw: IdbTransaction,
    over: Option<JsFuture>,
    /// Its first request: answered once the transaction has begun.
    first: RefCell<Option<IdbRequest>>,
}

impl Tx {
    /// Begins on these stores. Not while the page is being put away: then it is as a dead connection.
    pub(super) fn begin(db: &IdbDatabase, stores: &[&str], access: Access) -> Result<Self, Trouble> {
        if away() {
            return Err(Trouble::Dead);
        }
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let mode = match access {
            Access::Read => "readonly",
            Access::Write => {
                // Not in web-sys without its unstable flag, hence the call by name.
                set(&options, "durability", &"strict".into());
                "readwrite"
            }
        };
        let begin: Function = Reflect::get(db, &"transaction".into())
            .and_then(JsCast::dyn_into)
            .map_err(|thrown| trouble::of(&thrown))?;
        let raw: IdbTransaction = begin
            .call3(db, &names, &mode.into(), &options)
            .map_err(|thrown| trouble::of(&thrown))?
            .unchecked_into();
        let over = Promise::new(&mut |resolve, _| {
            raw.set_oncomplete(Some(&resolve));
            raw.set_onabort(Some(&resolve));
        });
        RUNNING.with_borrow_mut(|running| running.push(raw.clone()));
        Ok(Self { raw, over: Some(over.into()), first: RefCell::default() })
    }

    /// The record under `key`.
    pub(super) fn get(&self, store: &str, key: &JsValue) -> Result<Asked, Trouble> {
        self.asked(self.store(store)?.get(key))
    }

    /// The first record under `key` of an index.
    pub(super) fn get_by(&self, store: &str, index: &str, key: &JsValue) -> Result<Asked, Trouble> {
        self.asked(self.index(store, index)?.get(key))
    }

    /// All records of a range of keys (undefined: all), in order of key, at most `limit`.
    pub(super) fn list(&self, store: &str, range: &JsValue, limit: u32) -> Result<Asked, Trouble> {
        self.asked(self.store(store)?.get_all_with_key_and_limit(range, limit))
    }

    /// All records of a range of an index, in its order and then by key, at most `limit`.
    pub(super) fn list_by(
        &self,
        store: &str,
        index: &str,
        range: &JsValue,
        limit: u32,
    ) -> Result<Asked, Trouble> {
        self.asked(self.index(store, index)?.get_all_with_key_and_limit(range, limit))
    }

    /// A cursor on the last record of a range of an index: ask it for its key.
    pub(super) fn last_key_by(&self, store: &str, index: &str, range: &JsValue) -> Result<Asked, Trouble> {
        let back = IdbCursorDirection::Prev;
        self.asked(self.index(store, index)?.open_key_cursor_with_range_and_direction(range, back))
    }

    /// How many records a store has.
    pub(super) fn count(&self, store: &str) -> Result<Asked, Trouble> {
        self.asked(self.store(store)?.count())
    }

    /// Writes a record. A failure aborts the transaction, which [`Tx::commit`] tells.
    pub(super) fn put(&self, store: &str, record: &Object) -> Result<(), Trouble> {
        self.sent(self.store(store)?.put(record)).map(drop)
    }

    /// Removes a record, if it is there.
    pub(super) fn delete(&self, store: &str, key: &JsValue) -> Result<(), Trouble> {
        self.sent(self.store(store)?.delete(key)).map(drop)
    }

    /// Removes every record of a store.
    pub(super) fn clear(&self, store: &str) -> Result<(), Trouble> {
        self.sent(self.store(store)?.clear()).map(drop)
    }

    /// Waits until everything is on disk.
    ///
    /// One that has begun is committed at once, so that it is done even when the page is put away now. One that
    /// has not is left to commit by itself: `WebKit` sends what it is to do only once it has begun, and a page
    /// that is put away before then sleeps with it, where one that was not asked to commit can still be
    /// taken back.
    pub(super) async fn commit(mut self) -> Result<(), Trouble> {
        let Some(over) = self.over.take() else { return Ok(()) };
        if self.has_begun() {
            #[expect(deprecated, reason = "it was out of the standard for a while, and is in it again")]
            drop(self.raw.commit());
        }
        let event = over.await.map_err(|thrown| trouble::of(&thrown))?;
        if event.dyn_ref::<web_sys::Event>().is_some_and(|event| event.type_() == "complete") {
            return Ok(());
        }
        // An abort that nobody asked for: no room, or a store that died.
        let why = self.raw.error().map_or_else(|| "AbortError".to_owned(), |error| error.name());
        Err(trouble::of_name(why))
    }

    fn has_begun(&self) -> bool {
        let first = self.first.borrow();
        first.as_ref().is_some_and(|first| first.ready_state() == IdbRequestReadyState::Done)
    }

    fn asked(&self, request: Result<IdbRequest, JsValue>) -> Result<Asked, Trouble> {
        ask(Ok(self.sent(request)?))
    }

    fn sent(&self, request: Result<IdbRequest, JsValue>) -> Result<IdbRequest, Trouble> {
        let request = request.map_err(|thrown| trouble::of(&thrown))?;
        self.first.borrow_mut().get_or_insert_with(|| request.clone());
        Ok(request)
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, Trouble> {
        self.raw.object_store(name).map_err(|thrown| trouble::of(&thrown))
    }

    fn index(&self, store: &str, name: &str) -> Result<IdbIndex, Trouble> {
        self.store(store)?.index(name).map_err(|thrown| trouble::of(&thrown))
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        RUNNING.with_borrow_mut(|running| running.retain(|one| *one != self.raw));
        FOLLOWING.take().into_iter().for_each(Waker::wake);
        if self.over.is_some() {
            // Throws when it is over already; then there is nothing to take back.
            drop(self.raw.abort());
        }
    }
}

/// A request on its way. Ask several, then await each: they travel together.
pub(super) struct Asked {
    request: IdbRequest,
    heard: JsFuture,
}

impl Asked {
    /// The answer; undefined when there is no such record.
    pub(super) async fn answer(self) -> Result<JsValue, Trouble> {
        self.heard.await.map_err(|thrown| trouble::of(&thrown))?;
        match self.request.error() {
            Ok(None) => self.request.result().map_err(|thrown| trouble::of(&thrown)),
            Ok(Some(error)) => {
                // A request of a transaction that was aborted says only that; the reason (no room)
                // stands with the transaction.
                let why = self.request.transaction().and_then(|tx| tx.error());
                Err(trouble::of_name(why.unwrap_or(error).name()))
            }
            Err(thrown) => Err(trouble::of(&thrown)),
        }
    }

    /// The record, where there is one.
    pub(super) async fn record(self) -> Result<Option<Object>, Trouble> {
        Ok(self.answer().await?.dyn_into().ok())
    }

    /// The index key a cursor stands on; none when the range is empty.
    pub(super) async fn key(self) -> Result<Option<JsValue>, Trouble> {
        let cursor: Option<IdbCursor> = self.answer().await?.dyn_into().ok();
        cursor.map(|cursor| cursor.key()).transpose().map_err(|thrown| trouble::of(&thrown))
    }

    /// The number that was counted.
    pub(super) async fn number(self) -> Result<u64, Trouble> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of records")]
        Ok(self.answer().await?.as_f64().unwrap_or_default() as u64)
    }

    /// The records of a list.
    pub(super) async fn records(self) -> Result<Vec<Object>, Trouble> {
        let answer: Array = self.answer().await?.unchecked_into();
        Ok(answer.iter().filter_map(|record| record.dyn_into().ok()).collect())
    }
}

/// Listens to a request from its first moment.
pub(super) fn ask(request: Result<IdbRequest, JsValue>) -> Result<Asked, Trouble> {
    let request = request.map_err(|thrown| trouble::of(&thrown))?;
    let heard = Promise::new(&mut |resolve, _| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&resolve));
    });
    Ok(Asked { request, heard: heard.into() })
}

/// Sets a plain property of a plain object, which cannot fail.
pub(super) fn set(object: &Object, name: &str, value: &JsValue) {
    drop(Reflect::set(object, &name.into(), value));
}
