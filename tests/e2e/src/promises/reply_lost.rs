//! A reply lost after the clinic had stored the entry costs nothing and doubles nothing.

use anyhow::{Result, ensure};

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, World, promise};

async fn reply_lost(world: &mut World) -> Result<()> {
    let patient = world.patient("MR").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.all_is_sent().await?;
    world.open("/").await?;
    let reader = Reader::of(world, &patient).await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;

    world.proxy.swallow_reply_to("POST /fhir");
    world.browser.done().await?;
    until("the reply is lost", async || Ok((world.proxy.swallowed() == 1).then_some(()))).await?;
    let stored = reader.all("QuestionnaireResponse").await?;
    ensure!(stored.len() == 1, "the clinic had stored {} when the reply was lost", stored.len());

    world.open("/sync").await?;
    world.browser.press("button", "Send now").await?;
    world.browser.says("The clinic's last receipt came").await?;
    world.browser.says("Nothing waits").await?;
    let stored = reader.all("QuestionnaireResponse").await?;
    ensure!(stored.len() == 1, "{} responses", stored.len());
    for response in &stored {
        let versions = reader.versions(response).await?;
        ensure!(versions.len() == 1, "{} versions", versions.len());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_lost_in_chromium() -> Result<()> {
    promise("reply_lost", Engine::Chromium, 3, reply_lost).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_lost_in_webkit() -> Result<()> {
    promise("reply_lost", Engine::WebKit, 3, reply_lost).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_lost_in_firefox() -> Result<()> {
    promise("reply_lost", Engine::Firefox, 3, reply_lost).await
}
