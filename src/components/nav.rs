//! The row of links at the foot of a page.

use leptos::prelude::*;

use crate::text::keys::ShellText;

/// Links to the main pages; the present one is marked for eyes and for screen readers.
#[component]
pub fn Nav(
    /// The present page's address.
    #[prop(into)]
    path: Signal<String>,
    /// Words.
    #[prop(into)]
    text: Signal<&'static ShellText>,
) -> impl IntoView {
    let link = move |to: &'static str, name: fn(&ShellText) -> &'static str| {
        let here = move || {
            let path = path.read();
            let inside = to != "/" && path.starts_with(to);
            (*path == to || inside).then_some("page")
        };
        view! { <a href=to aria-current=here>{move || name(text.get())}</a> }
    };
    view! {
        <nav class="nav" aria-label=move || text.get().nav>
            {link("/", |t| t.today)}
            {link("/diary", |t| t.diary)}
            {link("/trends", |t| t.trends)}
            {link("/sync", |t| t.sync)}
            {link("/settings", |t| t.settings)}
        </nav>
    }
}
