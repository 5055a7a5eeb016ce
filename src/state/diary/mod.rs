//! The diary: past entries by day, and one entry with its history.
//!
//! [`Diary`] reads lines of days, fourteen at a time; [`page::Opened`] reads one entry and changes
//! it by new revisions. Which of two answers counts is decided by the diary's own `Doubles`.

pub mod page;

use std::collections::BTreeMap;

use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{DayLine, Doubles, Journal, JournalError, Standing};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::outside::Outside;
use super::pulse::Pulse;
pub use crate::sync::forms::name;

/// Days read at once.
const PAGE_DAYS: i32 = 14;
/// Pages looked through in one go for the next entry: about two years.
const MOST_PAGES: i32 = 52;

/// One day of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The day.
    pub day: LocalDay,
    /// Its lines, the newest first.
    pub lines: Vec<Line>,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As the journal keeps it.
    pub line: DayLine,
    /// Another entry answers the same occasion.
    pub doubled: bool,
    /// And that one counts.
    pub spare: bool,
}

/// What the list shows.
#[derive(Debug, Clone, PartialEq)]
pub enum List {
    /// It is being read.
    Reading,
    /// It could not be read.
    Failed(JournalError),
    /// Days with entries, the newest first.
    Days {
        /// The days.
        days: Vec<Day>,
        /// Whether there are entries before them.
        more: bool,
    },
}

/// The list of past entries. Made when the page opens.
#[derive(Clone, Copy)]
pub struct Diary {
    list: RwSignal<List>,
    first: RwSignal<Option<LocalDay>>,
}

impl Diary {
    /// Reads the newest days now, and what is shown again at every beat of the pulse.
    #[must_use]
    pub fn open() -> Self {
        let diary = Self { list: RwSignal::new(List::Reading), first: RwSignal::new(None) };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        Effect::new(move |_| {
            pulse.track();
            let from = diary.first.get();
            let ports = ports.clone();
            spawn_local(async move {
                let today = ports.now().moment.local_day();
                let list = match read(&ports.journal, today, from).await {
                    Ok((days, more)) => List::Days { days, more },
                    Err(error) => List::Failed(error),
                };
                // The page may be gone by now.
                diary.list.try_set(list);
            });
        });
        diary
    }

    /// What the list shows.
    #[must_use]
    pub fn list(self) -> Signal<List> {
        self.list.into()
    }

    /// Shows the entries before those shown: at least fourteen days more.
    pub fn earlier(self) {
        let ports = Outside::get();
        let shown = self.first.get_untracked();
        spawn_local(async move {
            let today = ports.now().moment.local_day();
            let mut first = shown.unwrap_or_else(|| start(today)).plus(-PAGE_DAYS);
            for _page in 0..MOST_PAGES {
                match ports.journal.days(first, first.plus(PAGE_DAYS - 1)).await {
                    Ok(lines) if lines.is_empty() => first = first.plus(-PAGE_DAYS),
                    Ok(_) | Err(_) => break,
                }
            }
            self.first.try_set(Some(first));
        });
    }
}

const fn start(today: LocalDay) -> LocalDay {
    today.plus(1 - PAGE_DAYS)
}

async fn read(
    journal: &impl Journal,
    today: LocalDay,
    from: Option<LocalDay>,
) -> Result<(Vec<Day>, bool), JournalError> {
    let first = from.unwrap_or_else(|| start(today));
    // A phone whose clock was wrong, or that crossed the date line, may have written "tomorrow".
    let lines = journal.days(first, today.plus(2)).await?;
    let tally = journal.tally().await?;
    let shown: u64 = lines.iter().map(|line| u64::from(line.revisions)).sum();
    let mut days = days(lines);
    for day in &mut days {
        mark_spare(journal, &mut day.lines).await?;
    }
    Ok((days, shown < tally.revisions))
}

/// Says of doubled answers which of them do not count. Only those are read.
async fn mark_spare(journal: &impl Journal, lines: &mut [Line]) -> Result<(), JournalError> {
    let mut occasions: BTreeMap<String, Doubles> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.doubled) {
        if let Some(key) = &line.line.occasion {
            let revisions = journal.revisions(line.line.id).await?;
            occasions.entry(key.to_string()).or_default().take(&revisions);
        }
    }
    for line in lines.iter_mut().filter(|line| line.doubled) {
        let key = line.line.occasion.as_ref().map(ToString::to_string);
        let standing = key.and_then(|key| Some(occasions.get(&key)?.standing(line.line.id)));
        line.spare = standing == Some(Standing::Spare);
    }
    Ok(())
}

/// Lines by day, the newest first. Choices between two answers are no lines of their own.
#[must_use]
pub fn days(lines: Vec<DayLine>) -> Vec<Day> {
    let mut answers: BTreeMap<String, u32> = BTreeMap::new();
    for line in lines.iter().filter(|line| counts(line)) {
        if let Some(key) = &line.occasion {
            *answers.entry(key.to_string()).or_default() += 1;
        }
    }
    let mut days: BTreeMap<LocalDay, Vec<Line>> = BTreeMap::new();
    for line in lines.into_iter().filter(|line| line.questionnaire != CHOSEN) {
        let key = line.occasion.as_ref().map(ToString::to_string);
        let doubled = counts(&line) && key.and_then(|key| answers.get(&key)).is_some_and(|n| *n > 1);
        days.entry(line.day).or_default().push(Line { line, doubled, spare: false });
    }
    let newest_first = |(day, mut lines): (LocalDay, Vec<Line>)| {
        lines.reverse();
        Day { day, lines }
    };
    days.into_iter().rev().map(newest_first).collect()
}

/// What the day's line of a choice says in the place of a form.
const CHOSEN: &str = "chosen";

/// Whether a line is an answer that may count for its occasion.
fn counts(line: &DayLine) -> bool {
    !line.retracted && line.questionnaire != CHOSEN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u8, day: &str, occasion: Option<&str>, retracted: bool) -> DayLine {
        let id = format!("01980000-0000-7000-8000-0000000000{n:02}");
        DayLine {
            day: day.parse().unwrap(),
            id: id.parse().unwrap(),
            revision: id.parse().unwrap(),
            seq: interlude_diary::journal::Seq(u64::from(n)),
            questionnaire: "x|1".to_owned(),
            occasion: occasion.map(|key| key.parse().unwrap()),
            authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
            late: false,
            partial: false,
            retracted,
            revisions: 1,
            values: Vec::new(),
            declined: Vec::new(),
        }
    }

    const KEY: Option<&str> = Some("0/daily/20524/day");

    #[test]
    fn two_answers_to_one_occasion_are_both_marked() {
        let days = days(vec![line(1, "2026-03-12", KEY, false), line(2, "2026-03-12", KEY, false)]);
        assert_eq!(days.len(), 1);
        assert!(days[0].lines.iter().all(|line| line.doubled));
        assert_eq!(days[0].lines[0].line.seq.0, 2);
    }

    #[test]
    fn the_one_that_does_not_count_is_marked() {
        use interlude_diary::journal::Send;
        use interlude_testkit::{Chance, MemoryJournal, block_on, make};
        block_on(async {
            let (journal, mut chance) = (MemoryJournal::default(), Chance::new(1));
            let day: LocalDay = "2026-03-12".parse().unwrap();
            let (first, second) = (make::daily(&mut chance, day), make::daily(&mut chance, day));
            for entry in [&first, &second] {
                journal.record(entry, Send::Now, None).await.unwrap();
            }
            let (days, _more) = read(&journal, day, None).await.unwrap();
            let spare: Vec<_> = days[0].lines.iter().map(|line| (line.line.id, line.spare)).collect();
            assert_eq!(spare, [(second.id, true), (first.id, false)]);
        });
    }

    #[test]
    fn an_answer_taken_back_doubles_nothing() {
        let days = days(vec![line(1, "2026-03-12", KEY, true), line(2, "2026-03-12", KEY, false)]);
        assert!(days[0].lines.iter().all(|line| !line.doubled));
    }

    #[test]
    fn unscheduled_answers_never_double_and_the_newest_day_is_first() {
        let days = days(vec![line(1, "2026-03-11", None, false), line(2, "2026-03-12", None, false)]);
        assert_eq!(days[0].day.to_string(), "2026-03-12");
        assert!(days.iter().flat_map(|day| &day.lines).all(|line| !line.doubled));
    }
}
