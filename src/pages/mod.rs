//! One file a page: the only callers of state verbs.

pub mod diary;
pub mod doctor;
pub mod erase;
pub mod fill;
pub mod help;
pub mod late;
pub mod lock;
mod lock_choice;
pub mod moving;
pub mod own;
pub mod pair;
mod reminders;
pub mod settings;
mod storage;
pub mod sync;
pub mod today;
pub mod trends;
pub mod trouble;
pub mod unknown;
pub mod welcome;
