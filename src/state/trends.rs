//! Trends: what changed since the infusions. Reads the table of days from before the latest series on;
//! the whole of it only when everything is asked for.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use interlude_diary::calendar::LocalDay;
use interlude_diary::change::curve::{Curve, curve};
use interlude_diary::change::overlay::{Overlaid, overlay};
use interlude_diary::change::{Readings, Recent, SeriesChange, Span, changes, doubled, recent};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{DayLine, Doubles, Journal, JournalError};
use interlude_diary::schedule::{Infusion, Series, courses, infusions};
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

/// The scores that have a curve, in the order shown.
pub const CURVES: [&str; 4] = ["pain-average", "sleep-quality", "anxiety", "function"];

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
async fn spare(journal: &impl Journal, lines: &[DayLine]) -> Result<BTreeSet<EntryId>, JournalError> {
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
