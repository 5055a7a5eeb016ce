//! How long until the first question can be answered.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::table::{Row, median};
use super::{ROUNDS, check_in_of_today, slow_network, slow_processor, sync, trends, watch, world};
use crate::harness::wait::{until, within};
use crate::harness::{Browser, Weather};

/// Notes when the first radio of a question was painted.
const ANSWERABLE: &str = "new MutationObserver((_, me) => {
        const radio = document.querySelector('main input[type=radio]');
        if (!radio || radio.disabled || !radio.getClientRects().length) return;
        me.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.answerableAt = performance.now() }));
    }).observe(document, { childList: true, subtree: true });";

/// Bytes of what was asked for until then, as they came over the network.
const BYTES: &str = "const until = window.answerableAt;
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return all.filter((one) => one.startTime < until).reduce((sum, one) => sum + one.encodedBodySize, 0);";

/// A phone that holds nothing of the app opens today's check-in over a slow network. It has said
/// before that it is new here, or that question would come first.
pub(super) async fn cold() -> Result<Vec<Row>> {
    let (mut times, mut bytes) = (Vec::new(), 0.0);
    for _round in 0..ROUNDS {
        let world = world("cold").await?;
        let browser = &world.browser;
        world.open("/").await?;
        browser.is_new_here().await?;
        let address = check_in_of_today(browser).await?;
        browser.open("about:blank").await?;
        let app = json!({ "origin": world.proxy.url(), "storageTypes": "service_workers,cache_storage" });
        browser.cdp("Storage.clearDataForOrigin", app).await?;
        browser.cdp("Network.clearBrowserCache", json!({})).await?;
        watch(browser, ANSWERABLE).await?;
        slow_processor(browser).await?;
        slow_network(browser).await?;
        world.open(&address).await?;
        times.push(answerable(browser).await?);
        bytes = browser.ask(BYTES).await?.as_f64().context("no sizes")? / 1024.0;
    }
    Ok(vec![
        Row::most("bytes to the first answerable question", "KB", 180.0, bytes, &[]),
        Row::most("cold start to answerable", "ms", 1500.0, median(&times), &times),
    ])
}

/// The same phone again, with no network.
pub(super) async fn warm() -> Result<Vec<Row>> {
    let world = world("warm").await?;
    world.open("/").await?;
    world.browser.is_new_here().await?;
    world.browser.ready_for_offline().await?;
    world.proxy.set(Weather::Cut);
    let times = starts(&world.browser, &world.proxy.url()).await?;
    Ok(vec![Row::most("warm start, service worker, offline", "ms", 450.0, median(&times), &times)])
}

/// The same with ten years of entries in the journal.
pub(super) async fn ten_years() -> Result<Vec<Row>> {
    let world = world("ten-years").await?;
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.open("/").await?;
    world.browser.ready_for_offline().await?;
    let few = starts(&world.browser, &world.proxy.url()).await?;
    sync::fill_clinic(&world, &patient, 14_600, 4).await?;
    world.open("/sync").await?;
    world.browser.press("button", "Send now").await?;
    let limit = std::time::Duration::from_secs(600);
    within(limit, "ten years arrive", async || {
        let held = world.browser.ask(sync::ENTRIES).await?;
        Ok(held.as_u64().filter(|n| *n >= 14_600).map(drop))
    })
    .await?;
    world.proxy.set(Weather::Cut);
    let many = starts(&world.browser, &world.proxy.url()).await?;
    let times = median(&many) / median(&few);
    let mut rows =
        vec![Row::most("the same with ten years of entries (14,600)", "times", 1.15, times, &many)];
    rows.extend(trends::rows(&world).await?);
    Ok(rows)
}

/// Opens today's check-in again and again; the first time warms.
async fn starts(browser: &Browser, origin: &str) -> Result<Vec<f64>> {
    watch(browser, ANSWERABLE).await?;
    slow_processor(browser).await?;
    let address = format!("{origin}{}", check_in_of_today(browser).await?);
    let mut times = Vec::new();
    for round in 0..=ROUNDS {
        browser.open("about:blank").await?;
        browser.open(&address).await?;
        let time = answerable(browser).await?;
        if round > 0 {
            times.push(time);
        }
    }
    browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
    Ok(times)
}

async fn answerable(browser: &Browser) -> Result<f64> {
    until("a question", async || {
        Ok(browser.ask("return window.answerableAt").await.ok().as_ref().and_then(Value::as_f64))
    })
    .await
}
