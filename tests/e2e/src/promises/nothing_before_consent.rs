//! Nothing of the diary leaves before the person has seen what and to whom, and said yes; and a diary that
//! is one patient's is not given to another, nor lost over it.

use anyhow::{Result, ensure};

use super::moved_by_a_file::send;
use crate::harness::{Engine, Reader, World, promise};

/// What the network saw that could hold something of a diary.
fn of_the_diary(world: &World) -> Vec<String> {
    let all = world.proxy.requests();
    all.into_iter().filter(|line| line.contains("/fhir") || line.starts_with("PUT")).collect()
}

async fn answered(world: &World) -> Result<()> {
    world.open("/").await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await
}

async fn follow(world: &World, patient: &str) -> Result<()> {
    let code = world.code(patient).await?;
    // A link that differs in its fragment alone would not load the page anew.
    world.browser.open("about:blank").await?;
    world.open(&format!("/#pair={code}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_before_consent() -> Result<()> {
    promise("nothing_before_consent", Engine::Chromium, 4, async |world| {
        let patient = world.patient("MR").await?;
        let reader = Reader::of(world, &patient).await?;
        world.open("/").await?;
        world.browser.is_new_here().await?;
        answered(world).await?;
        follow(world, &patient).await?;
        world.browser.says("What may be sent?").await?;
        // Asked once more and waited for: a page that is left and opened again sends nothing either.
        world.open("/sync").await?;
        world.browser.says("Connect").await?;
        let seen = of_the_diary(world);
        ensure!(seen.is_empty(), "{seen:?}");
        world.open("/pair").await?;
        world.browser.says("What may be sent?").await?;
        world.browser.press("button", "No…").await?;
        world.browser.says("Nothing was sent").await?;
        let seen = of_the_diary(world);
        ensure!(seen.is_empty() && reader.all("QuestionnaireResponse").await?.is_empty(), "{seen:?}");
        world.open("/diary").await?;
        world.browser.says("Daily check-in").await?;

        follow(world, &patient).await?;
        world.browser.press("button", "Yes, send them").await?;
        world.browser.says("Connected").await?;
        send(world, &world.browser).await?;
        ensure!(reader.all("QuestionnaireResponse").await?.len() == 1, "a yes sends it");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_patients_code_takes_nothing_away() -> Result<()> {
    promise("another_patients_code_takes_nothing_away", Engine::Chromium, 4, async |world| {
        let (mine, other) = (world.patient("MR").await?, world.patient("ZZ").await?);
        world.pair(&world.code(&mine).await?).await?;
        answered(world).await?;
        send(world, &world.browser).await?;
        follow(world, &other).await?;
        world.browser.says("This diary is another patient's").await?;
        let (own, stranger) = (Reader::of(world, &mine).await?, Reader::of(world, &other).await?);
        ensure!(stranger.all("QuestionnaireResponse").await?.is_empty(), "the other patient got something");
        // The diary is whole, and its own clinic still takes what is new.
        world.open("/fill/gad-7").await?;
        world.browser.heading().await?;
        world.open("/diary").await?;
        world.browser.press("link", "Daily check-in…").await?;
        world.browser.press_named("Take back").await?;
        world.browser.write("textbox", "Reason", "somebody else answered").await?;
        world.browser.press("button", "Take it back").await?;
        world.browser.says("somebody else answered").await?;
        send(world, &world.browser).await?;
        let held = own.all("QuestionnaireResponse").await?;
        ensure!(held.len() == 1 && held.iter().all(|one| one["status"] == "entered-in-error"), "{held:?}");
        Ok(())
    })
    .await
}
