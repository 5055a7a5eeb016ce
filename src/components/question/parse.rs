//! What is written in a field, as a value.

use interlude_diary::calendar::LocalDay;
use interlude_diary::questionnaire::{Decimal, Problem, Value};

/// What stands in a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Entered {
    /// Nothing.
    Nothing,
    /// An answer.
    Value(Value),
    /// Something that is not one yet.
    Wrong(Problem),
}

fn entered(text: &str, read: impl FnOnce(&str) -> Option<Value>, wrong: Problem) -> Entered {
    let text = text.trim();
    if text.is_empty() {
        return Entered::Nothing;
    }
    read(text).map_or_else(|| Entered::Wrong(wrong), Entered::Value)
}

/// A whole number.
#[must_use]
pub fn integer(text: &str) -> Entered {
    entered(text, |t| t.replace('−', "-").parse().ok().map(Value::Integer), Problem::NotAWholeNumber)
}

/// A number, with a point or a comma; `.5` and `2.` are taken as they are meant.
#[must_use]
pub fn decimal(text: &str) -> Entered {
    entered(text, |t| number(t).map(Value::Decimal), Problem::NotANumber)
}

/// The number in `text`.
#[must_use]
pub fn number(text: &str) -> Option<Decimal> {
    let text = text.trim().replace(',', ".").replace('−', "-");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let lead = if digits.starts_with('.') { "0" } else { "" };
    format!("{sign}{lead}{}", digits.strip_suffix('.').unwrap_or(digits)).parse().ok()
}

/// Words as they are, without the blanks around them.
#[must_use]
pub fn line(text: &str) -> Entered {
    entered(text, |t| Some(Value::Text(t.to_owned())), Problem::Empty)
}

/// A web address.
#[must_use]
pub fn url(text: &str) -> Entered {
    let read = |t: &str| {
        let (scheme, rest) = t.split_once(':')?;
        let named = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        (!scheme.is_empty() && named && !rest.is_empty() && !t.contains(char::is_whitespace))
            .then(|| Value::Uri(t.to_owned()))
    };
    entered(text, read, Problem::NotAnAddress)
}

/// A time of day, `hh:mm` or `hh:mm:ss`; kept with seconds as FHIR wants it.
#[must_use]
pub fn time(text: &str) -> Entered {
    entered(text, |t| clock(t).map(Value::Time), Problem::NotATime)
}

fn clock(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(':').collect();
    let two = |t: &str, most: u8| t.len() == 2 && t.parse::<u8>().is_ok_and(|n| n <= most);
    match parts.as_slice() {
        [h, m] if two(h, 23) && two(m, 59) => Some(format!("{h}:{m}:00")),
        [h, m, s] if two(h, 23) && two(m, 59) && two(s.get(..2)?, 59) => {
            Some(format!("{h}:{m}:{}", s.get(..2)?))
        }
        _ => None,
    }
}

/// A whole date.
#[must_use]
pub fn date(text: &str) -> Entered {
    entered(text, |t| t.parse::<LocalDay>().ok().map(|day| Value::Date(day.to_string())), Problem::NotADate)
}

/// A date of a year and, where known, a month (1 to 12).
#[must_use]
pub fn partial_date(year: &str, month: Option<u8>) -> Entered {
    let read = |t: &str| {
        let year: u16 = t.parse().ok().filter(|y| (1900..=2999).contains(y))?;
        Some(Value::Date(month.map_or_else(|| year.to_string(), |m| format!("{year}-{m:02}"))))
    };
    if year.trim().is_empty() && month.is_some() {
        return Entered::Wrong(Problem::NotADate);
    }
    entered(year, read, Problem::NotADate)
}

/// A local date and time as a native field gives it: `YYYY-MM-DDThh:mm`. The offset is put on by
/// who knows the zone.
#[must_use]
pub fn date_time(text: &str) -> Entered {
    let read = |t: &str| {
        let (day, time) = t.split_once('T')?;
        let day: LocalDay = day.parse().ok()?;
        Some(Value::DateTime(format!("{day}T{}", clock(time)?)))
    };
    entered(text, read, Problem::NotADate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(entered: Entered) -> String {
        match entered {
            Entered::Nothing => "nothing".to_owned(),
            Entered::Wrong(wrong) => format!("{wrong:?}"),
            Entered::Value(value) => format!("{value:?}"),
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(integer(" 7 "), Entered::Value(Value::Integer(7)));
        assert_eq!(integer("−2"), Entered::Value(Value::Integer(-2)));
        assert_eq!(integer("7.5"), Entered::Wrong(Problem::NotAWholeNumber));
        assert_eq!(integer(""), Entered::Nothing);
        for (written, kept) in [("6,50", "6.50"), (".5", "0.5"), ("2.", "2"), ("-.25", "-0.25")] {
            assert_eq!(number(written).map(|n| n.as_str().to_owned()).as_deref(), Some(kept));
        }
        assert_eq!(decimal("1,000,000"), Entered::Wrong(Problem::NotANumber));
        assert_eq!(decimal("."), Entered::Wrong(Problem::NotANumber));
    }

    #[test]
    fn times_and_dates_must_exist() {
        assert_eq!(time("07:30"), Entered::Value(Value::Time("07:30:00".to_owned())));
        assert_eq!(time("07:30:15.250"), Entered::Value(Value::Time("07:30:15".to_owned())));
        assert_eq!(time("24:00"), Entered::Wrong(Problem::NotATime));
        assert_eq!(date("2026-02-30"), Entered::Wrong(Problem::NotADate));
        assert_eq!(partial_date("2026", Some(3)), Entered::Value(Value::Date("2026-03".to_owned())));
        assert_eq!(partial_date("2026", None), Entered::Value(Value::Date("2026".to_owned())));
        assert_eq!(partial_date("", Some(3)), Entered::Wrong(Problem::NotADate));
        assert_eq!(partial_date("26", None), Entered::Wrong(Problem::NotADate));
        assert_eq!(text(date_time("2026-03-12T07:42")), r#"DateTime("2026-03-12T07:42:00")"#);
        assert_eq!(date_time("2026-03-12"), Entered::Wrong(Problem::NotADate));
    }

    #[test]
    fn addresses_have_a_scheme() {
        assert_eq!(url("https://a.example/x"), Entered::Value(Value::Uri("https://a.example/x".to_owned())));
        assert_eq!(url("a.example"), Entered::Wrong(Problem::NotAnAddress));
        assert_eq!(url("https://a b"), Entered::Wrong(Problem::NotAnAddress));
    }
}
