//! On the worst day a diary costs eight taps and twenty seconds, or two taps; nothing is dragged; whoever
//! stops finds everything again, and the last tap can be taken back.

use anyhow::{Context as _, Result, ensure};

use crate::harness::hand::Cost;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, World, promise};

const NUMBERS: [u8; 7] = [7, 5, 4, 6, 3, 2, 5];

/// The narrowest phone, and words twice as large. A window of WebKit's cannot be made so narrow.
async fn twice_as_large(browser: &Browser) -> Result<()> {
    browser.as_wide_as(320).await?;
    browser.in_words_of(200).await
}

/// Waits until a number is chosen: a screen that comes back shows it a moment later.
async fn stands(browser: &Browser, number: u8) -> Result<()> {
    until(&format!("{number} stands there"), async || Ok(browser.rated(number).await.ok())).await
}

/// The daily core from Today.
async fn core(browser: &Browser) -> Result<Cost> {
    let mut cost = Cost::default();
    browser.part("link", "Begin").await?;
    browser.watch_hand().await?;
    browser.reckon(&mut cost, "Begin").await?;
    browser.begin_check_in().await?;
    for (at, number) in (1..).zip(NUMBERS) {
        browser.says(&format!("Question {at} of 7")).await?;
        browser.answered(&mut cost).await?;
        browser.reckon(&mut cost, "").await?;
        browser.rate(number).await?;
    }
    browser.says("checked by reading it back").await?;
    browser.answered(&mut cost).await?;
    Ok(cost)
}

/// Stops at every question and comes back to it.
async fn with_pauses(browser: &Browser) -> Result<()> {
    for (at, number) in (1..).zip(NUMBERS) {
        browser.begin_check_in().await?;
        browser.says(&format!("Question {at} of 7")).await?;
        browser.rate(number).await?;
        if at < NUMBERS.len() {
            browser.says(&format!("{number}, kept on this phone")).await?;
            let kept = if at == 1 { "1 answer is kept" } else { "answers are kept" };
            settled_press(browser, "Leave", kept).await?;
        }
    }
    browser.says("checked by reading it back").await
}

/// Takes the last tap back without a reason and answers otherwise: the diary has one entry, never changed.
async fn undone(world: &World) -> Result<()> {
    let browser = &world.browser;
    settled_press(browser, "Undo the last answer", "Question 7 of 7").await?;
    stands(browser, 5).await?;
    browser.rate(8).await?;
    browser.says("checked by reading it back").await?;
    browser.done().await?;
    browser.says("Done at").await?;
    only_entry(world).await?;
    browser.says("Answered").await?;
    let text = browser.text().await?;
    ensure!(!text.contains("Corrected") && !text.contains("Changed"), "{text}");
    Ok(())
}

/// Presses until the page says this: a tap too soon after something new came is not taken.
async fn settled_press(browser: &Browser, name: &str, says: &str) -> Result<()> {
    until(&format!("{name} leads to “{says}”"), async || {
        if browser.text().await?.contains(says) {
            return Ok(Some(()));
        }
        if let Some(part) = browser.parts("button", Some(name)).await?.into_iter().next() {
            part.tap().await?;
        }
        Ok(None)
    })
    .await
}

/// Opens the diary's one entry.
async fn only_entry(world: &World) -> Result<()> {
    world.open("/diary").await?;
    let entries = until("an entry", async || {
        let links = world.browser.ask("return [...document.querySelectorAll('main a[href^=\"/diary/\"]')].map((one) => one.getAttribute('href'))").await?;
        let links: Vec<String> = serde_json::from_value(links)?;
        Ok(Some(links).filter(|links| !links.is_empty()))
    })
    .await?;
    ensure!(entries.len() == 1, "{entries:?}");
    world.open(entries.first().context("none")?).await
}

async fn new_here(world: &World) -> Result<()> {
    world.open("/").await?;
    world.browser.is_new_here().await
}

async fn eight_taps(world: &mut World) -> Result<()> {
    new_here(world).await?;
    let browser = &world.browser;
    twice_as_large(browser).await?;
    let cost = core(browser).await?;
    std::fs::write(world.folder.join("cost.txt"), format!("{cost:#?}\n{:.0} ms in all\n", cost.total_ms()))?;
    ensure!(cost.taps == 8, "{cost:?}");
    // Where not all answers are on the screen a swipe brings them; it is in the time.
    ensure!(cost.dragged == 0, "something is to be dragged: {cost:?}");
    // WebKit is driven here without a graphics processor: what that takes is no phone's time.
    let spent = if browser.engine() == Engine::WebKit { cost.person_ms } else { cost.total_ms() };
    ensure!(spent <= 20_000.0, "{cost:?}");
    undone(world).await?;
    // Sleep times are a part of their own, which nobody has to open.
    world.open("/").await?;
    world.browser.part("link", "Begin: Sleep times").await?;
    world.browser.says("Optional.").await
}

async fn paused(world: &mut World) -> Result<()> {
    new_here(world).await?;
    with_pauses(&world.browser).await?;
    undone(world).await
}

async fn two_taps(world: &mut World) -> Result<()> {
    new_here(world).await?;
    let browser = &world.browser;
    twice_as_large(browser).await?;
    let mut cost = Cost::default();
    let only = browser.part("link", "Only pain today").await?;
    browser.watch_hand().await?;
    browser.reckon(&mut cost, "Only pain today").await?;
    only.tap().await?;
    browser.says("Question 1 of 1").await?;
    browser.reckon(&mut cost, "").await?;
    browser.rate(6).await?;
    browser.says("checked by reading it back").await?;
    ensure!(cost.taps == 2, "{cost:?}");
    browser.done().await?;
    browser.says("Pain recorded at").await?;
    // Later that day: what was answered stands there, and no reason is asked for.
    browser.press("link", "Answer the rest").await?;
    browser.says("Question 1 of 7").await?;
    browser.rate(8).await?;
    browser.says("Question 2 of 7").await?;
    stands(browser, 6).await?;
    settled_press(browser, "Next", "Question 3 of 7").await?;
    for (at, number) in (3..).zip([4, 6, 3, 2, 5]) {
        browser.says(&format!("Question {at} of 7")).await?;
        browser.rate(number).await?;
    }
    browser.says("checked by reading it back").await?;
    browser.done().await?;
    browser.says("Done at").await?;
    only_entry(world).await?;
    browser.says("Changed").await?;
    ensure!(!browser.text().await?.contains("Corrected"), "nothing was corrected");
    browser.says("how strong was your pain at its worst? 8").await?;
    browser.says("how strong was your pain on average? 6").await
}

#[tokio::test(flavor = "multi_thread")]
async fn worst_day_takes_eight_taps() -> Result<()> {
    promise("worst_day_takes_eight_taps", Engine::Chromium, 3, eight_taps).await
}

#[tokio::test(flavor = "multi_thread")]
async fn worst_day_takes_eight_taps_in_webkit() -> Result<()> {
    promise("worst_day_takes_eight_taps", Engine::WebKit, 3, eight_taps).await
}

#[tokio::test(flavor = "multi_thread")]
async fn worst_day_is_paused_anywhere() -> Result<()> {
    promise("worst_day_is_paused_anywhere", Engine::Chromium, 3, paused).await
}

#[tokio::test(flavor = "multi_thread")]
async fn worst_day_is_paused_anywhere_in_webkit() -> Result<()> {
    promise("worst_day_is_paused_anywhere", Engine::WebKit, 3, paused).await
}

#[tokio::test(flavor = "multi_thread")]
async fn worst_day_has_two_taps_for_pain_alone() -> Result<()> {
    promise("worst_day_has_two_taps", Engine::Chromium, 3, two_taps).await
}

#[tokio::test(flavor = "multi_thread")]
async fn worst_day_has_two_taps_for_pain_alone_in_webkit() -> Result<()> {
    promise("worst_day_has_two_taps", Engine::WebKit, 3, two_taps).await
}
