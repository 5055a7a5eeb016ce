//! Trends: what changed since the infusions. Reads the table of days from before the latest series on;
//! the whole of it only when everything is asked for.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use interlude_diary::calendar::LocalDay;
pub use interlude_diary::change::curve::CURVES;
use interlude_diary::change::curve::{Curve, curve};
use interlude_diary::change::overlay::{Overlaid, overlay};
use interlude_diary::change::{Readings, Recent, SeriesChange, Span, changes, doubled, recent};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{DayLine, Doubles, Journal, JournalError};
use interlude_diary::schedule::{Infusion, Outcome, Series, courses, infusions};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::outside::Outside;
use super::pulse::Pulse;

/// Which days are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The last seven.
    Week,
    /// From the week before the latest series on.
    Series,
    /// Everything.
    All,
}

impl Reach {
    /// All of them, in the order shown.
    pub const ALL: [Self; 3] = [Self::Week, Self::Series, Self::All];
}

/// Days before the latest series that its changes look at.
const BEFORE: i32 = 14;
/// Days shown where there is no series.
const MONTH: i32 = 30;

/// What was read.
#[derive(Debug, PartialEq)]
pub struct Known {
    today: LocalDay,
    readings: Readings,
    infusions: Vec<Infusion>,
    series: Vec<Series>,
    /// What changed since the latest series; `None` where none has begun.
    pub latest: Option<SeriesChange>,
}

impl Known {
    /// Decides the page from what was read.
    #[must_use]
    pub fn of(
        today: LocalDay,
        infusions: Vec<Infusion>,
        lines: &[DayLine],
        spare: &BTreeSet<EntryId>,
    ) -> Self {
        let series = courses(&infusions);
        let readings = Readings::of(lines, spare);
        let latest = changes(&readings, &series, today).pop();
        Self { today, readings, infusions, series, latest }
    }

    /// The days from edge to edge.
    #[must_use]
    pub fn span(&self, reach: Reach) -> Span {
        let latest = self.latest.as_ref().map(|latest| latest.first.plus(-7));
        let first = match reach {
            Reach::Week => self.today.plus(-6),
            Reach::Series => latest.unwrap_or_else(|| self.today.plus(1 - MONTH)),
            Reach::All => self.readings.reach().map_or(self.today, |(first, _)| first),
        };
        Span { first: first.min(self.today.plus(-6)), last: self.today }
    }

    /// The curve of a score.
    #[must_use]
    pub fn curve(&self, score: &str, reach: Reach) -> Option<Curve> {
        curve(&self.readings, score, &self.series, &self.infusions, self.span(reach))
    }

    /// Series laid over each other: two at least, where everything was read.
    #[must_use]
    pub fn overlay(&self, score: &str, reach: Reach) -> Vec<Overlaid> {
        let all = if reach == Reach::All {
            overlay(&self.readings, score, &self.series, self.today)
        } else {
            Vec::new()
        };
        if all.len() > 1 { all } else { Vec::new() }
    }

    /// The series that reach into these days, by date, each with its infusions: what was planned, and
    /// what became of it. One that is still to come is among them.
    #[must_use]
    pub fn courses(&self, reach: Reach) -> Vec<(u16, Vec<&Infusion>)> {
        let span = self.span(reach);
        let of = |series: &Series| {
            let days = || series.planned.iter().chain(&series.sessions).chain(&series.missed);
            let its = |one: &&Infusion| days().any(|day| *day == one.day);
            self.infusions.iter().filter(its).collect::<Vec<_>>()
        };
        let mut all: Vec<Vec<&Infusion>> = self.series.iter().map(of).filter(|one| !one.is_empty()).collect();
        all.sort_by_key(|one| one.first().map(|first| first.day));
        let reaches = |one: &[&Infusion]| one.last().is_some_and(|last| last.day >= span.first);
        (1..).zip(all).filter(|(_, one)| reach == Reach::All || reaches(one)).collect()
    }

    /// Whether an infusion was planned for a day that is over, and nothing more is known.
    #[must_use]
    pub fn is_untold(&self, one: &Infusion) -> bool {
        one.outcome == Outcome::Planned && one.day < self.today
    }

    /// This week against the week before the latest series.
    #[must_use]
    pub fn recent(&self, score: &str) -> Option<Recent> {
        recent(&self.readings, score, &self.series, self.today)
    }
}

/// What the page shows; `None` until it is read.
pub type View = Option<Result<Arc<Known>, JournalError>>;

/// The page's handle. Made when the page opens.
#[derive(Clone, Copy)]
pub struct Trends {
    view: RwSignal<View>,
    score: RwSignal<&'static str>,
    reach: RwSignal<Reach>,
}

impl Trends {
    /// Reads now, at every beat of the pulse, and more when everything is asked for.
    #[must_use]
    pub fn open() -> Self {
        let [pain, ..] = CURVES;
        let trends = Self {
            view: RwSignal::new(None),
            score: RwSignal::new(pain),
            reach: RwSignal::new(Reach::Series),
        };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        let whole = Memo::new(move |_| trends.reach.get() == Reach::All);
        Effect::new(move |_| {
            pulse.track();
            let (ports, whole) = (Rc::clone(&ports), whole.get());
            spawn_local(async move {
                let read = read(&ports.journal, ports.now().diary_day(), whole).await;
                // The page may be gone by now.
                trends.view.try_set(Some(read.map(Arc::new)));
            });
        });
        trends
    }

    /// What was read.
    #[must_use]
    pub fn view(self) -> Signal<View> {
        self.view.into()
    }

    /// The score whose curve is shown.
    #[must_use]
    pub fn score(self) -> Signal<&'static str> {
        self.score.into()
    }

    /// The days shown.
    #[must_use]
    pub fn reach(self) -> Signal<Reach> {
        self.reach.into()
    }

    /// Shows another score.
    pub fn show(self, score: &'static str) {
        self.score.set(score);
    }

    /// Shows other days.
    pub fn look(self, reach: Reach) {
        self.reach.set(reach);
    }
}

async fn read(journal: &impl Journal, today: LocalDay, whole: bool) -> Result<Known, JournalError> {
    let told = infusions(&journal.infusions().await?);
    let begun = courses(&told).iter().filter_map(Series::began).filter(|first| *first <= today).max();
    let first = if whole {
        LocalDay::from_number(i32::MIN)
    } else {
        begun.map_or(today.plus(1 - MONTH), |first| first.plus(-BEFORE)).min(today.plus(-6))
    };
    let lines = journal.days(first, today).await?;
    let spare = spare(journal, &lines).await?;
    Ok(Known::of(today, told, &lines, &spare))
}

/// Entries that do not count among several answers to one occasion.
pub(super) async fn spare(
    journal: &impl Journal,
    lines: &[DayLine],
) -> Result<BTreeSet<EntryId>, JournalError> {
    let mut spare = BTreeSet::new();
    for (day, key) in doubled(lines) {
        let of_it: Vec<EntryId> = lines
            .iter()
            .filter(|line| line.day == day && line.occasion.as_ref() == Some(&key))
            .map(|line| line.id)
            .collect();
        let mut doubles = Doubles::default();
        for id in &of_it {
            doubles.take(&journal.revisions(*id).await?);
        }
        spare.extend(of_it.into_iter().filter(|id| !doubles.standing(*id).in_means()));
    }
    Ok(spare)
}

#[cfg(test)]
mod tests {
    use interlude_diary::ids::EntryId;
    use interlude_diary::schedule::Teller;

    use super::*;

    fn infusion(day: i32, outcome: Outcome, planned: Option<Teller>, by: Teller) -> Infusion {
        Infusion {
            told: (i64::from(day), EntryId::new(uuid::Uuid::from_u128(1)), 0),
            day: LocalDay::from_number(day),
            outcome,
            planned,
            dose_mg_per_kg: None,
            minutes: None,
            by,
        }
    }

    fn listed(today: i32, infusions: Vec<Infusion>, reach: Reach) -> Vec<(u16, Vec<i32>)> {
        let known = Known::of(LocalDay::from_number(today), infusions, &[], &BTreeSet::new());
        let days = |all: Vec<&Infusion>| all.iter().map(|one| one.day.number()).collect();
        known.courses(reach).into_iter().map(|(place, all)| (place, days(all))).collect()
    }

    #[test]
    fn a_series_is_listed_with_what_was_planned_and_what_became_of_it() {
        use Outcome::{Completed, Missed, Planned, Stopped};
        let (clinic, person) = (Teller::Clinic, Teller::Person);
        let all = || {
            vec![
                infusion(100, Completed, None, person),
                infusion(200, Completed, Some(clinic), clinic),
                infusion(201, Stopped, Some(clinic), person),
                infusion(202, Missed, Some(clinic), clinic),
                infusion(203, Planned, Some(clinic), clinic),
                // The person's own plan, where the clinic made one.
                infusion(204, Planned, Some(person), person),
                infusion(230, Planned, Some(clinic), clinic),
            ]
        };
        let (second, third) = ((2, vec![200, 201, 202, 203]), (3, vec![230]));
        assert_eq!(listed(210, all(), Reach::Series), [second.clone(), third.clone()]);
        let soon = listed(210, all(), Reach::Week);
        assert_eq!(soon.as_slice(), std::slice::from_ref(&third), "what is still to come is always listed");
        assert_eq!(listed(210, all(), Reach::All), [(1, vec![100]), second, third]);
        assert!(listed(210, Vec::new(), Reach::All).is_empty());
    }

    #[test]
    fn a_plan_whose_day_is_over_is_untold() {
        let known = Known::of(LocalDay::from_number(210), Vec::new(), &[], &BTreeSet::new());
        let of = |day, outcome| known.is_untold(&infusion(day, outcome, None, Teller::Clinic));
        assert!(of(209, Outcome::Planned) && !of(210, Outcome::Planned) && !of(209, Outcome::Missed));
    }
}
