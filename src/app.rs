//! The composition root: opens the ports, provides the handles, lists the pages.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::components::nav::Nav;
use crate::journal::IdbJournal;
use crate::pages;
use crate::platform::{document, history, ids};
use crate::state::language::Words;
use crate::state::outside::{Outside, Ports};
use crate::state::route::Route;
use crate::state::router::Router;
use crate::state::theme::Colours;

/// Name of the database.
const STORE: &str = "interlude";

/// Starts the app: the pairing code leaves the address first, then the journal opens, then the
/// first page is drawn.
pub fn start() {
    let fragment = history::take_fragment();
    spawn_local(async move {
        let journal = IdbJournal::open(STORE).await;
        drop(fragment);
        let Some(stage) = document::stage() else { return };
        mount_to(stage, move || match journal {
            Ok(journal) => app(Ports { journal, device: ids::device_id() }).into_any(),
            Err(error) => view! { <main><h1>{error.to_string()}</h1></main> }.into_any(),
        })
        .forget();
    });
}

fn app(ports: Ports) -> impl IntoView {
    Outside::provide(ports);
    let words = Words::provide();
    Colours::provide();
    let router = Router::provide();
    follow_links(router);
    view! {
        {move || page(&router.route().get())}
        <Show when=move || !matches!(router.route().get(), Route::Fill { .. } | Route::Welcome | Route::Pair)>
            <Nav route=router.route() text=Signal::derive(move || &words.text().shell)/>
        </Show>
    }
}

/// The table of pages.
fn page(route: &Route) -> AnyView {
    match route {
        Route::Today => pages::today::page(),
        _ => pages::unknown::page(),
    }
}

/// Links of the app change the page without loading it; after each change the focus goes to the
/// page's heading.
fn follow_links(router: Router) {
    if let Some(listener) = document::on_link(move |path| router.go(Route::parse(&path))) {
        listener.forget();
    }
    Effect::new(move |before: Option<()>| {
        router.route().track();
        if before.is_some() {
            document::focus_heading();
        }
    });
}
