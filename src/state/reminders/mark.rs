//! What pages leave for the worker, and what is to be made of all that is known about a reminder.

use interlude_diary::reminder::TimeOfDay;
use serde::{Deserialize, Serialize};

pub use crate::platform::push::Permission;
use crate::sync::reminder::{Told, Wish};
use crate::text::Language;

/// So many reminders sent and none heard: something is wrong on the way.
const SILENT: i64 = 3;

/// The word that pages leave. It is there as long as reminders by the clinic are wanted on this phone, and
/// holds nothing of the diary but until when the day is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The key that was subscribed with.
    pub key: String,
    /// How many the worker had heard when a page last looked.
    pub heard: u32,
    /// How many the clinic had sent then.
    pub counted: i64,
    /// The end of the last diary day that is saved, in Unix milliseconds; 0 for none.
    pub until: i64,
    /// BCP 47 tag.
    pub language: String,
    /// What to say.
    pub says: Says,
}

/// Title and text of each notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Says {
    /// The day is not known to be saved.
    pub open: [String; 2],
    /// The day is saved.
    pub saved: [String; 2],
    /// A test.
    pub test: [String; 2],
}

/// Why reminders do not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The browser may not show notices.
    Denied,
    /// The browser, its push service or the clinic knows nothing of it any more.
    Gone,
    /// Several were sent, and none came.
    Silent,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Fine,
    /// The clinic is told again: another address, time or zone.
    Tell(Wish),
    /// The person is told.
    Trouble(Trouble),
}

impl Mark {
    /// A fresh one: from now on is counted.
    #[must_use]
    pub fn new(told: &Told, heard: u32, language: Language) -> Self {
        let mark = Self {
            key: told.key.clone(),
            heard,
            counted: told.sent,
            until: 0,
            language: String::new(),
            says: Says { open: Default::default(), saved: Default::default(), test: Default::default() },
        };
        mark.in_words_of(language)
    }

    /// The same in a language.
    #[must_use]
    pub fn in_words_of(self, language: Language) -> Self {
        let text = language.text().reminders();
        let own = |[title, more]: [&str; 2]| [title.to_owned(), more.to_owned()];
        Self {
            language: language.tag().to_owned(),
            says: Says { open: own(text.notice), saved: own(text.notice_saved), test: own(text.notice_test) },
            ..self
        }
    }

    /// Counts anew from here where one was heard since a page last looked.
    #[must_use]
    pub fn counting(self, heard: u32, sent: i64) -> Self {
        if heard == self.heard { self } else { Self { heard, counted: sent, ..self } }
    }

    /// What to make of it. `now` is what the phone would ask for now, without an address where the browser
    /// has no subscription.
    #[must_use]
    pub fn judge(&self, permission: Permission, told: &Told, now: &Now) -> Verdict {
        let Some(endpoint) = now.endpoint.clone().filter(|_| permission == Permission::Granted) else {
            let denied = permission == Permission::Denied;
            return Verdict::Trouble(if denied { Trouble::Denied } else { Trouble::Gone });
        };
        let Some(set) = told.set.as_ref().filter(|_| told.key == self.key) else {
            return Verdict::Trouble(Trouble::Gone);
        };
        let wish = Wish { endpoint, at: now.at, zone: now.zone.clone() };
        if *set != wish {
            return Verdict::Tell(wish);
        }
        if told.sent.saturating_sub(self.counted) >= SILENT {
            return Verdict::Trouble(Trouble::Silent);
        }
        Verdict::Fine
    }
}

/// What the phone would ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// Address of the subscription.
    pub endpoint: Option<String>,
    /// The time that was chosen.
    pub at: TimeOfDay,
    /// The zone it is in.
    pub zone: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Wish {
        Wish { endpoint: "https://push.example/1".to_owned(), at: TimeOfDay::USUAL, zone: "UTC".to_owned() }
    }

    fn told(sent: i64) -> Told {
        Told { key: "k".to_owned(), set: Some(wish()), sent }
    }

    fn now() -> Now {
        Now { endpoint: Some(wish().endpoint), at: TimeOfDay::USUAL, zone: "UTC".to_owned() }
    }

    fn mark() -> Mark {
        Mark::new(&told(5), 4, Language::English)
    }

    #[test]
    fn all_is_well_or_the_person_is_told_why_not() {
        let judge = |permission, told: &Told, now: &Now| mark().judge(permission, told, now);
        let granted = |told: &Told, now: &Now| judge(Permission::Granted, told, now);
        let trouble = Verdict::Trouble;
        assert_eq!(granted(&told(5), &now()), Verdict::Fine);
        assert_eq!(judge(Permission::Denied, &told(5), &now()), trouble(Trouble::Denied));
        for permission in [Permission::Unasked, Permission::Missing] {
            assert_eq!(judge(permission, &told(5), &now()), trouble(Trouble::Gone));
        }
        assert_eq!(granted(&told(5), &Now { endpoint: None, ..now() }), trouble(Trouble::Gone));
        assert_eq!(granted(&Told { set: None, ..told(5) }, &now()), trouble(Trouble::Gone));
        assert_eq!(granted(&Told { key: "other".to_owned(), ..told(5) }, &now()), trouble(Trouble::Gone));
    }

    #[test]
    fn the_clinic_is_told_what_changed() {
        let moved = Now { zone: "Europe/Madrid".to_owned(), ..now() };
        let told_again = Wish { zone: "Europe/Madrid".to_owned(), ..wish() };
        assert_eq!(mark().judge(Permission::Granted, &told(5), &moved), Verdict::Tell(told_again));
    }

    #[test]
    fn three_that_were_sent_and_not_heard_are_silence_and_one_heard_ends_it() {
        let judge = |mark: &Mark, sent| mark.judge(Permission::Granted, &told(sent), &now());
        assert_eq!(judge(&mark(), 7), Verdict::Fine);
        assert_eq!(judge(&mark(), 8), Verdict::Trouble(Trouble::Silent));
        assert_eq!(mark().counting(4, 8), mark(), "none was heard");
        let heard = mark().counting(5, 8);
        assert_eq!((heard.heard, heard.counted), (5, 8));
        assert_eq!(judge(&heard, 10), Verdict::Fine);
        assert_eq!(judge(&heard, 11), Verdict::Trouble(Trouble::Silent));
    }

    #[test]
    fn what_the_worker_says_is_in_the_language_of_the_person_and_names_no_illness() {
        for language in Language::ALL {
            let mark = mark().in_words_of(language);
            assert_eq!(mark.language, language.tag());
            let text = serde_json::to_string(&mark.says).unwrap().to_lowercase();
            for word in ["pain", "dolor", "ketamin", "infusi", "sleep", "anxi", "ansied"] {
                assert!(!text.contains(word), "{text}");
            }
        }
    }
}
