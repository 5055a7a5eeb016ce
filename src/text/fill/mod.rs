//! Sentences of the pages Fill and Diary, and of the question controls.
//!
//! One typed table a language, so that a missing sentence does not compile. [`value`] says an
//! answer in words.

mod diary;
pub mod en;
pub mod es;
mod value;

pub use diary::DiaryText;
pub use value::{given_words, label_of, problem_words, value_words};

/// Words of the controls themselves: what every question may need to say.
#[derive(Debug)]
pub struct ControlText {
    /// The two answers of a yes-or-no question.
    pub yes: &'static str,
    /// See `yes`.
    pub no: &'static str,
    /// The button that declines.
    pub decline: &'static str,
    /// Said once declined.
    pub declined: &'static str,
    /// Goes on.
    pub next: &'static str,
    /// The empty line of a drop-down.
    pub choose: &'static str,
    /// The choice that opens a field for one's own words.
    pub other: &'static str,
    /// Name of the field for one's own words.
    pub own_words: &'static str,
    /// Several may be chosen.
    pub several: &'static str,
    /// Another field for one more answer.
    pub add: &'static str,
    /// Name of the nth field.
    pub nth: fn(usize) -> String,
    /// Takes the nth field away.
    pub remove_nth: fn(usize) -> String,
    /// Name of the unit's drop-down.
    pub unit: &'static str,
    /// Steps of a slider.
    pub less: &'static str,
    /// See `less`.
    pub more: &'static str,
    /// A slider nobody has touched.
    pub untouched: &'static str,
    /// Opens the fields for a date known in part.
    pub partial_date: &'static str,
    /// Goes back to the whole date.
    pub whole_date: &'static str,
    /// Opens the field for a date without a time.
    pub date_only: &'static str,
    /// Goes back to date and time.
    pub with_time: &'static str,
    /// Name of the year's field.
    pub year: &'static str,
    /// Name of the month's drop-down.
    pub month: &'static str,
    /// The month that is not known.
    pub no_month: &'static str,
    /// Months in order.
    pub months: [&'static str; 12],
    /// Said of a question that must be answered.
    pub required: &'static str,
    /// One end of a scale: its number and its words.
    pub end: fn(&str, &str) -> String,
    /// What is wrong with an answer, and what to do.
    pub wrong: WrongText,
    /// The question's words when they are shown in another language than the page's.
    pub other_language: &'static str,
    /// While the control is fetched.
    pub fetching: &'static str,
    /// It could not be fetched.
    pub not_fetched: &'static str,
    /// The answer is not kept, and what would say more could not be fetched.
    pub not_kept: &'static str,
    /// Tries again.
    pub again: &'static str,
}

/// What is wrong with an answer, each in words that tell what to do.
#[derive(Debug)]
pub struct WrongText {
    /// Needs an answer and has none; may not be declined.
    pub missing: &'static str,
    /// Needs one of the choices.
    pub missing_choice: &'static str,
    /// Not a whole number.
    pub whole: &'static str,
    /// Not a number.
    pub number: &'static str,
    /// Not a date, or one that does not exist.
    pub date: &'static str,
    /// Not a time.
    pub time: &'static str,
    /// Not a web address.
    pub url: &'static str,
    /// "Other" was chosen and nothing written.
    pub own_words: &'static str,
    /// A unit was not chosen.
    pub unit: &'static str,
    /// Below the least value.
    pub least: fn(&str) -> String,
    /// Above the greatest value.
    pub most: fn(&str) -> String,
    /// Longer than so many characters.
    pub long: fn(u32) -> String,
    /// More than one answer where one is taken.
    pub one: &'static str,
    /// Anything else.
    pub other: &'static str,
}

/// Words of the page Fill.
#[derive(Debug)]
pub struct FillText {
    /// Words of the controls.
    pub control: ControlText,
    /// While the form is fetched or opened.
    pub opening: &'static str,
    /// "Question 3 of 7".
    pub question_of: fn(usize, usize) -> String,
    /// Above words with nothing to answer.
    pub to_read: &'static str,
    /// Buttons.
    pub back: &'static str,
    /// Saves and leaves.
    pub leave: &'static str,
    /// "Before: 7".
    pub before: fn(&str) -> String,
    /// Goes back to the previous question to change it.
    pub change: &'static str,
    /// "7, kept on this phone".
    pub kept: fn(&str) -> String,
    /// The same of words that are being written: they are not read out again at every letter.
    pub kept_plain: &'static str,
    /// While it is being stored.
    pub keeping: &'static str,
    /// An answer was taken away, and that is kept.
    pub cleared: &'static str,
    /// Another tab changed this draft; it was loaded again.
    pub moved: &'static str,
    /// Opens the licence and the sources of the form.
    pub about: &'static str,
    /// A form about a past day (its name).
    pub about_day: fn(&str) -> String,
    /// Progress for screen readers, in a correction.
    pub correcting: fn(&str) -> String,
}

/// Words of the screens of a form that are no question.
#[derive(Debug)]
pub struct ScreensText {
    /// Tries a failed save again.
    pub again: &'static str,
    /// Goes on after what was said before the first question.
    pub go_on: &'static str,
    /// Records.
    pub finish: &'static str,
    /// The answers are still on screen and not stored.
    pub not_kept: &'static str,
    /// Why, where it is known.
    pub why_full: &'static str,
    /// See `why_full`.
    pub why_blocked: &'static str,
    /// See `why_full`.
    pub why_locked: &'static str,
    /// See `why_full`.
    pub why_newer: &'static str,
    /// See `why_full`.
    pub why_other: &'static str,
    /// Saves the answers as a file.
    pub export: &'static str,
    /// The form could not be had.
    pub no_form: &'static str,
    /// What to do then.
    pub no_form_help: &'static str,
    /// The form was finished in another tab, or its entry is not here.
    pub gone: &'static str,
    /// See `gone`.
    pub gone_help: &'static str,
    /// A refused form.
    pub refused: &'static str,
    /// What follows names what cannot be asked.
    pub refused_help: &'static str,
    /// It is no questionnaire at all.
    pub refused_unreadable: &'static str,
    /// It asks nothing.
    pub refused_empty: &'static str,
    /// Before the first question: what is left out.
    pub left_out: &'static str,
    /// Why something is left out: a type.
    pub why_type: fn(&str) -> String,
    /// Choices on a server.
    pub why_choices: &'static str,
    /// A total.
    pub why_total: &'static str,
    /// A value that would be filled in from elsewhere.
    pub why_prefilled: &'static str,
    /// A rule in a language not evaluated.
    pub why_rule: &'static str,
    /// After midnight: heading with the day's name.
    pub night_title: fn(&str) -> String,
    /// After midnight: what it is about (day).
    pub night_about: fn(&str) -> String,
    /// Goes on with the day before.
    pub night_stay: fn(&str) -> String,
    /// Starts the new day.
    pub night_new: fn(&str) -> String,
    /// Heading of the last screen where something still wants an answer.
    pub open_title: &'static str,
    /// See `open_title`.
    pub open_help: &'static str,
    /// Screen between instances of a repeating group (its words, how many).
    pub group_more: fn(&str, usize) -> String,
    /// Adds an instance.
    pub group_add: fn(&str) -> String,
    /// Takes the nth instance away.
    pub group_remove: fn(&str, usize) -> String,
    /// A group without words of its own.
    pub group_plain: &'static str,
    /// Heading of the correction's last step.
    pub reason_title: &'static str,
    /// Its help.
    pub reason_help: &'static str,
    /// Name of the reason's field.
    pub reason_label: &'static str,
    /// No reason was written.
    pub reason_missing: &'static str,
    /// Records the correction.
    pub reason_save: &'static str,
    /// The screen after the last tap.
    pub saved: SavedText,
}

/// Words of the screen after the last tap.
#[derive(Debug)]
pub struct SavedText {
    /// Headings by the time of day.
    pub morning: &'static str,
    /// See `morning`.
    pub afternoon: &'static str,
    /// See `morning`.
    pub evening: &'static str,
    /// See `morning`.
    pub night: &'static str,
    /// A correction was saved.
    pub corrected: &'static str,
    /// Name of the list of steps.
    pub steps: &'static str,
    /// First step.
    pub phone: &'static str,
    /// "07:42, checked by reading it back".
    pub phone_at: fn(&str) -> String,
    /// Second step.
    pub sent: &'static str,
    /// Not yet.
    pub sent_waits: &'static str,
    /// Goes after Done.
    pub sent_held: &'static str,
    /// No clinic.
    pub sent_unpaired: &'static str,
    /// Sent at.
    pub sent_at: fn(&str) -> String,
    /// Third step.
    pub clinic: &'static str,
    /// It stays here by the person's choice.
    pub sent_stays: &'static str,
    /// Not yet.
    pub clinic_waits: &'static str,
    /// The clinic's receipt, dated.
    pub clinic_at: fn(&str) -> String,
    /// Another copy there.
    pub clinic_changed: &'static str,
    /// Refused by the clinic.
    pub clinic_refused: &'static str,
    /// State words for screen readers.
    pub done_step: &'static str,
    /// See `done_step`.
    pub open_step: &'static str,
    /// Nobody watches.
    pub nobody: &'static str,
    /// Takes the last answer back.
    pub undo: &'static str,
    /// It is too late for that.
    pub too_late: &'static str,
    /// Ends.
    pub done: &'static str,
}
