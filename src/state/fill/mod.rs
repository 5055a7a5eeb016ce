//! A form being filled in: the handle that the page Fill reads and tells.
//!
//! [`machine`] decides what each act makes of the form, [`opening`] finds or makes the draft,
//! [`keeper`] stores it; here they meet the signals, the clock and the journal. Nothing is said to
//! be kept before the journal's `Ok`.

pub mod ahead;
mod dates;
mod drawing;
mod ending;
pub mod keeper;
mod late;
mod loading;
pub mod machine;
pub mod opening;
pub mod saved;
mod storing;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use futures_util::FutureExt as _;
use interlude_diary::entry::Entry;
use interlude_diary::journal::{JournalError, Send};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::questionnaire::{Problem, Slot, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::ahead::Ahead;
pub use self::dates::{clock, dated, named, offset_at};
use self::drawing::Drawing;
use self::keeper::Queue;
use self::machine::{Filling, Stage};
use self::saved::Saved;
use super::flags::Flags;
use super::outside::{Outside, Ports};
use super::pulse::Pulse;
use super::route::{FillKey, Route};
use super::router::Router;
use super::settings::Settings;
use super::shown::Shown;
use crate::later::NotHere;
use crate::platform::{Listener, document, lock, timeout, visibility, zone};
pub use crate::sync::forms::NoForm;

/// Taps this soon after a question came on screen were meant for the one before.
const SETTLE_MS: i64 = 400;

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    /// The form is being opened.
    Opening,
    /// There is no form to ask, and why.
    NoForm(NoForm),
    /// The draft or the entry could not be read.
    Trouble(JournalError),
    /// The entry to be corrected is not here, or the form was finished in another tab.
    Gone,
    /// The form is being asked.
    Asking,
    /// It is recorded.
    Saved(Box<Saved>),
}

/// What is known of the last act.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Status {
    /// Nothing was done yet.
    #[default]
    Quiet,
    /// It is being stored.
    Keeping,
    /// It is on disk.
    Kept,
    /// Another tab's answers were loaded.
    Moved,
    /// It is not on disk.
    NotKept(JournalError),
}

/// What the handle works with. Outlives the page while something is being stored.
struct Desk {
    ports: Rc<Ports>,
    pulse: Pulse,
    language: String,
    questionnaire: String,
    key: FillKey,
    short: bool,
    queue: RefCell<Queue>,
    base: RefCell<Option<Entry>>,
    /// The entry that is being recorded: a second try is the same one.
    attempt: RefCell<Option<(Entry, Send)>>,
    /// Rules whose card was shown for this form.
    raised: RefCell<BTreeSet<&'static str>>,
    shown_ms: Cell<i64>,
    to_draw: Drawing,
    open_form: RefCell<Option<lock::Held>>,
    hidden: RefCell<Option<Listener>>,
}

/// The form being filled in.
#[derive(Clone, Copy)]
pub struct Fill {
    view: RwSignal<View>,
    filling: RwSignal<Option<Filling>>,
    status: RwSignal<Status>,
    flags: Flags,
    desk: StoredValue<Rc<Desk>, LocalStorage>,
}

/// Fetches what writes, and asks for the zone's name, so that the first tap waits for neither.
///
/// # Errors
/// When it could not be fetched; it is asked for again when something is to be written.
pub async fn warm() -> Result<(), NotHere> {
    late::drain_ready().await?;
    let _known_to_the_browser_now = zone::name();
    Ok(())
}

impl Fill {
    /// Opens a form. Call in the page: the handle lives as long as the page does.
    #[must_use]
    pub fn open(questionnaire: String, key: FillKey, short: bool, language: String) -> Self {
        let desk = Rc::new(Desk {
            ports: Outside::get(),
            pulse: Pulse::get(),
            language,
            questionnaire,
            key,
            short,
            queue: RefCell::new(Queue::at(0)),
            base: RefCell::default(),
            attempt: RefCell::default(),
            raised: RefCell::default(),
            shown_ms: Cell::new(0),
            to_draw: Drawing::default(),
            open_form: RefCell::default(),
            hidden: RefCell::default(),
        });
        let fill = Self {
            view: RwSignal::new(View::Opening),
            filling: RwSignal::new(None),
            status: RwSignal::new(Status::Quiet),
            flags: Flags::get(),
            desk: StoredValue::new_local(Rc::clone(&desk)),
        };
        fill.load();
        fill
    }

    /// Follows how far the saved entry comes, and lets it go when the page is hidden. Call in the
    /// screen that shows it.
    pub fn follow(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        *desk.hidden.borrow_mut() = visibility::on_change(move |hidden| self.seen(hidden));
        let pulse = desk.pulse;
        Effect::new(move |_| {
            pulse.track();
            self.look();
        });
    }

    /// Reads the form and its draft; again after a failure.
    pub fn load(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        self.view.set(View::Opening);
        let first = Shown::get();
        let ahead =
            first.is_to_come().then(|| Ahead::take(&desk.questionnaire, &desk.key, &desk.language)).flatten();
        let held = Rc::clone(&desk);
        spawn_local(async move {
            // Nobody answers before the next frame; the form is not kept waiting for it.
            *held.open_form.borrow_mut() = lock::try_take(lock::FORM, lock::Mode::Shared).await;
        });
        let mut loading = Box::pin(async move {
            let view = match loading::load(&desk, ahead).await {
                Ok(filling) => {
                    *desk.queue.borrow_mut() = Queue::at(filling.draft().version);
                    self.filling.try_set(Some(filling));
                    View::Asking
                }
                Err(view) => view,
            };
            self.shown();
            self.view.try_set(view);
            first.tell();
        });
        // What was read ahead is there from the start: nothing else is drawn first.
        if (&mut loading).now_or_never().is_none() {
            spawn_local(loading);
        }
    }

    /// What the page shows.
    #[must_use]
    pub fn view(self) -> Signal<View> {
        self.view.into()
    }

    /// Where the form stands.
    #[must_use]
    pub fn filling(self) -> Signal<Option<Filling>> {
        self.filling.into()
    }

    /// What is known of the last act.
    #[must_use]
    pub fn status(self) -> Signal<Status> {
        self.status.into()
    }

    /// Whether a tap now is meant for what is on screen.
    #[must_use]
    pub fn settled(self) -> bool {
        self.desk
            .try_with_value(|desk| desk.ports.moment().unix_ms() - desk.shown_ms.get() >= SETTLE_MS)
            .unwrap_or(true)
    }

    /// Whether one tap answers and goes on.
    #[must_use]
    pub fn auto_advance(self) -> bool {
        Settings::get().advance().get()
    }

    /// Whether this is the question on screen.
    #[must_use]
    pub fn asks(self, slot: &Slot) -> bool {
        self.filling.with_untracked(|filling| {
            let filling = filling.as_ref().filter(|filling| *filling.stage() == Stage::Asking);
            filling.and_then(Filling::step).is_some_and(|step| step.slot == *slot)
        })
    }

    /// The answer to the question on screen.
    pub fn give(self, values: Vec<Value>) {
        self.change(|filling| filling.give(values));
    }

    /// What stands in the field is no answer.
    pub fn unreadable(self, problem: Problem) {
        self.change(|filling| filling.unreadable(problem));
    }

    /// Declines the question on screen, or takes that back; declining goes on.
    pub fn decline(self) {
        self.change(Filling::decline);
        let declined = self.filling.with_untracked(|f| f.as_ref().is_some_and(|f| f.given().is_some()));
        if declined && untrack(|| self.auto_advance()) {
            self.next();
        }
    }

    /// One choice was tapped, and the browser has marked it: goes on where the person wants that.
    pub fn chosen(self) {
        if untrack(|| self.auto_advance()) {
            self.draw_after_the_mark();
            self.next();
        }
    }

    /// Goes on.
    pub fn next(self) {
        self.go(|filling| {
            filling.go_on();
        });
        let is = |what: fn(&Filling) -> bool| self.filling.with_untracked(|f| f.as_ref().is_some_and(what));
        if is(|filling| filling.trouble().is_some()) {
            self.draw_in_view();
        }
        if is(|filling| *filling.stage() == Stage::Finished) {
            self.record();
        }
    }

    /// Goes back one screen.
    pub fn back(self) {
        self.go(Filling::back);
    }

    /// Goes back to the question before, to change its answer.
    pub fn change_previous(self) {
        self.go(Filling::change_previous);
    }

    /// Goes to a question that still needs an answer.
    pub fn go_to(self, slot: &Slot) {
        self.go(|filling| filling.go_to(slot));
    }

    /// One more of a repeating group.
    pub fn add_instance(self) {
        self.go(Filling::add_instance);
    }

    /// One less of a repeating group.
    pub fn remove_instance(self) {
        self.go(Filling::remove_instance);
    }

    /// Writes the reason of a correction.
    pub fn set_reason(self, reason: String) {
        self.filling.update(|filling| {
            if let Some(filling) = filling {
                filling.set_reason(reason);
            }
        });
    }

    /// The person has slept: the form is about the day on the calendar.
    pub fn start_new_day(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        let today = desk.ports.now().moment.local_day();
        if let FillKey::Occasion(key) = &desk.key
            && opening::is_daily(key)
        {
            let key = OccasionKey { ordinal: today.number(), ..key.clone() };
            let (questionnaire, short) = (desk.questionnaire.clone(), desk.short);
            Router::get().replace(Route::Fill { questionnaire, key: FillKey::Occasion(key), short });
            return;
        }
        self.go(|filling| {
            let mut draft = filling.draft().clone();
            draft.day = today;
            let asked = filling.asked().clone();
            filling.set_day(draft, asked);
        });
    }

    fn change(self, act: impl FnOnce(&mut Filling) -> bool) {
        let made = |filling: &mut Option<Filling>| filling.as_mut().is_some_and(act);
        let changed = self.filling.try_update_untracked(made).unwrap_or(false);
        if changed {
            self.raise();
            self.keep();
        }
        self.draw();
    }

    fn go(self, act: impl FnOnce(&mut Filling)) {
        let place =
            || self.filling.with_untracked(|f| f.as_ref().map(|f| (f.screen(), f.draft().at.clone())));
        let before = place();
        self.filling.update_untracked(|filling| {
            if let Some(filling) = filling {
                act(filling);
            }
        });
        if before != place() {
            self.keep();
            self.draw_anew();
        }
        self.draw();
    }

    /// Something new is on screen: taps so soon were meant for what was there before, and the focus
    /// goes to its heading.
    fn shown(self) {
        // It is drawn first.
        timeout::after(0, document::focus_heading).forget();
        self.begin_to_settle();
    }

    fn begin_to_settle(self) {
        let _known = self.desk.try_with_value(|desk| desk.shown_ms.set(desk.ports.moment().unix_ms()));
    }
}
