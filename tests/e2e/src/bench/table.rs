//! The table: figure beside budget, with the samples it was taken from.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::harness::place;

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Row {
    what: &'static str,
    unit: &'static str,
    budget: f64,
    /// The least that is good, rather than the most.
    at_least: bool,
    reached: f64,
    samples: Vec<f64>,
}

impl Row {
    /// A figure that must not be over its budget.
    pub(super) fn most(
        what: &'static str,
        unit: &'static str,
        budget: f64,
        reached: f64,
        samples: &[f64],
    ) -> Self {
        Self { what, unit, budget, at_least: false, reached, samples: samples.to_vec() }
    }

    /// A figure that must not be under its budget.
    pub(super) fn least(what: &'static str, unit: &'static str, budget: f64, reached: f64) -> Self {
        Self { what, unit, budget, at_least: true, reached, samples: Vec::new() }
    }

    fn within(&self) -> bool {
        if self.at_least { self.reached >= self.budget } else { self.reached <= self.budget }
    }

    fn json(&self) -> Value {
        json!({ "what": self.what, "unit": self.unit, "budget": self.budget, "reached": self.reached,
                "samples": self.samples, "within": self.within() })
    }
}

/// All lines, and what could not be measured.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    missing: Vec<String>,
}

impl Table {
    /// Adds what one measurement gave.
    pub(super) fn add(&mut self, measured: Result<Vec<Row>>) {
        match measured {
            Ok(rows) => {
                rows.iter().for_each(show);
                self.rows.extend(rows);
            }
            Err(why) => self.missing.push(format!("{why:#}")),
        }
    }

    /// Whether everything was measured and is within its budget.
    pub(super) fn within(&self) -> bool {
        self.missing.is_empty() && self.rows.iter().all(Row::within)
    }

    /// Prints the table and writes `target/bench.json`.
    #[expect(clippy::print_stdout, reason = "the table is what the command is for")]
    pub(super) fn write(&self) -> Result<()> {
        println!("\n{:<52} {:>10} {:>10}", "what", "budget", "reached");
        self.rows.iter().for_each(show);
        for why in &self.missing {
            println!("not measured: {why}");
        }
        let rows: Vec<_> = self.rows.iter().map(Row::json).collect();
        let whole = json!({ "rows": rows, "missing": self.missing });
        let file = place::bench();
        std::fs::write(&file, format!("{whole:#}\n")).with_context(|| format!("{}", file.display()))
    }
}

#[expect(clippy::print_stdout, reason = "the table is what the command is for")]
fn show(row: &Row) {
    let mark = if row.within() { "" } else { "  OVER" };
    let samples: Vec<_> = row.samples.iter().map(|sample| format!("{sample:.0}")).collect();
    println!(
        "{:<52} {:>10} {:>10.1} {} {mark} {}",
        row.what,
        row.budget,
        row.reached,
        row.unit,
        if samples.len() <= 10 { samples.join(" ") } else { format!("{} samples", samples.len()) }
    );
}

/// The middle sample.
pub(super) fn median(samples: &[f64]) -> f64 {
    quantile(samples, 0.5)
}

/// The sample below which this part of all samples lies (nearest rank).
pub(super) fn quantile(samples: &[f64], part: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = sorted.iter().enumerate().position(|(at, _sample)| share(at + 1, sorted.len()) >= part);
    rank.and_then(|at| sorted.get(at)).copied().unwrap_or(f64::NAN)
}

fn share(some: usize, all: usize) -> f64 {
    let exact = |n: usize| u32::try_from(n).map_or(f64::MAX, f64::from);
    exact(some) / exact(all)
}

#[cfg(test)]
mod tests {
    use super::{median, quantile};

    #[test]
    fn medians_and_tails_are_samples() {
        assert!((median(&[5.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
        let many: Vec<f64> = (1..=100).map(f64::from).collect();
        assert!((quantile(&many, 0.95) - 95.0).abs() < f64::EPSILON);
        assert!(median(&[]).is_nan());
    }
}
