//! The figures of the sheet, reckoned from what the clinic holds, with none of the app's code.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::super::change_is_shown_honestly::{number, on_time, said, scale};
use crate::harness::{Reader, World};

const SCALES: [&str; 6] =
    ["pain-average", "pain-worst", "sleep-quality", "anxiety", "pain-worry", "function"];

/// One number of the sheet.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) series: u16,
    pub(super) score: &'static str,
    pub(super) at: String,
    pub(super) value: String,
    /// Answers on time of days.
    pub(super) of: Option<(i64, i64)>,
    pub(super) late: i64,
    pub(super) percent: Option<i64>,
}

/// What the clinic holds.
pub(super) struct Reckoned {
    responses: Vec<Value>,
    /// First and last infusion of each series.
    series: Vec<(i64, i64)>,
    today: i64,
}

impl Reckoned {
    pub(super) async fn of(world: &World, patient: &str) -> Result<Self> {
        let reader = Reader::of(world, patient).await?;
        let responses = reader.all("QuestionnaireResponse").await?;
        let infusions = reader.all("MedicationAdministration").await?;
        let day = |one: &Value| one["effectivePeriod"]["start"].as_str()?.get(..10).and_then(number);
        let mut days: Vec<i64> = infusions.iter().filter_map(day).collect();
        days.sort_unstable();
        let series: Vec<(i64, i64)> = days
            .chunk_by(|a, b| b - a <= 7)
            .filter_map(|group| Some((*group.first()?, *group.last()?)))
            .collect();
        ensure!(series.len() == 2, "{series:?}");
        let clock = "const four = new Date(Date.now() - 4 * 3600e3), two = (n) => String(n).padStart(2, '0');
            return `${four.getFullYear()}-${two(four.getMonth() + 1)}-${two(four.getDate())}`";
        let today = world.browser.ask(clock).await?;
        let today = today.as_str().and_then(number).context("no day")?;
        Ok(Self { responses, series, today })
    }

    /// Days asked, answered on time, answered late: from two weeks before the latest series, or in all.
    /// Today was not answered.
    pub(super) fn check_ins(&self, whole: bool) -> [i64; 3] {
        let days = scale(&self.responses, "pain-average");
        let begun = days.keys().next().copied().unwrap_or(self.today);
        let latest = self.series.last().map_or(begun, |(first, _)| first - 14);
        let first = if whole { begun } else { latest.max(begun) };
        let late = |of: bool| days.range(first..).filter(|(_, (_, late))| *late == of).count();
        let count = |of| i64::try_from(late(of)).unwrap_or(i64::MAX);
        [self.today - first, count(false), count(true)]
    }

    /// Every daily scale before each series and in the week after it, and a month after the first; PEG.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let mut all = Vec::new();
        for ((first, last), series) in self.series.iter().zip(1_u16..) {
            for score in SCALES {
                let days = scale(&self.responses, score);
                let before = on_time(&days, first - 7, first - 1);
                let mut put = |at: &str, from: i64, to: i64| {
                    let mean = on_time(&days, from, to);
                    let late = days.range(from..=to).filter(|(_, (_, late))| *late).count();
                    if mean.1 < 4 || before.1 < 4 {
                        return;
                    }
                    let pain = score.starts_with("pain-a") || score.ends_with("worst");
                    // In whole per cent of the mean before, cut.
                    let change = 100 * (mean.0 * before.1 - before.0 * mean.1) / (before.0 * mean.1);
                    all.push(Figure {
                        series,
                        score,
                        at: at.to_owned(),
                        value: said(mean),
                        of: Some((mean.1, to - from + 1)),
                        late: i64::try_from(late).unwrap_or(i64::MAX),
                        percent: (pain && at != "before" && change != 0).then_some(change),
                    });
                };
                put("before", first - 7, first - 1);
                put("week", last + 1, last + 7);
                if series == 1 {
                    put("month", last + 27, last + 33);
                }
            }
            all.extend(self.peg(series, *first));
        }
        all
    }

    /// The last PEG of the two weeks before.
    fn peg(&self, series: u16, first: i64) -> Option<Figure> {
        let parts: Vec<BTreeMap<i64, (i64, bool)>> =
            ["peg-1", "peg-2", "peg-3"].iter().map(|link| scale(&self.responses, link)).collect();
        let day = *parts.first()?.range(first - 14..first).next_back()?.0;
        let sum: i64 = parts.iter().filter_map(|part| part.get(&day)).map(|(value, _)| value).sum();
        Some(Figure {
            series,
            score: "peg",
            at: "before".to_owned(),
            value: said((sum, 3)),
            of: None,
            late: 0,
            percent: None,
        })
    }

    /// Codes of side effects by the day they were told, since the latest series.
    pub(super) fn effects(&self) -> Vec<(String, Vec<String>)> {
        let first = self.series.last().map_or(i64::MAX, |(first, _)| *first);
        let told = |one: &Value| {
            let day = one["extension"].as_array()?.iter().find_map(|of| of["valueDate"].as_str())?.to_owned();
            let felt = one["item"].as_array()?.iter().find(|item| item["linkId"] == "felt")?;
            let code = |answer: &Value| Some(answer["valueCoding"]["code"].as_str()?.to_owned());
            let codes = felt["answer"].as_array()?.iter().filter_map(code).collect();
            (number(&day)? >= first).then_some((day, codes))
        };
        self.responses.iter().filter_map(told).collect()
    }
}
