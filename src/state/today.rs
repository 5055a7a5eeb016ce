//! Today: what can be answered now and how far it has come. Never reads the journal: its cost is
//! that of three days' lines, the drafts and the counts.

use interlude_diary::calendar::{DAY_ENDS_AT_HOUR, LocalDay, Moment, Now};
use interlude_diary::flags::{Level, Need, RULES, Rule};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{DayLine, Journal, JournalError, Tally};
use interlude_diary::occasion::{Draft, DraftKey, OccasionKey};
use interlude_diary::own::Part;
use interlude_diary::schedule::{Infusion, Window, courses, infusions, open_with};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::outside::Outside;
use super::own;
use super::pulse::Pulse;
use crate::sync::forms;

/// Name of the daily check-in's questionnaire.
pub const CHECK_IN: &str = "daily-checkin";
/// Name of the sleep times' questionnaire.
pub const SLEEP: &str = "sleep-times";
/// Those that may be answered at any time, in the order shown.
pub const ANY_TIME: [&str; 5] = ["side-effects", "infusion-session", "peg", "gad-7", "pgic"];

/// How far one occasion has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Nothing yet.
    Fresh,
    /// A draft.
    Begun {
        /// Answers in it.
        answers: usize,
        /// It asks the short part alone.
        short: bool,
    },
    /// Recorded.
    Done {
        /// As this entry.
        entry: EntryId,
        /// When.
        at: Moment,
        /// The short part alone.
        short: bool,
    },
}

/// One open occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its key.
    pub key: OccasionKey,
    /// The day it is about.
    pub day: LocalDay,
    /// How far it has come.
    pub progress: Progress,
}

/// A questionnaire that the infusions ask for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its questionnaire: `peg`, `gad-7` or `pgic`.
    pub questionnaire: &'static str,
    /// The occasion, with how far it has come.
    pub open: Open,
    /// It is for the time before the infusions.
    pub before: bool,
    /// The last diary day on which it can be answered.
    pub last: LocalDay,
}

/// All that the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayView {
    /// The diary day.
    pub day: LocalDay,
    /// Between midnight and 04:00: the day that a person who has slept would begin.
    pub next: Option<Open>,
    /// The check-in about the diary day.
    pub check_in: Open,
    /// An earlier check-in that is still open and not done.
    pub late: Option<Open>,
    /// Sleep times about the diary day, where they are open.
    pub sleep: Option<Open>,
    /// What the infusions ask for now; what was done on an earlier day is not among them.
    pub due: Vec<Due>,
    /// Those of [`ANY_TIME`] with a draft.
    pub begun: Vec<&'static str>,
    /// Rules of the quiet note that hold for what was recorded about the diary day.
    pub quiet: Vec<&'static str>,
    /// All infusions told of, for the offer of a calmer screen.
    pub infusions: Vec<Infusion>,
    /// The person's own questions.
    pub own: OwnToday,
    /// Counts of the whole diary.
    pub tally: Tally,
}

/// How the person's own questions stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnToday {
    /// How many there are.
    pub lines: usize,
    /// When they were last answered on this diary day.
    pub answered: Option<Moment>,
    /// Answers to them are begun.
    pub begun: bool,
    /// A note is begun.
    pub note_begun: bool,
}

/// Decides the page from what was read.
#[must_use]
pub fn today(now: &Now, windows: &[Window], lines: &[DayLine], drafts: &[Draft], tally: Tally) -> TodayView {
    let day = now.diary_day();
    let open =
        |key: &OccasionKey, day| Open { key: key.clone(), day, progress: progress(key, lines, drafts) };
    let window = |name: &str, of: LocalDay| windows.iter().find(|w| w.questionnaire == name && w.day == of);
    let check_in = open(&OccasionKey::daily(day), day);
    let late = windows
        .iter()
        .filter(|w| w.questionnaire == CHECK_IN && w.day < day)
        .map(|w| open(&w.key, w.day))
        .find(|late| !matches!(late.progress, Progress::Done { .. }));
    let before_dawn = now.moment.local_minute() < DAY_ENDS_AT_HOUR * 60;
    let next = before_dawn.then(|| open(&OccasionKey::daily(day.plus(1)), day.plus(1)));
    let is_begun = |name: &&str| {
        drafts.iter().any(|d| matches!(&d.key, DraftKey::Unscheduled(form) if forms::name(form) == *name))
    };
    TodayView {
        day,
        next,
        check_in,
        late,
        sleep: window(SLEEP, day).map(|w| open(&w.key, w.day)),
        due: windows.iter().filter_map(|window| due(window, day, lines, drafts)).collect(),
        begun: ANY_TIME.into_iter().filter(is_begun).collect(),
        quiet: quiet(day, lines),
        infusions: Vec::new(),
        own: own_today(day, lines, drafts),
        tally,
    }
}

/// A window of an infusion series. Side effects have a row of their own, at any time.
fn due(window: &Window, day: LocalDay, lines: &[DayLine], drafts: &[Draft]) -> Option<Due> {
    if window.key.series == 0 || window.questionnaire == "side-effects" {
        return None;
    }
    let progress = progress(&window.key, lines, drafts);
    if matches!(progress, Progress::Done { at, .. } if at.diary_day() < day) {
        return None;
    }
    Some(Due {
        questionnaire: window.questionnaire,
        open: Open { key: window.key.clone(), day: window.day, progress },
        before: window.key.ordinal == 0,
        last: window.until.day.plus(-1),
    })
}

/// But for how many there are.
fn own_today(day: LocalDay, lines: &[DayLine], drafts: &[Draft]) -> OwnToday {
    let begun =
        |part: Part| drafts.iter().any(|d| d.key == DraftKey::Unscheduled(part.canonical().to_owned()));
    let answered = |line: &&DayLine| {
        line.day == day && !line.retracted && Part::of(&line.questionnaire) == Some(Part::Lines)
    };
    OwnToday {
        lines: 0,
        answered: lines.iter().filter(answered).map(|line| line.authored).max_by_key(|at| at.unix_ms()),
        begun: begun(Part::Lines),
        note_begun: begun(Part::Note),
    }
}

/// High values of the day, by the rules of `diary::flags`, from the day's lines alone.
fn quiet(day: LocalDay, lines: &[DayLine]) -> Vec<&'static str> {
    let holds = |rule: &&Rule| {
        let of_day = |line: &&DayLine| {
            line.day == day && !line.retracted && forms::name(&line.questionnaire) == rule.questionnaire
        };
        let met = |line: &DayLine, need: &Need| match *need {
            Need::AtLeast(link, least) => {
                line.values.iter().any(|(of, value)| of == link && *value >= f64::from(least))
            }
            Need::Code(..) | Need::Yes(_) => false,
        };
        rule.level == Level::Quiet
            && lines.iter().filter(of_day).any(|line| rule.needs.iter().all(|need| met(line, need)))
    };
    RULES.iter().filter(holds).map(|rule| rule.name).collect()
}

fn progress(key: &OccasionKey, lines: &[DayLine], drafts: &[Draft]) -> Progress {
    let done = lines.iter().find(|line| line.occasion.as_ref() == Some(key) && !line.retracted);
    if let Some(line) = done {
        return Progress::Done { entry: line.id, at: line.authored, short: line.partial };
    }
    let draft = drafts.iter().find(|draft| matches!(&draft.key, DraftKey::Occasion(of) if of == key));
    draft.map_or(Progress::Fresh, |draft| Progress::Begun {
        answers: draft.answers.iter().count(),
        short: draft.short,
    })
}

/// The page's handle: made when the page opens.
#[derive(Clone, Copy)]
pub struct Today {
    view: RwSignal<Option<Result<TodayView, JournalError>>>,
}

impl Today {
    /// Reads now and at every beat of the pulse while the page is open.
    #[must_use]
    pub fn open() -> Self {
        let view = RwSignal::new(None);
        let ports = Outside::get();
        let pulse = Pulse::get();
        Effect::new(move |_| {
            pulse.track();
            let ports = ports.clone();
            spawn_local(async move {
                let now = ports.now();
                let read = read(&ports.journal, &now).await;
                // The page may be gone by now.
                drop(view.try_set(Some(read)));
            });
        });
        Self { view }
    }

    /// What the page shows; `None` until it is read.
    #[must_use]
    pub fn view(self) -> Signal<Option<Result<TodayView, JournalError>>> {
        self.view.into()
    }
}

/// Reads what the page shows.
///
/// # Errors
/// As the store gives them.
pub async fn read(journal: &impl Journal, now: &Now) -> Result<TodayView, JournalError> {
    let day = now.diary_day();
    let told = infusions(&journal.infusions().await?);
    let series = courses(&told);
    let windows = open_with(now, &series);
    // An answer may be as old as its window: two weeks at most, whatever the diary holds.
    let first = windows.iter().map(|window| window.opens.day).fold(day.plus(-2), LocalDay::min);
    let lines = journal.days(first, day.plus(1)).await?;
    let drafts = journal.drafts().await?;
    let tally = journal.tally().await?;
    let own = own::kept(journal).await?;
    let mut view = today(now, &windows, &lines, &drafts, tally);
    view.own.lines = own.lines.len();
    view.infusions = told;
    Ok(view)
}

#[cfg(test)]
mod tests {
    use interlude_diary::schedule::{Series, open_occasions};

    use super::*;

    fn now(text: &str) -> Now {
        Now { moment: text.parse().unwrap(), zone: "Europe/Madrid".to_owned() }
    }

    fn line(key: &OccasionKey, retracted: bool) -> DayLine {
        let id = "01980000-0000-7000-8000-000000000001";
        DayLine {
            day: LocalDay::from_number(key.ordinal),
            id: id.parse().unwrap(),
            revision: id.parse().unwrap(),
            seq: interlude_diary::journal::Seq(1),
            questionnaire: "x|1".to_owned(),
            occasion: Some(key.clone()),
            authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
            late: false,
            partial: false,
            retracted,
            revisions: 1,
            values: Vec::new(),
            declined: Vec::new(),
        }
    }

    fn view(text: &str, lines: &[DayLine]) -> TodayView {
        let now = now(text);
        today(&now, &open_occasions(&now), lines, &[], Tally::default())
    }

    #[test]
    fn before_four_it_is_still_the_day_before_and_the_next_may_begin() {
        let view = view("2026-03-12T03:59:00+01:00", &[]);
        assert_eq!(view.day.to_string(), "2026-03-11");
        assert_eq!(view.next.unwrap().day.to_string(), "2026-03-12");
    }

    #[test]
    fn from_four_on_there_is_one_day() {
        let view = view("2026-03-12T04:00:00+01:00", &[]);
        assert_eq!(view.day.to_string(), "2026-03-12");
        assert_eq!(view.next, None);
    }

    #[test]
    fn yesterday_is_offered_until_it_is_done() {
        let open = view("2026-03-12T09:00:00+01:00", &[]);
        assert_eq!(open.late.as_ref().unwrap().day.to_string(), "2026-03-11");
        let done = view("2026-03-12T09:00:00+01:00", &[line(&open.late.unwrap().key, false)]);
        assert_eq!(done.late, None);
    }

    #[test]
    fn the_quiet_note_looks_at_this_day_and_at_nine_or_more() {
        let key = view("2026-03-12T09:00:00+01:00", &[]).check_in.key;
        let with = |link: &str, value: f64, retracted: bool| DayLine {
            questionnaire: "https://interlude.health/fhir/Questionnaire/daily-checkin|1".to_owned(),
            values: vec![(link.to_owned(), value)],
            ..line(&key, retracted)
        };
        let quiet = |at: &str, line: DayLine| view(at, &[line]).quiet;
        assert_eq!(quiet("2026-03-12T09:00:00+01:00", with("anxiety", 9.0, false)), ["anxiety"]);
        assert!(quiet("2026-03-12T09:00:00+01:00", with("anxiety", 8.0, false)).is_empty());
        assert!(quiet("2026-03-12T09:00:00+01:00", with("sleep-quality", 10.0, false)).is_empty());
        assert!(quiet("2026-03-12T09:00:00+01:00", with("anxiety", 9.0, true)).is_empty());
        assert!(quiet("2026-03-13T09:00:00+01:00", with("anxiety", 9.0, false)).is_empty());
    }

    #[test]
    fn an_answer_taken_back_leaves_the_occasion_open() {
        let key = view("2026-03-12T09:00:00+01:00", &[]).check_in.key;
        let done = view("2026-03-12T09:00:00+01:00", &[line(&key, false)]);
        assert!(matches!(done.check_in.progress, Progress::Done { .. }));
        let taken_back = view("2026-03-12T09:00:00+01:00", &[line(&key, true)]);
        assert_eq!(taken_back.check_in.progress, Progress::Fresh);
    }

    #[test]
    fn what_the_infusions_ask_for_is_due_until_it_is_done() {
        let first: LocalDay = "2026-03-09".parse().unwrap();
        let series =
            Series { number: 1, sessions: (0..5).map(|n| first.plus(n)).collect(), ..Series::default() };
        let view = |text: &str, lines: &[DayLine]| {
            let now = now(text);
            let windows = open_with(&now, std::slice::from_ref(&series));
            today(&now, &windows, lines, &[], Tally::default()).due
        };
        let open = view("2026-03-14T09:00:00+01:00", &[]);
        let said: Vec<(&str, String, bool)> =
            open.iter().map(|due| (due.questionnaire, due.last.to_string(), due.before)).collect();
        assert_eq!(
            said,
            [
                ("gad-7", "2026-03-17".to_owned(), false),
                ("peg", "2026-03-16".to_owned(), false),
                ("pgic", "2026-03-16".to_owned(), false)
            ]
        );
        let answer = DayLine { day: first.plus(5), ..line(&open[1].open.key, false) };
        let answer = DayLine { authored: "2026-03-14T10:00:00+01:00".parse().unwrap(), ..answer };
        let same_day = view("2026-03-14T11:00:00+01:00", std::slice::from_ref(&answer));
        assert!(matches!(same_day[1].open.progress, Progress::Done { .. }));
        assert_eq!(view("2026-03-15T09:00:00+01:00", &[answer]).len(), 2);
        assert!(view("2026-03-12T09:00:00+01:00", &[]).is_empty(), "nothing while the series runs");
    }
}
