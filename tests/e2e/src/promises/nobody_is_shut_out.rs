//! axe finds nothing on any page, light, dark and calm, English and Spanish, on the narrowest phone, with words
//! twice as large.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use thirtyfour::By;

use crate::harness::filler::{Ended, HURRY};
use crate::harness::site::Site;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, World, promise};

const PAGES: [&str; 12] = [
    "/",
    "/diary",
    "/trends",
    "/trends/doctor",
    "/sync",
    "/settings",
    "/own",
    "/help",
    "/pair",
    "/move",
    "/erase",
    "/diary/nothing",
];
const FORMS: [&str; 8] =
    ["daily-checkin", "sleep-times", "peg", "gad-7", "pgic", "side-effects", "infusion-session", "own-lines"];
/// A line of the person's own.
const LINE: &str = "Paracetamol 1 g";

/// Other drivers cannot make a page dark; the app's own switch can.
const fn schemes(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Chromium => &["light", "dark"],
        Engine::WebKit | Engine::Firefox => &["light"],
    }
}

/// The schemes that change a page's look: in the calm one none does.
async fn looks(browser: &Browser) -> Result<&'static [&'static str]> {
    let calm = browser.ask("return document.documentElement.dataset.theme === 'calm'").await?;
    Ok(if calm == true { &["light"] } else { schemes(browser.engine()) })
}

/// A window of WebKit's or Firefox's cannot be made so narrow.
async fn fits(browser: &Browser, name: &str) -> Result<()> {
    if browser.engine() != Engine::Chromium {
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
    let sizes: &[u32] = if browser.engine() == Engine::Chromium { &[100, 200] } else { &[100] };
    for percent in sizes {
        if browser.engine() == Engine::Chromium {
            browser.in_words_of(*percent).await?;
        }
        for scheme in looks(browser).await? {
            let way = format!("{name}, {scheme}, words of {percent} %");
            browser.in_colours(scheme).await?;
            let mut found = browser.barriers().await?;
            if !found.is_empty() {
                // A bar that stays at the foot covers half of something wherever one stands: what comes
                // free with a little scrolling shuts nobody out.
                browser.ask("scrollBy(0, 64)").await?;
                found = browser.barriers().await?;
            }
            found.extend(browser.cramped().await?);
            barriers.extend(found.into_iter().map(|one| format!("{way}: {one}")));
            fits(browser, &way).await?;
        }
    }
    if browser.engine() == Engine::Chromium {
        browser.in_words_of(100).await?;
    }
    Ok(barriers)
}

/// Every page and the first question of every form, with a line of the person's own.
async fn walk(world: &World, found: &mut Vec<String>) -> Result<()> {
    let browser = &world.browser;
    for page in PAGES {
        world.open(page).await?;
        match page {
            "/own" => browser.says(LINE).await?,
            "/trends/doctor" => {
                let sheet = "the sheet is there";
                until(sheet, async || Ok(browser.session().find(By::Css("#sheet")).await.ok())).await?;
            }
            _ => {}
        }
        found.extend(barriers(browser, page).await?);
    }
    for form in FORMS {
        world.open(&format!("/fill/{form}")).await?;
        found.extend(barriers(browser, form).await?);
    }
    // As a person comes there.
    world.open("/").await?;
    touch(browser, "a[href='/fill/own-note']").await?;
    until("the note", async || Ok(browser.session().find(By::Css("textarea")).await.ok())).await?;
    found.extend(barriers(browser, "a note, from Today").await?);
    Ok(())
}

/// Adds a line, with one that cannot be added before it.
async fn own_line(world: &World, found: &mut Vec<String>) -> Result<()> {
    let browser = &world.browser;
    world.open("/own").await?;
    touch(browser, "form button[type=submit]").await?;
    until("it says what is wrong", async || {
        Ok(browser.session().find(By::Css("#own-text[aria-invalid=true]")).await.ok())
    })
    .await?;
    found.extend(barriers(browser, "a line without words").await?);
    type_into(browser, "#own-text", LINE).await?;
    touch(browser, "form button[type=submit]").await?;
    until("the line is there", async || Ok(browser.session().find(By::Css(".rows .row")).await.ok()))
        .await
        .map(drop)
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
        // Why it could not be touched is told in the end.
        found.click().await?;
        Ok(Some(()))
    })
    .await
}

/// For people to look at, in each colour and with large words.
async fn keep_picture(world: &World, name: &str) -> Result<()> {
    if world.browser.engine() != Engine::Chromium {
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
    let kept = all_of_it(&world, language).await;
    if kept.is_err() {
        world.browser.keep_evidence().await;
    }
    kept.with_context(|| format!("evidence is in {}", world.folder.display()))
}

async fn all_of_it(world: &World, language: &str) -> Result<()> {
    let browser = &world.browser;
    let engine = browser.engine();
    browser.as_wide_as(320).await?;
    world.open("/").await?;
    let mut found = barriers(browser, "first run").await?;
    let fresh = if language.starts_with("es") { "Es mi primera vez" } else { "I am new here" };
    browser.press("button", fresh).await?;
    // What was said is kept before another page is opened.
    until("Today", async || Ok(browser.session().find(By::Css("nav a[href='/settings']")).await.ok()))
        .await?;
    own_line(world, &mut found).await.context("a line of one's own")?;
    walk(world, &mut found).await?;
    // By the app's own switches: for the calm look, and for other drivers, which have none.
    let switches: &[&str] = match (engine, language) {
        (Engine::Chromium, "es") => &["Calma…", "Como el teléfono"],
        (Engine::Chromium, _) => &["Calm…", "As the phone is set"],
        (Engine::WebKit, _) => &["Dark", "Calm…", "Español", "Claro", "Alto contraste"],
        (Engine::Firefox, _) => &["Dark"],
    };
    for switch in switches {
        world.open("/settings").await?;
        browser.press("radio", switch).await?;
        if engine != Engine::Chromium || switch.starts_with("Calm") {
            walk(world, &mut found).await.with_context(|| (*switch).to_owned())?;
        }
    }
    lock(world, &mut found).await.context("the lock")?;
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
async fn nobody_is_shut_out_in_firefox() -> Result<()> {
    every_page(Engine::Firefox, "en-US").await
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
