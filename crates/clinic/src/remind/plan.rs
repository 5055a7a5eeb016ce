//! Who is due a reminder: by the wall clock of the phone's zone, with the rules of the world's zones.

use interlude_diary::calendar::{DAY_ENDS_AT_HOUR, LocalDay, Moment};
use interlude_diary::reminder::TimeOfDay;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::store::Reminder;

/// For so long after its time a reminder may still be sent: a server that was down sends none at night.
const WINDOW_MIN: i64 = 120;
const DAY_MIN: i64 = 24 * 60;

/// The diary day that a reminder is due about now: its time is past by less than two hours, and nothing was
/// said about the day yet.
#[must_use]
pub fn due(reminder: &Reminder, now_ms: i64) -> Option<LocalDay> {
    time_of(reminder.at, &reminder.zone, now_ms).filter(|day| reminder.told != Some(*day))
}

/// The diary day whose reminder falls to now.
#[must_use]
pub fn time_of(at: TimeOfDay, zone: &str, now_ms: i64) -> Option<LocalDay> {
    let here = wall(zone, now_ms)?;
    // Minutes since the day began, so that what is told before dawn is about the evening before.
    let since_dawn = |minute: i64| (minute - DAY_ENDS_AT_HOUR * 60).rem_euclid(DAY_MIN);
    let late = since_dawn(here.local_minute()) - since_dawn(at.minutes().into());
    (0..WINDOW_MIN).contains(&late).then(|| here.diary_day())
}

/// Whether the rules of this zone are known.
#[must_use]
pub fn knows(zone: &str) -> bool {
    zone.len() <= 64 && TimeZone::get(zone).is_ok()
}

fn wall(zone: &str, now_ms: i64) -> Option<Moment> {
    let zone = TimeZone::get(zone).ok()?;
    let offset = zone.to_offset(Timestamp::from_millisecond(now_ms).ok()?).seconds() / 60;
    Some(Moment::new(now_ms, i16::try_from(offset).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due_at(at: &str, zone: &str, now: &str) -> Option<String> {
        let now: Moment = now.parse().unwrap();
        time_of(at.parse().unwrap(), zone, now.unix_ms()).map(|day| day.to_string())
    }

    #[test]
    fn for_two_hours_from_its_time_on_by_the_phones_own_clock() {
        let madrid = |now| due_at("20:00", "Europe/Madrid", now);
        assert_eq!(madrid("2026-03-12T18:59:59+00:00"), None);
        assert_eq!(madrid("2026-03-12T19:00:00+00:00").as_deref(), Some("2026-03-12"));
        assert_eq!(madrid("2026-03-12T20:59:59+00:00").as_deref(), Some("2026-03-12"));
        assert_eq!(madrid("2026-03-12T21:00:00+00:00"), None);
        // Clocks went forward on the 29th.
        assert_eq!(madrid("2026-03-30T18:00:00+00:00").as_deref(), Some("2026-03-30"));
        assert_eq!(
            due_at("20:00", "Pacific/Kiritimati", "2026-03-12T06:30:00+00:00").as_deref(),
            Some("2026-03-12")
        );
        assert_eq!(due_at("20:00", "America/Nowhere", "2026-03-12T20:00:00+00:00"), None);
    }

    #[test]
    fn after_midnight_it_is_about_the_day_that_ends_at_four() {
        let late = |at, now| due_at(at, "Europe/Madrid", now);
        assert_eq!(late("23:30", "2026-03-13T00:30:00+01:00").as_deref(), Some("2026-03-12"));
        assert_eq!(late("00:30", "2026-03-13T00:30:00+01:00").as_deref(), Some("2026-03-12"));
        // Not beyond the day's end: what is said then would be about another day.
        assert_eq!(late("03:30", "2026-03-13T03:59:00+01:00").as_deref(), Some("2026-03-12"));
        assert_eq!(late("03:30", "2026-03-13T04:00:00+01:00"), None);
        assert_eq!(late("04:00", "2026-03-13T04:00:00+01:00").as_deref(), Some("2026-03-13"));
    }
}
