//! A newer version waits until no form is open in any tab, and then comes whole.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::site::Site;
use crate::harness::wait::until;
use crate::harness::{Engine, World, promise};

async fn update_waits_for_draft(world: &mut World) -> Result<()> {
    world.open("/").await?;
    world.browser.is_new_here().await?;
    world.browser.ready_for_offline().await?;
    let session = world.browser.session().clone();
    let first = session.window().await?;
    let second = session.new_tab().await?;
    session.switch_to_window(second.clone()).await?;
    world.browser.as_wide_as(390).await?;
    world.open("/").await?;
    world.browser.begin_check_in().await?;
    world.browser.rate(7).await?;
    world.browser.says("7, kept on this phone").await?;

    let newer = Site::copy()?;
    newer.become_newer()?;
    world.clinic.serve_instead(newer.path()).await?;
    session.switch_to_window(first.clone()).await?;
    world.browser.ask("await (await navigator.serviceWorker.getRegistration()).update()").await?;
    until("the newer version waits", async || {
        let waits =
            world.browser.ask("return !!(await navigator.serviceWorker.getRegistration()).waiting").await?;
        Ok((waits == json!(true)).then_some(()))
    })
    .await?;
    world.open("/").await?;
    world.browser.part("heading", "Today").await?;
    ensure!(!is_newer(world).await?, "the newer version came while a form was open");

    session.switch_to_window(second).await?;
    world.browser.says("Question 2 of 7").await?;
    world.browser.press("button", "Leave").await?;
    world.browser.part("heading", "Today").await?;
    session.close_window().await?;
    session.switch_to_window(first).await?;
    // The app reloads itself, as it does for a person: a test that opens an address meanwhile is
    // a second navigation, and which of the two the driver then waits for is chance.
    world.browser.press("button", "Use it now").await?;
    until("the newer version comes", async || Ok(is_newer(world).await?.then_some(()))).await?;
    world.browser.begin_check_in().await?;
    world.browser.says("Question 2 of 7").await
}

#[tokio::test(flavor = "multi_thread")]
async fn update_waits_for_draft_in_chromium() -> Result<()> {
    promise("update_waits_for_draft", Engine::Chromium, 3, update_waits_for_draft).await
}

#[tokio::test(flavor = "multi_thread")]
async fn update_waits_for_draft_in_firefox() -> Result<()> {
    promise("update_waits_for_draft", Engine::Firefox, 3, update_waits_for_draft).await
}

async fn is_newer(world: &World) -> Result<bool> {
    Ok(world.browser.ask("return !!document.querySelector('meta[name=newer]')").await? == json!(true))
}
