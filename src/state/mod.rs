//! The only signals of the app: each file is one handle with verbs and views.
//!
//! A handle is `Copy`, made once in `app.rs` and found with its `get()`. Pages read its signals and
//! call its verbs; nothing else sets them. The outside is reached through [`outside::Outside`].

pub mod aid;
pub mod came_back;
pub mod diary;
pub mod doctor;
pub mod erasing;
pub mod fill;
pub mod first_run;
pub mod flags;
pub mod inventory;
pub mod kept;
pub mod language;
mod late;
pub mod light;
pub mod locked;
pub mod locks;
pub mod moving;
pub mod outside;
pub mod own;
pub mod pairing;
pub mod porch;
pub mod pulse;
pub mod reminders;
pub mod route;
pub mod router;
pub mod sending;
pub mod settings;
pub mod shown;
pub mod storage;
pub mod theme;
pub mod today;
pub mod trends;
