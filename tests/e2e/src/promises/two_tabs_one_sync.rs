//! Two tabs of one diary send each entry once, and a tab that is put away holds nobody up.

use anyhow::{Result, ensure};

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, World, promise};

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_one_sync() -> Result<()> {
    promise("two_tabs_one_sync", Engine::Chromium, 3, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        let reader = Reader::of(world, &patient).await?;
        let session = world.browser.session().clone();
        let first = session.window().await?;
        world.open("/sync").await?;
        world.browser.says("Nothing waits").await?;
        check_in_another_tab(world).await?;
        // Both tabs want to send now: both heard of the entry, and the first is asked to.
        session.switch_to_window(first).await?;
        world.browser.press("button", "Send now").await?;
        one_is_there(world, &reader).await?;
        let requests = world.proxy.requests();
        let pushes = requests.iter().filter(|line| line.starts_with("POST /fhir")).count();
        ensure!(pushes == 1, "{pushes} pushes: {requests:?}");
        Ok(())
    })
    .await
}

/// The first tab may be the one that sends when it is left for another page. The browser keeps the
/// old page asleep with all it holds.
#[tokio::test(flavor = "multi_thread")]
async fn a_tab_put_away_holds_nobody_up() -> Result<()> {
    promise("a_tab_put_away_holds_nobody_up", Engine::Chromium, 3, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        let reader = Reader::of(world, &patient).await?;
        let session = world.browser.session().clone();
        let first = session.window().await?;
        world.open("/").await?;
        world.browser.part("heading", "Today").await?;
        check_in_another_tab(world).await?;
        session.switch_to_window(first).await?;
        world.open("/sync").await?;
        world.browser.press("button", "Send now").await?;
        one_is_there(world, &reader).await
    })
    .await
}

async fn check_in_another_tab(world: &World) -> Result<()> {
    let session = world.browser.session().clone();
    let second = session.new_tab().await?;
    session.switch_to_window(second).await?;
    world.browser.as_wide_as(390).await?;
    world.open("/").await?;
    world.browser.begin_check_in().await?;
    world.proxy.forget();
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await
}

async fn one_is_there(world: &World, reader: &Reader) -> Result<()> {
    world.browser.says("Nothing waits").await?;
    until("the clinic holds it", async || {
        Ok((reader.all("QuestionnaireResponse").await?.len() == 1).then_some(()))
    })
    .await
}
