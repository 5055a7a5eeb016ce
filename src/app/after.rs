//! What begins once the first page is on screen: sending, and listening to the clinic's links.

use std::cell::Cell;
use std::rc::Rc;

use interlude_diary::journal::Journal;
use interlude_diary::pairing;
use interlude_diary::sync::{Create, Kick, Server};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::journal::IdbJournal;
use crate::platform::{clock, history, online};
use crate::state::locks::Locks;
use crate::state::outside::{Outside, Ports};
use crate::state::pairing::Pairings;
use crate::state::pulse::Pulse;
use crate::state::reminders::Reminders;
use crate::state::route::Route;
use crate::state::router::Router;
use crate::state::sending::{Phase, Sending};
use crate::state::storage::Storage;
use crate::sync::clinic;
use crate::sync::driver::{Driver, Link, News};
use crate::sync::pairing::Pairing;
use crate::sync::remote::Remote;
use crate::sync::triggers;

part! { rest:
    /// Begins. Call with the app's owner.
    pub(super) fn begin[ready]() -> () {
        let pairings = Pairings::get();
        Pulse::get().listen();
        Sending::get().listen();
        let_go();
        copy();
        Storage::get().begin();
        Locks::get().begin();
        pairings.follow_other_tabs();
        drive(&Outside::get(), pairings);
        Reminders::get().begin();
        follow_invitations(Router::get(), pairings);
        give_tokens_back(pairings);
    }
}

/// What a page that was killed had held may go now: undo without a reason ended with that page.
fn let_go() {
    let (ports, pulse) = (Outside::get(), Pulse::get());
    spawn_local(async move {
        // A failure leaves the row held; Done or the next start lets it go.
        if ports.journal.release().await.is_ok_and(|released| released > 0) {
            pulse.changed();
        }
    });
}

/// What is nowhere else is kept twice.
fn copy() {
    let ports = Outside::get();
    spawn_local(async move { ports.journal.begin_copy().await });
}

/// The driver sends while a pairing is live. It is woken by the person, by every change of the
/// journal in any tab, by the network and by the page coming to the front.
fn drive(ports: &Rc<Ports>, pairings: Pairings) {
    let (sending, pulse) = (Sending::get(), Pulse::get());
    let owner = Owner::current();
    let live = pairings.live();
    let (asked, told) = (Rc::new(Cell::new(0)), Rc::clone(ports));
    let (again, journal): (_, IdbJournal) = (Rc::clone(&asked), ports.journal.clone());
    let driver = Driver::new(journal, move |news| match news {
        News::Filed => pulse.changed(),
        News::Sending => sending.report(Phase::Sending),
        News::Quiet => {
            sending.report(Phase::Quiet);
            consult(live.get_untracked(), &asked, &told, pairings);
        }
        News::Offline => sending.report(Phase::Offline),
        News::Later => sending.report(Phase::Later),
        News::SignIn => sending.report(Phase::SignIn),
        News::Erased => {
            sending.report(Phase::Quiet);
            if let Some(owner) = &owner {
                owner.with(|| pairings.erased());
            }
        }
    });
    triggers::attach(&driver);
    let asked = driver.clone();
    sending.connect(Rc::new(move || asked.kick(Kick::Asked)));
    let changed = driver.clone();
    Effect::new(move |_| {
        pulse.track();
        changed.kick(Kick::Recorded);
    });
    Effect::new(move |_| {
        again.set(0);
        let link = live.get().and_then(|pairing| {
            let server = if pairing.own { Server::Clinic } else { Server::Foreign { create: Create::Put } };
            Some(Link { remote: Remote::of(&pairing)?, server, patient: pairing.patient.id })
        });
        driver.link(link);
    });
}

/// How long what the clinic said of itself is good for while the app is open.
const ASK_AGAIN_MS: i64 = 3_600_000;

/// When all is sent, the clinic is asked about itself: once the app was opened or paired, unless that was just
/// now, and hourly.
fn consult(pairing: Option<Pairing>, asked: &Rc<Cell<i64>>, ports: &Rc<Ports>, pairings: Pairings) {
    let now = clock::unix_ms();
    let is_due = |pairing: &Pairing| {
        now.saturating_sub(asked.get()).abs() >= ASK_AGAIN_MS && !pairings.heard_just_now(pairing, now)
    };
    let Some(pairing) = pairing.filter(is_due) else { return };
    let Some(remote) = Remote::of(&pairing) else { return };
    asked.set(now);
    let (asked, ports) = (Rc::clone(asked), Rc::clone(ports));
    spawn_local(async move {
        match clinic::ask(&remote, &pairing, now).await {
            Ok(Some(told)) => pairings.heard(ports, told),
            Ok(None) => {}
            Err(clinic::Silent) => asked.set(0),
        }
    });
}

/// A clinic's link that is opened in a tab where the app is open already.
fn follow_invitations(router: Router, pairings: Pairings) {
    let owner = Owner::current();
    let listener = history::on_fragment(move |fragment| {
        let (Some(code), Some(owner)) = (pairing::linked(&fragment), &owner) else { return };
        owner.with(|| {
            pairings.linked(code);
            if router.route().get_untracked() == Route::Pair {
                pairings.open();
            } else {
                router.go(Route::Pair);
            }
        });
    });
    if let Some(listener) = listener {
        listener.forget();
    }
}

/// A token that could not be given back is offered again at start and when the network returns.
fn give_tokens_back(pairings: Pairings) {
    pairings.pay_debt();
    let owner = Owner::current();
    for listener in online::on_change(move |there| {
        if there && let Some(owner) = &owner {
            owner.with(|| pairings.pay_debt());
        }
    }) {
        listener.forget();
    }
}
