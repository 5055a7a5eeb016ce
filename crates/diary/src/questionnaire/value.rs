//! One answer's value, as the person gave it.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::calendar::{LocalDay, Moment};

/// The text is not a FHIR decimal of at most 18 digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NotADecimal;

/// A decimal number kept as it was written: `6.50` stays `6.50`, because its precision is part of
/// the answer (FHIR R4, decimal). Compared by value.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(String);

impl Decimal {
    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest binary number, for drawing and for bounds.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// One spelling a value: no exponent, no leading plus, no trailing zeros, never `-0`.
    #[must_use]
    pub fn normalised(&self) -> String {
        let (mantissa, exponent) = self.0.split_once(['e', 'E']).unwrap_or((&self.0, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let negative = mantissa.starts_with('-');
        let mantissa = mantissa.trim_start_matches(['-', '+']);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let point = i32::try_from(whole.len()).unwrap_or(0) + exponent;
        let (whole, fraction) = match usize::try_from(point) {
            Ok(at) if at >= digits.len() => (format!("{digits:0<at$}"), String::new()),
            Ok(at) => {
                let (whole, fraction) = digits.split_at(at);
                (whole.to_owned(), fraction.to_owned())
            }
            Err(_before_the_point) => {
                (String::new(), format!("{}{digits}", "0".repeat(point.unsigned_abs() as usize)))
            }
        };
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let sign = if negative && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

impl Decimal {
    /// Orders by value, exactly: by digits, never by the nearest binary numbers.
    #[must_use]
    pub fn by_value(&self, other: &Self) -> Ordering {
        let (a, b) = (self.normalised(), other.normalised());
        match (a.strip_prefix('-'), b.strip_prefix('-')) {
            (None, None) => magnitude(&a, &b),
            (Some(a), Some(b)) => magnitude(b, a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        }
    }
}

/// Orders two normalised numbers without a sign.
fn magnitude(a: &str, b: &str) -> Ordering {
    let whole = |text: &str| text.find('.').unwrap_or(text.len());
    // The longer whole part is the greater; of equal length, text order is order by value, and a
    // fraction that goes on is greater than one that ends.
    whole(a).cmp(&whole(b)).then_with(|| a.cmp(b))
}

impl From<i32> for Decimal {
    fn from(whole: i32) -> Self {
        Self(whole.to_string())
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let digits = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        // FHIR asks for 18 significant digits; zeros before the first are only in the way of memory.
        let significant = digits.trim_start_matches(['0', '.']).len();
        let numeric = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let exponent: i32 = exponent.parse().map_err(|_digits| NotADecimal)?;
        if numeric(whole)
            && numeric(fraction)
            && significant <= 19
            && digits.len() <= 40
            && exponent.abs() <= 18
        {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotADecimal)
        }
    }
}

impl TryFrom<String> for Decimal {
    type Error = NotADecimal;

    fn try_from(text: String) -> Result<Self, NotADecimal> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> Self {
        decimal.0
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.normalised() == other.normalised()
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A code of a code system, with the words it was shown by. Equal when system and code are.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Coding {
    /// The code system's URI; absent for a local code.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The code; absent when only words are known (open choice).
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The words.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

impl PartialEq for Coding {
    fn eq(&self, other: &Self) -> bool {
        if self.code.is_none() && other.code.is_none() {
            return self.display == other.display;
        }
        self.code == other.code
            && (self.system == other.system || self.system.is_none() || other.system.is_none())
    }
}

/// A measured amount. Unit words are for people; `code` in `system` (UCUM) is for machines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// How much.
    #[serde(rename = "v")]
    pub value: Decimal,
    /// The unit's words.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The unit's code system.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The unit's code.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// One value. Dates may be partial (`2026`, `2026-03`), as FHIR allows; they are kept as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Yes or no.
    #[serde(rename = "b")]
    Boolean(bool),
    /// A whole number.
    #[serde(rename = "i")]
    Integer(i32),
    /// A number with its precision.
    #[serde(rename = "n")]
    Decimal(Decimal),
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(rename = "d")]
    Date(String),
    /// A date, or a date with time, seconds and offset.
    #[serde(rename = "dt")]
    DateTime(String),
    /// `hh:mm:ss`.
    #[serde(rename = "t")]
    Time(String),
    /// Words, one line or more.
    #[serde(rename = "x")]
    Text(String),
    /// A web address.
    #[serde(rename = "u")]
    Uri(String),
    /// One of the choices.
    #[serde(rename = "c")]
    Coding(Coding),
    /// A measured amount.
    #[serde(rename = "q")]
    Quantity(Quantity),
}

impl Value {
    /// Orders two values of one kind, for `>` and `<` of enableWhen and for bounds; `None` when
    /// they cannot be compared (other kinds, other units, codings).
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(b)),
            (Self::Integer(a), Self::Decimal(b)) => Some(Decimal::from(*a).by_value(b)),
            (Self::Decimal(a), Self::Integer(b)) => Some(a.by_value(&Decimal::from(*b))),
            (Self::Decimal(a), Self::Decimal(b)) => Some(a.by_value(b)),
            (Self::Date(a), Self::Date(b))
            | (Self::Time(a), Self::Time(b))
            | (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::DateTime(a), Self::DateTime(b)) => match (a.parse::<Moment>(), b.parse::<Moment>()) {
                (Ok(a), Ok(b)) => Some(a.unix_ms().cmp(&b.unix_ms())),
                _ => Some(a.cmp(b)),
            },
            (Self::Quantity(a), Self::Quantity(b))
                if a.code == b.code && (a.code.is_some() || a.unit == b.unit) =>
            {
                Some(a.value.by_value(&b.value))
            }
            _ => None,
        }
    }

    /// The whole number in it: an integer, or a decimal that is one.
    #[must_use]
    pub fn whole(&self) -> Option<i32> {
        match self {
            Self::Integer(n) => Some(*n),
            Self::Decimal(n) => n.normalised().parse().ok(),
            Self::Quantity(_)
            | Self::Boolean(_)
            | Self::Date(_)
            | Self::DateTime(_)
            | Self::Time(_)
            | Self::Text(_)
            | Self::Uri(_)
            | Self::Coding(_) => None,
        }
    }

    /// The number in it, for scores and charts: integers, decimals and amounts.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(n) => Some(f64::from(*n)),
            Self::Decimal(n) => Some(n.to_f64()),
            Self::Quantity(q) => Some(q.value.to_f64()),
            Self::Boolean(_)
            | Self::Date(_)
            | Self::DateTime(_)
            | Self::Time(_)
            | Self::Text(_)
            | Self::Uri(_)
            | Self::Coding(_) => None,
        }
    }

    /// The full civil date in it, when it has one.
    #[must_use]
    pub fn day(&self) -> Option<LocalDay> {
        let (Self::Date(text) | Self::DateTime(text)) = self else { return None };
        text.get(..10)?.parse().ok()
    }
}
