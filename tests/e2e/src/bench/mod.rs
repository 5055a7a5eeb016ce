//! The budgets: Chromium, CPU four times slower, 1.6 Mbit/s, 150 ms a request, medians of five.
//!
//! Each figure is taken inside the page, by a script that is there before the app is.

mod ingest;
mod start;
pub(crate) mod sync;
mod table;
mod tap;
pub(crate) mod trends;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::harness::{Browser, Engine, World};
use table::Table;

/// The measurements, in their order.
const NAMES: [&str; 6] = ["cold", "warm", "taps", "sync", "ten-years", "ingest"];
/// Times a figure is taken.
const ROUNDS: usize = 5;

/// Measures everything, or what is named, prints the table and writes it down.
///
/// # Errors
/// When a figure is over its budget, or could not be taken.
pub async fn run(names: &[String]) -> Result<()> {
    let unknown = names.iter().find(|name| !NAMES.contains(&name.as_str()));
    ensure!(unknown.is_none(), "there is no measurement {unknown:?}: {NAMES:?}");
    let mut table = Table::default();
    for name in NAMES.iter().filter(|name| names.is_empty() || names.iter().any(|wanted| wanted == *name)) {
        let measured = match *name {
            "cold" => start::cold().await,
            "warm" => start::warm().await,
            "taps" => tap::taps().await,
            "sync" => sync::year().await,
            "ten-years" => start::ten_years().await,
            _ => ingest::clinic().await,
        };
        table.add(measured);
    }
    table.write()?;
    ensure!(table.within(), "over budget");
    Ok(())
}

/// A world for one measurement.
async fn world(name: &str) -> Result<World> {
    World::start(&format!("bench-{name}"), Engine::Chromium, "en-US").await
}

/// Makes the browser's processor a phone's.
pub(crate) async fn slow_processor(browser: &Browser) -> Result<()> {
    browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    Ok(())
}

/// Makes the page's network a phone's.
async fn slow_network(browser: &Browser) -> Result<()> {
    browser.cdp("Network.enable", json!({})).await?;
    let phone = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000 });
    browser.cdp("Network.emulateNetworkConditions", phone).await?;
    Ok(())
}

/// Puts a script before the app in every page opened from now on.
async fn watch(browser: &Browser, script: &str) -> Result<()> {
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
    Ok(())
}

/// Today's check-in, by its address.
async fn check_in_of_today(browser: &Browser) -> Result<String> {
    Ok(check_in_of(today(browser).await?))
}

/// The diary day, counted since 1970.
async fn today(browser: &Browser) -> Result<i64> {
    let script = "const here = new Date(Date.now() - 4 * 3600e3);
        return Math.floor(Date.UTC(here.getFullYear(), here.getMonth(), here.getDate()) / 864e5)";
    browser.ask(script).await?.as_i64().context("no day")
}

/// The check-in about a day, counted since 1970.
fn check_in_of(day: i64) -> String {
    format!("/fill/daily-checkin/for/0/daily/{day}/day")
}
