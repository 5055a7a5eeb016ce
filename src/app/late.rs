//! What stands around a page.

use leptos::prelude::*;

use crate::components::nav::Nav;
use crate::state::language::Words;
use crate::state::route::Route;
use crate::state::storage::{Storage, Update};

part! { today:
    /// The row of links at the foot.
    pub(super) fn nav[nav_ready](route: Signal<Route>) -> AnyView {
        let words = Words::get();
        let shell = Signal::derive(move || words.text().shell());
        view! { <Nav path=Signal::derive(move || route.get().to_string()) text=shell/> }.into_any()
    }
    /// A newer version waits: it is offered, never forced.
    pub(super) fn update[update_ready]() -> AnyView {
        let (words, storage) = (Words::get(), Storage::get());
        let said = move || match storage.update().get() {
            Update::None => "",
            Update::Waits => words.text().shell().update,
            Update::FormOpen => words.text().shell().update_later,
        };
        view! {
            <div class="update" role="status">
                <p>{said}</p>
                <button type="button" class="link" on:click=move |_| storage.apply()>
                    {move || words.text().shell().update_do}
                </button>
            </div>
        }
        .into_any()
    }
}
