//! A picture of each page at 390 px, light and dark, for people to look at; and, beside the build, of
//! the same as narrow, as wide and with words as large as people have them, and in Spanish.

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
        ("/trends", "trends"),
        ("/sync", "sync"),
        ("/settings", "settings"),
        ("/help", "help"),
        ("/move", "move"),
        ("/erase", "erase"),
        ("/fill/gad-7", "gad-7"),
    ] {
        world.open(path).await?;
        browser.heading().await?;
        take(&world, name).await?;
    }
    world.open("/diary").await?;
    browser.press("link", "Daily check-in…").await?;
    browser.says("History").await?;
    take(&world, "entry").await?;
    more(&world, "en").await?;
    world.open("/settings").await?;
    world.browser.press("radio", "Español").await?;
    world.browser.says("Idioma").await?;
    more(&world, "es").await
}

/// Narrow, wide, dark, with large words.
async fn more(world: &World, language: &str) -> Result<()> {
    for (path, name) in [
        ("/", "today"),
        ("/diary", "diary"),
        ("/trends", "trends"),
        ("/sync", "sync"),
        ("/settings", "settings"),
        ("/help", "help"),
        ("/move", "move"),
        ("/erase", "erase"),
        ("/fill/side-effects", "fill"),
    ] {
        world.open(path).await?;
        world.browser.heading().await?;
        for view in [
            (320, 100, "light"),
            (320, 200, "light"),
            (390, 200, "dark"),
            (768, 100, "light"),
            (768, 100, "dark"),
        ] {
            one_more(world, &format!("{name}-{language}"), view).await?;
        }
    }
    world.browser.as_wide_as(390).await?;
    world.browser.in_colours("light").await
}

async fn one_more(world: &World, name: &str, (width, percent, scheme): (u32, u32, &str)) -> Result<()> {
    let folder = place::more_screens();
    std::fs::create_dir_all(&folder)?;
    world.browser.as_wide_as(width).await?;
    world.browser.in_words_of(percent).await?;
    world.browser.in_colours(scheme).await?;
    let picture = world.browser.session().screenshot_as_png().await?;
    let file = folder.join(format!("{name}-{width}-{percent}-{scheme}.png"));
    std::fs::write(&file, picture).with_context(|| format!("{}", file.display()))
}

async fn take(world: &World, name: &str) -> Result<()> {
    for scheme in ["light", "dark"] {
        world.browser.in_colours(scheme).await?;
        let picture = world.browser.session().screenshot_as_png().await?;
        let file = place::screens().join(format!("{name}-{scheme}.png"));
        std::fs::write(&file, picture).with_context(|| format!("{}", file.display()))?;
    }
    let light = json!({ "features": [] });
    world.browser.cdp("Emulation.setEmulatedMedia", light).await.map(drop)
}
