//! What every day asks: the check-in, and the times of the night that ended on it.
//!
//! Open from 04:00 of the day until 04:00 after the next one; on that second day it is late.

use super::{Wall, Window};
use crate::calendar::{LocalDay, Now};
use crate::occasion::OccasionKey;

/// Rule of the occasion key, and questionnaire.
const ROWS: [(&str, &str); 2] = [("daily", "daily-checkin"), ("sleep", "sleep-times")];

/// Days a daily occasion is open; from the second on it is late.
const OPEN_DAYS: i32 = 2;

/// The occasions open at `now` that need no infusion series: today's first, then yesterday's, late.
#[must_use]
pub fn open_occasions(now: &Now) -> Vec<Window> {
    let today = now.diary_day();
    (0..OPEN_DAYS).flat_map(|back| of_day(today.plus(-back), today)).collect()
}

/// Between midnight and 04:00: the occasions of the new civil date, for a person who has slept and
/// wants to start it. Empty at any other hour.
#[must_use]
pub fn early_occasions(now: &Now) -> Vec<Window> {
    let (today, date) = (now.diary_day(), now.moment.local_day());
    let early = |window: Window| Window { opens: Wall { day: date, minute: 0 }, ..window };
    if date > today { of_day(date, today).map(early).collect() } else { Vec::new() }
}

pub(super) fn find(key: &OccasionKey, now: &Now) -> Option<Window> {
    let day = LocalDay::from_number(key.ordinal);
    of_day(day, now.diary_day()).find(|window| window.key == *key)
}

fn of_day(day: LocalDay, today: LocalDay) -> impl Iterator<Item = Window> {
    ROWS.iter().map(move |(rule, questionnaire)| Window {
        key: OccasionKey {
            series: 0,
            rule: (*rule).to_owned(),
            ordinal: day.number(),
            slot: "day".to_owned(),
        },
        questionnaire,
        day,
        late: today > day,
        opens: Wall::start_of(day),
        until: Wall::start_of(day.plus(OPEN_DAYS)),
    })
}
