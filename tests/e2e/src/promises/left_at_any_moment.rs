//! Whatever a page is doing when the person leaves it, the next one is there at once, and has all of it.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use crate::harness::wait::{until, within};
use crate::harness::{Engine, World, promise};

/// How often the page is left, each time a little later.
const TIMES: u32 = 14;
/// How much later each time, in milliseconds.
const LATER_MS: u32 = 40;
/// `WebKit` keeps a page that was left asleep: one that holds the store keeps the next one waiting for
/// as long as a verb may take, which is 20 seconds.
const AT_ONCE: Duration = Duration::from_secs(10);

/// Answers the form up to its last question, from where the life before left it.
async fn answers_all_but_one(world: &World) -> Result<()> {
    world.open("/fill/peg").await?;
    loop {
        let at = until("a question", async || {
            let place = world.browser.place().await?;
            Ok((1..=3).find(|at| place.contains(&format!("Question {at} of 3"))))
        });
        match at.await? {
            3 => return Ok(()),
            at => {
                world.browser.rate(at + 3).await?;
                world.browser.says(&format!("Question {} of 3", at + 1)).await?;
            }
        }
    }
}

async fn left(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    let browser = &world.browser;
    for time in 0..TIMES {
        answers_all_but_one(world).await?;
        // Another number than the life before may have left there.
        browser.rate(if time % 2 == 0 { 6 } else { 8 }).await?;
        let leave = "setTimeout(() => location.assign('/diary'), arguments[0])";
        browser.session().execute(leave, vec![json!(time * LATER_MS)]).await?;
        within(AT_ONCE, "the next page", async || Ok(browser.has("heading", "Diary").await?.then_some(())))
            .await?;
    }
    // What was taken back when its page was put away, the next life of the form has.
    world.open("/fill/peg").await?;
    browser.says("Question ").await?;
    world.all_is_sent().await?;
    world.open("/diary").await?;
    until("a form that was finished", async || {
        Ok(browser.text().await?.contains("Pain impact (PEG)").then_some(()))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn left_at_any_moment_in_chromium() -> Result<()> {
    promise("left_at_any_moment", Engine::Chromium, 4, left).await
}

#[tokio::test(flavor = "multi_thread")]
async fn left_at_any_moment_in_webkit() -> Result<()> {
    promise("left_at_any_moment", Engine::WebKit, 4, left).await
}
