//! Two tabs of one diary send each entry once.

use anyhow::{Result, ensure};

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, promise};

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_one_sync() -> Result<()> {
    promise("two_tabs_one_sync", Engine::Chromium, 3, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        let reader = Reader::of(world, &patient).await?;
        let session = world.browser.session().clone();
        let first = session.window().await?;
        world.open("/").await?;
        world.browser.part("heading", "Today").await?;
        let second = session.new_tab().await?;
        session.switch_to_window(second).await?;
        world.browser.as_wide_as(390).await?;
        world.open("/").await?;
        world.browser.begin_check_in().await?;
        world.proxy.forget();
        world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        world.browser.done().await?;
        // Both tabs want to send now: one says Done, the other is asked to.
        session.switch_to_window(first).await?;
        world.open("/sync").await?;
        world.browser.press("button", "Send now").await?;
        world.browser.says("Nothing waits").await?;
        until("the clinic holds it", async || {
            Ok((reader.all("QuestionnaireResponse").await?.len() == 1).then_some(()))
        })
        .await?;
        let requests = world.proxy.requests();
        let pushes = requests.iter().filter(|line| line.starts_with("POST /fhir")).count();
        ensure!(pushes == 1, "{pushes} pushes: {requests:?}");
        Ok(())
    })
    .await
}
