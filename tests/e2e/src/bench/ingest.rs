//! How much the clinic takes in: the clinic's own measurement, called.

use anyhow::{Context as _, Result, ensure};

use super::table::Row;

/// Runs the clinic's ingest measurement; its last number is the figure.
pub(super) async fn clinic() -> Result<Vec<Row>> {
    let words = ["run", "--quiet", "--profile", "server", "-p", "interlude-clinic", "--example", "ingest"];
    let out = tokio::process::Command::new("cargo").args(words).output().await?;
    ensure!(out.status.success(), "the ingest measurement: {}", String::from_utf8_lossy(&out.stderr));
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let figure = said.split_whitespace().rev().find_map(|word| word.replace(',', "").parse::<f64>().ok());
    Ok(vec![Row::least(
        "clinic ingest, batches of 50, SQLite FULL",
        "/s",
        6000.0,
        figure.context("no figure")?,
    )])
}
