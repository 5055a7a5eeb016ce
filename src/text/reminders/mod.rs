//! Words about the daily reminder: in Settings, and in a calendar. What a calendar says stays true when the
//! day is answered already, and names no illness.

pub mod en;
pub mod es;

/// Words about the daily reminder.
#[derive(Debug)]
pub struct RemindersText {
    /// Heading in Settings.
    pub heading: &'static str,
    /// What a reminder is.
    pub means: &'static str,
    /// Name of the field with the time.
    pub time: &'static str,
    /// The time in the field is none.
    pub no_time: &'static str,
    /// By the phone's calendar: heading, what it does, the button.
    pub calendar: &'static str,
    /// See `calendar`.
    pub calendar_means: &'static str,
    /// See `calendar`.
    pub calendar_do: &'static str,
    /// The file was handed over (the time).
    pub calendar_made: fn(&str) -> String,
    /// It could not be.
    pub calendar_failed: &'static str,
    /// By the clinic: heading, what it does and who learns of it, turning on and off.
    pub push: &'static str,
    /// See `push`.
    pub push_means: &'static str,
    /// See `push`.
    pub push_on: &'static str,
    /// See `push`.
    pub push_off: &'static str,
    /// They are on.
    pub push_is_on: &'static str,
    /// No clinic is connected.
    pub push_no_clinic: &'static str,
    /// This browser has none.
    pub push_missing: &'static str,
    /// The button that has one sent at once.
    pub test: &'static str,
    /// What came of the last tap: turned on, turned off.
    pub said_on: &'static str,
    /// See `said_on`.
    pub said_off: &'static str,
    /// The browser may not show notices.
    pub said_denied: &'static str,
    /// This clinic sends none.
    pub said_not_offered: &'static str,
    /// The clinic gave no answer.
    pub said_no_answer: &'static str,
    /// The browser or its push service did not do it.
    pub said_no_service: &'static str,
    /// A test is on its way.
    pub said_tested: &'static str,
    /// The test was not taken.
    pub said_not_taken: &'static str,
    /// There was nothing to test any more.
    pub said_ended: &'static str,
    /// On Today: heading where reminders do not come, and the way to Settings.
    pub trouble: &'static str,
    /// See `trouble`.
    pub trouble_mend: &'static str,
    /// Why, and what to do: not allowed, ended, silent.
    pub trouble_denied: &'static str,
    /// See `trouble_denied`.
    pub trouble_gone: &'static str,
    /// See `trouble_denied`.
    pub trouble_silent: &'static str,
    /// Notices, title and text: the day may be open, is saved, a test.
    pub notice: [&'static str; 2],
    /// See `notice`.
    pub notice_saved: [&'static str; 2],
    /// See `notice`.
    pub notice_test: [&'static str; 2],
    /// What the calendar says: its name, and what stands below.
    pub event: &'static str,
    /// See `event`.
    pub event_more: &'static str,
}
