//! How far a diary came back that was gone from this phone, by day.

use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{Journal, MetaKey};
use interlude_diary::sync::Memory;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::outside::Outside;
use super::pulse::Pulse;
use super::sending::Sending;

/// So many days are looked through for the newest entry.
const DAYS_BACK: i32 = 366;

/// What came back from the clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CameBack {
    /// The newest day before today of which there is an answer. What is of today may have been written here since.
    pub until: LocalDay,
    /// The days between that and today, first and last: what may have been answered then had not reached the clinic.
    pub none_of: Option<(LocalDay, LocalDay)>,
}

impl CameBack {
    /// Read each time the clinic's lists were gone through. `None` before they were once to their end, since what has
    /// not come yet is not missing; and while there is no answer of an earlier day.
    #[must_use]
    pub fn follow() -> Signal<Option<Self>> {
        let found = RwSignal::new(None);
        let (ports, pulse, phase) = (Outside::get(), Pulse::get(), Sending::get().phase());
        Effect::new(move |_| {
            pulse.track();
            phase.track();
            let ports = ports.clone();
            spawn_local(async move {
                let today = ports.now().diary_day();
                // Not read, nothing is said of it: the diary says that it cannot be read.
                let Ok(Some(sync)) = ports.journal.meta(MetaKey::Sync).await else { return };
                if Memory::from_text(&sync).reconciled_ms.is_none() {
                    return;
                }
                let Ok(lines) = ports.journal.days(today.plus(-DAYS_BACK), today.plus(-1)).await else {
                    return;
                };
                // A form's name has a version; consents and what a clinic tells of infusions have no form.
                let answered = lines.iter().filter(|line| line.questionnaire.contains('|'));
                found.try_set(Self::of(answered.map(|line| line.day), today));
            });
        });
        found.into()
    }

    fn of(answered: impl Iterator<Item = LocalDay>, today: LocalDay) -> Option<Self> {
        let until = answered.filter(|day| *day < today).max()?;
        let (first, last) = (until.plus(1), today.plus(-1));
        Some(Self { until, none_of: (first <= last).then_some((first, last)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(days: &[i32], today: i32) -> Option<CameBack> {
        let day = LocalDay::from_number;
        CameBack::of(days.iter().copied().map(day), day(today))
    }

    #[test]
    fn days_between_the_last_answer_and_today_are_named() {
        let day = LocalDay::from_number;
        let back = of(&[3, 7, 5], 11).unwrap();
        assert_eq!((back.until, back.none_of), (day(7), Some((day(8), day(10)))));
        assert_eq!(of(&[9], 11).unwrap().none_of, Some((day(10), day(10))));
        assert_eq!(of(&[10], 11).unwrap().none_of, None, "yesterday is here");
    }

    #[test]
    fn what_is_of_today_or_later_says_nothing_of_what_came_back() {
        assert_eq!(of(&[], 11), None);
        assert_eq!(of(&[11, 12], 11), None);
        assert_eq!(of(&[11, 9], 11).unwrap().until, LocalDay::from_number(9));
    }
}
