//! The instruments: rule, range, bands and meaningful change of each score, with sources.
//!
//! What is marked "a clinician should confirm" is a choice of ours where no published rule was found.

use super::form_name;

/// One scored instrument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Instrument {
    /// Name of its score.
    pub score: &'static str,
    /// Name of its questionnaire.
    pub form: &'static str,
    /// How the score is made.
    pub rule: &'static str,
    /// Least and greatest value.
    pub range: (f64, f64),
    /// Whether more is worse, as for all that count complaints.
    pub more_is_worse: bool,
    /// Days the questions look back.
    pub recall_days: u16,
    /// Bands with names, where the source gives them.
    pub bands: &'static [Band],
    /// What change is meaningful; `None` is shown without a verdict.
    pub meaningful: Option<Meaningful>,
    /// Where all of this is from.
    pub source: &'static str,
}

/// A band of values: from this one up to the next band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Least value of the band.
    pub from: f64,
    /// Its name, also the key of its words.
    pub name: &'static str,
}

/// The change a person is likely to notice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Meaningful {
    /// This percentage of the baseline, and this one for a substantial change; no percentage is
    /// said of a baseline below `least`.
    Percent {
        /// Meaningful from here.
        at: f64,
        /// Substantial from here, where the source says so.
        substantial: Option<f64>,
        /// Least baseline of which a percentage is said.
        least: f64,
    },
    /// This many points.
    Points(f64),
    /// The answer itself is the change: this value or less is better, this or more is worse.
    Answer {
        /// Better up to here.
        better: f64,
        /// Worse from here.
        worse: f64,
    },
}

const PAIN_SOURCE: &str = "Farrar 2001, PMID 11690728; IMMPACT (Dworkin 2008): 30 % moderate, 50 % substantial. \
     Least baseline of 2: our choice, a clinician should confirm it.";
const OWN_SCALE: &str = "Our own question, not a validated scale; no published meaningful change.";
const SLEEP_SOURCE: &str = "PMC9672415 table 1; Reed and Sacco 2016, PMC4751425.";

const fn scale(score: &'static str, meaningful: Option<Meaningful>, source: &'static str) -> Instrument {
    Instrument {
        score,
        form: "daily-checkin",
        rule: "the answer itself",
        range: (0.0, 10.0),
        more_is_worse: true,
        recall_days: 1,
        bands: &[],
        meaningful,
        source,
    }
}

const fn sleep(score: &'static str, rule: &'static str, most: f64, more_is_worse: bool) -> Instrument {
    Instrument {
        score,
        form: "sleep-times",
        rule,
        range: (0.0, most),
        more_is_worse,
        recall_days: 1,
        bands: &[],
        meaningful: None,
        source: SLEEP_SOURCE,
    }
}

const PAIN_CHANGE: Option<Meaningful> =
    Some(Meaningful::Percent { at: 30.0, substantial: Some(50.0), least: 2.0 });

/// Every instrument whose scores we make.
pub const INSTRUMENTS: &[Instrument] = &[
    scale("pain-worst", PAIN_CHANGE, PAIN_SOURCE),
    scale("pain-average", PAIN_CHANGE, PAIN_SOURCE),
    scale("pain-now", PAIN_CHANGE, PAIN_SOURCE),
    scale("sleep-quality", None, "Cappelleri 2009, doi 10.1186/1477-7525-7-54: 0 is best, 10 worst."),
    scale("anxiety", None, OWN_SCALE),
    scale("pain-worry", None, OWN_SCALE),
    scale("function", None, OWN_SCALE),
    Instrument {
        score: "peg",
        form: "peg",
        rule: "mean of the three items, all needed, to one decimal",
        range: (0.0, 10.0),
        more_is_worse: true,
        recall_days: 7,
        bands: &[],
        meaningful: Some(Meaningful::Percent { at: 30.0, substantial: None, least: 2.0 }),
        source: "Krebs 2009, doi 10.1007/s11606-009-0981-1; Reed 2023, PMC10859144 (1 to 1.75 points). \
                 30 %: by analogy with IMMPACT, a clinician should confirm it.",
    },
    Instrument {
        score: "gad-7",
        form: "gad-7",
        rule: "sum of the seven items, all needed",
        range: (0.0, 21.0),
        more_is_worse: true,
        recall_days: 14,
        bands: &[
            Band { from: 0.0, name: "minimal" },
            Band { from: 5.0, name: "mild" },
            Band { from: 10.0, name: "moderate" },
            Band { from: 15.0, name: "severe" },
        ],
        meaningful: Some(Meaningful::Points(4.0)),
        source: "Spitzer 2006, doi 10.1001/archinte.166.10.1092; 4 points: Toussaint 2020.",
    },
    Instrument {
        score: "gad-2",
        form: "gad-7",
        rule: "sum of items 1 and 2 of GAD-7, both needed",
        range: (0.0, 6.0),
        more_is_worse: true,
        recall_days: 14,
        bands: &[],
        meaningful: None,
        source: "Items 1 and 2 of GAD-7; from 3 on: sensitivity 86 %, specificity 83 %.",
    },
    Instrument {
        score: "pgic",
        form: "pgic",
        rule: "the answer itself, 1 very much improved to 7 very much worse",
        range: (1.0, 7.0),
        more_is_worse: true,
        recall_days: 0,
        bands: &[],
        meaningful: Some(Meaningful::Answer { better: 2.0, worse: 6.0 }),
        source: "NINDS CDE F2677; much or very much improved: Farrar 2001, PMID 11690728.",
    },
    sleep("sleep-tib", "getting up less going to bed", 1440.0, true),
    sleep("sleep-latency", "as told", 1440.0, true),
    sleep("sleep-waso", "as told", 1440.0, true),
    sleep("sleep-tst", "waking for good less settling down, less latency and time awake", 1440.0, false),
    sleep("sleep-efficiency-tib", "sleep time over time in bed", 100.0, false),
    sleep("sleep-efficiency-dse", "sleep time over latency, sleep time and time awake", 100.0, false),
];

/// The instrument of a score.
#[must_use]
pub fn instrument(score: &str) -> Option<&'static Instrument> {
    INSTRUMENTS.iter().find(|instrument| instrument.score == score)
}

/// The instruments scored from this form (`url|version`).
pub fn instrument_of(canonical: &str) -> impl Iterator<Item = &'static Instrument> {
    let form = form_name(canonical);
    INSTRUMENTS.iter().filter(move |instrument| Some(instrument.form) == form)
}

impl Instrument {
    /// The band a value falls in.
    #[must_use]
    pub fn band(&self, value: f64) -> Option<&'static Band> {
        self.bands.iter().rev().find(|band| value >= band.from)
    }
}
