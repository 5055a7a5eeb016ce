//! `cargo xtask bench`: the table of budgets.
//!
//! The measuring is in `tests/e2e`, beside the harness it needs; here it is built and called.

use std::process::ExitCode;

use anyhow::Result;

use crate::place;
use crate::shell::{cargo, must};
use crate::test::with_app;

/// Measures, prints the table, writes `target/bench.json`; fails over budget.
pub(crate) fn run(names: &[String]) -> Result<ExitCode> {
    let mut bench = with_app(cargo(&["run", "--quiet", "-p", "interlude-e2e", "--bin", "bench"]), "server")?;
    bench.arg("--").args(names);
    bench.env("INTERLUDE_BENCH", place::artefacts().join("bench.json"));
    Ok(if must(&mut bench).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
