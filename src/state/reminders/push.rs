//! Reminders that the clinic sends: turned on and off by the person, and looked after while the app is open.

use std::rc::Rc;

use interlude_diary::calendar::{DAY_ENDS_AT_HOUR, Now as Clock};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::mark::{Mark, Now, Permission, Trouble, Verdict};
use super::{Reminders, Said, Standing};
use crate::platform::lock::{self, Held, Mode};
use crate::platform::{badge, clock, push, zone};
use crate::state::outside::{Outside, Ports};
use crate::state::pairing::Pairings;
use crate::state::pulse::Pulse;
use crate::state::today::{Progress, TodayView, read};
use crate::sync::reminder::{self, NotTold, Wish};

/// The clinic is asked how it stands once the app was opened, and hourly.
const ASK_AGAIN_MS: i64 = 3_600_000;
/// For so long after it was asked for a push is taken for the test.
const TEST_MS: i64 = 10 * 60_000;

/// What it takes to look after them.
#[derive(Clone)]
pub(super) struct Hands {
    ports: Rc<Ports>,
    pairings: Pairings,
}

impl Reminders {
    /// Looks after them while the app is open. Call once, in the composition root.
    pub fn begin(self) {
        self.hands.set_value(Some(Hands { ports: Outside::get(), pairings: Pairings::get() }));
        let pulse = Pulse::get();
        let live = Pairings::get().is_live();
        Effect::new(move |_| {
            pulse.track();
            live.track();
            self.words.track();
            self.look();
        });
        if let Some(listener) = push::on_heard(move || self.look_again()) {
            listener.forget();
        }
    }

    fn look(self) {
        if let Some(Hands { ports, pairings }) = self.hands.get_value() {
            let token = token(pairings);
            spawn_local(async move { self.see(&ports, token).await });
        }
    }

    /// Asks the clinic again at once.
    fn look_again(self) {
        self.asked.set_value(0);
        self.look();
    }

    /// The day, as far as the icon and the worker must know it; and now and then the clinic's word.
    async fn see(self, ports: &Ports, token: Option<String>) {
        // The day is read within the turn too: what was read before another look wrote is old.
        let turn = turn().await;
        let now = ports.now();
        // A diary that cannot be read leaves everything as it was.
        let Ok(view) = read(&ports.journal, &now).await else { return };
        badge::set(is_open(&view)).await;
        let kept = kept().await;
        self.standing.try_set(stands(kept.is_some()));
        let Some(mark) = kept else { return };
        let Some(token) = token else {
            // The way to the clinic was closed: there is nobody who would remind.
            drop(turn);
            self.forget().await;
            return;
        };
        let saved = matches!(view.check_in.progress, Progress::Done { .. });
        let until = if saved { end_of_day(&now) } else { 0 };
        let news = saved && mark.until != until;
        self.write(Mark { until, ..mark.clone() }, &mark).await;
        if news {
            // What was asked for is done. One that comes from here on says so, and is left to itself.
            push::close().await;
        }
        drop(turn);
        let asked = self.asked.get_value();
        // What is wrong may have been mended in the browser's own settings meanwhile.
        let wrong = self.trouble.get_untracked().is_some();
        if wrong || clock::unix_ms().saturating_sub(asked).abs() >= ASK_AGAIN_MS {
            self.asked.set_value(clock::unix_ms());
            if self.ask(&token).await.is_none() {
                self.asked.set_value(0);
            }
        }
    }

    /// Asks the clinic and the browser how it stands. `None` without an answer.
    async fn ask(self, token: &str) -> Option<()> {
        let permission = push::permission();
        let now = self.wanted(push::subscription().await);
        if permission == Permission::Denied {
            self.trouble.try_set(Some(Trouble::Denied));
            return Some(());
        }
        let told = match reminder::read(token).await {
            Ok(told) => told,
            Err(NotTold::Silent | NotTold::Refused) => return None,
            Err(NotTold::NotThere | NotTold::Gone) => {
                self.trouble.try_set(Some(Trouble::Gone));
                return Some(());
            }
        };
        let turn = turn().await;
        // Turned off while the clinic was asked: there is nothing to say of them.
        let mark = kept().await?;
        let mark = self.write(mark.clone().counting(push::heard().await, told.sent), &mark).await;
        drop(turn);
        let trouble = match mark.judge(permission, &told, &now) {
            Verdict::Fine => None,
            Verdict::Tell(wish) => {
                reminder::set(token, &wish).await.ok()?;
                None
            }
            Verdict::Trouble(trouble) => Some(trouble),
        };
        self.trouble.try_set(trouble);
        Some(())
    }

    /// Turns them on; to be called from a tap.
    pub fn turn_on(self) {
        let Some(token) = self.token() else { return };
        // Asked before anything is awaited: a browser wants to see the tap.
        let asked = push::ask();
        self.said.set(Said::Busy);
        spawn_local(async move {
            let said = match asked.await {
                Permission::Granted => self.subscribe(&token).await,
                Permission::Denied => Said::Denied,
                Permission::Unasked => Said::Nothing,
                Permission::Missing => Said::NoService,
            };
            self.said.try_set(said);
            self.look_again();
        });
    }

    async fn subscribe(self, token: &str) -> Said {
        let told = match reminder::read(token).await {
            Ok(told) => told,
            Err(NotTold::NotThere) => return Said::NotOffered,
            Err(_) => return Said::NoAnswer,
        };
        let Some(endpoint) = push::subscribe(&told.key).await else { return Said::NoService };
        let now = self.wanted(None);
        let wish = Wish { endpoint, at: now.at, zone: now.zone };
        if reminder::set(token, &wish).await.is_err() {
            push::unsubscribe().await;
            return Said::NoAnswer;
        }
        let _turn = turn().await;
        let mark = Mark::new(&told, push::heard().await, self.words.language_now());
        if !write(&mark).await {
            return Said::NoService;
        }
        Said::On
    }

    /// Turns them off. It holds here at once, also where the clinic cannot be told: it finds out when it next
    /// tries.
    pub fn turn_off(self) {
        let token = self.token();
        self.said.set(Said::Busy);
        spawn_local(async move {
            if let Some(token) = token {
                reminder::end(&token).await;
            }
            self.forget().await;
            self.said.try_set(Said::Off);
        });
    }

    /// Has one sent at once.
    pub fn test(self) {
        let Some(token) = self.token() else { return };
        self.said.set(Said::Busy);
        spawn_local(async move {
            push::await_test(clock::unix_ms().saturating_add(TEST_MS)).await;
            let said = match reminder::test(&token).await {
                Ok(()) => Said::Tested,
                Err(NotTold::Silent) => Said::NoAnswer,
                Err(NotTold::Gone | NotTold::NotThere) => Said::Ended,
                Err(NotTold::Refused) => Said::NotTaken,
            };
            self.said.try_set(said);
            self.look_again();
        });
    }

    /// Tells the clinic another time.
    pub(super) fn tell(self) {
        if self.standing.get_untracked() == Standing::On {
            self.look_again();
        }
    }

    fn token(self) -> Option<String> {
        token(self.hands.get_value()?.pairings)
    }

    async fn forget(self) {
        push::unsubscribe().await;
        let turn = turn().await;
        push::forget().await;
        drop(turn);
        self.trouble.try_set(None);
        self.standing.try_set(stands(false));
    }

    fn wanted(self, endpoint: Option<String>) -> Now {
        Now { endpoint, at: self.settings.choices().read_untracked().remind_at, zone: zone::name() }
    }

    /// Leaves the mark in the words of today's language, where it is not as it was.
    async fn write(self, mark: Mark, before: &Mark) -> Mark {
        let mark = mark.in_words_of(self.words.language_now());
        if mark != *before {
            // Not written, the worker says what is true of any day.
            write(&mark).await;
        }
        mark
    }
}

/// Held from reading the mark to writing it, by one look of one page at a time: two at once took each other's
/// word back, or closed the notice that the other had just let be shown.
async fn turn() -> Held {
    lock::wait(lock::REMINDERS, Mode::Exclusive).await
}

async fn write(mark: &Mark) -> bool {
    match serde_json::to_string(mark) {
        Ok(text) => push::set_mark(&text).await,
        Err(_never) => false,
    }
}

async fn kept() -> Option<Mark> {
    serde_json::from_str(&push::mark().await?).ok()
}

/// The token of a clinic that can remind: only this app's own server does.
fn token(pairings: Pairings) -> Option<String> {
    pairings.now().filter(|pairing| pairing.own && pairing.live())?.token
}

fn stands(on: bool) -> Standing {
    match (on, push::permission()) {
        (true, _) => Standing::On,
        (false, Permission::Missing) => Standing::Missing,
        (false, _) => Standing::Off,
    }
}

/// Something of today waits for an answer.
fn is_open(view: &TodayView) -> bool {
    let open = |progress: &Progress| !matches!(progress, Progress::Done { .. });
    open(&view.check_in.progress) || view.due.iter().any(|due| open(&due.open.progress))
}

fn end_of_day(now: &Clock) -> i64 {
    let minute = u16::try_from(DAY_ENDS_AT_HOUR * 60).unwrap_or(0);
    zone::at(now.diary_day().plus(1), minute).unix_ms()
}
