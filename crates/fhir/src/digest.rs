//! The content digest: what a receipt vouches for (ARCHITECTURE.md, "Content digest").
//!
//! Phone and clinic run this same code over an [`Entry`]. The lines are made so that no two
//! contents share them: a text that could break a line is quoted.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use interlude_diary::entry::{Body, Consent, Digest, Entry, Session, SessionOutcome};
use interlude_diary::questionnaire::{Decimal, Given, ResponseItem, Value};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::json::quote_into;
use crate::wire::{clean, says_something};

/// The content digest of one revision.
#[must_use]
pub fn digest(entry: &Entry) -> Digest {
    digest_as(entry, entry.status())
}

/// The content digest of a resource that says `status`, whatever the entry read from it would
/// say: a status that somebody changed is a change.
#[must_use]
pub fn digest_as(entry: &Entry, status: &str) -> Digest {
    Digest::new(Sha256::digest(canonical_as(entry, status)).into())
}

/// The canonical form of one revision: the lines that are hashed.
#[must_use]
pub fn canonical(entry: &Entry) -> String {
    canonical_as(entry, entry.status())
}

/// The canonical form with the status as a resource says it.
#[must_use]
pub fn canonical_as(entry: &Entry, status: &str) -> String {
    let mut to = String::with_capacity(1024);
    let out = &mut to;
    id(out, "interlude-digest-1\nentry", entry.id.uuid());
    id(out, "revision", entry.revision.uuid());
    match entry.parent {
        Some(parent) => id(out, "parent", parent.uuid()),
        None => line(out, "parent", "-"),
    }
    match &entry.body {
        Body::Response(response) | Body::Retracted(response) => {
            line(out, "questionnaire", &plain(&response.questionnaire));
        }
        Body::Consent(_) => line(out, "questionnaire", "consent"),
        Body::Chosen(_) => line(out, "questionnaire", "chosen"),
        Body::Session(_) => line(out, "questionnaire", "session"),
    }
    shown(out, "day", &entry.day);
    line(out, "status", &plain(status));
    shown(out, "authored", &entry.authored);
    match &entry.occasion {
        Some(occasion) => shown(out, "occasion", occasion),
        None => line(out, "occasion", "-"),
    }
    let flags = match (entry.late, entry.partial) {
        (true, true) => "late,partial",
        (true, false) => "late",
        (false, true) => "partial",
        (false, false) => "-",
    };
    line(out, "flags", flags);
    let reason = entry.reason.as_deref().map(clean).filter(|reason| !reason.is_empty());
    line(out, "reason", &quoted(reason.as_deref()));
    match &entry.body {
        Body::Response(response) | Body::Retracted(response) => items(out, &response.items, 0),
        Body::Consent(body) => consent(out, body),
        Body::Chosen(entry) => id(out, "chosen", entry.uuid()),
        Body::Session(body) => session(out, body),
    }
    to
}

fn line(to: &mut String, name: &str, text: &str) {
    to.push_str(name);
    to.push(' ');
    to.push_str(text);
    to.push('\n');
}

fn id(to: &mut String, name: &str, id: Uuid) {
    line(to, name, id.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()));
}

fn shown(to: &mut String, name: &str, value: &dyn Display) {
    // Writing to a String cannot fail.
    writeln!(to, "{name} {value}").unwrap_or_default();
}

fn consent(to: &mut String, consent: &Consent) {
    line(to, "provision", if consent.permit { "permit" } else { "deny" });
    for share in &consent.share {
        line(to, "share", crate::wire::share_code(*share));
    }
    let words = |text: &str| quoted(Some(clean(text)).filter(|text| !text.is_empty()).as_deref());
    line(to, "clinic", &words(&consent.clinic));
    line(to, "base", &words(&consent.base));
}

fn session(to: &mut String, session: &Session) {
    shown(to, "start", &session.start);
    let outcome = match session.outcome {
        SessionOutcome::Completed => "completed",
        SessionOutcome::Stopped => "stopped",
        SessionOutcome::NotDone => "not-done",
        SessionOutcome::Mistaken => "mistaken",
        SessionOutcome::Planned => "planned",
        SessionOutcome::Cancelled => "cancelled",
    };
    line(to, "outcome", outcome);
    line(to, "minutes", &session.minutes.map_or_else(|| "-".to_owned(), |minutes| minutes.to_string()));
    let dose = session.dose_mg_per_kg.as_deref();
    let normal = dose.and_then(|dose| Some(dose.parse::<Decimal>().ok()?.normalised()));
    line(to, "dose", normal.as_deref().unwrap_or("-"));
}

fn items(to: &mut String, items_: &[ResponseItem], depth: usize) {
    for item in items_ {
        match u32::try_from(depth).ok().and_then(|depth| char::from_digit(depth, 10)) {
            Some(digit) => to.push(digit),
            None => to.push_str(&depth.to_string()),
        }
        to.push(' ');
        quote_into(to, &item.link);
        match &item.given {
            Some(Given::Declined) => to.push_str(" declined"),
            Some(Given::Values(values)) if values.iter().any(says_something) => {
                to.push_str(" answered");
                for value in values.iter().filter(|value| says_something(value)) {
                    to.push(' ');
                    one(to, value);
                }
            }
            Some(Given::Values(_)) | None => {
                to.push_str(if item.items.is_empty() { " untouched" } else { " group" });
            }
        }
        to.push('\n');
        items(to, &item.items, depth + 1);
    }
}

fn one(to: &mut String, value: &Value) {
    let tagged = |to: &mut String, tag: &str, text: &str| {
        to.push_str(tag);
        to.push_str(text);
    };
    match value {
        Value::Boolean(yes) => tagged(to, "b:", if *yes { "true" } else { "false" }),
        Value::Integer(n) => tagged(to, "i:", &n.to_string()),
        Value::Decimal(n) => tagged(to, "n:", &n.normalised()),
        Value::Date(text) => tagged(to, "d:", &plain(&clean(text))),
        Value::DateTime(text) => tagged(to, "dt:", &plain(&clean(text))),
        Value::Time(text) => tagged(to, "t:", &plain(&clean(text))),
        Value::Text(text) => tagged(to, "x:", &quoted(Some(&clean(text)))),
        Value::Uri(text) => tagged(to, "u:", &quoted(Some(&clean(text)))),
        Value::Coding(coding) => match said(coding.code.as_deref()) {
            Some(code) => {
                tagged(to, "c:", &quoted(said(coding.system.as_deref())));
                tagged(to, "|", &quoted(Some(code)));
            }
            None => tagged(to, "c:", &quoted(coding.display.as_deref().map(clean).as_deref())),
        },
        Value::Quantity(quantity) => {
            tagged(to, "q:", &quantity.value.normalised());
            match said(quantity.code.as_deref()) {
                Some(code) => {
                    tagged(to, "|", &quoted(said(quantity.system.as_deref())));
                    tagged(to, "|", &quoted(Some(code)));
                }
                None => {
                    let unit = quantity.unit.as_deref().map(clean);
                    tagged(to, "|", &quoted(said(unit.as_deref())));
                }
            }
        }
    }
}

fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// A JSON string, or `-`.
fn quoted(text: Option<&str>) -> String {
    let Some(text) = text else {
        return "-".to_owned();
    };
    let mut out = String::with_capacity(text.len() + 2);
    quote_into(&mut out, text);
    out
}

/// The text itself where it is one word that no line could be made of, else quoted; `-` for none.
fn plain(text: &str) -> Cow<'_, str> {
    let word = |c: char| !c.is_whitespace() && !c.is_control() && c != '"';
    // Nearly always it is ASCII, where it is enough to look at bytes.
    let bytes = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
    if text.is_empty() {
        Cow::Borrowed("-")
    } else if text != "-" && (bytes || text.chars().all(word)) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(quoted(Some(text)))
    }
}
