//! What stands in a field: nothing, an answer, or something that is not one yet.
//!
//! How a text is read is decided in `interlude-diary`, once for every kind.

use interlude_diary::questionnaire::{self as rules, Item, Problem, Unit, Value};

/// Minutes east of UTC that the wall clock has at a local date and time (`YYYY-MM-DDThh:mm`).
pub type OffsetAt = fn(&str) -> i16;

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

impl Entered {
    /// The answer, when it is one.
    #[must_use]
    pub const fn value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nothing | Self::Wrong(_) => None,
        }
    }
}

/// Reads a field of `item`.
#[must_use]
pub fn entered(item: &Item, text: &str, unit: Option<&Unit>, offset: OffsetAt) -> Entered {
    match rules::parse(item, text, offset(text.trim()), unit) {
        Ok(value) => Entered::Value(value),
        Err(Problem::Empty) => Entered::Nothing,
        Err(problem) => Entered::Wrong(problem),
    }
}

/// An amount whose unit must be chosen has none yet.
#[must_use]
pub fn amount(item: &Item, text: &str, unit: Option<&Unit>, offset: OffsetAt) -> Entered {
    let entered = entered(item, text, unit, offset);
    if unit.is_none() && !item.units.is_empty() && matches!(entered, Entered::Value(_)) {
        return Entered::Wrong(Problem::NotAUnit);
    }
    entered
}

/// A date known in part, as text: a year, or a year with a month (1 to 12).
#[must_use]
pub fn partial(year: &str, month: Option<u8>) -> String {
    let year = year.trim();
    match month {
        Some(month) if year.is_empty() => format!("?-{month:02}"),
        Some(month) => format!("{year}-{month:02}"),
        None => year.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interlude_diary::questionnaire::Kind;

    fn item(kind: &str) -> Item {
        let text = format!(
            r#"{{"resourceType":"Questionnaire","status":"active","url":"https://example.org/q","item":
            [{{"linkId":"a","text":"A","type":"{kind}","extension":[
            {{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
              "valueCoding":{{"system":"http://unitsofmeasure.org","code":"kg","display":"kg"}}}},
            {{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
              "valueCoding":{{"system":"http://unitsofmeasure.org","code":"[lb_av]","display":"lb"}}}}]}}]}}"#
        );
        interlude_fhir::questionnaire::form(&text, "en").unwrap().items.remove(0)
    }

    const fn madrid(_at: &str) -> i16 {
        60
    }

    #[test]
    fn a_date_known_in_part_needs_its_year() {
        let date = item("date");
        assert_eq!(date.kind, Kind::Date);
        let read = |year: &str, month| entered(&date, &partial(year, month), None, madrid);
        assert_eq!(read("2026", Some(3)), Entered::Value(Value::Date("2026-03".to_owned())));
        assert_eq!(read(" 2026 ", None), Entered::Value(Value::Date("2026".to_owned())));
        assert_eq!(read("", None), Entered::Nothing);
        assert!(matches!(read("", Some(3)), Entered::Wrong(_)));
        assert!(matches!(read("26", None), Entered::Wrong(_)));
    }

    #[test]
    fn a_date_with_a_time_gets_the_offset_of_then() {
        let Entered::Value(Value::DateTime(text)) =
            entered(&item("dateTime"), "2026-03-12T07:42", None, madrid)
        else {
            panic!("no date with a time")
        };
        assert!(text.starts_with("2026-03-12T07:42:00") && text.ends_with("+01:00"), "{text}");
    }

    #[test]
    fn an_amount_wants_one_of_its_units() {
        let weight = item("quantity");
        assert_eq!(weight.units.len(), 2);
        assert_eq!(amount(&weight, "70,5", None, madrid), Entered::Wrong(Problem::NotAUnit));
        assert_eq!(amount(&weight, "", None, madrid), Entered::Nothing);
        let Entered::Value(Value::Quantity(kept)) = amount(&weight, "70,5", weight.units.first(), madrid)
        else {
            panic!("no amount")
        };
        assert_eq!((kept.value.as_str(), kept.code.as_deref()), ("70.5", Some("kg")));
    }
}
