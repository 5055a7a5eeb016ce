//! The connection that the page's head asked for while the app was on its way
//! (`crates/xtask/src/finish/page.rs`).

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequestReadyState};

use super::transaction::ask;
use super::{NAME, migrations};

/// Where the page keeps the request.
const EARLY: &str = "early";

/// The connection to the store of this name, where the page has asked for one and the store has the shape of
/// today. Once: a connection that has died is not found here again. Whatever else is found is hung up on, and
/// the store is opened anew, which makes it, changes it or says what is wrong with it.
pub(super) async fn take(name: &str) -> Option<IdbDatabase> {
    if name != NAME {
        return None;
    }
    let global = js_sys::global();
    let request: IdbOpenDbRequest = Reflect::get(&global, &EARLY.into()).ok()?.dyn_into().ok()?;
    // Forgotten before it is waited for: whoever waits in vain opens anew.
    Reflect::set(&global, &EARLY.into(), &JsValue::UNDEFINED).ok()?;
    let opened = if request.ready_state() == IdbRequestReadyState::Done {
        request.result().ok()?
    } else {
        ask(Ok(request.into())).ok()?.answer().await.ok()?
    };
    let db: IdbDatabase = opened.dyn_into().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "versions are small integers"
    )]
    let version = db.version() as u32;
    if version == migrations::VERSION {
        return Some(db);
    }
    db.close();
    None
}
