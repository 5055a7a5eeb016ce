//! Values: `value[x]` of an answer, an option, an initial value, a bound.

use std::borrow::Cow;

use interlude_diary::questionnaire::{Coding, Decimal, Quantity, Value};

use crate::json::{Node, Writer};

/// A text as FHIR allows it: no control characters but tab, line feed and return; of the other
/// white space only the plain space. Digest and writer both see texts so, or a space would look
/// like a change.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let plain = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r') || !(c.is_whitespace() || gone(c));
    let graphic = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    if text.bytes().all(graphic) || text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !gone(*c) || c.is_whitespace());
    Cow::Owned(kept.map(|c| if plain(c) { c } else { ' ' }).collect())
}

const fn gone(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{feff}')
}

/// Whether FHIR has a way to say it: there are no empty strings there.
pub(crate) fn says_something(value: &Value) -> bool {
    let words = |text: &str| !clean(text).is_empty();
    match value {
        Value::Boolean(_) | Value::Integer(_) | Value::Decimal(_) | Value::Quantity(_) => true,
        Value::Date(text)
        | Value::DateTime(text)
        | Value::Time(text)
        | Value::Text(text)
        | Value::Uri(text) => words(text),
        Value::Coding(coding) => {
            coding.code.as_deref().is_some_and(words) || coding.display.as_deref().is_some_and(words)
        }
    }
}

/// Writes `"value[x]": …` as a member.
pub(super) fn write_value(to: &mut Writer, value: &Value) {
    match value {
        Value::Boolean(yes) => to.name("valueBoolean").raw(if *yes { "true" } else { "false" }),
        Value::Integer(n) => to.name("valueInteger").raw(&n.to_string()),
        Value::Decimal(n) => to.name("valueDecimal").raw(n.as_str()),
        Value::Date(text) => to.text("valueDate", &clean(text)),
        Value::DateTime(text) => to.text("valueDateTime", &clean(text)),
        Value::Time(text) => to.text("valueTime", &clean(text)),
        Value::Text(text) => to.text("valueString", &clean(text)),
        Value::Uri(text) => to.text("valueUri", &clean(text)),
        Value::Coding(coding) => {
            to.name("valueCoding").open('{').text_if("system", coding.system.as_deref());
            to.text_if("code", coding.code.as_deref());
            to.text_if("display", coding.display.as_deref().map(clean).as_deref()).close('}')
        }
        Value::Quantity(quantity) => {
            to.name("valueQuantity").open('{').name("value").raw(quantity.value.as_str());
            to.text_if("unit", quantity.unit.as_deref().map(clean).as_deref());
            to.text_if("system", quantity.system.as_deref());
            to.text_if("code", quantity.code.as_deref()).close('}')
        }
    };
}

/// The one `value[x]` of an element (or `answer[x]`, `minValue[x]`: `prefix` says which). `None`
/// when there is none; an error when it is not as FHIR says.
pub(crate) fn read_value(element: &Node<'_>, prefix: &str) -> Result<Option<Value>, Malformed> {
    for (name, node) in element.members() {
        if let Some(kind) = name.strip_prefix(prefix)
            && kind.starts_with(|c: char| c.is_ascii_uppercase())
        {
            return match one(kind, node) {
                Some(value) => Ok(Some(value)),
                None => Err(Malformed),
            };
        }
    }
    Ok(None)
}

/// A value that is not as FHIR says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

fn one(kind: &str, node: &Node<'_>) -> Option<Value> {
    let text = || node.string().filter(|text| !text.is_empty()).map(str::to_owned);
    Some(match kind {
        "Boolean" => Value::Boolean(node.boolean()?),
        "Integer" => Value::Integer(integer(node)?),
        "Decimal" => Value::Decimal(decimal(node)?),
        "Date" => Value::Date(text().filter(|t| is_date(t))?),
        "DateTime" => Value::DateTime(text().filter(|t| is_date_time(t))?),
        "Time" => Value::Time(text().filter(|t| is_time(t))?),
        "String" => Value::Text(text()?),
        "Uri" => Value::Uri(text()?),
        "Coding" => Value::Coding(coding(node)?),
        "Quantity" => quantity(node)?,
        // Not asked here, but another system may have answered so: its words stand for it.
        "Reference" => Value::Text(node.str("display").or_else(|| node.str("reference"))?.to_owned()),
        "Attachment" => Value::Text(node.str("title").or_else(|| node.str("url"))?.to_owned()),
        _ => return None,
    })
}

fn decimal(node: &Node<'_>) -> Option<Decimal> {
    node.number()?.parse().ok()
}

/// `7`, and also `7.0`, which is what some servers make of it.
pub(crate) fn integer(node: &Node<'_>) -> Option<i32> {
    let text = node.number()?;
    text.parse().ok().or_else(|| decimal(node)?.normalised().parse().ok())
}

/// A Coding with a code or words.
pub(crate) fn coding(node: &Node<'_>) -> Option<Coding> {
    let part = |name: &str| node.str(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let coding = Coding { system: part("system"), code: part("code"), display: part("display") };
    (coding.code.is_some() || coding.display.is_some()).then_some(coding)
}

fn quantity(node: &Node<'_>) -> Option<Value> {
    let part = |name: &str| node.str(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let value = decimal(node.get("value")?)?;
    if let Some(comparator) = node.str("comparator") {
        // "less than 5 mg" is not 5 mg.
        let unit = node.str("unit").or_else(|| node.str("code")).unwrap_or_default();
        return Some(Value::Text(format!("{comparator} {value} {unit}").trim_end().to_owned()));
    }
    Some(Value::Quantity(Quantity { value, unit: part("unit"), system: part("system"), code: part("code") }))
}

/// Whether every byte of `text` stands where `pattern` wants it: `0` is a digit, the rest itself.
fn like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(t, p)| if p == b'0' { t.is_ascii_digit() } else { t == p })
}

pub(crate) fn is_date(text: &str) -> bool {
    like(text, "0000") || like(text, "0000-00") || like(text, "0000-00-00")
}

pub(crate) fn is_time(text: &str) -> bool {
    let (time, fraction) = text.split_once('.').unwrap_or((text, "0"));
    like(time, "00:00:00") && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())
}

pub(crate) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return is_date(text);
    };
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    like(date, "0000-00-00") && is_time(time) && (zone == "Z" || like(zone, "+00:00") || like(zone, "-00:00"))
}
