//! The frame of a page: one heading, one link beside it, and the rest.

use leptos::prelude::*;

/// A page with its heading. Help stands in the same place on every page.
pub fn framed(
    over: Option<Signal<String>>,
    title: Signal<String>,
    help: Signal<&'static str>,
    body: AnyView,
) -> AnyView {
    framed_beside(over, title, "/help", help, body)
}

/// A page with another link in the place of Help: for Help itself.
pub fn framed_beside(
    over: Option<Signal<String>>,
    title: Signal<String>,
    to: &'static str,
    beside: Signal<&'static str>,
    body: AnyView,
) -> AnyView {
    view! {
        <main class="page">
            <header class="top">
                <div>
                    {over.map(|over| view! { <p class="sub">{over}</p> })}
                    <h1 tabindex="-1">{title}</h1>
                </div>
                <a class="link" href=to>{beside}</a>
            </header>
            <div class="stack">{body}</div>
        </main>
    }
    .into_any()
}
