//! The document: its language, theme and title, the focus, and the links of the app.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, MouseEvent};

use super::{Listener, window};

fn root() -> Option<Element> {
    window()?.document()?.document_element()
}

/// Sets the document's language.
pub fn set_language(tag: &str) {
    if let Some(root) = root() {
        // Fails only for a name that is no attribute's name.
        drop(root.set_attribute("lang", tag));
    }
}

/// Sets the theme that the style sheets look at; `None` follows the system.
pub fn set_theme(name: Option<&str>) {
    let Some(root) = root() else { return };
    drop(match name {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    });
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// The element that the app is mounted in, emptied of what was shown while it loaded.
#[must_use]
pub fn stage() -> Option<HtmlElement> {
    let document = window()?.document()?;
    let stage = document.get_element_by_id("app")?;
    stage.set_inner_html("");
    stage.dyn_into().ok()
}

/// An element with all in it, as text; `None` where there is none of this id.
#[must_use]
pub fn html_of(id: &str) -> Option<String> {
    Some(window()?.document()?.get_element_by_id(id)?.outer_html())
}

/// Waits until what was drawn so far has been painted. A page out of sight is not painted, and does
/// not wait.
pub async fn painted() {
    let Some(window) = window().filter(|_| !super::visibility::hidden()) else { return };
    let frame = Promise::new(&mut |resolve, _| {
        // Without frames there is nothing to wait for.
        if window.request_animation_frame(&resolve).is_err() {
            drop(resolve.call0(&JsValue::UNDEFINED));
        }
    });
    drop(JsFuture::from(frame).await);
    super::timeout::wait(0).await;
}

/// Moves the focus to the page's heading, so that a screen reader starts there, and the view to
/// the top. The heading has `tabindex="-1"`.
pub fn focus_heading() {
    let Some(window) = window() else { return };
    window.scroll_to_with_x_and_y(0.0, 0.0);
    let heading = window.document().and_then(|document| document.query_selector("h1").ok().flatten());
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        drop(heading.focus());
    }
}

/// Brings what is said to be wrong into view, where it stands above: it is read out, and must be seen too by whom
/// tapped at the foot of a long page.
pub fn show_alert() {
    let Some(window) = window() else { return };
    let said = window.document().and_then(|document| {
        document.query_selector("[role=alert]:not(:empty)").ok().flatten()?.dyn_into::<HtmlElement>().ok()
    });
    if let Some(said) =
        said.filter(|said| f64::from(said.offset_top()) < window.scroll_y().unwrap_or_default())
    {
        said.scroll_into_view();
    }
}

/// Calls back with the path of a link of this app that was followed in the plain way, and keeps
/// the browser from loading it. Links elsewhere, downloads and other buttons stay the browser's.
#[must_use]
pub fn on_link(mut call: impl FnMut(String) + 'static) -> Option<Listener> {
    let document = window()?.document()?;
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    Some(Listener::new_with_options(&document, "click", options, move |event| {
        if let Some(path) = followed(event) {
            event.prevent_default();
            call(path);
        }
    }))
}

fn followed(event: &web_sys::Event) -> Option<String> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let plain = mouse.button() == 0 && !mouse.ctrl_key() && !mouse.meta_key() && !mouse.shift_key();
    if !plain || event.default_prevented() {
        return None;
    }
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok().flatten()?;
    let path = link.get_attribute("href").filter(|href| href.starts_with('/') && !href.starts_with("//"))?;
    (!link.has_attribute("download") && !link.has_attribute("target")).then_some(path)
}

/// Hides all that is shown, or shows it again: what a task switcher pictures should tell nothing.
/// Whether it pictures the page before or after is the system's.
pub fn veil(hidden: bool) {
    let Some(root) = root() else { return };
    drop(if hidden { root.set_attribute("data-veiled", "") } else { root.remove_attribute("data-veiled") });
}

/// Loads this page again: nothing that it held in memory is left.
pub fn reload() {
    if let Some(window) = window() {
        // Fails only in a page that is going away already.
        drop(window.location().reload());
    }
}

/// Loads the app again, from its first page.
pub fn restart() {
    if let Some(window) = window() {
        // Fails only in a page that is going away already.
        drop(window.location().set_href("/"));
    }
}
