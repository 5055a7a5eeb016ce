//! Every page in one way of looking at it, side by side on one sheet.

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::harness::{Browser, place};

/// How wide a page is on a sheet, in pixels; how many stand beside each other; the room between them.
const SHOWN: usize = 240;
const BESIDE: usize = 6;
const ROOM: usize = 12;

/// Puts the pages called so on a sheet of each of these ways and languages, into `docs/screens/`.
///
/// # Errors
/// When a picture is missing.
pub(super) async fn sheets(browser: &Browser, pages: &[&str], ways: &[(u32, u32, &str)]) -> Result<()> {
    for language in ["en", "es"] {
        for (width, percent, scheme) in ways {
            let way = format!("{language}-{width}-{percent}-{scheme}");
            let names = pages.iter().map(|page| format!("{page}-{way}.png"));
            one(browser, &names.collect::<Vec<_>>(), &format!("all-{way}.png")).await?;
        }
    }
    Ok(())
}

async fn one(browser: &Browser, pictures: &[String], name: &str) -> Result<()> {
    let from = place::more_screens().canonicalize()?;
    let images: String = pictures.iter().map(|picture| format!("<img src=\"{picture}\">")).collect();
    let html = format!(
        "<!doctype html><style>body {{ margin: 0; padding: {ROOM}px; background: #cdc9bd; display: grid;
         gap: {ROOM}px; grid-template-columns: repeat({BESIDE}, {SHOWN}px); align-items: start }}
         img {{ width: {SHOWN}px }}</style>{images}"
    );
    let page = from.join("sheet.html");
    std::fs::write(&page, html)?;
    browser.open(&format!("file://{}", page.display())).await?;
    let width = BESIDE * (SHOWN + ROOM) + ROOM;
    wide(browser, width, 100).await?;
    let high = "await Promise.all([...document.images].map((one) => one.decode()));
        return document.body.scrollHeight";
    let high = browser.ask(high).await?.as_u64().context("the sheet has no height")?;
    wide(browser, width, usize::try_from(high)?).await?;
    let picture = browser.session().screenshot_as_png().await?;
    let file = place::screens().join(name);
    std::fs::write(&file, picture).with_context(|| format!("{}", file.display()))
}

async fn wide(browser: &Browser, width: usize, height: usize) -> Result<()> {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    browser.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
}
