//! Sentences of the doctor's page. The sheet is read by somebody who does not know the app: it says what
//! a number is, what it is of, and what it cannot say.

pub mod en;
pub mod es;

/// Words around the sheet, for the person.
#[derive(Debug)]
pub struct DoctorText {
    /// What the page is for.
    pub means: &'static str,
    /// Name of the choice of days.
    pub days: &'static str,
    /// The latest series, thirteen weeks, everything.
    pub periods: [&'static str; 3],
    /// What the person adds: heading.
    pub adds: &'static str,
    /// What happens with it.
    pub adds_means: &'static str,
    /// The name on the sheet.
    pub name: &'static str,
    /// Medicines: the switch, what it does, the field.
    pub medicines: &'static str,
    /// See `medicines`.
    pub medicines_means: &'static str,
    /// See `medicines`.
    pub medicines_field: &'static str,
    /// Notes: the switch, what it does, the field.
    pub notes: &'static str,
    /// See `notes`.
    pub notes_means: &'static str,
    /// See `notes`.
    pub notes_field: &'static str,
    /// The person's own questions: the switch, what it does.
    pub own: &'static str,
    /// See `own`.
    pub own_means: &'static str,
    /// Could not be kept.
    pub not_kept: &'static str,
    /// Prints; what else that gives.
    pub print: &'static str,
    /// See `print`.
    pub print_means: &'static str,
    /// Shares.
    pub share: &'static str,
    /// Saves the sheet as a page, the numbers as a table, the numbers as a Bundle.
    pub save: [&'static str; 3],
    /// Files: heading, and who reads them.
    pub files: &'static str,
    /// See `files`.
    pub files_means: &'static str,
    /// No file could be made.
    pub failed: &'static str,
    /// While the diary is read; it could not be read.
    pub reading: &'static str,
    /// See `reading`.
    pub unread: &'static str,
    /// Back to Trends.
    pub back: &'static str,
    /// The sheet itself.
    pub sheet: SheetText,
}

/// Words on the sheet.
#[derive(Debug)]
pub struct SheetText {
    /// Heading.
    pub title: &'static str,
    /// Who; nobody was named.
    pub who: &'static str,
    /// Days summed up; day it was made.
    pub period: &'static str,
    /// See `period`.
    pub made: &'static str,
    /// Between two days.
    pub to: &'static str,
    /// What these numbers are, in two sentences.
    pub caution: &'static str,
    /// Answered of what was asked: heading, columns.
    pub answered: &'static str,
    /// Form, asked, on time, late, not answered.
    pub answered_columns: [&'static str; 5],
    /// What is asked of each form (form name, words): days, windows, infusions.
    pub answered_of: &'static [(&'static str, &'static str)],
    /// Curves: heading.
    pub curves: &'static str,
    /// How to read them.
    pub legend: &'static str,
    /// The same where a step is a week.
    pub legend_week: &'static str,
    /// Under a curve: value of the time before.
    pub before: fn(&str) -> String,
    /// No series.
    pub no_series: &'static str,
    /// Earlier series that are in the files alone.
    pub earlier: fn(usize) -> String,
    /// Infusions of a series (given, all told).
    pub infusions: fn(usize, usize) -> String,
    /// The same dose and length for all: mg/kg, minutes.
    pub dose: fn(&str) -> String,
    /// See `dose`.
    pub minutes: fn(u16) -> String,
    /// Infusions and side effects: columns: day, infusion, side effects told.
    pub session_columns: [&'static str; 3],
    /// Outcomes: planned, missed, stopped early, completed.
    pub outcomes: [&'static str; 4],
    /// Nothing was noticed.
    pub none: &'static str,
    /// Nothing was told.
    pub untold: &'static str,
    /// Told so many days after (1 and more).
    pub after: fn(i32) -> String,
    /// It was still there when it was told.
    pub still: &'static str,
    /// Caption of the changes; the first column, the time before.
    pub changes: &'static str,
    /// See `changes`.
    pub change_columns: [&'static str; 2],
    /// Answers on time of days.
    pub of: fn(u16, u16) -> String,
    /// Late, left out.
    pub late: fn(u16) -> String,
    /// Not enough answers.
    pub few: &'static str,
    /// Not yet (from this day on); the next series came first.
    pub not_yet: &'static str,
    /// See `not_yet`.
    pub overtaken: &'static str,
    /// Back at the earlier level: heading.
    pub back: &'static str,
    /// After about so many weeks.
    pub back_after: fn(u16) -> String,
    /// Not yet seen in so many weeks.
    pub back_not_seen: fn(u16) -> String,
    /// Was never clearly lower.
    pub back_stayed: &'static str,
    /// Medicines, in the person's words.
    pub medicines: &'static str,
    /// Notes, in the person's words.
    pub notes: &'static str,
    /// The person's own questions: heading; one of 0 to 10 (answers, least, greatest); one of yes or no
    /// (answers, yes).
    pub own: &'static str,
    /// See `own`.
    pub own_scale: fn(usize, i32, i32) -> String,
    /// See `own`.
    pub own_yes: fn(usize, usize) -> String,
    /// How the numbers are made: heading.
    pub rules: &'static str,
    /// The rules, each a sentence.
    pub rules_say: [&'static str; 5],
}
