//! Words about infusions: what was planned, what was given, and whose word it is.

pub mod en;
pub mod es;

/// Words about infusions.
#[derive(Debug)]
pub struct InfusionsText {
    /// Heading of the list of series.
    pub title: &'static str,
    /// One series (its place, its first day).
    pub series: fn(u16, &str) -> String,
    /// It was given whole.
    pub completed: &'static str,
    /// It was stopped before its end.
    pub stopped: &'static str,
    /// It was planned and did not take place.
    pub missed: &'static str,
    /// It is planned.
    pub planned: &'static str,
    /// It was planned, and nobody told what became of it.
    pub untold: &'static str,
    /// The clinic planned it no more.
    pub cancelled: &'static str,
    /// The clinic wrote it down by mistake.
    pub mistaken: &'static str,
    /// How much (mg/kg, as a number of the language).
    pub dose: fn(&str) -> String,
    /// How long, in minutes.
    pub minutes: fn(u16) -> String,
    /// Whose word it is.
    pub by_clinic: &'static str,
    /// See `by_clinic`.
    pub by_you: &'static str,
    /// Both told of this date, and the clinic's record counts.
    pub clinic_counts: &'static str,
    /// Both told of this date, and the person's correction counts.
    pub yours_counts: &'static str,
    /// Names in the list of an entry: when, how it went, dose, length.
    pub when: &'static str,
    /// See `when`.
    pub how: &'static str,
    /// See `when`.
    pub how_much: &'static str,
    /// See `when`.
    pub how_long: &'static str,
}
