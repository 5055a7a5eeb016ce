//! A picture of each page at 390 px, light and dark, for people to look at.

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::harness::{Engine, World, place};

/// Photographs every page into `docs/screens/`.
///
/// # Errors
/// When a page does not come.
pub async fn run() -> Result<()> {
    std::fs::create_dir_all(place::screens())?;
    let world = World::start("screens", Engine::Chromium, "en-US").await?;
    let browser = &world.browser;
    let patient = world.patient("MR").await?;
    let code = world.code(&patient).await?;
    world.open(&format!("/#pair={code}")).await?;
    browser.says("I am new here").await?;
    take(&world, "welcome").await?;
    browser.press("button", "I am new here").await?;
    browser.says("What may be sent?").await?;
    take(&world, "pair").await?;
    browser.press("button", "Yes, send them").await?;
    browser.says("Connected").await?;
    world.open("/").await?;
    browser.begin_check_in().await?;
    browser.rate(7).await?;
    browser.says("Question 2 of 7").await?;
    take(&world, "fill").await?;
    for number in [5, 4, 6, 3, 2, 5] {
        browser.rate(number).await?;
    }
    browser.says("checked by reading it back").await?;
    take(&world, "saved").await?;
    browser.done().await?;
    browser.says("The clinic had everything").await?;
    take(&world, "today").await?;
    for (path, name) in [
        ("/diary", "diary"),
        ("/sync", "sync"),
        ("/settings", "settings"),
        ("/help", "help"),
        ("/fill/gad-7", "gad-7"),
    ] {
        world.open(path).await?;
        browser.heading().await?;
        take(&world, name).await?;
    }
    world.open("/diary").await?;
    browser.press("link", "Daily check-in…").await?;
    browser.says("History").await?;
    take(&world, "entry").await
}

async fn take(world: &World, name: &str) -> Result<()> {
    for scheme in ["light", "dark"] {
        world.browser.in_colours(scheme).await?;
        let picture = world.browser.session().screenshot_as_png().await?;
        let file = place::screens().join(format!("{name}-{scheme}.png"));
        std::fs::write(&file, picture).with_context(|| format!("{}", file.display()))?;
    }
    let light = json!({ "features": [] });
    world.browser.cdp("Emulation.setEmulatedMedia", light).await?;
    Ok(())
}
