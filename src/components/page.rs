//! The frame of a page: one heading, a way to Help, and the rest.

use leptos::prelude::*;

/// A page with its heading. Help stands in the same place on every page.
pub fn framed(
    over: Option<Signal<String>>,
    title: Signal<String>,
    help: Signal<&'static str>,
    body: AnyView,
) -> AnyView {
    view! {
        <main class="page">
            <header class="top">
                <div>
                    {over.map(|over| view! { <p class="sub">{over}</p> })}
                    <h1 tabindex="-1">{title}</h1>
                </div>
                <a class="link" href="/help">{help}</a>
            </header>
            <div class="stack">{body}</div>
        </main>
    }
    .into_any()
}
