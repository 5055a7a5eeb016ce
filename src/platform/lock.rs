//! Web Locks: one tab at a time, or many sharing. Held by the browser, so a killed tab lets go.
//!
//! web-sys has them only as unstable, hence the small shim over the JavaScript object.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{method, navigator};

/// The lock that open forms share and an update needs for itself.
pub const FORM: &str = "interlude-form";
/// The lock of the one tab that syncs.
pub const SYNC: &str = "interlude-sync";
/// The lock of whoever writes the second copy of the journal.
pub const COPY: &str = "interlude-copy";

/// The lock of whoever changes what pages leave for the worker about reminders.
pub const REMINDERS: &str = "interlude-reminders";

/// How a lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Alone.
    Exclusive,
    /// Together with others that share.
    Shared,
}

/// A lock that is held. Dropping it lets go.
#[derive(Debug)]
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            // Resolving a promise cannot fail.
            drop(release.call0(&JsValue::UNDEFINED));
        }
    }
}

/// Takes `name` if it is free now. `None` when it is not. In a browser without locks (none that
/// is supported) every tab gets it: doubles are harmless by design, only wasteful.
pub async fn try_take(name: &str, mode: Mode) -> Option<Held> {
    take(name, mode, true).await
}

/// Waits for `name`, in turn, and takes it.
pub async fn wait(name: &str, mode: Mode) -> Held {
    take(name, mode, false).await.unwrap_or(Held { release: None })
}

async fn take(name: &str, mode: Mode, if_available: bool) -> Option<Held> {
    let Some(locks) = navigator("locks") else { return Some(Held { release: None }) };
    let Some(request) = method(&locks, "request") else { return Some(Held { release: None }) };
    let options = Object::new();
    let mode = match mode {
        Mode::Exclusive => "exclusive",
        Mode::Shared => "shared",
    };
    // Plain properties of a plain object: cannot fail.
    drop(Reflect::set(&options, &"mode".into(), &mode.into()));
    drop(Reflect::set(&options, &"ifAvailable".into(), &if_available.into()));

    // The browser calls back with the lock (or null) and holds it until the promise we answer with
    // resolves. `granted` resolves when it has called; `release` is what ends the holding.
    let mut tell = None;
    let granted = Promise::new(&mut |resolve, _| tell = Some(resolve));
    let tell = tell?;
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let slot = Rc::clone(&release);
    let called = Closure::once(move |lock: JsValue| -> JsValue {
        let held = !lock.is_null();
        let answer = if held {
            Promise::new(&mut |resolve, _| *slot.borrow_mut() = Some(resolve)).into()
        } else {
            JsValue::UNDEFINED
        };
        drop(tell.call1(&JsValue::UNDEFINED, &held.into()));
        answer
    });
    let outcome = request.call3(&locks, &name.into(), &options, called.as_ref().unchecked_ref()).ok()?;
    // A request that fails (the page is going away) rejects without calling back.
    let refused: Promise = outcome.dyn_into().ok()?;
    let first = js_sys::Array::of2(&granted, &refused);
    let got = JsFuture::from(Promise::race(&first)).await.ok()?;
    (got.as_bool() == Some(true)).then(|| Held { release: release.borrow_mut().take() })
}
