//! Trends of ten years: from the tap on another scale to the picture of it, everything having been read.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::slow_processor;
use super::table::{Row, median};
use crate::harness::World;
use crate::harness::wait::until;

/// Milliseconds in which a curve of ten years is to be drawn, the processor four times slower.
pub(crate) const BUDGET: f64 = 100.0;

/// Notes, for each tap on a choice, when what it led to was painted.
const WATCH: &str = "window.drawn = [];
    addEventListener('click', (event) => {
        if (!event.target.matches('.chip input')) return;
        const from = event.timeStamp;
        requestAnimationFrame(() => { const later = new MessageChannel();
            later.port1.onmessage = () => window.drawn.push(performance.now() - from); later.port2.postMessage(0) });
    }, true)";

/// Steps of the curve: everything, by the week, has hundreds.
const STEPS: &str = "return (document.querySelector('.c-reach, .c-line')?.getAttribute('d') || '').length";

/// The budget's rows.
pub(super) async fn rows(world: &World) -> Result<Vec<Row>> {
    let (read, times) = draws(world).await?;
    Ok(vec![
        Row::most("Trends of ten years, another scale drawn, median", "ms", BUDGET, median(&times), &times),
        Row::most("… the tap on All: ten years read and drawn", "ms", 5000.0, read, &[]),
    ])
}

/// Draws everything once, then each scale: milliseconds from the tap on All until the curve stands there,
/// and from each tap on a scale until it was painted.
pub(crate) async fn draws(world: &World) -> Result<(f64, Vec<f64>)> {
    let browser = &world.browser;
    world.open("/trends").await?;
    browser.part("radio", "All").await?;
    browser.ask(WATCH).await?;
    slow_processor(browser).await?;
    let script = "const from = performance.now();
        [...document.querySelectorAll('.chip')].find((one) => one.innerText.trim() === 'All').click();
        const long = () => (document.querySelector('.c-line')?.getAttribute('d') || '').length > 2000;
        while (!long()) { await new Promise((next) => setTimeout(next, 4)); if (performance.now() - from > 15000) return null }
        return performance.now() - from";
    let read = browser.ask(script).await?.as_f64().context("ten years were not drawn")?;
    browser.ask("window.drawn = []").await?;
    let scales = ["Sleep", "Anxiety", "Pain in the way", "Pain"];
    for (scale, wanted) in scales.into_iter().cycle().zip(1_u64..=8) {
        browser.press("radio", scale).await?;
        until("it was painted", async || {
            let n = browser.ask("return window.drawn.length").await?;
            Ok((n.as_u64() >= Some(wanted)).then_some(()))
        })
        .await?;
        let long = browser.ask(STEPS).await?;
        ensure!(long.as_u64() > Some(2000), "{scale}: {long} letters of a curve");
    }
    let times = browser.ask("return window.drawn").await?;
    let times: Vec<f64> =
        times.as_array().context("no times")?.iter().filter_map(Value::as_f64).take(8).collect();
    Ok((read, times))
}
