//! The connection: opened, upgraded, dropped when it dies, opened again.
//!
//! Connections die on phones (a suspended app, a crashed storage process) and a handle that has
//! died never comes back. So no verb keeps one: [`Store::run`] asks for the open store, and after
//! a death drops it, opens again and runs the verb anew, [`REOPENINGS`] times. Every verb may be
//! run twice: what it wrote the first time is found, not doubled.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use interlude_diary::journal::JournalError;
use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbVersionChangeEvent};

use super::keys::Keys;
use super::transaction::{self, Asked, ask};
use super::trouble::{self, Trouble};
use super::{early, migrations, seal, small};
use crate::platform::{Listener, timeout};

/// How often a dead connection is opened again before the person is told.
const REOPENINGS: u32 = 3;
/// How often a verb is run anew because another tab wrote in between. Each time somebody has got
/// on, so this many in a row is no traffic but a fault.
const TURNS: u32 = 64;
/// How long an attempt may take. `WebKit` has been seen to open, and never answer.
const PATIENCE_MS: u32 = 20_000;

/// A store by name, whether or not it is open just now.
pub(super) struct Store {
    name: String,
    /// Nothing is done any more: the person erased everything.
    ended: Cell<bool>,
    open: RefCell<Option<Rc<Open>>>,
    /// Kept over a connection's death: a passcode is not asked for again by each.
    keys: RefCell<Option<Rc<Keys>>>,
    /// Verbs on their way.
    running: Cell<u32>,
}

/// An open store with its keys.
pub(super) struct Open {
    pub(super) db: IdbDatabase,
    pub(super) keys: Rc<Keys>,
    /// What the start reads.
    pub(super) small: Cell<Option<small::Ahead>>,
    /// Blind names already computed: a tap costs none.
    names: RefCell<BTreeMap<String, String>>,
    gone: Rc<Cell<bool>>,
    _heard: [Listener; 2],
}

impl Store {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ended: Cell::new(false),
            open: RefCell::default(),
            keys: RefCell::default(),
            running: Cell::new(0),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Runs one verb, as often as it takes and no oftener than that is sensible; not while the page is
    /// being put away.
    pub(super) async fn run<T>(
        &self,
        work: impl AsyncFn(&Open) -> Result<T, Trouble>,
    ) -> Result<T, JournalError> {
        self.again(false, async || work(&*self.opened().await?).await).await
    }

    /// The same for what needs no keys, on a connection of its own.
    pub(super) async fn run_shut<T>(
        &self,
        work: impl AsyncFn(&IdbDatabase) -> Result<T, Trouble>,
    ) -> Result<T, JournalError> {
        self.again(false, async || self.shut_attempt(&work).await).await
    }

    /// Runs the last verb that this handle does: whatever else wants to begin now, or to begin anew,
    /// is refused, so that nothing makes the store again after it. It needs no keys.
    pub(super) async fn run_last<T>(
        &self,
        work: impl AsyncFn(&IdbDatabase) -> Result<T, Trouble>,
    ) -> Result<T, JournalError> {
        self.ended.set(true);
        self.again(true, async || self.shut_attempt(&work).await).await
    }

    async fn shut_attempt<T>(
        &self,
        work: &impl AsyncFn(&IdbDatabase) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let db = connect(&self.name, migrations::VERSION, upgrade).await?;
        let done = work(&db).await;
        db.close();
        done
    }

    async fn again<T>(
        &self,
        last: bool,
        work: impl AsyncFn() -> Result<T, Trouble>,
    ) -> Result<T, JournalError> {
        self.running.set(self.running.get() + 1);
        let done = self.attempts(last, work).await;
        self.running.set(self.running.get().saturating_sub(1));
        done
    }

    async fn attempts<T>(
        &self,
        last: bool,
        work: impl AsyncFn() -> Result<T, Trouble>,
    ) -> Result<T, JournalError> {
        let (mut deaths, mut turns) = (0, 0);
        loop {
            if self.ended.get() && !last {
                return Err(JournalError::Locked);
            }
            transaction::awake().await;
            let attempt = work();
            match within(PATIENCE_MS, attempt).await.unwrap_or(Err(Trouble::Dead)) {
                Ok(done) => return Ok(done),
                Err(Trouble::Final(error)) => return Err(error),
                Err(Trouble::Moved) if turns < TURNS => turns += 1,
                Err(Trouble::Moved) => return Err(JournalError::Failed { name: "Busy".to_owned() }),
                // Taken back, or not begun, because the page leaves: that is no death, and it is not tried
                // again before the page is back.
                Err(Trouble::Dead) if transaction::away() => self.forget(),
                Err(Trouble::Dead | Trouble::OtherKeys) if deaths < REOPENINGS => {
                    deaths += 1;
                    self.forget();
                }
                Err(Trouble::Dead | Trouble::OtherKeys) => return Err(JournalError::Lost),
            }
        }
    }

    /// Drops the handle; the next verb opens again.
    pub(super) fn forget(&self) {
        drop(self.open.take());
    }

    /// Drops the handle and the keys: with a passcode, no verb opens the store again.
    pub(super) fn shut(&self) {
        self.forget();
        drop(self.keys.take());
    }

    /// Somebody gave the code.
    pub(super) fn hold(&self, keys: Rc<Keys>) {
        self.forget();
        self.keys.replace(Some(keys));
    }

    /// Whether no verb is on its way.
    pub(super) const fn idle(&self) -> bool {
        self.running.get() == 0
    }

    async fn opened(&self) -> Result<Rc<Open>, Trouble> {
        if let Some(open) = self.open.borrow().as_ref().filter(|open| !open.gone.get()) {
            return Ok(Rc::clone(open));
        }
        let db = match early::take(&self.name).await {
            Some(db) => db,
            None => connect(&self.name, migrations::VERSION, upgrade).await?,
        };
        let held = self.keys.borrow().clone();
        let open = Rc::new(Open::on(db, held).await?);
        self.keys.replace(Some(Rc::clone(&open.keys)));
        // Two verbs may have opened at once; whoever is second hangs up and uses the first.
        let mut held = self.open.borrow_mut();
        match held.as_ref().filter(|held| !held.gone.get()) {
            Some(first) => Ok(Rc::clone(first)),
            None => Ok(Rc::clone(held.insert(open))),
        }
    }
}

impl Open {
    async fn on(db: IdbDatabase, held: Option<Rc<Keys>>) -> Result<Self, Trouble> {
        let gone = Rc::new(Cell::new(false));
        let (asked, lost, handle) = (Rc::clone(&gone), Rc::clone(&gone), db.clone());
        let heard = [
            // Another tab wants to upgrade or erase: whoever keeps the connection blocks it.
            Listener::new(&db, "versionchange", move |_| {
                asked.set(true);
                handle.close();
            }),
            Listener::new(&db, "close", move |_| lost.set(true)),
        ];
        // Both are on their way at once. A store that is opened again has been read already.
        let small = if held.is_none() { Some(small::ask(&db)?) } else { None };
        let keys = Keys::load(&db, held).await?;
        Ok(Self { db, keys, small: Cell::new(small), names: RefCell::default(), gone, _heard: heard })
    }

    /// The blind name of `text` among names of one kind.
    pub(super) async fn blind(&self, kind: &str, text: &str) -> Result<String, Trouble> {
        let names = self.blind_all(kind, &[text.to_owned()]).await?;
        names.into_iter().next().ok_or_else(|| seal::damaged(None))
    }

    /// The blind names of many texts, in their order.
    pub(super) async fn blind_all(&self, kind: &str, texts: &[String]) -> Result<Vec<String>, Trouble> {
        let known = |text: &String| self.names.borrow().get(&format!("{kind} {text}")).cloned();
        let new: Vec<String> = texts.iter().filter(|text| known(text).is_none()).cloned().collect();
        if !new.is_empty() {
            let made = seal::blind(&self.keys, kind, &new)?.await?;
            let keyed = new.iter().map(|text| format!("{kind} {text}")).zip(made);
            self.names.borrow_mut().extend(keyed);
        }
        Ok(texts.iter().filter_map(known).collect())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // Running transactions finish first; a connection left open would block an upgrade.
        self.db.close();
    }
}

/// Opens a database, taking the steps it lacks by `upgrade`.
pub(super) async fn connect(
    name: &str,
    version: u32,
    upgrade: impl FnOnce(&IdbVersionChangeEvent, &IdbOpenDbRequest) -> Result<(), JsValue> + 'static,
) -> Result<IdbDatabase, Trouble> {
    connect_in(&factory()?, name, version, upgrade).await
}

/// The same among the databases of a bucket.
pub(super) async fn connect_in(
    factory: &IdbFactory,
    name: &str,
    version: u32,
    upgrade: impl FnOnce(&IdbVersionChangeEvent, &IdbOpenDbRequest) -> Result<(), JsValue> + 'static,
) -> Result<IdbDatabase, Trouble> {
    let request = factory.open_with_u32(name, version).map_err(|thrown| trouble::of(&thrown))?;
    let inside = request.clone();
    let on_upgrade = Closure::once(move |event: IdbVersionChangeEvent| {
        if upgrade(&event, &inside).is_err()
            && let Some(tx) = inside.transaction()
        {
            // Half a shape is worse than the old one; the request then fails with AbortError.
            drop(tx.abort());
        }
    });
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    let asked = ask(Ok(request.clone().into()))?;
    let waited = Waited(Some(request));
    let outcome = opened(asked).await;
    waited.answered();
    match outcome {
        Err(Trouble::Final(JournalError::Failed { name: why })) if why == "VersionError" => {
            Err(Trouble::Final(JournalError::TooNew { found: version_of(factory, name).await? }))
        }
        outcome => outcome,
    }
}

/// Deletes a database with its files. A tab that has it open closes it when it hears of this; one that
/// sleeps is not waited for longer than a verb may take, and the browser deletes it when it can.
pub(super) async fn delete(name: &str) -> Result<(), Trouble> {
    delete_in(&factory()?, name).await
}

/// The same among the databases of a bucket.
pub(super) async fn delete_in(factory: &IdbFactory, name: &str) -> Result<(), Trouble> {
    let request = factory.delete_database(name).map_err(|thrown| trouble::of(&thrown))?;
    let asked = ask(Ok(request.into()))?;
    within(PATIENCE_MS, async { asked.answer().await.map(drop) }).await.unwrap_or(Ok(()))
}

/// A request to open that is waited for. Nobody waits any more when it is dropped: what is opened
/// after all is hung up on, since a connection that nobody knows blocks every upgrade.
struct Waited(Option<IdbOpenDbRequest>);

impl Waited {
    fn answered(mut self) {
        self.0 = None;
    }
}

impl Drop for Waited {
    fn drop(&mut self) {
        let Some(request) = self.0.take() else { return };
        let late = request.clone();
        let hang_up = Closure::once_into_js(move || {
            if let Ok(db) = late.result() {
                db.unchecked_into::<IdbDatabase>().close();
            }
        });
        request.set_onsuccess(Some(hang_up.unchecked_ref()));
    }
}

async fn opened(asked: Asked) -> Result<IdbDatabase, Trouble> {
    Ok(asked.answer().await?.unchecked_into())
}

fn factory() -> Result<IdbFactory, Trouble> {
    let found = Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap_or_default();
    if found.is_null() || found.is_undefined() {
        return Err(Trouble::Final(JournalError::Blocked));
    }
    Ok(found.unchecked_into())
}

fn upgrade(event: &IdbVersionChangeEvent, request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    let db: IdbDatabase = request.result()?.unchecked_into();
    let tx = request.transaction().ok_or(JsValue::NULL)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "versions are small integers"
    )]
    migrations::upgrade(&db, &tx, event.old_version() as u32)
}

/// The version a database has: asked only when it is newer than ours.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "versions are small integers")]
async fn version_of(factory: &IdbFactory, name: &str) -> Result<u32, Trouble> {
    let request = factory.open(name).map_err(|thrown| trouble::of(&thrown))?;
    let db = opened(ask(Ok(request.into()))?).await?;
    let version = db.version() as u32;
    db.close();
    Ok(version)
}

/// `None` when `work` took longer than `ms`.
pub(super) async fn within<T>(ms: u32, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut late) = (pin!(work), pin!(timeout::wait(ms)));
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => late.as_mut().poll(context).map(|()| None),
    })
    .await
}
