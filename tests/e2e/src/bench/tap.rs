//! From a tap to its picture and to the disk.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::table::{Row, median, quantile};
use super::{ROUNDS, check_in_of, check_in_of_today, slow_processor, watch, world};
use crate::harness::Browser;

/// Notes, for each tap on an answer, when the next frame was painted and when the draft's
/// transaction was complete.
const TAPS: &str = "window.painted = []; window.kept = []; let tap = null;
    addEventListener('click', (event) => {
        if (!event.isTrusted || !event.target.closest('label, input')) return;
        tap = event.timeStamp;
        const at = tap;
        requestAnimationFrame(() => { const later = new MessageChannel();
            later.port1.onmessage = () => window.painted.push(performance.now() - at); later.port2.postMessage(0) });
    }, true);
    const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (names, mode, ...more) {
        const transaction = open.call(this, names, mode, ...more);
        const at = tap;
        if (mode === 'readwrite' && at !== null && [names].flat().includes('drafts')) {
            transaction.addEventListener('complete', () => { window.kept.push(performance.now() - at); if (tap === at) tap = null });
        }
        return transaction;
    };";

/// Seven taps today, six about each of four days before.
pub(super) async fn taps() -> Result<Vec<Row>> {
    let world = world("taps").await?;
    let browser = &world.browser;
    watch(browser, TAPS).await?;
    world.open("/").await?;
    browser.is_new_here().await?;
    let today = check_in_of_today(browser).await?;
    let today: i64 = today.split('/').nth(6).and_then(|day| day.parse().ok()).context("no day")?;
    slow_processor(browser).await?;
    let (mut painted, mut kept) = (Vec::new(), Vec::new());
    for back in (0..).take(ROUNDS) {
        world.open(&check_in_of(today - back)).await?;
        if back == 0 {
            browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        } else {
            browser.check_in_late([7, 5, 6, 3, 2, 5]).await?;
        }
        painted.extend(numbers(browser, "painted").await?);
        kept.extend(numbers(browser, "kept").await?);
    }
    ensure!(painted.len() >= 30 && kept.len() >= 25, "{} taps, {} drafts", painted.len(), kept.len());
    Ok(vec![
        Row::most("tap to painted, median", "ms", 32.0, median(&painted), &painted),
        Row::most("tap to painted, p95", "ms", 50.0, quantile(&painted, 0.95), &painted),
        Row::most("tap to draft on disk (sealed), p95", "ms", 30.0, quantile(&kept, 0.95), &kept),
    ])
}

async fn numbers(browser: &Browser, name: &str) -> Result<Vec<f64>> {
    let taken = browser.ask(&format!("return window.{name}")).await?;
    Ok(taken.as_array().context("no figures")?.iter().filter_map(Value::as_f64).collect())
}
