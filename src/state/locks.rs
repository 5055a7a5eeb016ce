//! The lock of an open diary: setting the code, and locking when the page was away too long.
//!
//! To lock is to load the page again: what was in memory, answers and keys, is gone with it, and the
//! fresh page finds a store that only the code opens. The form that was open is opened again after it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use interlude_diary::journal::JournalError;
use interlude_diary::lock::locks;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::flags::Flags;
use super::outside::{Outside, Ports};
use super::pairing::Pairings;
use super::porch::Porch;
use super::settings::Settings;
use crate::journal::lock::{Cost, Denied, NewCode, Proof};
use crate::platform::channel::Channel;
use crate::platform::timeout::{self, Timeout};
use crate::platform::{clock, document, passkey, visibility};

/// Name of the channel between the tabs, and the words said on it.
const CHANNEL: &str = "interlude-lock";
/// The person locks: every tab does.
const LOCK: &str = "lock";
/// A page was away too long: those that are out of sight too lock with it.
const AWAY: &str = "away";
/// The code was set, changed or removed.
const CHANGED: &str = "changed";

/// How long what is being stored may take before the page goes all the same.
const PATIENCE_MS: i64 = 3_000;
const LOOK_MS: u32 = 30;

/// What became of the last act on the code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Done {
    /// Nothing was asked.
    #[default]
    Nothing,
    /// It is being done.
    Busy,
    /// The code was set or changed.
    Set,
    /// There is none any more.
    Removed,
    /// A passkey opens it too.
    Keyed,
    /// It does not any more.
    Unkeyed,
    /// No passkey was made, or it gives no secrets.
    NoPasskey,
    /// The two new ones differ, or there is nothing in them.
    Differ,
    /// The present code is another.
    Wrong,
    /// Too many wrong ones: so many milliseconds.
    Wait(i64),
    /// The store failed; the code is what it was.
    Failed(JournalError),
}

/// The lock of the running app.
#[derive(Clone, Copy)]
pub struct Locks {
    coded: RwSignal<bool>,
    keyed: RwSignal<bool>,
    done: RwSignal<Done>,
    tabs: StoredValue<Option<Channel>, LocalStorage>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Locks {
    /// Puts itself into the context. Call once, in the composition root.
    pub fn provide() {
        provide_context(Self {
            coded: RwSignal::new(false),
            keyed: RwSignal::new(false),
            done: RwSignal::new(Done::Nothing),
            tabs: StoredValue::new_local(None),
            timer: StoredValue::new_local(None),
        });
    }

    /// The lock of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Follows the page's being away, and the other tabs. Call once, in the composition root, when
    /// the first page is on screen.
    pub fn begin(self) {
        let ports = Outside::get();
        self.look(&ports);
        self.follow_tabs(Rc::clone(&ports));
        self.follow_sight(Rc::clone(&ports));
        self.keep_porch(ports);
    }

    /// Whether a code is set.
    #[must_use]
    pub fn coded(self) -> Signal<bool> {
        self.coded.into()
    }

    /// Whether a passkey opens it too.
    #[must_use]
    pub fn keyed(self) -> Signal<bool> {
        self.keyed.into()
    }

    /// Whether this browser has passkeys.
    #[must_use]
    pub fn passkeys(self) -> bool {
        passkey::offered()
    }

    /// What became of the last act.
    #[must_use]
    pub fn done(self) -> Signal<Done> {
        self.done.into()
    }

    /// Sets or changes the code. `old` is asked for where there is one.
    pub fn set(self, old: Option<String>, new: String, again: &str) {
        if new.is_empty() || new != again {
            self.done.set(Done::Differ);
            return;
        }
        self.change(old, Some(new));
    }

    /// Takes the code away.
    pub fn remove(self, old: String) {
        self.change(Some(old), None);
    }

    fn change(self, old: Option<String>, new: Option<String>) {
        if *self.done.read_untracked() == Done::Busy {
            return;
        }
        self.done.set(Done::Busy);
        let ports = Outside::get();
        spawn_local(async move {
            // That it is being done is on screen before the key is stretched.
            document::painted().await;
            let proof = old.as_deref().map_or(Proof::NoneYet, Proof::Code);
            let code = new.as_deref().map_or(NewCode::None, |code| NewCode::Is(code, Cost::NOW));
            let done = match ports.journal.change_code(proof, code, clock::unix_ms()).await {
                Ok(()) if new.is_some() => Done::Set,
                Ok(()) => Done::Removed,
                Err(why) => denied(why),
            };
            self.look(&ports);
            self.say(CHANGED);
            self.done.set(done);
        });
    }

    /// Makes a passkey that opens the diary too. The present code is asked for.
    pub fn add_passkey(self, code: String) {
        self.done.set(Done::Busy);
        let ports = Outside::get();
        spawn_local(async move {
            let done = keyed(&ports, &code).await.map_or_else(denied, |made| match made {
                true => Done::Keyed,
                false => Done::NoPasskey,
            });
            self.look(&ports);
            self.say(CHANGED);
            self.done.set(done);
        });
    }

    /// The passkey opens nothing any more.
    pub fn remove_passkey(self) {
        let ports = Outside::get();
        spawn_local(async move {
            let done = match ports.journal.remove_passkey().await {
                Ok(()) => Done::Unkeyed,
                Err(error) => Done::Failed(error),
            };
            self.look(&ports);
            self.say(CHANGED);
            self.done.set(done);
        });
    }

    /// Locks every tab now.
    pub fn lock_now(self) {
        self.say(LOCK);
        lock(Outside::get());
    }

    /// Reads whether there is a code.
    fn look(self, ports: &Rc<Ports>) {
        let ports = Rc::clone(ports);
        spawn_local(async move {
            if let Ok(seen) = ports.journal.seen().await {
                self.coded.set(seen.coded);
                self.keyed.set(seen.passkey);
            }
        });
    }

    fn say(self, word: &str) {
        // A tab that does not hear it locks when it comes back, by its own reckoning.
        self.tabs.with_value(|tabs| tabs.as_ref().is_some_and(|tabs| tabs.say(word)));
    }

    fn follow_tabs(self, ports: Rc<Ports>) {
        let tabs = Channel::open(CHANNEL, move |word| match word.as_str() {
            LOCK => lock(Rc::clone(&ports)),
            AWAY if visibility::hidden() => lock(Rc::clone(&ports)),
            CHANGED => self.look(&ports),
            _ => {}
        });
        self.tabs.set_value(tabs);
    }

    /// Veils the page while it is out of sight, and locks it when that was too long: on return, or
    /// before, where the browser lets a hidden page's timer run.
    fn follow_sight(self, ports: Rc<Ports>) {
        let since: Rc<Cell<Option<(i64, i64)>>> = Rc::default();
        let settings = Settings::get();
        let changed = move |hidden: bool| {
            if !self.coded.get_untracked() {
                return;
            }
            document::veil(hidden);
            self.timer.set_value(None);
            let limit = settings.choices().read_untracked().lock_after;
            let now = (clock::unix_ms(), clock::steady_ms());
            if hidden {
                since.set(Some(now));
                let ports = Rc::clone(&ports);
                let away = move || self.was_away(ports);
                self.timer.set_value(Some(timeout::after(limit.saturating_mul(60_000).max(1_000), away)));
            } else if let Some(since) = since.take()
                && locks(limit, now.0 - since.0, now.1 - since.1)
            {
                self.was_away(Rc::clone(&ports));
            }
        };
        let back = changed.clone();
        let thawed = visibility::on_thawed(move || back(visibility::hidden()));
        for listener in visibility::on_change(changed).into_iter().chain(thawed) {
            listener.forget();
        }
    }

    fn was_away(self, ports: Rc<Ports>) {
        self.say(AWAY);
        lock(ports);
    }

    /// What the lock screen needs is kept as it changes.
    fn keep_porch(self, ports: Rc<Ports>) {
        let (settings, flags, pairings) = (Settings::get(), Flags::get(), Pairings::get());
        let clinic = pairings.clinic();
        let (next, writes) = (Rc::new(RefCell::new(None)), Rc::new(Cell::new(false)));
        Effect::new(move |_| {
            if !self.coded.get() {
                return;
            }
            let country = settings.choices().read().country.clone();
            let porch = Porch::of(country, flags.open().get(), clinic.get());
            next.replace(Some(porch.written()));
            // One after the other: what an earlier change wrote must not come last.
            if writes.replace(true) {
                return;
            }
            let (ports, next, writes) = (Rc::clone(&ports), Rc::clone(&next), Rc::clone(&writes));
            spawn_local(async move {
                while let Some(text) = next.take() {
                    // The next change writes it again; the lock does not hang on it.
                    drop(ports.journal.set_porch(&text).await);
                }
                writes.set(false);
            });
        });
    }
}

/// The code is looked at first: a passkey that opens nothing would stay with the phone for ever.
async fn keyed(ports: &Ports, code: &str) -> Result<bool, Denied> {
    document::painted().await;
    ports.journal.unlock(code, clock::unix_ms()).await?;
    let Some((made, secret)) = passkey::make().await else { return Ok(false) };
    ports.journal.add_passkey(code, &made, &secret, clock::unix_ms()).await?;
    Ok(true)
}

fn denied(why: Denied) -> Done {
    match why {
        Denied::Wrong => Done::Wrong,
        Denied::Wait { ms } => Done::Wait(ms),
        Denied::Store(error) => Done::Failed(error),
    }
}

/// Lets what is being stored end, lets the keys go, and loads the page anew.
fn lock(ports: Rc<Ports>) {
    document::veil(true);
    spawn_local(async move {
        let until = clock::steady_ms() + PATIENCE_MS;
        while !ports.journal.idle() && clock::steady_ms() < until {
            timeout::wait(LOOK_MS).await;
        }
        ports.journal.shut();
        document::reload();
    });
}
