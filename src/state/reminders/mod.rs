//! The daily reminder: by the phone's calendar ([`file`]), or by the clinic ([`push`]).

mod file;
pub mod mark;
mod push;

use interlude_diary::reminder::TimeOfDay;
use leptos::prelude::*;

pub use self::file::File;
pub use self::mark::Trouble;
use self::push::Hands;
use super::language::Words;
use super::settings::Settings;

/// How reminders by the clinic stand on this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not known yet.
    Unknown,
    /// This browser has none.
    Missing,
    /// They are not wanted.
    Off,
    /// They are wanted.
    On,
}

/// What came of the last tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// There was none.
    Nothing,
    /// Being done.
    Busy,
    /// Turned on.
    On,
    /// Turned off.
    Off,
    /// The browser may not show notices.
    Denied,
    /// This clinic sends none.
    NotOffered,
    /// The clinic gave no answer.
    NoAnswer,
    /// The browser or its push service did not do it.
    NoService,
    /// A test is on its way.
    Tested,
    /// The push service did not take the test.
    NotTaken,
    /// There was nothing to test any more.
    Ended,
}

/// Reminders, in the running app.
#[derive(Clone, Copy)]
pub struct Reminders {
    words: Words,
    settings: Settings,
    typed: RwSignal<Option<TimeOfDay>>,
    file: RwSignal<File>,
    standing: RwSignal<Standing>,
    trouble: RwSignal<Option<Trouble>>,
    said: RwSignal<Said>,
    /// When the clinic was last asked.
    asked: StoredValue<i64>,
    hands: StoredValue<Option<Hands>, LocalStorage>,
}

impl Reminders {
    /// Puts itself into the context. Call once, in the composition root.
    pub fn provide() {
        provide_context(Self {
            words: Words::get(),
            settings: Settings::get(),
            typed: RwSignal::new(None),
            file: RwSignal::new(File::Nothing),
            standing: RwSignal::new(Standing::Unknown),
            trouble: RwSignal::new(None),
            said: RwSignal::new(Said::Nothing),
            asked: StoredValue::new(0),
            hands: StoredValue::new_local(None),
        });
    }

    /// Reminders, in the running app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The page opens: nothing was said yet.
    #[must_use]
    pub fn open() -> Self {
        let this = Self::get();
        this.typed.set(Some(this.settings.choices().read_untracked().remind_at));
        this.file.set(File::Nothing);
        this.said.set(Said::Nothing);
        this
    }

    /// The time in the field; `None` while what stands there is none.
    #[must_use]
    pub fn at(self) -> Signal<Option<TimeOfDay>> {
        self.typed.into()
    }

    /// How the calendar file went.
    #[must_use]
    pub fn file(self) -> Signal<File> {
        self.file.into()
    }

    /// How reminders by the clinic stand.
    #[must_use]
    pub fn standing(self) -> Signal<Standing> {
        self.standing.into()
    }

    /// Why they do not come, where that is known.
    #[must_use]
    pub fn trouble(self) -> Signal<Option<Trouble>> {
        self.trouble.into()
    }

    /// What came of the last tap.
    #[must_use]
    pub fn said(self) -> Signal<Said> {
        self.said.into()
    }

    /// The field says this.
    pub fn type_time(self, text: &str) {
        let typed = text.parse().ok();
        self.typed.set(typed);
        self.file.set(File::Nothing);
        if let Some(at) = typed {
            self.settings.choose_remind_at(at);
            self.tell();
        }
    }
}
