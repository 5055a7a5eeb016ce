//! Words of page Diary.

/// Words of the page Diary.
#[derive(Debug)]
pub struct DiaryText {
    /// Heading.
    pub title: &'static str,
    /// While it is read.
    pub reading: &'static str,
    /// There is nothing yet.
    pub empty: &'static str,
    /// Nothing in the days shown.
    pub nothing_here: &'static str,
    /// Shows fourteen days more.
    pub earlier: &'static str,
    /// The store could not be read.
    pub failed: &'static str,
    /// Tags of a line.
    pub late: &'static str,
    /// See `late`.
    pub partial: &'static str,
    /// See `late`.
    pub retracted: &'static str,
    /// "changed since", with the number of later revisions.
    pub corrected: fn(u32) -> String,
    /// Two answers to one occasion.
    pub doubled: &'static str,
    /// See `doubled`: and that one counts.
    pub spare: &'static str,
    /// Of two answers, this one counts.
    pub counts: &'static str,
    /// Another one counts, with the same answers.
    pub counts_same: &'static str,
    /// Another one counts.
    pub counts_not: &'static str,
    /// Opens another one.
    pub other_answer: &'static str,
    /// The reason that a choice gives: its words are kept with the entry.
    pub choose_reason: &'static str,
    /// Makes this one count.
    pub choose: &'static str,
    /// Asks which counts.
    pub choose_help: &'static str,
    /// Back to the list.
    pub back: &'static str,
    /// Corrects.
    pub correct: &'static str,
    /// Goes on with a correction that was left.
    pub correct_on: &'static str,
    /// Takes back.
    pub take_back: &'static str,
    /// Asks for the reason.
    pub take_back_title: &'static str,
    /// What taking back means.
    pub take_back_help: &'static str,
    /// Does it.
    pub take_back_do: &'static str,
    /// Leaves it.
    pub keep: &'static str,
    /// Answers.
    pub answers: &'static str,
    /// States of an item.
    pub untouched: &'static str,
    /// See `untouched`.
    pub declined: &'static str,
    /// Said under the answers: what is not listed was not asked.
    pub hidden: &'static str,
    /// History.
    pub history: &'static str,
    /// "First answered on 3 March, 07:42".
    pub first_answered: fn(&str) -> String,
    /// "Corrected on …".
    pub corrected_on: fn(&str) -> String,
    /// A later revision without a reason: more was answered, or another system changed it.
    pub changed_on: fn(&str) -> String,
    /// "Taken back on …".
    pub retracted_on: fn(&str) -> String,
    /// "Reason: …".
    pub reason: fn(&str) -> String,
    /// Shows the answers of an earlier revision.
    pub show_old: &'static str,
    /// The entry is not here.
    pub gone: &'static str,
    /// One revision cannot be opened.
    pub damaged: &'static str,
    /// Where it is: the light in words.
    pub light: &'static str,
    /// Only on this phone.
    pub on_phone: &'static str,
    /// Stays by choice.
    pub stays: &'static str,
    /// Sent, no receipt.
    pub sent: fn(&str) -> String,
    /// Clinic had it.
    pub clinic_had: fn(&str) -> String,
    /// Changed copy.
    pub changed: &'static str,
    /// Not accepted, with the server's words.
    pub refused: fn(&str) -> String,
    /// Kinds without a form.
    pub consent: &'static str,
    /// See `consent`.
    pub session: &'static str,
    /// See `consent`.
    pub chosen: &'static str,
    /// A form that is not known by name.
    pub form: &'static str,
    /// Names of the shipped forms: (name in the canonical, words).
    pub forms: &'static [(&'static str, &'static str)],
    /// "About Tuesday 11 March".
    pub about: fn(&str) -> String,
    /// Answered at.
    pub answered_at: fn(&str) -> String,
}
