//! The only signals of the app: each file is one handle with verbs and views.
//!
//! A handle is `Copy`, made once in `app.rs` and found with its `get()`. Pages read its signals and
//! call its verbs; nothing else sets them. The outside is reached through [`outside::Outside`].

pub mod language;
pub mod outside;
pub mod route;
pub mod router;
pub mod theme;
