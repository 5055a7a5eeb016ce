//! With the server gone and the browser started anew, the diary is whole.

use anyhow::Result;

use crate::harness::{Engine, Weather, World, promise};

async fn reopened_offline(world: &mut World) -> Result<()> {
    world.open("/").await?;
    world.browser.is_new_here().await?;
    world.browser.ready_for_offline().await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await?;

    world.clinic.kill().await?;
    world.proxy.set(Weather::Cut);
    world.browser.quit().await?;
    world.browser.reopen().await?;

    world.open("/").await?;
    world.browser.part("heading", "Today").await?;
    world.browser.says("Done at ").await?;
    world.open("/diary").await?;
    world.browser.says("Daily check-in").await?;
    world.open("/fill/peg").await?;
    for number in [6, 5, 4] {
        world.browser.rate(number).await?;
    }
    world.browser.says("checked by reading it back").await
}

#[tokio::test(flavor = "multi_thread")]
async fn reopened_offline_in_chromium() -> Result<()> {
    promise("reopened_offline", Engine::Chromium, 3, reopened_offline).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reopened_offline_in_firefox() -> Result<()> {
    promise("reopened_offline", Engine::Firefox, 3, reopened_offline).await
}
