//! A view out of a part that may have to be fetched first.

use std::future::Future;

use futures_util::FutureExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live::live;
use crate::later::NotHere;

/// What fetches a part, from the name of the function that does.
macro_rules! fetch {
    ($ready:path) => {{
        let fetch: fn() -> $crate::components::late::LateFetch = || Box::pin(async { Ok($ready().await?) });
        fetch
    }};
}

/// Words while a part is fetched, and when it could not be.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    /// While it is fetched.
    pub busy: &'static str,
    /// It could not be fetched: what that means.
    pub failed: &'static str,
    /// Tries again.
    pub again: &'static str,
}

impl Waiting {
    /// Says nothing: what does not come is not missed.
    pub const QUIET: Self = Self { busy: "", failed: "", again: "" };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Fetching,
    Here,
    Failed,
}

/// What makes the view, when its part is here.
pub type Make = Box<dyn Fn() -> Option<AnyView> + Send>;

/// Shows what `make` makes, at once where its part is here. `fetch` calls anything of that part.
/// `made` is told when it is on screen, or cannot be.
pub fn late(fetch: fn() -> LateFetch, make: Make, words: Waiting, made: Callback<()>) -> AnyView {
    let stage = RwSignal::new(Stage::Fetching);
    ask(fetch, stage);
    live(move || match stage.get() {
        Stage::Here => {
            let view = untrack(&make);
            made.run(());
            view.unwrap_or_else(|| ().into_any())
        }
        Stage::Fetching | Stage::Failed if words.failed.is_empty() => ().into_any(),
        Stage::Fetching => view! { <p class="unseen" role="status">{words.busy}</p> }.into_any(),
        Stage::Failed => {
            made.run(());
            view! {
                <div class="stack late-failed">
                    <p role="alert">{words.failed}</p>
                    <button type="button" class="btn" on:click=move |_| ask(fetch, stage)>{words.again}</button>
                </div>
            }
            .into_any()
        }
    })
}

/// What a function of a part answers where the part is here.
pub fn now<T>(asked: impl Future<Output = Result<T, NotHere>>) -> Option<T> {
    asked.now_or_never().and_then(Result::ok)
}

/// What fetches a part.
pub type LateFetch = crate::later::Work<Result<(), NotHere>>;

fn ask(fetch: fn() -> LateFetch, stage: RwSignal<Stage>) {
    let mut fetched = fetch();
    // Nothing flickers where the part is here.
    match (&mut fetched).now_or_never() {
        Some(done) => stage.set(of(done)),
        None => {
            stage.set(Stage::Fetching);
            spawn_local(async move {
                let done = fetched.await;
                // The page may be gone by now.
                stage.try_set(of(done));
            });
        }
    }
}

const fn of(done: Result<(), NotHere>) -> Stage {
    if done.is_ok() { Stage::Here } else { Stage::Failed }
}
