//! A view that follows its signals, of one type whatever it shows.
//!
//! Each type of closure in a view is compiled on its own; behind this, all are one.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

/// A part of a view that is made anew when what it reads changes.
pub fn live(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let shared: Arc<Mutex<dyn FnMut() -> AnyView + Send>> = Arc::new(Mutex::new(view));
    shared.into_any()
}

/// A text that follows its signals.
pub fn said(text: impl FnMut() -> String + Send + 'static) -> AnyView {
    let shared: Arc<Mutex<dyn FnMut() -> String + Send>> = Arc::new(Mutex::new(text));
    shared.into_any()
}
