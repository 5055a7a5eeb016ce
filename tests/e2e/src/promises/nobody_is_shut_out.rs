//! axe finds nothing on any page, light and dark, English and Spanish, on the narrowest phone.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use thirtyfour::By;

use crate::harness::filler::{Ended, HURRY};
use crate::harness::site::Site;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, World, promise};

const PAGES: [&str; 10] =
    ["/", "/diary", "/trends", "/sync", "/settings", "/help", "/pair", "/move", "/erase", "/diary/nothing"];
const FORMS: [&str; 7] =
    ["daily-checkin", "sleep-times", "peg", "gad-7", "pgic", "side-effects", "infusion-session"];

/// WebKit's driver cannot make a page dark; the app's own switch can.
const fn schemes(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Chromium => &["light", "dark"],
        Engine::WebKit => &["light"],
    }
}

/// A window of WebKit's cannot be made so narrow.
async fn fits(browser: &Browser, name: &str) -> Result<()> {
    if browser.engine() == Engine::WebKit {
        return Ok(());
    }
    let wide = browser.ask("return document.documentElement.scrollWidth").await?;
    ensure!(wide.as_u64().is_some_and(|wide| wide <= 320), "{name} is {wide} px wide");
    Ok(())
}

/// What keeps somebody out of the page that is open, in its colours and with large words.
async fn barriers(browser: &Browser, name: &str) -> Result<Vec<String>> {
    browser.heading().await.with_context(|| name.to_owned())?;
    let mut barriers = Vec::new();
    for scheme in schemes(browser.engine()) {
        browser.in_colours(scheme).await?;
        let mut found = browser.barriers().await?;
        if !found.is_empty() {
            // A bar that stays at the foot covers half of something wherever one stands: what comes
            // free with a little scrolling shuts nobody out.
            browser.ask("scrollBy(0, 64)").await?;
            found = browser.barriers().await?;
        }
        barriers.extend(found.into_iter().map(|one| format!("{name}, {scheme}: {one}")));
        fits(browser, name).await?;
    }
    if browser.engine() == Engine::Chromium {
        browser.in_words_of(200).await?;
        let found = browser.barriers().await?;
        barriers.extend(found.into_iter().map(|one| format!("{name}, words twice as large: {one}")));
        fits(browser, &format!("{name}, with words twice as large,")).await?;
        browser.in_words_of(100).await?;
    }
    Ok(barriers)
}

/// Every page and the first question of every form.
async fn walk(world: &World, found: &mut Vec<String>) -> Result<()> {
    for page in PAGES {
        world.open(page).await?;
        found.extend(barriers(&world.browser, page).await?);
    }
    for form in FORMS {
        world.open(&format!("/fill/{form}")).await?;
        found.extend(barriers(&world.browser, form).await?);
    }
    Ok(())
}

/// The lock: its part of the settings, its screen, and all that opens there.
async fn lock(world: &World, found: &mut Vec<String>) -> Result<()> {
    let browser = &world.browser;
    world.open("/settings").await?;
    for field in ["#new-code", "#new-code-again"] {
        type_into(browser, field, "seven quiet boats").await?;
    }
    touch(browser, "#lock form button[type=submit]").await?;
    touch(browser, "#lock details > summary").await?;
    found.extend(barriers(browser, "the settings of the lock").await?);
    touch(browser, "#lock > button").await?;
    type_into(browser, "#code", "another one").await?;
    found.extend(barriers(browser, "the lock screen").await?);
    keep_picture(world, "lock-screen").await?;
    touch(browser, "main form button[type=submit]").await?;
    for details in ["main details:nth-of-type(1) > summary", "main details:nth-of-type(2) > summary"] {
        touch(browser, details).await?;
    }
    found.extend(barriers(browser, "the lock screen, all of it open").await?);
    keep_picture(world, "lock-screen-open").await
}

async fn type_into(browser: &Browser, selector: &str, text: &str) -> Result<()> {
    let field = until(selector, async || Ok(browser.session().find(By::Css(selector)).await.ok())).await?;
    field.send_keys(text).await.map_err(Into::into)
}

async fn touch(browser: &Browser, selector: &str) -> Result<()> {
    until(selector, async || {
        let Ok(found) = browser.session().find(By::Css(selector)).await else { return Ok(None) };
        found.scroll_into_view().await?;
        Ok(found.click().await.ok())
    })
    .await
}

/// For people to look at, in each colour and with large words.
async fn keep_picture(world: &World, name: &str) -> Result<()> {
    if world.browser.engine() == Engine::WebKit {
        return Ok(());
    }
    for (scheme, percent) in [("light", 100), ("dark", 100), ("light", 200)] {
        world.browser.in_colours(scheme).await?;
        world.browser.in_words_of(percent).await?;
        let picture = world.browser.session().screenshot_as_png().await?;
        std::fs::write(world.folder.join(format!("{name}-{scheme}-{percent}.png")), picture)?;
    }
    world.browser.in_words_of(100).await
}

async fn every_page(engine: Engine, language: &str) -> Result<()> {
    let world = World::start("nobody_is_shut_out", engine, language).await?;
    let browser = &world.browser;
    browser.as_wide_as(320).await?;
    world.open("/").await?;
    let mut found = barriers(browser, "first run").await?;
    let fresh = if language.starts_with("es") { "Es mi primera vez" } else { "I am new here" };
    browser.press("button", fresh).await?;
    walk(&world, &mut found).await?;
    // By the app's own switches: WebKit's driver has none.
    let switches: &[&str] = match engine {
        Engine::Chromium => &[],
        Engine::WebKit => &["Dark", "Español", "Claro", "Alto contraste"],
    };
    for switch in switches {
        world.open("/settings").await?;
        browser.press("radio", switch).await?;
        walk(&world, &mut found).await.with_context(|| (*switch).to_owned())?;
    }
    lock(&world, &mut found).await.context("the lock")?;
    ensure!(found.is_empty(), "{} barriers: {found:#?}", found.len());
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
