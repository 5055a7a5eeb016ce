//! The composition root: opens the ports, provides the handles, lists the pages.

use std::rc::Rc;

use interlude_diary::journal::{Journal, JournalError, MetaKey};
use interlude_diary::sync::{Create, Kick, Server};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::components::nav::Nav;
use crate::journal::{IdbJournal, Trace};
use crate::pages;
use crate::platform::{document, history, ids, online, timeout};
use crate::state::first_run::{Device, FirstRun};
use crate::state::flags::Flags;
use crate::state::language::Words;
use crate::state::outside::{Outside, Ports};
use crate::state::pairing::{self, Pairing, Pairings};
use crate::state::pulse::Pulse;
use crate::state::route::Route;
use crate::state::router::Router;
use crate::state::sending::{Phase, Sending};
use crate::state::settings::{Choices, Settings};
use crate::state::storage::{Storage, Update};
use crate::state::theme::Colours;
use crate::sync::driver::{Driver, Link, News};
use crate::sync::remote::Remote;
use crate::sync::triggers;
use crate::text::keys::ShellText;

/// Name of the database.
const STORE: &str = "interlude";

/// What was read from the store before the first page is drawn: small values, never the journal.
struct Opened {
    journal: IdbJournal,
    device: Device,
    choices: Choices,
    pairing: Option<Pairing>,
    wiped: bool,
    flags: Option<String>,
}

async fn open() -> Result<Opened, JournalError> {
    let journal = IdbJournal::open(STORE).await?;
    let choices = Choices::read(journal.meta(MetaKey::Settings).await?.as_deref());
    let pairing = journal.meta(MetaKey::Pairing).await?;
    let flags = journal.meta(MetaKey::Flags).await?;
    let device = Device::of(&journal, ids::device_id).await?;
    // A phone that was welcomed has its store, so only a first run asks what was here before.
    let wiped = !device.welcomed && matches!(journal.trace().await, Ok(Trace::Wiped));
    let pairing = pairing::read(pairing.as_deref());
    Ok(Opened { journal, device, choices, pairing, wiped, flags })
}

/// Starts the app: the pairing code leaves the address first, then the journal opens, then the
/// first page is drawn.
pub fn start() {
    let code = history::take_fragment().and_then(|fragment| pairing_code(&fragment));
    spawn_local(async move {
        let opened = open().await;
        let Some(stage) = document::stage() else { return };
        mount_to(stage, move || {
            let words = Words::provide();
            Colours::provide();
            match opened {
                Ok(opened) => app(words, opened, code),
                Err(error) => pages::trouble::page(&error, Callback::new(|()| document::restart())),
            }
        })
        .forget();
    });
}

/// The code in a clinic's link.
fn pairing_code(fragment: &str) -> Option<String> {
    fragment.strip_prefix("pair=").map(str::to_owned)
}

fn app(words: Words, opened: Opened, code: Option<String>) -> AnyView {
    let linked = code.is_some();
    Pulse::provide();
    FirstRun::provide(&opened.device, opened.wiped);
    let journal = opened.journal.clone();
    Outside::provide(Ports { journal: opened.journal, device: opened.device.id });
    let_go();
    Settings::provide(opened.choices);
    Flags::provide(opened.flags.as_deref());
    Storage::provide();
    Sending::provide();
    let pairings = Pairings::provide(opened.pairing, code);
    drive(journal, pairings);
    let router = Router::provide();
    if linked {
        router.replace(Route::Pair);
    }
    follow_links(router, words);
    follow_invitations(router, pairings);
    give_tokens_back(pairings);
    let shell = Signal::derive(move || &words.text().shell);
    let route = Memo::new(move |_| guarded(router.route().get()));
    let nav = move || !matches!(route.get(), Route::Fill { .. } | Route::Welcome | Route::Pair);
    // A red-flag card stays until it is closed, whatever page comes; a form shows its own.
    let card = Flags::get().any();
    let flagged = Memo::new(move |_| card.get() && !matches!(route.get(), Route::Fill { .. } | Route::Help));
    view! {
        {move || update(shell)}
        {move || if flagged.get() { pages::fill::card::part() } else { page(route.get()) }}
        <Show when=nav>
            <Nav path=Signal::derive(move || route.get().to_string()) text=shell/>
        </Show>
    }
    .into_any()
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

/// The first run comes first; Help is reachable even before it.
fn guarded(route: Route) -> Route {
    if route == Route::Help || FirstRun::get().welcomed().get() { route } else { Route::Welcome }
}

/// The table of pages.
fn page(route: Route) -> AnyView {
    // What a page reads while it is built must not rebuild it.
    untrack(|| match route {
        Route::Today => pages::today::page(),
        Route::Fill { questionnaire, key, short } => pages::fill::page(questionnaire, key, short),
        Route::Diary => pages::diary::page(),
        Route::Entry(id) => pages::diary::entry(id),
        Route::Sync => pages::sync::page(),
        Route::Settings => pages::settings::page(),
        Route::Help => pages::help::page(),
        Route::Welcome => pages::welcome::page(),
        Route::Pair => pages::pair::page(),
        Route::CheckIn => pages::today::check_in_now(),
        Route::Unknown => pages::unknown::page(),
    })
}

/// A newer version waits: it is offered, never forced.
fn update(text: Signal<&'static ShellText>) -> AnyView {
    let storage = Storage::get();
    let said = match storage.update().get() {
        Update::None => return ().into_any(),
        Update::Waits => text.get().update,
        Update::FormOpen => text.get().update_later,
    };
    view! {
        <div class="update" role="status">
            <p>{said}</p>
            <button type="button" class="link" on:click=move |_| storage.apply()>{text.get().update_do}</button>
        </div>
    }
    .into_any()
}

/// Links of the app change the page without loading it; after each change the focus goes to the
/// page's heading and the title says where one is.
fn follow_links(router: Router, words: Words) {
    if let Some(listener) = document::on_link(move |path| router.go(Route::parse(&path))) {
        listener.forget();
    }
    Effect::new(move |before: Option<()>| {
        let text = &words.text().shell;
        let name = match *router.route().read() {
            Route::Today => Some(text.today),
            Route::Diary | Route::Entry(_) => Some(text.diary),
            Route::Sync => Some(text.sync),
            Route::Settings => Some(text.settings),
            Route::Help => Some(text.help),
            Route::Pair => Some(words.text().pair.title),
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

/// The driver sends while a pairing is live. It is woken by the person, by every change of the
/// journal in any tab, by the network and by the page coming to the front.
fn drive(journal: IdbJournal, pairings: Pairings) {
    let (sending, pulse) = (Sending::get(), Pulse::get());
    let driver = Driver::new(journal, move |news| match news {
        News::Filed => pulse.changed(),
        News::Sending => sending.report(Phase::Sending),
        News::Quiet => sending.report(Phase::Quiet),
        News::Offline => sending.report(Phase::Offline),
        News::Later => sending.report(Phase::Later),
        News::SignIn => sending.report(Phase::SignIn),
    });
    triggers::attach(&driver);
    let asked = driver.clone();
    sending.connect(Rc::new(move || asked.kick(Kick::Asked)));
    let changed = driver.clone();
    Effect::new(move |_| {
        pulse.track();
        changed.kick(Kick::Recorded);
    });
    let live = pairings.live();
    Effect::new(move |_| {
        let link = live.get().and_then(|pairing| {
            let server = if pairing.own { Server::Clinic } else { Server::Foreign { create: Create::Put } };
            Some(Link { remote: Remote::of(&pairing)?, server, patient: pairing.patient.id })
        });
        driver.link(link);
    });
}

/// A clinic's link that is opened in a tab where the app is open already.
fn follow_invitations(router: Router, pairings: Pairings) {
    let owner = Owner::current();
    let listener = history::on_fragment(move |fragment| {
        let (Some(code), Some(owner)) = (pairing_code(&fragment), &owner) else { return };
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
