//! The daily reminder: its time, and the file by which any phone's calendar gives it (RFC 5545).
//!
//! A calendar knows nothing of the diary. So what it says is true on a day that is answered already, and
//! tells whoever sees the screen nothing about anybody's health.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::calendar::{LocalDay, Moment};

/// Names the reminder in a calendar. The same for ever and for everybody: a second file changes the one
/// that is there, and a calendar learns of no person and no phone.
pub const UID: &str = "daily-reminder@interlude.health";

/// Octets of a line before it is folded, its end not counted.
const LINE: usize = 75;
/// 2026-01-01T00:00Z. A file's sequence number counts the seconds since: later ones are newer.
const SEQUENCE_MS: i64 = 1_767_225_600_000;

/// The text is not a time of the form `20:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time of the form hh:mm")]
pub struct NotATime;

/// A time of the day by the clock on the wall, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// What is offered before anybody chose.
    pub const USUAL: Self = Self(20 * 60);

    /// So many minutes after midnight.
    ///
    /// # Errors
    /// [`NotATime`] from 24 hours on.
    pub const fn from_minutes(minutes: u16) -> Result<Self, NotATime> {
        if minutes < 24 * 60 { Ok(Self(minutes)) } else { Err(NotATime) }
    }

    /// Minutes after midnight, 0 to 1439.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl FromStr for TimeOfDay {
    type Err = NotATime;

    /// `hh:mm`; seconds, which some browsers add, are passed over.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let mut parts = text.split(':');
        let mut part = |below: u16| {
            let digits =
                parts.next().filter(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
            digits
                .and_then(|digits| digits.parse::<u16>().ok())
                .filter(|number| *number < below)
                .ok_or(NotATime)
        };
        let (hours, minutes) = (part(24)?, part(60)?);
        Ok(Self(hours * 60 + minutes))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// What the calendar says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// BCP 47 tag of the language.
    pub language: &'a str,
    /// The event's name, which stands in the notice.
    pub title: &'a str,
    /// What stands below it.
    pub more: &'a str,
}

/// A calendar with one event: every day from `from` on at the time `at`, wherever the phone is.
///
/// `made` tells an older file from a newer one. The same arguments give the same bytes: UTF-8, lines of at
/// most 75 octets, each ended by CRLF.
#[must_use]
pub fn calendar(at: TimeOfDay, from: LocalDay, made: Moment, words: Words<'_>) -> String {
    let day = from.to_string().replace('-', "");
    let (hours, minutes) = (at.0 / 60, at.0 % 60);
    let utc = Moment::new(made.unix_ms(), 0);
    let (stamp_day, stamp) = (utc.local_day().to_string().replace('-', ""), utc.unix_ms().div_euclid(1_000));
    let second = stamp.rem_euclid(86_400);
    let sequence = (made.unix_ms() - SEQUENCE_MS).max(0) / 1_000;
    let (title, more) = (escaped(words.title), escaped(words.more));
    let language = words.language;
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Interlude//Daily reminder//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{UID}"),
        format!("DTSTAMP:{stamp_day}T{:02}{:02}{:02}Z", second / 3_600, second / 60 % 60, second % 60),
        format!("SEQUENCE:{sequence}"),
        format!("DTSTART:{day}T{hours:02}{minutes:02}00"),
        "DURATION:PT5M".to_owned(),
        "RRULE:FREQ=DAILY".to_owned(),
        format!("SUMMARY;LANGUAGE={language}:{title}"),
        format!("DESCRIPTION;LANGUAGE={language}:{more}"),
        "CLASS:PRIVATE".to_owned(),
        "TRANSP:TRANSPARENT".to_owned(),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION;LANGUAGE={language}:{title}"),
        "TRIGGER:PT0S".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    let mut text = String::new();
    for line in lines {
        fold(&mut text, &line);
    }
    text
}

/// A text as a value: what would end it or part it stands behind a backslash. Other control characters have
/// no place in a calendar.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            '\n' => value.push_str("\\n"),
            control if control.is_control() => value.push(' '),
            other => value.push(other),
        }
    }
    value
}

/// A line, folded between characters: what goes on begins with a space.
fn fold(text: &mut String, line: &str) {
    let mut used = 0;
    for letter in line.chars() {
        if used + letter.len_utf8() > LINE {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(letter);
        used += letter.len_utf8();
    }
    text.push_str("\r\n");
}
