//! Where things lie in a field of 1000 by 1000, as SVG path data.

use interlude_diary::calendar::LocalDay;
use interlude_diary::change::Mean;
use interlude_diary::change::curve::{Band, Curve, Dot, Step};
use interlude_diary::change::overlay::Overlaid;

/// The side of the field.
const SIDE: f64 = 1000.0;
/// Up to so many days each answer has a dot; beyond, the line says it, and lone answers alone do.
const DOTTED_DAYS: i32 = 45;

/// Path data by what it is drawn as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Lines of the scale.
    pub grid: Vec<String>,
    /// The time before.
    pub bands: Vec<String>,
    /// Infusions that took place.
    pub marks: Vec<String>,
    /// Where a change becomes meaningful.
    pub levels: Vec<String>,
    /// From the least to the greatest answer of a week.
    pub reaches: Vec<String>,
    /// Answers on time, joined only where no step is missing.
    pub lines: Vec<String>,
    /// Answers on time that no line shows.
    pub dots: Vec<String>,
    /// Late answers.
    pub hollow: Vec<String>,
    /// Series laid over each other, the oldest first: each with a stroke of its own.
    pub series: Vec<String>,
}

/// Draws a curve.
#[must_use]
pub fn picture(curve: &Curve) -> Picture {
    let field = Field::of(curve);
    let mut picture = Picture::default();
    for part in [0.0, 0.5, 1.0] {
        picture.grid.push(format!("M0 {y}H1000", y = round(part * SIDE)));
    }
    for (n, band) in curve.bands.iter().enumerate() {
        let until = curve.bands.get(n + 1).map_or(curve.span.last, |next| next.span.first.plus(-1));
        field.band(band, until, &mut picture);
    }
    for (day, _) in curve.marks.iter().filter(|(_, outcome)| outcome.took_place()) {
        picture.marks.push(format!("M{} 0V1000", field.on(*day)));
    }
    let dotted = curve.step == Step::Day && curve.span.last.since(curve.span.first) < DOTTED_DAYS;
    for run in &curve.runs {
        if let [first, rest @ ..] = run.as_slice() {
            let mut line = format!("M{}", field.point(first));
            for dot in rest {
                line.push_str(&format!("L{}", field.point(dot)));
            }
            if rest.is_empty() || dotted || curve.forms {
                picture.dots.extend(run.iter().map(|dot| format!("M{}h0", field.point(dot))));
            }
            if !rest.is_empty() {
                picture.lines.push(line);
            }
        }
        if curve.step == Step::Week {
            let reach = |dot: &Dot| {
                let (low, high) = (f64::from(dot.least) / 10.0, f64::from(dot.greatest) / 10.0);
                format!("M{} {}V{}", field.x(dot.day), field.y(low), field.y(high))
            };
            picture.reaches.extend(run.iter().filter(|dot| dot.least < dot.greatest).map(reach));
        }
    }
    let late = curve.late.iter();
    picture.hollow = late
        .map(|(day, tenths)| format!("M{} {}h0", field.on(*day), field.y(f64::from(*tenths) / 10.0)))
        .collect();
    picture
}

/// Draws series over each other: the time before, the last infusion of each as day 0, then a place for
/// each week. A week without enough answers is a gap.
#[must_use]
pub fn overlaid(all: &[Overlaid], range: (f64, f64)) -> Picture {
    let last = last_week(all);
    let (low, high) = range;
    let place = |(week, mean): (i32, Mean)| {
        let part = ((mean.to_f64() - low) / (high - low)).clamp(0.0, 1.0);
        format!("{} {}", round(f64::from(week) / f64::from(last) * SIDE), round((1.0 - part) * SIDE))
    };
    let one = |one: &Overlaid| {
        let dots: Vec<(i32, Mean)> =
            one.before.map(|mean| (0, mean)).into_iter().chain(one.weeks.iter().copied()).collect();
        let mut drawn = String::new();
        for run in dots.chunk_by(|a, b| b.0 - a.0 == 1) {
            for (n, dot) in run.iter().enumerate() {
                drawn.push_str(&format!("{}{}", if n == 0 { 'M' } else { 'L' }, place(*dot)));
            }
            if run.len() == 1 {
                drawn.push_str("h0");
            }
        }
        drawn
    };
    let grid = [0.0, 0.5, 1.0].map(|part| format!("M0 {y}H1000", y = round(part * SIDE)));
    // Between the week before the infusions and the first after them.
    let day_zero = format!("M{} 0V1000", round(0.5 / f64::from(last) * SIDE));
    Picture {
        grid: grid.into(),
        marks: vec![day_zero],
        series: all.iter().map(one).collect(),
        ..Picture::default()
    }
}

/// The last week that any of them has, and two at least.
#[must_use]
pub fn last_week(all: &[Overlaid]) -> i32 {
    all.iter().filter_map(|one| one.weeks.last()).map(|(week, _)| *week).max().unwrap_or(1).max(2)
}

struct Field {
    first: LocalDay,
    days: f64,
    low: f64,
    high: f64,
    /// Half a step, so that a dot stands in the middle of its days.
    middle: f64,
}

impl Field {
    fn of(curve: &Curve) -> Self {
        Self {
            first: curve.span.first,
            days: f64::from(curve.span.days().max(1)),
            low: curve.range.0,
            high: curve.range.1,
            middle: if curve.step == Step::Week { 3.5 } else { 0.5 },
        }
    }

    fn edge(&self, day: LocalDay) -> f64 {
        (f64::from(day.since(self.first)) / self.days).clamp(0.0, 1.0) * SIDE
    }

    /// The middle of a step.
    fn x(&self, day: LocalDay) -> String {
        self.at(day, self.middle)
    }

    /// The middle of a day.
    fn on(&self, day: LocalDay) -> String {
        self.at(day, 0.5)
    }

    fn at(&self, day: LocalDay, more: f64) -> String {
        let at = (f64::from(day.since(self.first)) + more) / self.days;
        round(at.clamp(0.0, 1.0) * SIDE)
    }

    fn y(&self, value: f64) -> String {
        let part = (value - self.low) / (self.high - self.low);
        round((1.0 - part.clamp(0.0, 1.0)) * SIDE)
    }

    fn point(&self, dot: &Dot) -> String {
        format!("{} {}", self.x(dot.day), self.y(dot.mean.to_f64()))
    }

    /// A strip over its days at its level; from there on, the level of a meaningful change.
    fn band(&self, band: &Band, until: LocalDay, picture: &mut Picture) {
        let (from, to) = (round(self.edge(band.span.first)), round(self.edge(band.span.last.plus(1))));
        let level = band.mean.to_f64();
        let half = (self.high - self.low) * 0.03;
        let (top, bottom) = (self.y(level + half), self.y(level - half));
        picture.bands.push(format!("M{from} {top}H{to}V{bottom}H{from}Z"));
        if let Some(meaningful) = band.meaningful {
            let y = self.y(f64::from(meaningful) / 100.0);
            picture.levels.push(format!("M{to} {y}H{}", round(self.edge(until.plus(1)))));
        }
    }
}

/// One decimal is a tenth of a pixel on a wide screen.
fn round(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use interlude_diary::change::curve::Step;
    use interlude_diary::change::{Back, Span};
    use interlude_diary::schedule::Outcome;

    use super::*;

    fn day(n: i32) -> LocalDay {
        LocalDay::from_number(20_000 + n)
    }

    fn dot(n: i32, tenths: i32) -> Dot {
        Dot { day: day(n), mean: Mean::of([tenths]).unwrap(), least: tenths, greatest: tenths }
    }

    fn curve(runs: Vec<Vec<Dot>>) -> Curve {
        Curve {
            span: Span { first: day(0), last: day(9) },
            step: Step::Day,
            runs,
            late: vec![(day(9), 100)],
            bands: Vec::new(),
            marks: vec![(day(5), Outcome::Completed), (day(6), Outcome::Missed)],
            range: (0.0, 10.0),
            forms: false,
        }
    }

    #[test]
    fn a_gap_is_never_joined_and_a_lone_answer_is_a_dot() {
        let picture = picture(&curve(vec![vec![dot(0, 100), dot(1, 50)], vec![dot(3, 0)]]));
        assert_eq!(picture.lines, ["M50 0L150 500"]);
        assert_eq!(picture.dots, ["M50 0h0", "M150 500h0", "M350 1000h0"]);
        assert_eq!(picture.hollow, ["M950 0h0"]);
        assert_eq!(picture.marks, ["M550 0V1000"], "one that was missed is no infusion");
    }

    #[test]
    fn by_the_week_a_late_answer_stands_on_its_day() {
        let weekly = Curve { step: Step::Week, late: vec![(day(2), 50)], ..curve(vec![vec![dot(0, 50)]]) };
        let picture = picture(&weekly);
        assert_eq!(
            (picture.dots, picture.hollow),
            (vec!["M350 500h0".to_owned()], vec!["M250 500h0".to_owned()])
        );
    }

    #[test]
    fn a_series_has_a_gap_where_a_week_is_missing() {
        let mean = |tenths| Mean::of([tenths]).unwrap();
        let one = Overlaid {
            place: 1,
            first: day(0),
            before: Some(mean(100)),
            weeks: vec![(1, mean(50)), (4, mean(0))],
            back: Back::NotEnough,
        };
        let picture = overlaid(&[one], (0.0, 10.0));
        assert_eq!(picture.series, ["M0 0L250 500M1000 1000h0"]);
        assert_eq!(picture.marks, ["M125 0V1000"], "day 0, between the week before and the first");
    }

    #[test]
    fn the_band_is_as_wide_as_its_days_and_the_level_begins_after_it() {
        let mut with = curve(Vec::new());
        with.bands.push(Band {
            span: Span { first: day(-3), last: day(3) },
            mean: Mean::of([70]).unwrap(),
            meaningful: Some(490),
        });
        let picture = picture(&with);
        assert_eq!(picture.bands, ["M0 270H400V330H0Z"]);
        assert_eq!(picture.levels, ["M400 510H1000"]);
    }
}
