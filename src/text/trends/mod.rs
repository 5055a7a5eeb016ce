//! Sentences of the page Trends. They speak of change since the infusions and claim no effect.

pub mod en;
pub mod es;

/// Names of the four points of time after a series.
pub type Points<T> = [T; 4];

/// Words of the page Trends.
#[derive(Debug)]
pub struct TrendsText {
    /// Heading.
    pub title: &'static str,
    /// Name of the choice of what is shown.
    pub what: &'static str,
    /// Names of the scores: (name, words).
    pub scores: &'static [(&'static str, &'static str)],
    /// Name of the choice of days.
    pub days: &'static str,
    /// The last seven days, the latest series, everything.
    pub reaches: [&'static str; 3],
    /// What has an average, as the sentence says it: (name, words).
    pub subjects: &'static [(&'static str, &'static str)],
    /// The value of the last days (subject, mean, days: seven, or since the first infusion).
    pub week: fn(&str, &str, u16) -> String,
    /// Not enough answers this week (answers, days).
    pub week_few: fn(u16, u16) -> String,
    /// The value in the week before the infusions (mean).
    pub before: fn(&str) -> String,
    /// Not enough answers in the week before (answers).
    pub before_few: fn(u16) -> String,
    /// Of a form: its last value (subject, value, day).
    pub form: fn(&str, &str, &str) -> String,
    /// None on time since the infusions began.
    pub form_none: &'static str,
    /// Its value before the infusions.
    pub form_before: fn(&str) -> String,
    /// There is none to compare with.
    pub form_before_none: &'static str,
    /// Lower or higher by so many per cent.
    pub lower_percent: fn(i32) -> String,
    /// See `lower_percent`.
    pub higher_percent: fn(i32) -> String,
    /// Lower or higher by so many points.
    pub lower: fn(&str) -> String,
    /// See `lower`.
    pub higher: fn(&str) -> String,
    /// Neither.
    pub same: &'static str,
    /// No infusion has been told.
    pub no_series: &'static str,
    /// Nothing of this was answered in these days.
    pub nothing: &'static str,
    /// What both ends of the scale mean: 0 is best (the worst).
    pub ends: fn(&str) -> String,
    /// Explains line, gap, hollow dot.
    pub legend: &'static str,
    /// By the week: what the line and the bars are.
    pub legend_week: &'static str,
    /// Of forms: what a dot and the line are.
    pub legend_forms: &'static str,
    /// Infusions in these days.
    pub infusions: fn(usize) -> String,
    /// Names the band (mean of the week before).
    pub band: fn(&str) -> String,
    /// The same of a form.
    pub band_form: fn(&str) -> String,
    /// Names the line of a meaningful change (value).
    pub line: fn(&str) -> String,
    /// The same in points of GAD-7.
    pub line_points: fn(&str) -> String,
    /// The rule: 30 %.
    pub rule_percent: &'static str,
    /// The rule: so many points of GAD-7.
    pub rule_points: &'static str,
    /// The rule of PGIC.
    pub rule_answer: &'static str,
    /// No rule is published.
    pub rule_none: &'static str,
    /// Opens the source.
    pub source: &'static str,
    /// Heading of the changes (which series, first day).
    pub series: fn(u16, &str) -> String,
    /// The series runs: changes come after it.
    pub runs: &'static str,
    /// Points of time after it.
    pub points: Points<&'static str>,
    /// Columns: what, change, whether meaningful.
    pub columns: [&'static str; 3],
    /// yes, no, worse, not enough answers, and where there is no rule.
    pub yes: &'static str,
    /// See `yes`.
    pub substantial: &'static str,
    /// See `yes`.
    pub no: &'static str,
    /// See `yes`.
    pub worse: &'static str,
    /// See `yes`.
    pub few: &'static str,
    /// See `yes`.
    pub no_rule: &'static str,
    /// Answers on time of days, before and after.
    pub of_days: fn([u16; 2], [u16; 2]) -> String,
    /// Late answers left out.
    pub late: fn(u16) -> String,
    /// The seven answers of PGIC, in the words of the instrument: English until a site supplies the
    /// official sheet.
    pub pgic: [&'static str; 7],
    /// A point that the next series came before.
    pub overtaken: &'static str,
    /// A point still to come (its first day).
    pub not_yet: fn(&str) -> String,
    /// Back at the earlier level after so many weeks.
    pub back: fn(u16) -> String,
    /// Not seen in so many weeks.
    pub not_seen: fn(u16) -> String,
    /// Stayed near it.
    pub stayed: &'static str,
    /// Heading of the series laid over each other, what that is, and both ends of its time.
    pub overlay: &'static str,
    /// See `overlay`.
    pub overlay_means: &'static str,
    /// See `overlay`.
    pub week_before: &'static str,
    /// See `overlay`.
    pub week_after: fn(i32) -> String,
    /// Names the line of day 0.
    pub day_zero: &'static str,
    /// Column of weeks in its table, and the row of the time until the earlier level.
    pub overlay_week: &'static str,
    /// See `overlay_week`.
    pub overlay_back: &'static str,
    /// In that row: after so many weeks; not in so many.
    pub back_short: fn(u16) -> String,
    /// See `back_short`.
    pub not_seen_short: fn(u16) -> String,
    /// See `back_short`: no week was lower.
    pub stayed_short: &'static str,
    /// Heading of the table of numbers.
    pub numbers: &'static str,
    /// Columns of it: day or week, value, note.
    pub number_columns: [&'static str; 3],
    /// Notes in it: on time, late, least and greatest of a week.
    pub on_time: &'static str,
    /// See `on_time`.
    pub was_late: &'static str,
    /// See `on_time`.
    pub from_to: fn(&str, &str) -> String,
    /// A week's name (its first day).
    pub week_of: fn(&str) -> String,
    /// What all of it is not.
    pub caution: &'static str,
    /// While it is read; it could not be read.
    pub reading: &'static str,
    /// See `reading`.
    pub failed: &'static str,
}
