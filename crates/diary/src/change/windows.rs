//! The days that count for the time before and for each point after.

use crate::calendar::LocalDay;
use crate::schedule::table::MONTHS;

/// Days, both ends counted. Empty when the last is before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: LocalDay,
    /// The last.
    pub last: LocalDay,
}

impl Span {
    /// Whether a day is in it.
    #[must_use]
    pub fn holds(&self, day: LocalDay) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// How many days it has.
    #[must_use]
    pub fn days(&self) -> u16 {
        u16::try_from(self.last.since(self.first) + 1).unwrap_or(0)
    }
}

/// A point of time after a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The week after the last session.
    Week,
    /// About one month after it.
    Month,
    /// About three months.
    Quarter,
    /// About six months.
    Half,
}

impl At {
    /// All of them in order.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Half];

    /// Its row among the days on which PGIC is asked: (day, days before, days open from it).
    const fn asked(self) -> (i32, i32, i32) {
        let [week, month, quarter, half] = MONTHS;
        match self {
            Self::Week => week,
            Self::Month => month,
            Self::Quarter => quarter,
            Self::Half => half,
        }
    }

    /// The day it is about: the middle of the week, or so many days after the last session.
    #[must_use]
    pub const fn middle(self, last: LocalDay) -> LocalDay {
        match self {
            Self::Week => last.plus(4),
            Self::Month | Self::Quarter | Self::Half => last.plus(self.asked().0),
        }
    }

    /// Its seven days for what is asked daily.
    #[must_use]
    pub const fn of_days(self, last: LocalDay) -> Span {
        let middle = self.middle(last);
        Span { first: middle.plus(-3), last: middle.plus(3) }
    }

    /// Its days for whole forms: those in which change is asked for.
    #[must_use]
    pub const fn of_forms(self, last: LocalDay) -> Span {
        let (day, before, open) = self.asked();
        match self {
            Self::Week => self.of_days(last),
            Self::Month | Self::Quarter | Self::Half => {
                Span { first: last.plus(day - before), last: last.plus(day + open - 1) }
            }
        }
    }
}

/// Whether a point's days have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its first day is still to come.
    NotYet,
    /// It runs.
    Running,
    /// All its days are past.
    Past,
    /// The next series began before it.
    Overtaken,
}

/// What bounds the windows of one series.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Its number in keys.
    pub(super) series: u16,
    /// Its first session.
    pub(super) first: LocalDay,
    /// Its last, once it is over.
    pub(super) last: Option<LocalDay>,
    /// The first session of the next series.
    pub(super) next: Option<LocalDay>,
    pub(super) today: LocalDay,
}

impl Bounds {
    /// Days -7 to -1: what is asked daily.
    pub(super) const fn before_of_days(&self) -> Span {
        Span { first: self.first.plus(-7), last: self.first.plus(-1) }
    }

    /// The 14 days before: whole forms.
    pub(super) const fn before_of_forms(&self) -> Span {
        Span { first: self.first.plus(-14), last: self.first.plus(-1) }
    }

    /// A point's days up to the next series, and how far they have come.
    pub(super) fn cut(&self, span: Span) -> (Span, Stage) {
        let last = self.next.map_or(span.last, |next| span.last.min(next.plus(-1)));
        let cut = Span { last, ..span };
        let stage = if cut.first > cut.last {
            Stage::Overtaken
        } else if self.today < cut.first {
            Stage::NotYet
        } else if self.today <= cut.last {
            Stage::Running
        } else {
            Stage::Past
        };
        (cut, stage)
    }
}
