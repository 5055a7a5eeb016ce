//! Where the person is, and the ways to go elsewhere.

use leptos::prelude::*;

use super::route::Route;
use crate::platform::history;

/// The present page, and the verbs that change it.
#[derive(Clone, Copy)]
pub struct Router {
    route: RwSignal<Route>,
}

impl Router {
    /// Reads the address and puts itself into the context. Call once, in the composition root.
    #[must_use]
    pub fn provide() -> Self {
        let router = Self { route: RwSignal::new(Route::parse(&history::path())) };
        provide_context(router);
        if let Some(listener) = history::on_pop(move |path| router.route.set(Route::parse(&path))) {
            listener.forget();
        }
        router
    }

    /// The router of the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The present page.
    #[must_use]
    pub fn route(self) -> Signal<Route> {
        self.route.into()
    }

    /// Goes to a page, with a step for the back button.
    pub fn go(self, to: Route) {
        history::push(&to.to_string());
        self.route.set(to);
    }

    /// Goes to a page in the place of this one: the back button will not return here.
    pub fn replace(self, to: Route) {
        history::replace(&to.to_string());
        self.route.set(to);
    }

    /// One step back. For a page opened from a link of its own, use [`Router::replace`].
    pub fn back(self) {
        history::back();
    }
}
