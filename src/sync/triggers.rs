//! What wakes the driver from outside: the network is back, the page is in front again.
//!
//! Only an open page syncs; there is no second engine in the worker.

use interlude_diary::journal::Journal;
use interlude_diary::sync::Kick;

use super::driver::Driver;
use crate::platform::{online, visibility};

/// Listens for as long as the app runs.
pub fn attach<J: Journal + 'static>(driver: &Driver<J>) {
    let wake = driver.clone();
    for listener in online::on_change(move |there| {
        if there {
            wake.kick(Kick::Woken);
        }
    }) {
        listener.forget();
    }
    let sleep = driver.clone();
    for listener in visibility::on_leaving(move || sleep.yield_lock()) {
        listener.forget();
    }
    let wake = driver.clone();
    let shown = visibility::on_change(move |hidden| {
        if !hidden {
            wake.kick(Kick::Woken);
        }
    });
    let wake = driver.clone();
    for listener in shown.into_iter().chain(visibility::on_thawed(move || wake.kick(Kick::Woken))) {
        listener.forget();
    }
}
