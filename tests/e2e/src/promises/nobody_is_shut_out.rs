//! axe finds nothing on any page, light and dark, English and Spanish, on the narrowest phone.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::harness::filler::{Ended, HURRY};
use crate::harness::site::Site;
use crate::harness::{Browser, Engine, World, promise};

const PAGES: [&str; 7] = ["/", "/diary", "/sync", "/settings", "/help", "/pair", "/diary/nothing"];
const FORMS: [&str; 7] =
    ["daily-checkin", "sleep-times", "peg", "gad-7", "pgic", "side-effects", "infusion-session"];

/// WebKit's driver can neither make a page dark nor narrower than a window may be.
const fn schemes(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Chromium => &["light", "dark"],
        Engine::WebKit => &["light"],
    }
}

async fn fits(browser: &Browser, name: &str) -> Result<()> {
    let wide = browser.ask("return document.documentElement.scrollWidth").await?;
    ensure!(wide.as_u64().is_some_and(|wide| wide <= 320), "{name} is {wide} px wide");
    Ok(())
}

async fn every_page(engine: Engine, language: &str) -> Result<()> {
    let world = World::start("nobody_is_shut_out", engine, language).await?;
    let browser = &world.browser;
    browser.as_wide_as(320).await?;
    world.open("/").await?;
    let mut barriers = Vec::new();
    let mut look = async |name: &str| -> Result<()> {
        browser.heading().await.with_context(|| name.to_owned())?;
        for scheme in schemes(engine) {
            browser.in_colours(scheme).await?;
            let found = browser.barriers().await?;
            barriers.extend(found.into_iter().map(|one| format!("{name}, {scheme}: {one}")));
            if engine == Engine::WebKit {
                continue;
            }
            fits(browser, name).await?;
        }
        if engine == Engine::Chromium {
            browser.in_words_of(200).await?;
            let found = browser.barriers().await?;
            barriers.extend(found.into_iter().map(|one| format!("{name}, words twice as large: {one}")));
            fits(browser, &format!("{name}, with words twice as large,")).await?;
            browser.in_words_of(100).await?;
        }
        Ok(())
    };
    look("first run").await?;
    let fresh = if language.starts_with("es") { "Es mi primera vez" } else { "I am new here" };
    browser.press("button", fresh).await?;
    for page in PAGES {
        world.open(page).await?;
        look(page).await?;
    }
    for form in FORMS {
        world.open(&format!("/fill/{form}")).await?;
        look(form).await?;
    }
    ensure!(barriers.is_empty(), "{} barriers: {barriers:#?}", barriers.len());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shut_out_in_english() -> Result<()> {
    every_page(Engine::Chromium, "en-US").await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shut_out_in_webkit() -> Result<()> {
    every_page(Engine::WebKit, "en-US").await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shut_out_in_spanish() -> Result<()> {
    every_page(Engine::Chromium, "es").await
}

/// One screen of every control, walked through with the keyboard.
async fn every_control(engine: Engine) -> Result<()> {
    promise("every_control", engine, 5, async |world| {
        let site = Site::copy()?;
        let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/every-control.json");
        site.add_form("every-control", &form)?;
        world.clinic.serve_instead(site.path()).await?;
        let browser = &world.browser;
        browser.as_wide_as(320).await?;
        world.open("/").await?;
        browser.is_new_here().await?;
        world.open("/fill/every-control").await?;
        browser.session().execute(HURRY, Vec::new()).await?;
        let (mut seen, mut barriers) = (0, Vec::new());
        let ended = browser
            .complete_and(async |heading| {
                seen += 1;
                for scheme in schemes(engine) {
                    browser.in_colours(scheme).await?;
                    let found = browser.barriers().await?;
                    barriers.extend(found.into_iter().map(|one| format!("{heading}, {scheme}: {one}")));
                }
                Ok(())
            })
            .await?;
        ensure!(ended == Ended::Recorded && seen >= 17, "{ended:?} after {seen} screens");
        ensure!(barriers.is_empty(), "{} barriers: {barriers:#?}", barriers.len());
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shut_out_of_any_control() -> Result<()> {
    every_control(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shut_out_of_any_control_in_webkit() -> Result<()> {
    every_control(Engine::WebKit).await
}
