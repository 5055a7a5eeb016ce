//! A picture of each page at 390 px, light and dark, for people to look at, and sheets of them all.
//!
//! The sheets show them as narrow, as wide and with words as large as people have them, with more contrast,
//! and in Spanish. What is on them is left in full size beside the build.

mod sheets;

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::harness::paper::PAPERS;
use crate::harness::{Engine, World, place};

/// The ways that people have their pages: width in pixels, size of words in percent, colours.
const WAYS: [(u32, u32, &str); 7] = [
    (320, 100, "light"),
    (320, 200, "light"),
    (390, 200, "dark"),
    (768, 100, "light"),
    (768, 100, "dark"),
    (390, 100, "contrast"),
    (390, 100, "contrast-dark"),
];

/// Where every page is, and what its pictures are called.
const PAGES: [(&str, &str); 10] = [
    ("/", "today"),
    ("/fill/side-effects", "fill"),
    ("/diary", "diary"),
    ("/trends", "trends"),
    ("/sync", "sync"),
    ("/settings", "settings"),
    ("/help", "help"),
    ("/move", "move"),
    ("/erase", "erase"),
    ("/own", "own"),
];

/// Those of a diary with two series; both name this once the diary is read.
const LATER: [(&str, &str); 2] = [("/trends", "trends-series"), ("/trends/doctor", "doctor")];
const READ: &str = "PEG";

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
        ("/move", "move"),
        ("/erase", "erase"),
        ("/fill/gad-7", "gad-7"),
        ("/own", "own"),
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
    more(&world, "es").await?;
    for_a_doctor().await
}

/// Trends and the doctor's page of a diary with two series: on screen, and on paper in both languages.
async fn for_a_doctor() -> Result<()> {
    let mut world = World::start("screens-doctor", Engine::Chromium, "en-US").await?;
    let patient = world.clinic.demonstrate().await?;
    let code = world.code(&patient).await?;
    world.pair(&code).await?;
    world.all_is_sent().await?;
    world.open("/trends").await?;
    world.browser.says("Infusion series 2").await?;
    take(&world, "trends").await?;
    let [a4, _] = PAPERS;
    for (language, name, all) in [("en", "English", "Everything"), ("es", "Español", "Todo")] {
        world.open("/settings").await?;
        world.browser.press("radio", name).await?;
        world.open("/trends/doctor").await?;
        world.browser.press("radio", all).await?;
        world.browser.says(READ).await?;
        let (picture, _) = world.browser.on_paper(a4, "#sheet").await?;
        let file = place::screens().join(format!("doctor-paper-{language}.png"));
        std::fs::write(&file, picture).with_context(|| format!("{}", file.display()))?;
        if language == "en" {
            take(&world, "doctor").await?;
        }
        for (path, name) in LATER {
            more_of(&world, path, READ, &format!("{name}-{language}")).await?;
        }
    }
    let names: Vec<&str> = PAGES.iter().chain(&LATER).map(|(_, name)| *name).collect();
    sheets::sheets(&world.browser, &names, &WAYS).await
}

/// Narrow, wide, dark, with large words, with more contrast.
async fn more(world: &World, language: &str) -> Result<()> {
    for (path, name) in PAGES {
        more_of(world, path, "", &format!("{name}-{language}")).await?;
    }
    world.browser.as_wide_as(390).await?;
    world.browser.in_colours("light").await
}

/// One page in all these ways, once it says this.
async fn more_of(world: &World, path: &str, says: &str, name: &str) -> Result<()> {
    world.open(path).await?;
    world.browser.heading().await?;
    world.browser.says(says).await?;
    for view in WAYS {
        one_more(world, name, view).await?;
    }
    world.browser.as_wide_as(390).await?;
    world.browser.in_words_of(100).await?;
    world.browser.in_colours("light").await
}

async fn one_more(world: &World, name: &str, (width, percent, scheme): (u32, u32, &str)) -> Result<()> {
    let folder = place::more_screens();
    std::fs::create_dir_all(&folder)?;
    world.browser.as_wide_as(width).await?;
    world.browser.in_words_of(percent).await?;
    match scheme.strip_prefix("contrast") {
        None => world.browser.in_colours(scheme).await?,
        Some(rest) => {
            let colours = if rest.is_empty() { "light" } else { "dark" };
            let wanted = [("prefers-contrast", "more"), ("prefers-color-scheme", colours)];
            world.browser.as_preferred(&wanted).await?;
        }
    }
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
