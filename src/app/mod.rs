//! The composition root: opens the ports, provides the handles, lists the pages.
//!
//! Only what the first page needs is here; the rest begins in [`after`].

mod after;
mod late;

use std::cell::Cell;
use std::rc::Rc;

use futures_util::FutureExt as _;
use interlude_diary::journal::{JournalError, MetaKey};
use interlude_diary::pairing;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::components::late::{LateFetch, Waiting, late as shown_late, now};
use crate::components::live::live;
use crate::journal::{self, IdbJournal};
use crate::later::Work;
use crate::pages;
use crate::platform::{document, history, ids, timeout};
use crate::state::fill;
use crate::state::fill::ahead::Ahead;
use crate::state::first_run::{Device, FirstRun};
use crate::state::flags::Flags;
use crate::state::language::{self, Words};
use crate::state::locked::Locked;
use crate::state::locks::Locks;
use crate::state::outside::{Outside, Ports};
use crate::state::pairing::{Kept, Pairings};
use crate::state::pulse::Pulse;
use crate::state::reminders::Reminders;
use crate::state::route::Route;
use crate::state::router::Router;
use crate::state::sending::Sending;
use crate::state::settings::{Choices, Settings};
use crate::state::shown::Shown;
use crate::state::storage::{Storage, Update};
use crate::state::theme::Colours;

/// How soon a part that did not come is asked for again.
const AGAIN_MS: u32 = 5_000;

/// What was read from the store before the first page is drawn: small values, never the journal.
struct Opened {
    journal: IdbJournal,
    device: Device,
    choices: Choices,
    pairing: Option<String>,
    flags: Option<String>,
    clinic: Option<String>,
}

/// Opens the journal and reads them; tells by `begun` when the journal is open. Boxed: it is compiled once.
fn open(journal: IdbJournal, begun: Rc<Cell<bool>>) -> Work<Result<Opened, JournalError>> {
    Box::pin(async move {
        journal.begin().await?;
        begun.set(true);
        let mut kept = journal.meta_at_start().await?;
        let mut take = |key| kept.iter().position(|(of, _)| *of == key).map(|at| kept.swap_remove(at).1);
        let choices = Choices::read(take(MetaKey::Settings).as_deref());
        let (pairing, flags) = (take(MetaKey::Pairing), take(MetaKey::Flags));
        let clinic = take(MetaKey::Clinic);
        let device = Device::of(&journal, take(MetaKey::Device), ids::device_id).await?;
        Ok(Opened { journal, device, choices, pairing, flags, clinic })
    })
}

/// Starts the app: the pairing code leaves the address first, then the journal opens, then the
/// first page is drawn.
pub fn start() {
    let code = history::take_fragment().and_then(|fragment| pairing::linked(&fragment));
    spawn_local(async move {
        let journal = IdbJournal::at(journal::NAME);
        let page = Route::parse(&history::path());
        let mut ahead = Ahead::of(page, journal.clone(), language::first().tag());
        let begun = ahead.may();
        let opened = ahead.beside(open(journal.clone(), begun)).await;
        if opened.is_ok() {
            ahead.read().await;
        }
        ahead.leave();
        let Some(stage) = document::stage() else { return };
        mount_to(stage, move || {
            let words = Words::provide();
            Colours::provide();
            match opened {
                Ok(opened) => app(words, opened, code),
                Err(JournalError::Locked) => behind(words, journal, code),
                Err(error) => pages::trouble::page(&error, Callback::new(|()| document::restart())),
            }
        })
        .forget();
    });
}

/// The lock screen, and the app once the code was right.
fn behind(words: Words, journal: IdbJournal, code: Option<String>) -> AnyView {
    let opened = StoredValue::new_local(None);
    let (open_now, door) = (RwSignal::new(false), StoredValue::new_local(journal));
    let right = Callback::new(move |()| {
        let journal = door.get_value();
        spawn_local(async move {
            opened.set_value(Some(open(journal, Rc::default()).await));
            open_now.set(true);
            // What had the focus is gone.
            timeout::after(0, document::focus_heading).forget();
        });
    });
    let locked = Locked::before(door.get_value(), right);
    let text = words.text().shell();
    let waiting = Waiting { busy: text.busy, failed: text.help_not_fetched, again: text.again };
    live(move || {
        let open_now = open_now.get();
        // What the app reads while it is built must not bring the lock screen back.
        untrack(|| match (open_now, opened.try_update_value(Option::take).flatten()) {
            (true, Some(Ok(opened))) => app(words, opened, code.clone()),
            (true, Some(Err(error))) => pages::trouble::page(&error, Callback::new(|()| document::restart())),
            (false, _) | (true, None) => shown_late(
                fetch!(pages::late::lock_ready),
                Box::new(move || now(pages::late::lock_page(locked))),
                waiting,
                Callback::new(|()| document::focus_heading()),
            ),
        })
    })
}

fn app(words: Words, opened: Opened, code: Option<String>) -> AnyView {
    let linked = code.is_some();
    Pulse::provide();
    FirstRun::provide(&opened.device);
    Outside::provide(Ports { journal: opened.journal, device: opened.device.id });
    Settings::provide(opened.choices);
    Flags::provide(opened.flags.as_deref());
    Storage::provide();
    Locks::provide();
    Sending::provide();
    Reminders::provide();
    Pairings::provide(Kept { pairing: opened.pairing, clinic: opened.clinic }, code);
    let shown = Shown::provide();
    let router = Router::provide();
    if linked {
        router.replace(Route::Pair);
    }
    follow_links(router, words);
    begin_after(shown);
    let update = Storage::get().update();
    let waits = Memo::new(move |_| update.get() != Update::None);
    let route = Memo::new(move |_| guarded(router.route().get()));
    let alone =
        |route: &Route| matches!(route, Route::Fill { .. } | Route::Welcome | Route::Pair | Route::Erase);
    let nav = Memo::new(move |_| !alone(&route.read()));
    // A red-flag card stays until it is closed, whatever page comes; a form shows its own.
    let carded = Flags::get().any();
    let flagged =
        Memo::new(move |_| carded.get() && !matches!(route.get(), Route::Fill { .. } | Route::Help));
    let newer = move || {
        if waits.get() { around(fetch!(late::update_ready), || now(late::update())) } else { ().into_any() }
    };
    let links = move || {
        if nav.get() {
            around(fetch!(late::nav_ready), move || now(late::nav(route.into())))
        } else {
            ().into_any()
        }
    };
    vec![live(newer), live(move || if flagged.get() { card() } else { page(route.get()) }), live(links)]
        .into_any()
}

/// The first run comes first; Help is reachable even before it.
fn guarded(route: Route) -> Route {
    if route == Route::Help || FirstRun::get().welcomed().get() { route } else { Route::Welcome }
}

/// The table of pages. Fill is here from the start: its first question must not wait.
fn page(route: Route) -> AnyView {
    let shell = Words::get().text().shell();
    let words = Waiting { busy: shell.busy, failed: shell.not_fetched, again: shell.again };
    let shown = Shown::get();
    let made = Callback::new(move |()| shown.tell());
    // What a page reads while it is built must not rebuild it.
    untrack(|| match route {
        Route::Fill { questionnaire, key, short } => pages::fill::page(questionnaire, key, short),
        Route::Today => shown_late(
            fetch!(pages::late::today_ready),
            Box::new(|| now(pages::late::today_page())),
            words,
            made,
        ),
        Route::Doctor => shown_late(
            fetch!(pages::late::doctor_ready),
            Box::new(|| now(pages::late::doctor_page())),
            words,
            made,
        ),
        other @ (Route::Diary
        | Route::Entry(_)
        | Route::Trends
        | Route::Sync
        | Route::Settings
        | Route::Move
        | Route::Erase
        | Route::Own
        | Route::Help
        | Route::Welcome
        | Route::Pair
        | Route::CheckIn
        | Route::Unknown) => shown_late(
            fetch!(pages::late::other_ready),
            Box::new(move || now(pages::late::other_page(other.clone()))),
            words,
            made,
        ),
    })
}

/// What stands around a page: it comes when it can.
fn around(fetch: fn() -> LateFetch, make: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    shown_late(fetch, Box::new(make), Waiting::QUIET, Callback::new(|()| ()))
}

/// The card of a red flag.
fn card() -> AnyView {
    let shown = Shown::get();
    let words = Words::get().text();
    let words = Waiting {
        busy: words.shell().busy,
        failed: words.shell().help_not_fetched,
        again: words.shell().again,
    };
    shown_late(
        fetch!(pages::late::card_ready),
        Box::new(|| now(pages::late::card())),
        words,
        // A card that is open over a reload is the first page: what raised it is to be sent.
        Callback::new(move |()| shown.tell()),
    )
}

/// Fetches and begins the rest, once the first page is on screen.
fn begin_after(shown: Shown) {
    let owner = Owner::current();
    Effect::new(move |begun: Option<bool>| {
        let (begun, now) = (begun.unwrap_or_default(), shown.is());
        if now && !begun {
            let owner = owner.clone();
            spawn_local(async move {
                document::painted().await;
                // What writes comes first: a tap may come before the rest.
                let _asked_again_by_a_tap = fill::warm().await;
                while after::ready().await.is_err() {
                    timeout::wait(AGAIN_MS).await;
                }
                if let Some(owner) = owner {
                    owner.with(|| after::begin().now_or_never());
                }
            });
        }
        begun || now
    });
}

/// Links of the app change the page without loading it; after each change the focus goes to the
/// page's heading and the title says where one is.
fn follow_links(router: Router, words: Words) {
    if let Some(listener) = document::on_link(move |path| router.go(Route::parse(&path))) {
        listener.forget();
    }
    Effect::new(move |before: Option<()>| {
        let text = words.text().shell();
        let name = match *router.route().read() {
            Route::Today => Some(text.today),
            Route::Diary | Route::Entry(_) => Some(text.diary),
            Route::Trends => Some(text.trends),
            Route::Doctor => Some(text.doctor),
            Route::Sync => Some(text.sync),
            Route::Settings => Some(text.settings),
            Route::Move => Some(text.moving),
            Route::Own => Some(text.own),
            Route::Erase => Some(text.erase),
            Route::Help => Some(text.help),
            Route::Pair => Some(text.pair),
            Route::Fill { .. } | Route::Welcome | Route::CheckIn | Route::Unknown => None,
        };
        document::set_title(
            &name.map_or_else(|| "Interlude".to_owned(), |name| format!("{name} \u{b7} Interlude")),
        );
        if before.is_some() {
            // The new page is drawn first.
            timeout::after(0, document::focus_heading).forget();
        }
    });
}
