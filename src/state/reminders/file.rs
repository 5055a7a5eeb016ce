//! The calendar file.

use interlude_diary::reminder::{TimeOfDay, Words as Said, calendar};
use leptos::prelude::*;

use super::Reminders;
use crate::platform::{clock, download};

/// How making the calendar file went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// Not asked for, or another time was chosen since.
    Nothing,
    /// The browser has it, for this time.
    Made(TimeOfDay),
    /// There is none.
    Failed,
}

impl Reminders {
    /// Hands the person the calendar file.
    pub fn make_file(self) {
        let Some(at) = self.typed.get_untracked() else { return };
        let language = self.words.language_now();
        let text = language.text().reminders();
        let said = Said { language: language.tag(), title: text.event, more: text.event_more };
        let now = clock::moment();
        let made = calendar(at, now.local_day(), now, said);
        let saved = download::save("interlude-reminder.ics", "text/calendar;charset=utf-8", made.as_bytes());
        self.file.set(if saved { File::Made(at) } else { File::Failed });
    }
}
