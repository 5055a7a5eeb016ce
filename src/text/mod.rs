//! Every sentence a person reads: one typed table a language, so that a missing one does not compile.
//!
//! Sentences are plain and short; they neither praise nor blame. What is counted comes in as a
//! number, so that each language keeps its own plural. Dates and numbers come in as text made by
//! `platform::intl`. Pages Fill and Diary have their words in [`fill`], moving and erasing in
//! [`files`], the lock in [`lock`], infusions in [`infusions`], reminders in [`reminders`],
//! the person's own questions in [`own`], the rest in [`keys`].

pub mod doctor;
mod en;
mod es;
pub mod files;
pub mod fill;
pub mod infusions;
pub mod keys;
pub mod lock;
pub mod own;
pub mod reminders;
pub mod trends;

use doctor::DoctorText;
use files::{EraseText, FilesText};
use fill::{DiaryText, FillText, ScreensText};
use infusions::InfusionsText;
use keys::{HelpText, LightText, PairText, SettingsText, ShellText, SyncText, TodayText, WelcomeText};
use trends::TrendsText;

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Every language, in the order shown.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The BCP 47 tag: for `lang`, for dates and numbers, and for the texts of forms.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag such as `es-MX`, if it is one of ours.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// Its sentences.
    #[must_use]
    pub const fn text(self) -> Text {
        Text(self)
    }
}

/// Every sentence in one language. Each page has a table of its own, so that what is fetched with
/// a page is its words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(Language);

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $kind:ty, $en:path, $es:path;)+) => {
        impl Text {$(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(self) -> &'static $kind {
                match self.0 {
                    Language::English => &$en,
                    Language::Spanish => &$es,
                }
            }
        )+}
    };
}

tables! {
    /// What stands on every page.
    shell: ShellText, en::SHELL, es::SHELL;
    /// Page Today.
    today: TodayText, en::TODAY, es::TODAY;
    /// The save light of the diary.
    light: LightText, en::LIGHT, es::LIGHT;
    /// Page Sync.
    sync: SyncText, en::SYNC, es::SYNC;
    /// Page Settings.
    settings: SettingsText, en::SETTINGS, es::SETTINGS;
    /// Page Help, and the card of a red flag.
    help: HelpText, en::HELP, es::HELP;
    /// First run.
    welcome: WelcomeText, en::WELCOME, es::WELCOME;
    /// Pairing and consent.
    pair: PairText, en::PAIR, es::PAIR;
    /// The lock.
    lock: lock::LockText, lock::en::LOCK, lock::es::LOCK;
    /// Page Fill and its controls.
    fill: FillText, fill::en::FILL, fill::es::FILL;
    /// Its screens that are no question.
    screens: ScreensText, fill::en::SCREENS, fill::es::SCREENS;
    /// Files of the diary, and the page on which they are kept and brought.
    files: FilesText, files::en::FILES, files::es::FILES;
    /// Erasing everything.
    erase: EraseText, files::en::ERASE, files::es::ERASE;
    /// Page Diary.
    diary: DiaryText, fill::en::DIARY, fill::es::DIARY;
    /// Infusions, on the pages Diary and Trends.
    infusions: InfusionsText, infusions::en::INFUSIONS, infusions::es::INFUSIONS;
    /// Page Own.
    own: own::OwnText, own::en::OWN, own::es::OWN;
    /// Page Trends.
    trends: TrendsText, trends::en::TRENDS, trends::es::TRENDS;
    /// Reminders.
    reminders: reminders::RemindersText, reminders::en::REMINDERS, reminders::es::REMINDERS;
    /// The doctor's page.
    doctor: DoctorText, doctor::en::DOCTOR, doctor::es::DOCTOR;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_finds_its_language_whatever_the_region() {
        assert_eq!(Language::of_tag("es-MX"), Some(Language::Spanish));
        assert_eq!(Language::of_tag("EN-gb"), Some(Language::English));
        assert_eq!(Language::of_tag("est"), None);
        assert_eq!(Language::of_tag(""), None);
    }
}
