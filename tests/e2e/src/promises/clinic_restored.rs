//! The clinic is restored from an older copy: the phone notices and brings back what is missing there,
//! and says no more that the clinic had it until it has.

use anyhow::{Context as _, Result, ensure};

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, World, promise};

async fn peg(world: &World, numbers: [u8; 3]) -> Result<()> {
    world.open("/fill/peg").await?;
    for number in numbers {
        world.browser.rate(number).await?;
    }
    world.browser.says("checked by reading it back").await?;
    world.browser.done().await?;
    world.all_is_sent().await
}

#[tokio::test(flavor = "multi_thread")]
async fn clinic_restored() -> Result<()> {
    promise("clinic_restored", Engine::Chromium, 3, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        let reader = Reader::of(world, &patient).await?;
        peg(world, [6, 5, 4]).await?;
        let copy = world.folder.join("copy.sqlite");
        if copy.exists() {
            std::fs::remove_file(&copy)?;
        }
        let name = copy.to_str().context("a name")?.to_owned();
        world.clinic.command(&["backup", &name]).await?;
        peg(world, [3, 2, 1]).await?;
        ensure!(reader.all("QuestionnaireResponse").await?.len() == 2, "two entries are sent");

        world.clinic.kill().await?;
        world.clinic.command(&["restore", &name]).await?;
        world.clinic.come_back().await?;
        ensure!(reader.all("QuestionnaireResponse").await?.len() == 1, "the copy is older");
        world.open("/sync").await?;
        world.browser.press("button", "Send now").await?;
        let held = until("the phone brings it back", async || {
            let held = reader.all("QuestionnaireResponse").await?;
            Ok((held.len() == 2).then_some(held))
        });
        for response in held.await? {
            ensure!(reader.versions(&response).await?.len() == 1, "an entry was stored twice");
        }
        world.browser.says("Nothing waits").await
    })
    .await
}
