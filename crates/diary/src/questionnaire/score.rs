//! Scores of the instruments we know.

use super::response::Response;
use super::value::Decimal;

/// One derived number of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Code system of `code`: LOINC where it has the concept, else ours.
    pub system: &'static str,
    /// The code.
    pub code: &'static str,
    /// The code's words.
    pub display: &'static str,
    /// UCUM unit.
    pub unit: &'static str,
    /// The value, with the precision the rule gives it.
    pub value: Decimal,
    /// Its name here: unique among all scores, and always a code of our own code system.
    pub name: &'static str,
}

/// Every score of a response; none of an instrument with an item missing or out of range.
#[must_use]
pub fn scores(_response: &Response) -> Vec<Score> {
    Vec::new()
}

/// The numbers that screens draw: (score name, value).
#[must_use]
pub fn values_for_day_line(_response: &Response) -> Vec<(String, f64)> {
    Vec::new()
}
