//! Keys of the pages about files of the diary, moving it and erasing it.

pub(super) mod en;
pub(super) mod es;

/// Words about the diary as a file, and of the page on which it is kept and brought.
#[derive(Debug)]
pub struct FilesText {
    /// The part of Settings: heading, what the files are.
    pub export: &'static str,
    /// See `export`.
    pub export_means: &'static str,
    /// Saves the Bundle.
    pub export_fhir: &'static str,
    /// Saves the table.
    pub export_table: &'static str,
    /// None could be made.
    pub export_failed: &'static str,
    /// Leads to this page.
    pub moving: &'static str,
    /// See `moving`.
    pub moving_means: &'static str,
    /// Heading of the page.
    pub title: &'static str,
    /// Keeping a file: heading, what it is.
    pub keep: &'static str,
    /// See `keep`.
    pub keep_means: &'static str,
    /// What keeps it shut: the question.
    pub lock: &'static str,
    /// Words of one's own.
    pub by_words: &'static str,
    /// A code.
    pub by_code: &'static str,
    /// The passphrase.
    pub words: &'static str,
    /// See `words`.
    pub words_help: &'static str,
    /// Once more.
    pub words_again: &'static str,
    /// Shows what is typed.
    pub show: &'static str,
    /// See `show`.
    pub show_means: &'static str,
    /// Too short.
    pub words_short: &'static str,
    /// The two differ.
    pub words_differ: &'static str,
    /// Makes a code.
    pub make_code: &'static str,
    /// The code stands there: what to do with it.
    pub code_once: &'static str,
    /// It was written down: saves the file.
    pub code_kept: &'static str,
    /// Saves the file.
    pub save: &'static str,
    /// While it is made.
    pub saving: &'static str,
    /// Saved under this name: what to do with it.
    pub saved: fn(&str) -> String,
    /// The diary could not be read.
    pub not_read: &'static str,
    /// Bringing one: heading, what it does.
    pub bring: &'static str,
    /// See `bring`.
    pub bring_means: &'static str,
    /// The file.
    pub file: &'static str,
    /// The secret of the file, of either kind.
    pub file_words: &'static str,
    /// See `file_words`.
    pub file_code: &'static str,
    /// See `file_code`.
    pub file_code_help: &'static str,
    /// Brings it in.
    pub bring_do: &'static str,
    /// While it is read or opened.
    pub opening: &'static str,
    /// Why it did not: no such file.
    pub other: &'static str,
    /// From a newer app.
    pub newer: &'static str,
    /// Not whole.
    pub cut: &'static str,
    /// Too large.
    pub large: &'static str,
    /// The browser cannot read it.
    pub unreadable: &'static str,
    /// No recovery code.
    pub mistyped: &'static str,
    /// Nothing was typed.
    pub nothing_typed: &'static str,
    /// Another secret, or an altered file.
    pub shut: &'static str,
    /// Opened, and no diary.
    pub damaged: &'static str,
    /// The browser has not the memory or the cryptography.
    pub browser: &'static str,
    /// Another person's: initials and clinic.
    pub another: fn(&str, &str) -> String,
    /// The store failed.
    pub store: &'static str,
    /// So many new entries, and so many that have new corrections.
    pub joined: fn(usize, usize) -> String,
    /// All of it was here.
    pub nothing_new: &'static str,
    /// They go to the clinic.
    pub goes_up: &'static str,
    /// The diary was a clinic's: connect again.
    pub connect_again: fn(&str) -> String,
    /// Opens the diary.
    pub open_diary: &'static str,
    /// Back to Settings.
    pub back: &'static str,
    /// First run: an earlier diary is in a file.
    pub have_file: &'static str,
    /// See `have_file`.
    pub have_file_do: &'static str,
}

/// Words of the page on which everything is erased.
#[derive(Debug)]
pub struct EraseText {
    /// The part of Settings: heading, what it leads to.
    pub leads: &'static str,
    /// See `leads`.
    pub leads_means: &'static str,
    /// Heading of the page.
    pub title: &'static str,
    /// What goes.
    pub means: &'static str,
    /// A file first.
    pub keep_first: &'static str,
    /// Which clinic it is, by its name.
    pub clinic: fn(&str) -> String,
    /// The question over the two answers.
    pub clinic_asks: &'static str,
    /// It leaves what it has.
    pub clinic_keeps: &'static str,
    /// It erases too.
    pub clinic_erases: &'static str,
    /// What either means.
    pub keeps_means: &'static str,
    /// See `keeps_means`.
    pub erases_means: &'static str,
    /// Nothing chosen.
    pub choose: &'static str,
    /// So many entries were never sent.
    pub unsent: fn(u32) -> String,
    /// One that cannot be asked (its name), and may hold what was sent.
    pub elsewhere: fn(&str) -> String,
    /// Goes on to the last question.
    pub next: &'static str,
    /// The last question, with and without the clinic.
    pub sure_here: &'static str,
    /// See `sure_here`.
    pub sure_both: &'static str,
    /// Yes.
    pub yes: &'static str,
    /// No.
    pub no: &'static str,
    /// While the clinic is asked.
    pub asking: &'static str,
    /// The clinic could not be asked. Nothing was erased.
    pub no_answer: &'static str,
    /// Tries again.
    pub again: &'static str,
    /// Erases this phone alone.
    pub only_here: &'static str,
    /// What that means.
    pub only_here_means: &'static str,
    /// Not all of it went.
    pub failed: &'static str,
    /// Done: heading.
    pub done: &'static str,
    /// Nothing is left here.
    pub done_here: &'static str,
    /// The clinic erased so many entries, then.
    pub receipt_erased: fn(u64, &str) -> String,
    /// The clinic keeps so many entries, then.
    pub receipt_kept: fn(u64, &str) -> String,
    /// The clinic had ended it before.
    pub was_ended: &'static str,
    /// The clinic was not told.
    pub not_told: &'static str,
    /// The mark of the receipt.
    pub receipt_mark: fn(&str) -> String,
    /// Saves the receipt.
    pub receipt_save: &'static str,
    /// Starts anew.
    pub start: &'static str,
    /// Words on Sync and Today of a phone whose diary was erased at the clinic.
    pub gone: &'static str,
}
