//! `kill -9` while phones write: no 2xx is lost, nothing is held twice, and the server is back at once.
//!
//! `INTERLUDE_KILLS` says how often (10 when it says nothing), `INTERLUDE_SEED` where chance begins.
//! The line it prints stands under the heading of `cargo xtask torture`.
#![expect(clippy::print_stdout, reason = "a line for the table of `cargo xtask torture`")]

mod laws;
mod writer;

use std::net::SocketAddr;
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use interlude_testkit::Chance;

use crate::place::Place;
use crate::server::{Phone, Server};
use laws::Toll;
use writer::Writer;

/// Phones that write at once, each of a patient of its own.
const WRITERS: u32 = 4;
/// How long the server may take from its start to its first answer.
const RESTART: Duration = Duration::from_secs(1);
/// No limit to speak of: phones here write as fast as they can.
const FAST: [&str; 2] = ["--requests-per-second", "100000"];

/// Where the clinic is. It moves with every restart.
pub(crate) struct Town {
    at: Mutex<Stand>,
    moved: Condvar,
}

/// What of the clinic is known in town.
#[derive(Clone, Copy)]
pub(crate) struct Stand {
    pub(crate) life: u32,
    pub(crate) at: SocketAddr,
    /// Requests that were answered well, in all lives.
    pub(crate) done: u64,
    pub(crate) over: bool,
}

impl Town {
    fn new(at: SocketAddr) -> Self {
        Self { at: Mutex::new(Stand { life: 0, at, done: 0, over: false }), moved: Condvar::new() }
    }

    fn change(&self, how: impl FnOnce(&mut Stand)) {
        how(&mut self.at.lock().unwrap());
        self.moved.notify_all();
    }

    /// Waits until `ready`; what is known then.
    pub(crate) fn when(&self, ready: impl Fn(&Stand) -> bool) -> Stand {
        *self.moved.wait_while(self.at.lock().unwrap(), |stand| !ready(stand)).unwrap()
    }

    /// Lets the writers go on for so long.
    fn a_moment(&self, long: Duration) {
        drop(self.moved.wait_timeout_while(self.at.lock().unwrap(), long, |stand| !stand.over).unwrap());
    }

    /// A writer was answered.
    pub(crate) fn answered(&self) {
        self.change(|stand| stand.done += 1);
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Starts the server and waits for its first answer; how long that took.
fn started(place: &Place) -> (Server, Duration) {
    let begin = Instant::now();
    let server = Server::with(place, &FAST, &[]);
    assert_eq!(server.send("GET", "/health", &[], b"").status, 200);
    (server, begin.elapsed())
}

#[test]
fn no_kill_loses_or_doubles_what_was_answered() {
    let (kills, seed) = (number("INTERLUDE_KILLS", 10), number("INTERLUDE_SEED", 1));
    let place = Place::new();
    let (server, _) = started(&place);
    let mut writers: Vec<Writer> = (0..WRITERS)
        .map(|n| {
            let patient = place.patient(&format!("W.{n}."));
            let phone = server.paired(&place.code(&patient));
            Writer::new(n, patient, phone, seed)
        })
        .collect();
    let town = Town::new(server.at);
    let (server, restarts) = std::thread::scope(|scope| {
        for writer in &mut writers {
            scope.spawn(|| writer.work(&town));
        }
        let lives = killed(&place, server, &town, kills, &mut Chance::new(seed));
        town.change(|stand| stand.over = true);
        lives
    });
    let toll = Toll::of(&writers, |phone| Phone { at: server.at, ..phone.clone() });
    server.end();
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
    let slowest = restarts.iter().max().copied().unwrap_or_default();
    println!("\n{}", toll.line(kills));
    println!("seed {seed}; slowest restart {} ms", slowest.as_millis());
    assert!(toll.faults.is_empty(), "seed {seed}: {:#?}", toll.faults);
    assert!(slowest < RESTART, "a restart took {} ms", slowest.as_millis());
}

/// Kills the server as often as asked, each time after some more answers and wherever the others
/// stand then.
fn killed(
    place: &Place,
    mut server: Server,
    town: &Town,
    kills: u64,
    chance: &mut Chance,
) -> (Server, Vec<Duration>) {
    let mut restarts = Vec::new();
    for _ in 0..kills {
        let enough = town.when(|_| true).done + 1 + chance.below(60);
        town.when(|stand| stand.done >= enough);
        // Somewhere in the next request, not always at the same place of it.
        town.a_moment(Duration::from_micros(chance.below(6_000)));
        server.end();
        let (next, took) = started(place);
        server = next;
        restarts.push(took);
        let at = server.at;
        town.change(|stand| {
            stand.life += 1;
            stand.at = at;
        });
    }
    // And on, so that what was cut off by the last kill is said again.
    let enough = town.when(|_| true).done + 40;
    town.when(|stand| stand.done >= enough);
    (server, restarts)
}
