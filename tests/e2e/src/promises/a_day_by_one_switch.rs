//! A whole day with one switch, and no stop of the scan further away than a person can wait for.

use anyhow::{Result, ensure};

use crate::harness::wait::until;
use crate::harness::{Browser, Engine, World, promise};

/// The most stops to anything that a day needs: eleven numbers and what stands before them.
const FAR: usize = 16;

/// Acts there until the page says this: what comes too soon after something new is not taken.
async fn act(browser: &Browser, role: &str, name: &str, says: &str) -> Result<()> {
    until(&format!("{role} “{name}” leads to “{says}”"), async || {
        if browser.text().await?.contains(says) {
            return Ok(Some(()));
        }
        if let Ok(stops) = browser.scan_to(role, name).await {
            ensure!(stops <= FAR, "{stops} stops to {role} “{name}”");
        }
        Ok(None)
    })
    .await
}

async fn by_switch(world: &mut World) -> Result<()> {
    world.open("/").await?;
    let browser = &world.browser;
    browser.says("New here, or used Interlude before?").await?;
    act(browser, "button", "I am new here", "Daily check-in").await?;
    act(browser, "link", "Begin", "Question 1 of 7").await?;
    for (at, number) in (1..).zip([7_u8, 5, 4, 6, 3, 2]) {
        act(browser, "radio", &number.to_string(), &format!("Question {} of 7", at + 1)).await?;
    }
    act(browser, "radio", "5", "checked by reading it back").await?;
    act(browser, "button", "Done", "Done at").await?;
    browser.scan_to("link", "Diary").await?;
    browser.part("heading", "Diary").await?;
    browser.part("link", "Daily check-in…").await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_by_one_switch() -> Result<()> {
    promise("a_day_by_one_switch", Engine::Chromium, 4, by_switch).await
}
