//! From a tap to its picture and to the disk.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::table::{Row, median, quantile};
use super::{ROUNDS, check_in_of, slow_processor, today, watch, world};
use crate::harness::Browser;

/// Notes, for each tap on an answer, when the next frame was painted (the mark on the answer), when the next
/// question was, and when the draft's transaction was complete. A tap on a label is told twice, for it and for
/// its radio: once counts. A tap too soon after a new question is not taken, and keeps nothing: it does not count.
const TAPS: &str = "window.taps = []; let tap = null, last = -1000;
    addEventListener('click', (event) => {
        if (!event.isTrusted || !event.target.closest('label, input') || event.timeStamp - last < 50) return;
        last = event.timeStamp;
        const one = tap = { at: last };
        window.taps.push(one);
        const asked = document.querySelector('main.fill .q-stem');
        new MutationObserver((_, me) => {
            const now = document.querySelector('main.fill .q-stem');
            if (now === asked) return;
            me.disconnect();
            if (now) requestAnimationFrame(() => setTimeout(() => { one.next = performance.now() - one.at }));
        }).observe(document, { childList: true, subtree: true });
        requestAnimationFrame(() => { const later = new MessageChannel();
            later.port1.onmessage = () => { one.painted = performance.now() - one.at }; later.port2.postMessage(0) });
    }, true);
    const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (names, mode, ...more) {
        const transaction = open.call(this, names, mode, ...more);
        const one = tap;
        if (mode === 'readwrite' && one && [names].flat().includes('drafts')) {
            transaction.addEventListener('complete', () => { one.kept ??= performance.now() - one.at; if (tap === one) tap = null });
        }
        return transaction;
    };";

/// What still feels as if it came at once, in milliseconds (Miller, Response time in man-computer
/// conversational transactions, 1968).
const AT_ONCE_MS: f64 = 100.0;

/// Six taps a check-in about a past day, five check-ins.
pub(super) async fn taps() -> Result<Vec<Row>> {
    let world = world("taps").await?;
    let browser = &world.browser;
    watch(browser, TAPS).await?;
    world.open("/").await?;
    browser.is_new_here().await?;
    let today = today(browser).await?;
    slow_processor(browser).await?;
    let (mut painted, mut next, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for back in (1..).take(ROUNDS) {
        world.open(&check_in_of(today - back)).await?;
        browser.check_in([7, 5, 6, 3, 2, 5]).await?;
        painted.extend(numbers(browser, "painted").await?);
        next.extend(numbers(browser, "next").await?);
        kept.extend(numbers(browser, "kept").await?);
    }
    ensure!(painted.len() == 30 && kept.len() == 30, "{} taps, {} drafts", painted.len(), kept.len());
    ensure!(next.len() == 25, "{} next questions, after five of six taps", next.len());
    Ok(vec![
        Row::most("tap to painted, median", "ms", 32.0, median(&painted), &painted),
        Row::most("tap to painted, p95", "ms", 50.0, quantile(&painted, 0.95), &painted),
        Row::most("tap to the next question painted, median", "ms", AT_ONCE_MS, median(&next), &next),
        Row::most("tap to draft on disk (sealed), p95", "ms", 30.0, quantile(&kept, 0.95), &kept),
    ])
}

async fn numbers(browser: &Browser, name: &str) -> Result<Vec<f64>> {
    let taken = browser
        .ask(&format!("return window.taps.filter((one) => one.kept).map((one) => one.{name})"))
        .await?;
    Ok(taken.as_array().context("no figures")?.iter().filter_map(Value::as_f64).collect())
}
