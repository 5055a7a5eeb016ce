//! The calendar file: RFC 5545 to the byte, and one event however often it is imported.
#![expect(clippy::unwrap_used, reason = "tests: what is not as expected is a failure")]

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::reminder::{NotATime, TimeOfDay, UID, Words, calendar};
use proptest::prelude::*;

const ENGLISH: Words<'static> = Words {
    language: "en",
    title: "Interlude: today's questions",
    more: "Open Interlude on your phone. If today is answered already, there is nothing to do.",
};
const SPANISH: Words<'static> = Words {
    language: "es",
    title: "Interlude: las preguntas de hoy",
    more: "Abra Interlude en su teléfono. Si ya ha respondido hoy, no tiene que hacer nada.",
};

fn made(at: &str, words: Words<'_>) -> String {
    let made: Moment = "2026-03-12T00:30:09.500+01:00".parse().unwrap();
    calendar(at.parse().unwrap(), made.local_day(), made, words)
}

/// Lines as they were before they were folded.
fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn golden_in_english() {
    let golden = "BEGIN:VCALENDAR\r\n\
        VERSION:2.0\r\n\
        PRODID:-//Interlude//Daily reminder//EN\r\n\
        CALSCALE:GREGORIAN\r\n\
        BEGIN:VEVENT\r\n\
        UID:daily-reminder@interlude.health\r\n\
        DTSTAMP:20260311T233009Z\r\n\
        SEQUENCE:6046209\r\n\
        DTSTART:20260312T200500\r\n\
        DURATION:PT5M\r\n\
        RRULE:FREQ=DAILY\r\n\
        SUMMARY;LANGUAGE=en:Interlude: today's questions\r\n\
        DESCRIPTION;LANGUAGE=en:Open Interlude on your phone. If today is answered \r\n \
        already\\, there is nothing to do.\r\n\
        CLASS:PRIVATE\r\n\
        TRANSP:TRANSPARENT\r\n\
        BEGIN:VALARM\r\n\
        ACTION:DISPLAY\r\n\
        DESCRIPTION;LANGUAGE=en:Interlude: today's questions\r\n\
        TRIGGER:PT0S\r\n\
        END:VALARM\r\n\
        END:VEVENT\r\n\
        END:VCALENDAR\r\n";
    assert_eq!(made("20:05", ENGLISH), golden);
}

#[test]
fn golden_in_spanish() {
    let text = made("07:00", SPANISH);
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.get(8), Some(&"DTSTART:20260312T070000"), "no zone: true wherever the phone is");
    assert_eq!(lines.get(11), Some(&"SUMMARY;LANGUAGE=es:Interlude: las preguntas de hoy"));
    assert_eq!(
        lines.get(12..14).unwrap(),
        [
            "DESCRIPTION;LANGUAGE=es:Abra Interlude en su teléfono. Si ya ha respondido",
            "  hoy\\, no tiene que hacer nada."
        ]
    );
}

#[test]
fn a_second_file_takes_the_place_of_the_first() {
    let early: Moment = "2026-03-12T08:00:00+01:00".parse().unwrap();
    let sequence = |text: &str| -> u32 {
        let lines = unfolded(text);
        assert_eq!(lines.iter().filter(|line| **line == format!("UID:{UID}")).count(), 1);
        lines.iter().find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap().parse().unwrap()
    };
    let at = TimeOfDay::USUAL;
    let first = sequence(&calendar(at, early.local_day(), early, ENGLISH));
    let second = sequence(&calendar(at, early.local_day(), early.plus_ms(1_000), SPANISH));
    assert!(second > first);
    let before = Moment::new(0, 0);
    assert_eq!(sequence(&calendar(at, before.local_day(), before, ENGLISH)), 0, "a clock set wrong");
}

#[test]
fn times_are_read_as_browsers_write_them() {
    let read = |text: &str| text.parse::<TimeOfDay>();
    assert_eq!(read("00:00").unwrap().minutes(), 0);
    assert_eq!(read("23:59:00").unwrap().to_string(), "23:59");
    for none in ["", "24:00", "12:60", "7:30", "+7:30", "0730", "ab:cd", "12:3"] {
        assert_eq!(read(none), Err(NotATime), "{none}");
    }
    assert_eq!(TimeOfDay::from_minutes(1_440), Err(NotATime));
    let kept = serde_json::to_string(&TimeOfDay::USUAL).unwrap();
    assert_eq!((kept.as_str(), serde_json::from_str(&kept).unwrap()), ("\"20:00\"", TimeOfDay::USUAL));
}

proptest! {
    /// Whatever the words: no line is too long, none ends in another way, no character is cut, and no word
    /// becomes a line of its own.
    #[test]
    fn any_words_are_folded_and_escaped(title in ".{0,120}", more in "(?s).{0,200}", minutes in 0_u16..1_440) {
        let at = TimeOfDay::from_minutes(minutes).unwrap();
        let words = Words { language: "en", title: &title, more: &more };
        let text = calendar(at, LocalDay::from_number(20_524), Moment::new(1_773_302_400_000, 0), words);
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
        }
        let lines = unfolded(&text);
        prop_assert_eq!(lines.len(), 22);
        let said = lines.get(12).and_then(|line| line.strip_prefix("DESCRIPTION;LANGUAGE=en:")).unwrap();
        prop_assert_eq!(unescaped(said), more.replace("\r\n", "\n").replace(|c: char| c.is_control() && c != '\n', " "));
    }
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => text.push(match letters.next().unwrap() {
                'n' => '\n',
                other => other,
            }),
            (letter, false) => text.push(letter),
        }
    }
    text
}
