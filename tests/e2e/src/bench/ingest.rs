//! How much the clinic takes in: the clinic's own measurement, called.

use anyhow::{Context as _, Result, ensure};

use serde_json::Value;

use super::table::Row;

/// Runs the clinic's ingest measurement: real HTTP, an SQLite file, five rounds.
pub(super) async fn clinic() -> Result<Vec<Row>> {
    let words = [
        "run",
        "--quiet",
        "--profile",
        "server",
        "-p",
        "interlude-clinic",
        "--example",
        "ingest",
        "--",
        "--json",
    ];
    let out = tokio::process::Command::new("cargo").args(words).output().await?;
    ensure!(out.status.success(), "the ingest measurement: {}", String::from_utf8_lossy(&out.stderr));
    let said: Value = serde_json::from_slice(&out.stdout).context("the ingest measurement")?;
    let figure = said.get("responses_per_second").and_then(Value::as_f64).context("no figure")?;
    Ok(vec![Row::least("clinic ingest, batches of 50, SQLite FULL", "/s", 6000.0, figure)])
}
