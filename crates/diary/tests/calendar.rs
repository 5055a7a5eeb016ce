//! Civil time: a diary day is what the clock on the wall showed, and texts have one spelling.
#![expect(clippy::unwrap_used, reason = "tests: what is not as expected is a failure")]

use interlude_diary::calendar::{LocalDay, Moment};
use proptest::prelude::*;

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

#[test]
fn a_diary_day_ends_at_four_in_the_morning() {
    for (when, day) in [
        ("2026-03-12T03:59:59.999+01:00", "2026-03-11"),
        ("2026-03-12T04:00:00.000+01:00", "2026-03-12"),
        ("2026-03-12T23:59:59.999+01:00", "2026-03-12"),
        ("2026-03-13T00:00:00.000+01:00", "2026-03-12"),
        ("2024-03-01T02:00:00.000-11:00", "2024-02-29"),
        ("2026-01-01T01:00:00.000+14:00", "2025-12-31"),
    ] {
        assert_eq!(at(when).diary_day().to_string(), day, "{when}");
    }
}

#[test]
fn one_instant_may_be_two_days_apart_on_two_walls() {
    let kiritimati = at("2026-03-12T05:00:00.000+14:00");
    let baker = Moment::new(kiritimati.unix_ms(), -12 * 60);
    assert_eq!(kiritimati.diary_day().since(baker.diary_day()), 2);
}

#[test]
fn other_spellings_of_a_time_are_read_and_printed_in_one() {
    for (given, kept) in [
        ("2026-03-12T07:42:05Z", "2026-03-12T07:42:05.000+00:00"),
        ("2026-03-12t07:42:05.1z", "2026-03-12T07:42:05.100+00:00"),
        ("2026-03-12T07:42:05.123456789-03:30", "2026-03-12T07:42:05.123-03:30"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000+00:00"),
    ] {
        assert_eq!(at(given).to_string(), kept);
    }
}

#[test]
fn what_is_no_time_or_day_is_refused() {
    for text in [
        "",
        "2026",
        "2026-03-12",
        "2026-03-12T07:42Z",
        "2026-03-12T25:00:00Z",
        "2026-02-30T07:42:05Z",
        "2026-03-12T07:42:05",
        "2026-03-12T07:42:05.Z",
        "2026-03-12T07:42:05+1:00",
        "2026-03-12T07:42:05+99:00",
        "2026-03-12T07:42:05.1",
        "２０２６-03-12T07:42:05Z",
        "1026-03-12T07:42:05Z",
    ] {
        assert!(text.parse::<Moment>().is_err(), "{text}");
    }
    for text in ["", "2026-2-3", "2026-02-29", "2026-13-01", "+026-02-01", "2026-02-01 ", "3000-01-01"] {
        assert!(text.parse::<LocalDay>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn a_moment_reads_back_as_itself(ms in -2_000_000_000_000_i64..30_000_000_000_000, offset in -1080_i16..=1080) {
        let moment = Moment::new(ms, offset);
        prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
    }

    #[test]
    fn a_day_reads_back_and_counts(number in -25_000_i32..370_000, days in -500_i32..500) {
        let day = LocalDay::from_number(number);
        prop_assert_eq!(day.to_string().parse::<LocalDay>().unwrap(), day);
        prop_assert_eq!(day.plus(days).since(day), days);
    }

    #[test]
    fn the_diary_day_is_the_wall_day_or_the_one_before(ms in 0_i64..4_000_000_000_000, offset in -720_i16..=840) {
        let moment = Moment::new(ms, offset);
        let before = moment.local_day().since(moment.diary_day());
        prop_assert_eq!(before, i32::from(moment.local_minute() < 240));
    }

    #[test]
    fn no_text_breaks_the_parsers(text in "\\PC{0,40}") {
        prop_assert_eq!(text.parse::<Moment>().is_ok(), text.parse::<Moment>().is_ok());
        prop_assert_eq!(text.parse::<LocalDay>().is_ok(), text.parse::<LocalDay>().is_ok());
    }
}
